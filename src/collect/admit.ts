/**
 * The door: an item becomes a document, or is refused. Whatever a collector promised, everything from outside is checked here,
 * once: numbers, times, lengths; personal data is masked, the author becomes a mark, copies are found.
 *
 * Invariants: admitting the same item again gives the same id; no text of an admitted document holds what `redact` finds; an
 * admitted document names no author, not in its title, text, address, key or thread.
 */
import { DOCUMENT_KINDS, type Document, type DocumentId, type DocumentKind, type Item, type Language } from '../model/document.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Source } from '../model/source.ts';
import { type Instant, MINUTE } from '../model/time.ts';
import { exactInput, fingerprint } from '../text/fingerprint.ts';
import { type LanguagePack, pickPack } from '../text/pack.ts';
import { NO_ACCOUNT, withoutAccount } from './accountAddress.ts';
import { canonicalAddress } from './address.ts';
import { type CopyIndex, ownerOf } from './copies.ts';
import { authorForms, isOrganisation, type Mark, pseudonymOf } from './privacy.ts';
import { redact, withoutMasks } from './redact.ts';

/** A version of the same text that is stored already. */
export interface EarlierVersion {
  readonly id: DocumentId;
  readonly version: number;
}

export interface AdmitKit {
  readonly source: Source;
  readonly packs: readonly LanguagePack[];
  readonly seal: Mark;
  /** SHA-256, hexadecimal. */
  readonly digest: (text: string) => string;
  readonly now: Instant;
  /** Read only: whoever commits the document adds it to the index afterwards. */
  readonly recent: CopyIndex;
  /** Stored versions under this key of this source, in any order. The key is the one `storedKey` gives. */
  readonly earlier?: (key: string) => readonly EarlierVersion[];
  /** Numbers that are not masked: hotlines of the offices. */
  readonly keepNumbers?: readonly string[];
  /** For texts whose script does not tell; see collect/language. */
  readonly languageOf?: (text: string) => Language;
}

export interface Admitted {
  readonly document: Document;
  /** Every word in order, for full-text search (`Change.terms`). */
  readonly terms: { readonly title: readonly string[]; readonly text: readonly string[] };
  /** False when this very version is stored already: then there is nothing to commit. */
  readonly isNew: boolean;
}

/** UTF-16 units. A longer text is cut and marked: a book in a feed must not fill the index. */
export const LONGEST_TITLE = 300;
export const LONGEST_TEXT = 50_000;
const LONGEST_SHORT = 120;
/** Clocks of hosts differ; what is further ahead is wrong. */
const AHEAD = 10 * MINUTE;
/** 1995-01-01: earlier times of publication are unset clocks. */
const EARLIEST: Instant = 788_918_400_000;
const MOST_REACH = 1e10;

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Readable plain text: one kind of line end, no control or direction characters, no lone surrogates, no runs of blank. */
export function cleanText(raw: unknown): string {
  if (typeof raw !== 'string') return '';
  return raw
    .slice(0, LONGEST_TEXT * 4)
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(CONTROL, '')
    .replace(DIRECTION, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.charCodeAt(most - 1) >= 0xd800 && text.charCodeAt(most - 1) <= 0xdbff ? most - 1 : most;
  return text.slice(0, end).trimEnd();
}

function wholeNumber(raw: unknown, most: number): number {
  return typeof raw === 'number' && Number.isFinite(raw) && raw > 0 ? Math.min(most, Math.floor(raw)) : 0;
}

function shortText(raw: unknown, names: readonly string[]): string | null {
  const text = cut(cleanText(raw).replace(/\n/g, ' '), LONGEST_SHORT);
  return text === '' ? null : redact(text, { names }).text;
}

function timeOf(raw: unknown, now: Instant): { readonly at: Instant; readonly mark: string | null } {
  if (typeof raw !== 'number' || !Number.isFinite(raw) || raw < EARLIEST) return { at: now, mark: 'timeUnknown' };
  if (raw > now + AHEAD) return { at: now, mark: 'timeAhead' };
  return { at: Math.min(now, Math.floor(raw)), mark: null };
}

/** Enough of a path to tell one text from another without the account: a number of six digits or a name of twelve letters. */
const OWN_STEP = /[0-9]{6,}|[a-z0-9_-]{12,}/i;

/**
 * Keys of machines are stored as they are. One with personal data in it, with letters of a script, with blanks, or one that is all
 * letters and no address may be a name, a number or an account somebody put there: it is stored as a mark of the period.
 */
function isMachineKey(key: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(key) || redact(key).nRedactions > 0) return false;
  if (URL.canParse(key) && withoutPersonalData(key) !== key) return false;
  return /\d/.test(key) || /^[a-z][a-z0-9+.-]*:/i.test(key);
}

