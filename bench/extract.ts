/** Article bodies: F1 by each set's own rule, pages per CPU second, how often the second opinion is asked; beside it Readability alone. */
import { join } from 'node:path';
import { plainText } from '../src/collect/plainText.ts';
import { secondOpinion } from '../src/edge/secondOpinion.ts';
import { scoreBodies } from './adapters/bodyScore.ts';
import { extract } from './adapters/extract.ts';
import { type GoldPage, readBytes, readGold } from './adapters/pageSet.ts';
import { pageText } from './adapters/pageText.ts';
import type { BenchOptions } from './main.ts';

interface Read {
  readonly text: string;
  readonly asked: boolean;
}
type Reader = (bytes: Uint8Array, page: GoldPage) => Read;

const heed: Reader = (bytes, page) => extract(bytes, { url: page.url ?? '' });
const readability: Reader = (bytes) => {
  const markup = secondOpinion(pageText(bytes));
  return { text: markup === null ? '' : plainText(markup), asked: true };
};

const SETS = ['extract-aeb', 'extract-zh', 'extract-chunks'] as const;
const round = (value: number) => Math.round(value * 10_000) / 10_000;

interface Run {
  readonly texts: Map<string, string>;
  readonly nAsked: number;
  readonly cpuSeconds: number;
}

function runOver(pages: readonly (readonly [GoldPage, Uint8Array])[], reader: Reader): Run {
  const texts = new Map<string, string>();
  let nAsked = 0;
  const before = process.cpuUsage();
  for (const [page, bytes] of pages) {
    const read = reader(bytes, page);
    texts.set(page.id, read.text);
    if (read.asked) nAsked++;
  }
  const { user, system } = process.cpuUsage(before);
  return { texts, nAsked, cpuSeconds: (user + system) / 1_000_000 };
}

async function run({ data, args }: BenchOptions): Promise<void> {
  if (data === null) throw new Error('extract needs --data DIR');
  const readers: [string, Reader][] = args.includes('--alone')
    ? [['heed', heed]]
    : [
        ['readability', readability],
        ['heed', heed],
      ];
  for (const set of SETS) {
    const folder = join(data, set);
    const gold = readGold(folder);
    if (gold === null) continue;
    const pages = gold.map((page) => [page, readBytes(folder, page)] as const);
    for (const [, reader] of readers) runOver(pages.slice(0, 5), reader);
    for (const [name, reader] of readers) {
      const { texts, nAsked, cpuSeconds } = runOver(pages, reader);
      const score = scoreBodies(gold, texts, set.endsWith('zh'));
      const figures = { f1: round(score.f1), precision: round(score.precision), recall: round(score.recall) };
      const pagesPerCpuSecond = Math.round((pages.length / cpuSeconds) * 10) / 10;
      console.log(
        JSON.stringify({ set, reader: name, pages: pages.length, ...figures, pagesPerCpuSecond, asked: round(nAsked / pages.length) }),
      );
    }
  }
}

export default { about: 'article bodies: F1 and pages per CPU second, beside Readability (--alone: without it)', run };
