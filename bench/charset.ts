/** Charset detection without hints, language detection, each by group. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decode } from '../src/collect/charset.ts';
import { languageOf } from '../src/collect/language.ts';

interface CharsetCase {
  readonly id: string;
  readonly file: string;
  readonly encoding: string;
}
interface LanguageCase {
  readonly lang: string;
  readonly kind: string;
  readonly text: string;
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

function lines<T>(folder: string): T[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));
  return files.flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as T),
  );
}

function charsets(data: string, showFails: boolean): object[] {
  const counts = new Map<string, { n: number; right: number }>();
  let ms = 0;
  for (const one of lines<CharsetCase>(join(data, 'charset'))) {
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

function languages(data: string): object[] {
  const counts = new Map<string, { n: number; right: number }>();
  let ms = 0;
  for (const one of lines<LanguageCase>(join(data, 'langid'))) {
    const group = `${one.lang === 'zh' || one.lang === 'en' ? one.lang : 'others'} ${one.kind}`;
    const row = counts.get(group) ?? { n: 0, right: 0 };
    counts.set(group, row);
    row.n++;
    const began = performance.now();
    const found = languageOf(one.text);
    ms += performance.now() - began;
    if (found === one.lang) row.right++;
  }
  const n = [...counts.values()].reduce((sum, row) => sum + row.n, 0);
  return [...counts].map(([group, row]) => ({
    bench: 'langid',
    group,
    texts: row.n,
    share: row.right / row.n,
    usPerText: (ms * 1000) / n,
  }));
}

async function run({ data, args }: { readonly data: string; readonly args?: readonly string[] }): Promise<object[]> {
  return [...charsets(data, args?.includes('--fails') === true), ...languages(data)];
}

export default { about: 'charset and language detection: share right by group', run };