/**
 * The key as it is stored: without account and author. Where what is left does not tell two writers apart, their mark of the period
 * is added. Callers look up earlier versions under this key.
 */
export function storedKey(
  source: Source,
  item: Pick<Item, 'key' | 'address' | 'author'> & Partial<Pick<Item, 'kind'>>,
  kit: Pick<AdmitKit, 'seal' | 'digest'>,
): string {
  const raw = cut(cleanText(item.key), 1000) || cut(cleanText(item.address), 1000);
  if (raw === '') return '';
  if (isOrganisation(source, item.kind)) return redact(raw).nRedactions > 0 ? kit.seal(source.id, raw) : cut(raw, 200);
  if (!isMachineKey(raw)) return kit.seal(source.id, raw);
  const names = authorForms(item.author);
  const plain = withoutAccount(raw, names);
  const long = plain.length > 200 ? kit.digest(plain).slice(0, 32) : plain;
  if (plain === raw || OWN_STEP.test(plain.replace(/^https?:\/\/[^/]*/, ''))) return long;
  return `${long}${NO_ACCOUNT}${kit.seal(source.id, raw)}`;
}

function languageOf(item: Item, text: string, kit: AdmitKit): Language {
  const zh = kit.packs.find((pack) => pack.code === 'zh');
  if (zh !== undefined && zh.looksLike(text) >= 0.5) return 'zh';
  const told = typeof item.language === 'string' ? (/^[a-z]{2,3}(?=$|[-_])/i.exec(item.language)?.[0].toLowerCase() ?? '') : '';
  const found = kit.languageOf?.(text) ?? 'und';
  if (found !== 'und') return found;
  return told !== '' && told !== 'zh' ? told : pickPack(kit.packs, '', text).code;
}

/** Title and text, masked and cut, with what was done to them. */
interface Texts {
  readonly title: string;
  readonly text: string;
  readonly nRedactions: number;
  readonly marks: readonly string[];
}

function textsOf(item: Item, kit: AdmitKit, names: readonly string[]): Texts {
  const isPress = kit.source.standing === 'press' || kit.source.standing === 'official';
  const options = { names, keepNumbers: kit.keepNumbers ?? [], isPress };
  const rawTitle = cleanText(item.title).replace(/\n+/g, ' ');
  const rawText = cleanText(item.body);
  const title = redact(cut(rawTitle, LONGEST_TITLE), options);
  const text = redact(cut(rawText, LONGEST_TEXT), options);
  const marks: string[] = [];
  if (rawTitle.length > LONGEST_TITLE) marks.push('titleCut');
  if (rawText.length > LONGEST_TEXT) marks.push('textCut');
  return { title: title.text, text: text.text, nRedactions: title.nRedactions + text.nRedactions, marks };
}

function versionOf(
  id: DocumentId,
  key: string,
  kit: AdmitKit,
): { readonly version: number; readonly previousId: DocumentId | null; readonly isNew: boolean } {
  const earlier = [...(kit.earlier?.(key) ?? [])].sort((a, b) => a.version - b.version);
  const same = earlier.findIndex((version) => version.id === id);
  if (same >= 0) return { version: earlier[same]?.version ?? 1, previousId: earlier[same - 1]?.id ?? null, isNew: false };
  const last = earlier.at(-1);
  return { version: (last?.version ?? 0) + 1, previousId: last?.id ?? null, isNew: true };
}

/** Parameters of an address that reach a person. */
const PERSON_PARAMETER = /^(?:.*(?:phone|mobile|e-?mail|id_?card|wechat|weixin)|tel|cell|qq|(?:full|real|first|last|nick)?_?name)$/i;

