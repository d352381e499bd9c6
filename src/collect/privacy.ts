/**
 * Authors become marks at the door. The only maker of a Pseudonym in Heed's thinking rooms; the key stands behind `mark` and
 * never leaves the edge.
 */
import type { DocumentKind, Item, Pseudonym } from '../model/document.ts';
import type { Source, SourceId } from '../model/source.ts';
import { fold } from '../text/fold.ts';
import { accountOf } from './accountAddress.ts';

/** HMAC of the running period over source and author; see `Seal` in io.ts. */
export type Mark = (sourceId: SourceId, author: string) => Pseudonym;

/** Signatures that say that nobody signed. Many different people stand behind one of these, so they get no mark. */
const NOBODY =
  /^(?:匿名(?:用户|网友|者)?|网友|游客|用户|市民|群众|热心(?:网友|市民|读者)|佚名|无名氏|admin(?:istrator)?|管理员|小编|编辑|版主|editor(?:s|ial)?|staff|webmaster|guest|anonymous|anon|unknown|user|none|null|n\/a|-+)$/;

function fromAddress(author: string): string | null {
  if (!/^https?:\/\//i.test(author) || !URL.canParse(author)) return null;
  return accountOf(new URL(author))?.name ?? null;
}

/**
 * One author in many spellings gives one string: `@Name`, `Name@host`, `name@host (Real Name)`, `Real Name <name@host>`, `/u/name`,
 * an address of a profile, full-width letters. Null when nobody is named.
 */
export function authorId(author: string | undefined): string | null {
  if (author === undefined) return null;
  const trimmed = author.trim();
  const named = fromAddress(trimmed) ?? trimmed;
  const mail = /<([^<>\s]+@[^<>\s]+)>/.exec(named)?.[1] ?? /^(?:mailto:)?([^\s()]+@[^\s()]+)(?:\s*\(.*\))?$/i.exec(named)?.[1] ?? named;
  const folded = fold(mail)
    .replace(/^(?:acct:|mailto:|by\s+|作者[:：]?|@|\/?u\/)+/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return folded === '' || NOBODY.test(folded) ? null : folded;
}

/** Every spelling of the author that could stand in the text, the title, the key or the address, longest first. */
export function authorForms(author: string | undefined): string[] {
  if (author === undefined || authorId(author) === null) return [];
  const forms = new Set<string>();
  const trimmed = author.trim();
  const parts = [
    trimmed,
    fromAddress(trimmed) ?? '',
    ...(/^(.*?)<([^<>]+)>$/.exec(trimmed)?.slice(1) ?? []),
    ...(/^(\S+@\S+)\s*\((.*)\)$/.exec(trimmed)?.slice(1) ?? []),
  ];
  for (const part of parts) {
    const form = part
      .trim()
      .replace(/^(?:acct:|mailto:|@|\/?u\/)+/i, '')
      .replace(/^"|"$/g, '');
    if (form === '' || NOBODY.test(fold(form))) continue;
    forms.add(form);
    const local = /^([^@\s]+)@[^@\s]+$/.exec(form)?.[1];
    if (local !== undefined) forms.add(local);
  }
  return [...forms].sort((a, b) => b.length - a.length);
}

/**
 * An organisation's own channel keeps its name as publisher; its texts carry no author mark. What readers write there (answers, letters,
 * posts on a public body's forum) is theirs and is sealed like anybody's.
 */
export function isOrganisation(source: Source, kind: DocumentKind = 'article'): boolean {
  if (kind === 'reply' || kind === 'request' || kind === 'report') return false;
  return source.organisation !== undefined || (source.standing === 'official' && kind !== 'post');
}

export function pseudonymOf(source: Source, item: Pick<Item, 'author' | 'kind'>, mark: Mark): Pseudonym | null {
  if (isOrganisation(source, item.kind)) return null;
  const id = authorId(item.author);
  return id === null ? null : mark(source.id, id);
}
