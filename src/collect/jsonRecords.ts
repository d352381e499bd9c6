/**
 * Items from any JSON interface: where the list is and which field is what can be told by paths; what is not told is guessed as for a
 * table. Columns about persons are dropped and masked in the texts, as there.
 */
import type { DocumentKind, Item } from '../model/document.ts';
import { type LineField, LINE_FIELDS } from './columns.ts';
import { resolveAddress } from './feedShape.ts';
import { type FlatRecord, flatRecord, lastStep, pathValue, recordLists } from './jsonPaths.ts';
import { readLines } from './lines.ts';
import { plainText } from './plainText.ts';

export interface JsonMapping {
  /** Path to the list; empty: the longest list of records in the answer. */
  readonly list: string;
  /** Path of each told field within a record. */
  readonly fields: Readonly<Partial<Record<LineField, string>>>;
  /** Path to the address of the next page, or to what its page parameter must be. */
  readonly next: string;
}

export interface JsonKit {
  readonly address: string;
  /** Minutes east of Greenwich for times without a zone. */
  readonly zone: number;
  readonly kind: DocumentKind;
}

export interface JsonRecords {
  readonly items: readonly Item[];
  readonly notes: readonly string[];
  /** What stands at `next`; empty when there is nothing. */
  readonly next: string;
  /** False: no JSON, or no list of records in it. */
  readonly isList: boolean;
  /** False: there is a list, and none of its fields can be the text. */
  readonly hasText: boolean;
}

const MOST_RECORDS = 2_000;
const NONE: JsonRecords = { items: [], notes: [], next: '', isList: false, hasText: false };

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    // A page with an error on it: told as no list.
    return undefined;
  }
}

/** A field deep in the record is headed by its last step where no other ends in the same: `attributes.title` is a title. */
function headingsOf(records: readonly FlatRecord[]): ReadonlyMap<string, string> {
  const paths = new Set(records.slice(0, 200).flatMap((record) => Object.keys(record)));
  const nByStep = new Map<string, number>();
  for (const path of paths) nByStep.set(lastStep(path), (nByStep.get(lastStep(path)) ?? 0) + 1);
  return new Map([...paths].map((path) => [path, nByStep.get(lastStep(path)) === 1 ? lastStep(path) : path]));
}

function isMarkup(text: string): boolean {
  return /<\/?[a-z][^<>]*>|&(?:#\d+|[a-z]+);/i.test(text);
}

function headed(record: FlatRecord, headings: ReadonlyMap<string, string>): Record<string, string> {
  const row: Record<string, string> = Object.create(null);
  for (const [path, value] of Object.entries(record)) {
    const text = String(value);
    row[headings.get(path) ?? path] = isMarkup(text) ? plainText(text) : text;
  }
  return row;
}

function listOf(value: unknown, path: string): readonly unknown[] | null {
  if (path !== '') {
    const told = pathValue(value, path);
    return Array.isArray(told) ? told : null;
  }
  return recordLists(value).reduce<readonly unknown[] | null>(
    (best, list) => (best === null || list.length > best.length ? list : best),
    null,
  );
}

function nextOf(value: unknown, path: string): string {
  const next = path === '' ? undefined : pathValue(value, path);
  return typeof next === 'string' || typeof next === 'number' ? String(next) : '';
}

/** Never throws. An empty list is a list. */
export function readJsonRecords(text: string, mapping: JsonMapping, kit: JsonKit): JsonRecords {
  const value = jsonOf(text);
  const list = typeof value === 'object' && value !== null ? listOf(value, mapping.list) : null;
  const next = nextOf(value, mapping.next);
  if (list === null) return Array.isArray(value) && value.length === 0 ? { ...NONE, isList: true, hasText: true } : NONE;
  if (list.length === 0) return { ...NONE, next, isList: true, hasText: true };
  const records = list.slice(0, MOST_RECORDS).map(flatRecord);
  const headings = headingsOf(records);
  const columns: Record<string, string> = {};
  for (const field of LINE_FIELDS) {
    const path = mapping.fields[field];
    if (path !== undefined && path !== '') columns[field] = headings.get(path) ?? path;
  }
  const rows = records.map((record) => headed(record, headings));
  const read = readLines(JSON.stringify(rows), { columns, kind: kit.kind, zone: kit.zone });
  if (!read.ok) return { ...NONE, next, isList: true };
  const items = read.value.items.map((item) => ({ ...item, address: resolveAddress(item.address, kit.address) }));
  const missing = Object.entries(columns).filter(([field, heading]) => read.value.columns[field as LineField] !== heading);
  const notes = [...missing.map(([field]) => `field not found: ${field}`), ...read.value.notes];
  return { items, notes, next, isList: true, hasText: true };
}
