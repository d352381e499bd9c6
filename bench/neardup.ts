/** Near-duplicates: pair precision and recall (neardup), BCubed (neardup-events), time per document. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { howAlike, makeCopyIndex } from '../src/collect/copies.ts';
import type { Document } from '../src/model/document.ts';
import { fingerprint, fromBase64, jaccard } from '../src/text/fingerprint.ts';
import { dataFolder, printRows, setRows } from './adapters/setRows.ts';
import type { BenchOptions } from './main.ts';

interface Row {
  readonly id: string;
  readonly group: string;
  readonly text: string;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

interface RawRow {
  readonly id: string;
  readonly group?: string;
  readonly dup?: string;
  readonly lang: string;
  readonly text?: string;
  readonly title?: string;
  readonly body?: string;
}

function readRows(folder: string): Map<string, Row[]> {
  const sets = new Map<string, Row[]>();
  for (const row of setRows<RawRow>(folder) ?? []) {
    const text = row.text ?? `${row.title ?? ''}\n${row.body ?? ''}`;
    const rows = sets.get(row.lang) ?? [];
    rows.push({ id: row.id, group: String(row.group ?? row.dup ?? row.id), text });
    sets.set(row.lang, rows);
  }
  return sets;
}

/** Every pair compared: what the similarity alone can do. */
function pairScore(rows: readonly Row[]): { readonly precision: number; readonly recall: number } {
  const prints = rows.map((row) => fingerprint(row.text, digest));
  const values = prints.map((print) => fromBase64(print.minhash));
  let right = 0;
  let found = 0;
  let wanted = 0;
  for (let a = 0; a < rows.length; a++)
    for (let b = a + 1; b < rows.length; b++) {
      const same = rows[a]!.group === rows[b]!.group;
      if (same) wanted++;
      const [va, vb] = [values[a], values[b]];
      if (!va || !vb || howAlike(jaccard(va, vb), prints[a]!.nShingles, prints[b]!.nShingles) === null) continue;
      found++;
      if (same) right++;
    }
  return { precision: right / Math.max(1, found), recall: right / Math.max(1, wanted) };
}

/** Through the index, in order of the file, as at the door. */
function groupsOf(rows: readonly Row[]): { readonly groups: string[]; readonly ms: number } {
  const index = makeCopyIndex();
  const began = performance.now();
  const groups = rows.map((row, at) => {
    const print = fingerprint(row.text, digest);
    const copy = index.find(print, row.id, at);
    const document = {
      id: row.id,
      sourceId: row.id,
      key: row.id,
      seenAt: at,
      fingerprint: print,
      copyOf: copy?.copyOf ?? null,
      copyHow: copy?.how ?? null,
    };
    index.add(document as Document);
    return copy?.copyOf ?? row.id;
  });
  return { groups, ms: (performance.now() - began) / rows.length };
}

function bcubed(gold: readonly string[], found: readonly string[]): { readonly p: number; readonly r: number; readonly f1: number } {
  const count = (keys: readonly string[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts;
  };
  const [byGold, byFound] = [count(gold), count(found)];
  const both = count(gold.map((key, at) => `${key}\n${found[at]}`));
  let p = 0;
  let r = 0;
  gold.forEach((key, at) => {
    const shared = both.get(`${key}\n${found[at]}`) ?? 0;
    p += shared / (byFound.get(found[at]!) ?? 1);
    r += shared / (byGold.get(key) ?? 1);
  });
  [p, r] = [p / gold.length, r / gold.length];
  return { p, r, f1: (2 * p * r) / (p + r) };
}

async function run({ data }: BenchOptions): Promise<void> {
  const rows: object[] = [];
  for (const set of ['neardup', 'neardup-events'])
    for (const [language, docs] of readRows(join(dataFolder(data, 'neardup'), set))) {
      const { groups, ms } = groupsOf(docs);
      const score = bcubed(
        docs.map((doc) => doc.group),
        groups,
      );
      rows.push({ bench: 'neardup', set, language, documents: docs.length, ...pairScore(docs), ...score, msPerDocument: ms });
    }
  printRows(rows);
}

export default { about: 'near-duplicates: pairs (precision, recall), groups through the index (BCubed), time per document', run };
