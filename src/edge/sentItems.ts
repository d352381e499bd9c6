/**
 * What is sent in as items. Tables go through `collect/lines`; records of a form or program are first put under the field names it
 * knows. Both ways the values of columns about persons are masked wherever the texts repeat them.
 */
import { createHash } from 'node:crypto';
import { LINE_FIELDS } from '../collect/columns.ts';
import { readLines } from '../collect/lines.ts';
import { instantOf } from '../collect/relativeTime.ts';
import type { DocumentKind, Item } from '../model/document.ts';
import type { Source } from '../model/source.ts';
import { type Instant, MINUTE } from '../model/time.ts';
import type { Pulled, Received } from '../ports.ts';
import { bytesText } from './bytesText.ts';
import { textOf } from './looseValues.ts';
import { type SentRecord, sentRecords } from './sentRecords.ts';
import { zoneOf } from './sourceSettings.ts';

const IDENTITY: Readonly<Record<string, string>> = Object.fromEntries(LINE_FIELDS.map((field) => [field, field]));

/** Without a key of its own an item is known by its content: the same text sent again is the same item. */
function withKey(item: Item): Item {
  if (item.key !== '') return item;
  const { title, body, publishedAt, author, place, section } = item;
  const content = JSON.stringify([title, body, publishedAt ?? null, author ?? null, place ?? null, section ?? null]);
  return { ...item, key: `sent-${createHash('sha256').update(content, 'utf8').digest('hex').slice(0, 24)}` };
}

/** Minutes east of Greenwich, when the settings name a zone; otherwise the reader of the table decides by its language. */
function zoneMinutes(source: Source, now: Instant): { readonly zone?: number } {
  if (textOf(source.settings.zone) === '') return {};
  return { zone: Math.round((now - instantOf(now, zoneOf(source))) / MINUTE) };
}

export interface TableForm {
  readonly kind: DocumentKind;
  /** Heading to field, for headings of this kind of table that `collect/columns` does not know; the last one present wins. */
  readonly headings?: Readonly<Record<string, string>>;
  /** What every item of this kind has beside its columns. */
  readonly extra?: Partial<Item>;
}

/** Chosen columns that the table does not have: what stood in them is missing from every item, so it is said. */
function missingColumns(chosen: Readonly<Record<string, string>>, found: Readonly<Record<string, string | undefined>>): string[] {
  const notes: string[] = [];
  for (const [left, right] of Object.entries(chosen)) {
    const [field, heading] = Object.hasOwn(IDENTITY, left) ? [left, right] : [right, left];
    if (found[field] !== heading) notes.push(`column not found: ${heading.slice(0, 60)}`);
  }
  return notes.slice(0, 20);
}

/** A table or JSON lines. One whose columns mean nothing is refused with `collect.columnsUnknown`. */
export function tableItems(source: Source, input: Received, now: Instant, form: TableForm): Pulled {
  const { text, charset } = bytesText(input.bytes, input.contentType);
  const columns = { ...form.headings, ...input.columns };
  const read = readLines(text, { columns, kind: form.kind, ...zoneMinutes(source, now) });
  if (!read.ok) {
    const stopped = { kind: 'refused' as const, refusal: read.refusal };
    return { items: [], notes: ['collect.columnsUnknown'], cursor: null, charset, stopped };
  }
  const notes = [...missingColumns(input.columns ?? {}, read.value.columns), ...read.value.notes];
  return { items: read.value.items.map((item) => withKey({ ...item, ...form.extra })), notes, cursor: null, charset };
}

export interface RecordForm {
  readonly kind: DocumentKind;
  /** The record under the field names of `collect/columns`; fields about persons keep their own names. */
  readonly fields: (record: SentRecord) => Readonly<Record<string, string>>;
  /** What an item has beside those fields. */
  readonly extra: (record: SentRecord) => Partial<Item>;
}

/** A withdrawn text needs its key and nothing else. */
function goneItem(fields: Readonly<Record<string, string>>, form: RecordForm): Item | null {
  const key = fields.key ?? '';
  return key === '' ? null : { key, address: '', title: '', body: '', kind: form.kind, gone: true };
}

function recordItem(record: SentRecord, form: RecordForm, zone: { readonly zone?: number }): Item | null {
  const fields = form.fields(record);
  const extra = form.extra(record);
  if (extra.gone === true) return goneItem(fields, form);
  const read = readLines(JSON.stringify([fields]), { columns: IDENTITY, kind: form.kind, ...zone });
  const item = read.ok ? read.value.items[0] : undefined;
  return item === undefined ? null : withKey({ ...item, ...extra });
}

/** Null when what was sent is a table. A record without text is left out, with its number. */
function recordItems(source: Source, input: Received, now: Instant, form: RecordForm): Pulled | null {
  const { text, charset } = bytesText(input.bytes, input.contentType);
  const records = sentRecords(text, input.contentType);
  if (records === null) return null;
  const zone = zoneMinutes(source, now);
  const items: Item[] = [];
  const notes: string[] = [];
  for (const [n, record] of records.entries()) {
    const item = record === undefined ? null : recordItem(record, form, zone);
    if (item !== null) items.push(item);
    else if (notes.length < 100) notes.push(`line ${n + 1}: ${record === undefined ? 'is no JSON object' : 'has no text'}`);
  }
  return { items, notes, cursor: null, charset };
}

/**
 * Records of a form or program under the field names of its interface; what is no such record is read as a table. So is JSON whose
 * columns a person chose, and JSON that has none of the names of the interface.
 */
export function sentItems(source: Source, input: Received, now: Instant, record: RecordForm, table: TableForm): Pulled {
  const isForm = /x-www-form-urlencoded/i.test(input.contentType);
  const records = !isForm && Object.keys(input.columns ?? {}).length > 0 ? null : recordItems(source, input, now, record);
  if (records !== null && (isForm || records.items.length > 0 || records.notes.length === 0)) return records;
  const read = tableItems(source, input, now, table);
  return records === null || read.items.length > 0 ? read : records;
}

/** The first filled field of a record; empty when there is none. */
export function firstOf(record: SentRecord, names: readonly string[]): string {
  for (const name of names) {
    const value = record[name] ?? '';
    if (value !== '') return value;
  }
  return '';
}

/** Fields with a value. */
export function filled(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}
