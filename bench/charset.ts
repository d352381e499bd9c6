/** Charset detection without hints, by group. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decode } from '../src/collect/charset.ts';
import { dataFolder, printRows, setRows } from './adapters/setRows.ts';
import type { BenchOptions } from './main.ts';

interface CharsetCase {
  readonly id: string;
  readonly file: string;
  readonly encoding: string;
}

/** Labels as the set writes them, as TextDecoder knows them. */
function labelOf(encoding: string): string | null {
  const name = encoding
    .toLowerCase()
    .replace(
      /-(?:arabic|baltic|belarusian|bulgarian|croatian|czech|danish|dutch|english|estonian|finnish|french|german|greek|hebrew|hungarian|icelandic|italian|latvian|lithuanian|macedonian|maltese|norwegian|polish|portuguese|romanian|russian|serbian|slovak|slovene|slovenian|spanish|swedish|thai|turkish|ukrainian|vietnamese|welsh|farsi|irish|breton|indonesian|malay|kazakh|tajik|esperanto|mongolian|scottish.*|scots.*)$/,
      '',
    );
  const renamed: Record<string, string> = {
    gb2312: 'gb18030',
    gbk: 'gb18030',
    cp932: 'shift_jis',
    cp949: 'euc-kr',
    'utf-8-sig': 'utf-8',
    ascii: 'utf-8',
    cp1252: 'windows-1252',
    maccyrillic: 'x-mac-cyrillic',
    macroman: 'macintosh',
    johab: '',
  };
  const label = renamed[name] ?? name;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

function groupOf(encoding: string): string {
  if (/^gb|hz/i.test(encoding)) return 'GB2312';
  if (/^big5/i.test(encoding)) return 'Big5';
  if (/shift|euc|iso-2022|cp932|cp949/i.test(encoding)) return 'JP/KR';
  return /utf|ascii/i.test(encoding) ? 'Unicode' : 'single byte';
}

function charsets(data: string, showFails: boolean): object[] {
  const counts = new Map<string, { n: number; right: number }>();
  let ms = 0;
  for (const one of setRows<CharsetCase>(join(data, 'charset')) ?? []) {
    const raw = readFileSync(join(data, 'charset', one.file));
    const bytes = one.file.endsWith('.gz') ? gunzipSync(raw) : raw;
    const label = labelOf(one.encoding);
    const row = counts.get(groupOf(one.encoding)) ?? { n: 0, right: 0 };
    counts.set(groupOf(one.encoding), row);
    row.n++;
    const began = performance.now();
    const found = decode(bytes);
    ms += performance.now() - began;
    // UTF-16 and UTF-32 are named without their byte order.
    const isWide = /^utf-(?:16|32)$/i.test(one.encoding);
    const isRight = isWide
      ? found.charset.startsWith(one.encoding.toLowerCase())
      : label !== null
        ? found.text === new TextDecoder(label).decode(bytes)
        : found.charset === one.encoding.toLowerCase();
    if (isRight) row.right++;
    else if (showFails) console.log('FAIL', one.id, one.encoding, 'got', found.charset, found.how);
  }
  return [...counts].map(([group, row]) => ({ bench: 'charset', group, files: row.n, right: row.right, msAll: Math.round(ms) }));
}

async function run({ data, args }: BenchOptions): Promise<void> {
  printRows(charsets(dataFolder(data, 'charset'), args.includes('--fails')));
}

export default { about: 'charset detection without hints: share right by group', run };
