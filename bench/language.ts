/** Language detection: share right by language and by sentence, word pair and single word; time per text. */
import { join } from 'node:path';
import { languageOf } from '../src/collect/language.ts';
import { dataFolder, printRows, setRows } from './adapters/setRows.ts';
import type { BenchOptions } from './main.ts';

interface Case {
  readonly lang: string;
  readonly kind: string;
  readonly text: string;
}

async function run({ data, args }: BenchOptions): Promise<void> {
  const rows = setRows<Case>(join(dataFolder(data, 'language'), 'langid')) ?? [];
  const counts = new Map<string, { n: number; right: number; ms: number }>();
  for (const { lang, kind, text } of rows) {
    const group = `${lang === 'zh' || lang === 'en' ? lang : 'others'} ${kind}`;
    const row = counts.get(group) ?? { n: 0, right: 0, ms: 0 };
    counts.set(group, row);
    row.n++;
    const began = performance.now();
    const found = languageOf(text);
    row.ms += performance.now() - began;
    if (found === lang) row.right++;
    else if (args.includes('--fails')) console.log('FAIL', group, found, text);
  }
  printRows(
    [...counts].map(([group, row]) => ({
      bench: 'language',
      group,
      texts: row.n,
      share: Math.round((row.right / row.n) * 10_000) / 10_000,
      usPerText: Math.round((row.ms * 1000) / row.n),
    })),
  );
}

export default { about: 'language detection: share right by language and length of text', run };
