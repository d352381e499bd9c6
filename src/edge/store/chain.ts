/** The journal's chain: each entry's hash covers the entry and the hash before it, so that no line can be changed alone. */
import { createHash } from 'node:crypto';
import type { Entry, NewEntry } from '../../model/journal.ts';
import type { Json } from '../../model/words.ts';

export const NO_ENTRY = '0'.repeat(64);

/** JSON with keys in code-unit order and no spaces: the same value is always the same text. Undefined members are left out. */
export function canonical(value: Json | undefined): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map((part: Json) => canonical(part)).join(',')}]`;
  const members = value as { readonly [key: string]: Json | undefined };
  const keys = Object.keys(members).filter((key) => members[key] !== undefined);
  return `{${keys
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(members[key])}`)
    .join(',')}}`;
}

/** SHA-256, hexadecimal, over the canonical form of at, by, data, kind, previous, seq and subject; `data` is canonical already. */
export function hashLine(entry: Omit<NewEntry, 'data'> & { readonly data: string }, seq: number, previous: string): string {
  const { at, by, data, kind, subject } = entry;
  const text = `{"at":${canonical(at)},"by":${canonical(by)},"data":${data},"kind":${canonical(kind)},"previous":"${previous}","seq":${seq},"subject":${canonical(subject)}}`;
  return createHash('sha256').update(text).digest('hex');
}

export function hashEntry(entry: NewEntry, seq: number, previous: string): string {
  return hashLine({ ...entry, data: canonical(entry.data) }, seq, previous);
}

/** Walks entries in the order of `seq`. `brokenAt` is the first that is missing or does not fit, or null. */
export function verifyChain(entries: Iterable<Entry>): {
  readonly nEntries: number;
  readonly head: string;
  readonly brokenAt: number | null;
} {
  let nEntries = 0;
  let head = NO_ENTRY;
  let brokenAt: number | null = null;
  for (const entry of entries) {
    nEntries += 1;
    const fits = entry.seq === nEntries && entry.previous === head && entry.hash === hashEntry(entry, entry.seq, head);
    if (!fits) brokenAt ??= nEntries;
    head = entry.hash;
  }
  return { nEntries, head, brokenAt };
}
