/** Publication days: precision, recall and F1 by day. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageDate } from '../src/collect/pageDate.ts';
import { pageMeta } from '../src/collect/pageMeta.ts';
import { parsePage } from '../src/collect/pageTree.ts';
import { readBytes, readGold } from './adapters/pageSet.ts';
import { pageText } from './adapters/pageText.ts';
import type { BenchOptions } from './main.ts';

/** Pages are stored copies; a fixed day keeps two runs equal. */
const NOW = Date.parse('2026-11-01T00:00:00Z');
const round = (value: number) => Math.round(value * 10_000) / 10_000;

async function run({ data, out }: BenchOptions): Promise<void> {
  if (data === null) throw new Error('dates needs --data DIR');
  const folder = join(data, 'date-htmldate');
  const pages = readGold(folder) ?? [];
  let right = 0;
  let wrong = 0;
  const lines: string[] = [];
  const before = process.cpuUsage();
  for (const page of pages) {
    const kit = { address: page.url ?? 'http://page.invalid/', now: NOW, zone: 'UTC' };
    const { root } = parsePage(pageText(readBytes(folder, page)));
    const found = pageDate(root, pageMeta(root, kit.address), kit);
    if (found?.day === page.date) right++;
    else if (found !== undefined) wrong++;
    lines.push(JSON.stringify({ id: page.id, date: found?.day ?? null, how: found?.how ?? null }));
  }
  const { user, system } = process.cpuUsage(before);
  const precision = right / Math.max(1, right + wrong);
  // As the set's own rule: only pages without any answer count against recall.
  const recall = right / Math.max(1, right + (pages.length - right - wrong));
  const f1 = (2 * precision * recall) / Math.max(1e-9, precision + recall);
  if (out !== null) writeFileSync(out, `${lines.join('\n')}\n`);
  const pagesPerCpuSecond = Math.round((pages.length / ((user + system) / 1_000_000)) * 10) / 10;
  const figures = { f1: round(f1), precision: round(precision), recall: round(recall), accuracy: round(right / Math.max(1, pages.length)) };
  console.log(JSON.stringify({ set: 'date-htmldate', pages: pages.length, ...figures, pagesPerCpuSecond }));
}

export default { about: 'publication days: F1 by day', run };