/** A number in a path is some text's own; a mail address anywhere, and what a parameter says of a person, is taken out. */
function withoutPersonalData(address: string): string {
  const url = new URL(address);
  const gone = [...url.searchParams].filter(([name, value]) => PERSON_PARAMETER.test(name) || /@[\w-]+\./.test(value));
  const steps = url.pathname.split('/');
  const kept = steps.map((step) => (/(?:@|%40)[\w-]+\./i.test(step) && !step.startsWith('@') ? NO_ACCOUNT : step));
  if (gone.length === 0 && kept.every((step, at) => step === steps[at])) return address;
  for (const [name] of gone) url.searchParams.delete(name);
  url.pathname = kept.join('/');
  return url.href;
}

function addressOf(item: Item, kit: AdmitKit, names: readonly string[]): string {
  const told = typeof item.address === 'string' ? canonicalAddress(item.address) : null;
  if (told === null) return '';
  const canonical = withoutPersonalData(told);
  return isOrganisation(kit.source, item.kind) ? canonical : withoutAccount(canonical, names);
}

function marksOf(item: Item, found: readonly (string | null)[]): string[] {
  const given = Array.isArray(item.marks)
    ? item.marks.filter((mark) => typeof mark === 'string').map((mark) => cut(cleanText(mark), 60))
    : [];
  return [...new Set([...given.slice(0, 10), ...found])].filter((mark) => mark !== null && mark !== '') as string[];
}

/** As the text that opened the conversation is stored: by its writer, who is a reader unless the thread is the organisation's own. */
function threadKey(source: Source, { author, kind }: Item, thread: string, kit: AdmitKit): string {
  const opening = { key: thread, address: '', kind: kind === 'reply' ? ('post' as const) : kind };
  return storedKey(source, author === undefined ? opening : { ...opening, author }, kit);
}

/** Refuses `collect.noText` when there is neither title nor text. A removed item (`gone`) is the caller's matter: it deletes, nothing is admitted. */
export function admit(item: Item, kit: AdmitKit): Outcome<Admitted> {
  const { source, digest, now } = kit;
  const names = isOrganisation(source, item.kind) ? [] : authorForms(typeof item.author === 'string' ? item.author : undefined);
  const { title, text, nRedactions, marks } = textsOf(item, kit, names);
  const whole = `${title}\n${text}`;
  const bare = withoutMasks(whole);
  const exact = exactInput(whole);
  if ((bare === whole ? exact : exactInput(bare)) === '') return refuse('collect.noText');
  const key = storedKey(source, item, kit) || digest(exact).slice(0, 32);
  const print = fingerprint(withoutMasks(text === '' ? title : text), digest);
  const id = digest(`${source.id}\n${key}\n${exact}`).slice(0, 32);
  const time = timeOf(item.publishedAt, now);
  const copy = kit.recent.find(print, ownerOf(source.id, key), now);
  const language = languageOf(item, whole, kit);
  const pack = pickPack(kit.packs, language, text);
  const { isNew, version, previousId } = versionOf(id, key, kit);
  const thread = cleanText(item.thread);
  const document: Document = {
    id,
    sourceId: source.id,
    key,
    address: addressOf(item, kit, names),
    kind: DOCUMENT_KINDS.includes(item.kind) ? item.kind : ('post' satisfies DocumentKind),
    title,
    text,
    language,
    pseudonym: pseudonymOf(source, item, kit.seal),
    publishedAt: time.at,
    seenAt: now,
    version,
    previousId,
    thread: thread === '' ? null : threadKey(source, item, thread, kit),
    place: shortText(item.place, names),
    section: shortText(item.section, names),
    sure: item.sure === 'seen' || item.sure === 'told' || item.sure === 'confirmed' ? item.sure : null,
    reach: wholeNumber(item.reach, MOST_REACH),
    nImages: wholeNumber(item.nImages, 1000),
    fingerprint: print,
    copyOf: copy?.copyOf ?? null,
    copyHow: copy?.how ?? null,
    nRedactions,
    marks: marksOf(item, [...marks, time.mark]),
  };
  const words = (part: string): string[] => pack.words(withoutMasks(part));
  return done({ document, terms: { title: words(title), text: words(text) }, isNew });
}
