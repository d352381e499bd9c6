/** A web archive (WARC, packed or not) to articles: every page that was answered well, read like a followed page. */
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { type Article, readArticle } from '../collect/article.ts';
import { admitSource } from '../collect/sourceAdmission.ts';
import { httpAnswer, type HttpAnswer, type WarcRecord, warcRecords } from '../collect/warcRecords.ts';
import type { Item } from '../model/document.ts';
import { bytesText } from './bytesText.ts';

export interface ArchivePages {
  readonly items: readonly Item[];
  readonly notes: readonly string[];
  readonly isArchive: boolean;
}

export interface ArchiveKit {
  readonly now: number;
  /** IANA zone for times without one. */
  readonly zone: string;
}

/** Unpacked; archives are many small records, read one after the other. */
const ARCHIVE_BYTES = 256 * 1024 * 1024;
const PAGE_BYTES = 5 * 1024 * 1024;
/** Real ms of reading, before the thread's own limit; what is left is told in a note. */
const LONGEST = 45_000;

function unpacked(bytes: Uint8Array): Uint8Array {
  // Each record is a member of its own; all are read in one go.
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: ARCHIVE_BYTES }) : bytes;
}

function bodyOf({ headers, body }: HttpAnswer): Uint8Array | null {
  const limits = { maxOutputLength: PAGE_BYTES };
  try {
    switch (headers['content-encoding']?.toLowerCase()) {
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(body, limits);
      case 'br':
        return brotliDecompressSync(body, limits);
      case 'deflate':
        return inflateSync(body, limits);
      default:
        return body.length > PAGE_BYTES ? null : body;
    }
  } catch {
    // Broken or too large: this one page is left out and counted.
    return null;
  }
}

/** Why a record gives no item; null means that it is no page and nothing is missing. */
type Left = 'notRead' | 'person' | null;

function itemOf(record: WarcRecord, kit: ArchiveKit): Item | Left {
  const answer = record.type === 'response' ? httpAnswer(record.block) : null;
  if (answer === null || answer.status !== 200 || !/html/i.test(answer.headers['content-type'] ?? '')) return null;
  if (!/^https?:/i.test(record.target)) return null;
  // R-29 holds for archives too: a person's pages do not come in by the boxful.
  if (!admitSource({ address: record.target, addedBy: '' }).ok) return 'person';
  const body = bodyOf(answer);
  if (body === null) return 'notRead';
  const { text } = bytesText(body, answer.headers['content-type'] ?? '');
  return articleItem(record, readArticle(text, { address: record.target, now: kit.now, zone: kit.zone }));
}

function articleItem(record: WarcRecord, article: Article): Item | Left {
  if (article.text.trim() === '') return 'notRead';
  const captured = Date.parse(record.date);
  const publishedAt = article.publishedAt ?? (Number.isNaN(captured) ? undefined : captured);
  return {
    key: record.target,
    address: record.target,
    title: article.title,
    body: article.text,
    kind: 'article',
    marks: article.marks,
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(article.author === undefined ? {} : { author: article.author }),
    ...(article.language === undefined ? {} : { language: article.language }),
  };
}

/** Throws when it unpacks to more than may be. A page archived twice counts as it was last. */
export function readArchive(bytes: Uint8Array, kit: ArchiveKit): ArchivePages {
  const started = performance.now();
  const items = new Map<string, Item>();
  const left = { notRead: 0, person: 0 };
  let nRecords = 0;
  let isCut = false;
  for (const record of warcRecords(unpacked(bytes))) {
    nRecords++;
    const item = itemOf(record, kit);
    if (item === 'notRead' || item === 'person') left[item]++;
    else if (item !== null) items.set(item.key, item);
    isCut = performance.now() - started > LONGEST;
    if (isCut) break;
  }
  const notes = Object.entries(left).flatMap(([why, n]) => (n === 0 ? [] : [`warc.${why} ${n}`]));
  if (isCut) notes.push(`warc.cutAfter ${nRecords}`);
  return { items: [...items.values()], notes, isArchive: nRecords > 0 };
}
