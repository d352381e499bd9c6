/** Documents of the own sets: what the door would have made of a line of them. */
import type { Document, DocumentKind } from '../../src/model/document.ts';
import type { Instant } from '../../src/model/time.ts';
import en from '../../src/text/lang/en.ts';
import zh from '../../src/text/lang/zh.ts';
import { type LanguagePack, pickPack } from '../../src/text/pack.ts';

export interface OwnText {
  readonly id: string;
  readonly at: Instant;
  readonly language: string;
  readonly kind: DocumentKind;
  readonly sourceId: string;
  readonly title: string;
  readonly text: string;
  readonly place?: string | null;
  /** False: edited media and public bodies, which have no author mark. */
  readonly isPerson: boolean;
  readonly reach?: number;
  readonly nImages?: number;
  readonly copyOf?: string | null;
}

export function ownDocument(one: OwnText): Document {
  const { id, at, language, kind, sourceId, title, text } = one;
  return {
    id,
    sourceId,
    key: id,
    address: '',
    kind,
    title,
    text,
    language,
    pseudonym: one.isPerson ? (id as Document['pseudonym']) : null,
    publishedAt: at,
    seenAt: at,
    version: 1,
    previousId: null,
    thread: null,
    place: one.place ? one.place : null,
    section: null,
    sure: null,
    reach: one.reach ?? 0,
    nImages: one.nImages ?? 0,
    fingerprint: { exact: '', minhash: '', nShingles: 0 },
    copyOf: one.copyOf ?? null,
    copyHow: one.copyOf ? 'exact' : null,
    nRedactions: 0,
    marks: [],
  };
}

export function packOf(document: Document): LanguagePack {
  return pickPack([zh, en], document.language, document.text);
}
