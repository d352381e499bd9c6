/**
 * Bytes to text. In order: byte order mark, strict UTF-8, the label told by HTTP, XML or HTML if it fits the bytes, a guess among the
 * CJK encodings, windows-1252. Strict UTF-8 stands before the label because many pages say gb2312 and are UTF-8.
 */
import chardet from 'chardet';

export interface Decoded {
  readonly text: string;
  /** Lower-case WHATWG name, e.g. `gb18030`. */
  readonly charset: string;
  readonly how: 'mark' | 'utf8' | 'label' | 'guess' | 'fallback';
}

export interface CharsetHints {
  /** The Content-Type header. */
  readonly contentType?: string;
}

/** TextDecoder's gbk is a subset in name only; gb18030 reads all of the family. */
const RENAMED: Readonly<Record<string, string>> = {
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'x-gbk': 'gb18030',
  gb_2312: 'gb18030',
  'gb_2312-80': 'gb18030',
  'x-sjis': 'shift_jis',
  sjis: 'shift_jis',
  cp932: 'shift_jis',
  'big5-hkscs': 'big5',
  cp950: 'big5',
  cp949: 'euc-kr',
  'iso-8859-8-i': 'iso-8859-8',
  maccyrillic: 'x-mac-cyrillic',
  'mac-cyrillic': 'x-mac-cyrillic',
  macroman: 'macintosh',
  cp1251: 'windows-1251',
  cp1252: 'windows-1252',
};

function decoderOf(label: string): TextDecoder | null {
  const name = label.trim().toLowerCase();
  try {
    return new TextDecoder(RENAMED[name] ?? name, { ignoreBOM: false });
  } catch {
    // An unknown label is no label.
    return null;
  }
}

function strict(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: the next way is tried.
    return null;
  }
}

function utf32(bytes: Uint8Array, isLittle: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, isLittle);
    text += code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
  }
  return text.replace(/^\ufeff/, '');
}

function byMark(bytes: Uint8Array): Decoded | null {
  const [a, b, c, d] = bytes;
  const read = (charset: string): Decoded => ({ text: new TextDecoder(charset).decode(bytes), charset, how: 'mark' });
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { text: utf32(bytes, true), charset: 'utf-32le', how: 'mark' };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { text: utf32(bytes, false), charset: 'utf-32be', how: 'mark' };
  if (a === 0xef && b === 0xbb && c === 0xbf) return read('utf-8');
  if (a === 0xff && b === 0xfe) return read('utf-16le');
  if (a === 0xfe && b === 0xff) return read('utf-16be');
  return withoutMark(bytes);
}

/** Wide encodings without a mark show by where their zero bytes stand. */
function withoutMark(bytes: Uint8Array): Decoded | null {
  const n = Math.min(bytes.length & ~3, 4000);
  if (n < 8) return null;
  const zeros = [0, 0, 0, 0];
  for (let at = 0; at < n; at++) if (bytes[at] === 0) zeros[at & 3] = (zeros[at & 3] ?? 0) + 1;
  const share = zeros.map((count) => count / (n / 4));
  const [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = share;
  if (s0 > 0.9 && s1 > 0.9 && s3 < 0.5) return { text: utf32(bytes, false), charset: 'utf-32be', how: 'guess' };
  if (s2 > 0.9 && s3 > 0.9 && s0 < 0.5) return { text: utf32(bytes, true), charset: 'utf-32le', how: 'guess' };
  if (s1 + s3 > 0.6 && s0 + s2 < 0.2) return { text: new TextDecoder('utf-16le').decode(bytes), charset: 'utf-16le', how: 'guess' };
  if (s0 + s2 > 0.6 && s1 + s3 < 0.2) return { text: new TextDecoder('utf-16be').decode(bytes), charset: 'utf-16be', how: 'guess' };
  return null;
}

const HEAD_LABELS = [
  /<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)["']/i,
  /<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)/i,
  /@charset\s+"([\w.:-]+)"/i,
];

function labelsOf(bytes: Uint8Array, hints: CharsetHints): string[] {
  const labels: string[] = [];
  const told = /charset\s*=\s*["']?([\w.:-]+)/i.exec(hints.contentType ?? '')?.[1];
  if (told !== undefined) labels.push(told);
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  for (const pattern of HEAD_LABELS) {
    const label = pattern.exec(head)?.[1];
    if (label !== undefined) labels.push(label);
  }
  return labels;
}

/** Characters that no text holds: what could not be decoded, controls, private use. */
const BAD = /[\ufffd\u0000-\u0008\u000b\u000e-\u001f\u0080-\u0084\u0086-\u009f\ue000-\uf8ff]/g;
/** Measured: prototype of design/collect.md, section 4. */
const MOST_BAD = 0.002;

function badShare(text: string): number {
  return (text.match(BAD)?.length ?? 0) / Math.max(1, text.length);
}

function byLabel(bytes: Uint8Array, hints: CharsetHints): Decoded | null {
  for (const label of labelsOf(bytes, hints)) {
    const decoder = decoderOf(label);
    if (decoder === null || decoder.encoding.startsWith('utf-16')) continue;
    const text = decoder.decode(bytes);
    const most = decoder.encoding === 'utf-8' ? 0.02 : MOST_BAD;
    if (badShare(text) <= most) return { text, charset: decoder.encoding, how: 'label' };
  }
  return null;
}

const CJK: Readonly<Record<string, string>> = {
  GB18030: 'gb18030',
  Big5: 'big5',
  Shift_JIS: 'shift_jis',
  'EUC-JP': 'euc-jp',
  'EUC-KR': 'euc-kr',
  'ISO-2022-JP': 'iso-2022-jp',
  'ISO-2022-KR': 'iso-2022-kr',
};

function byGuess(bytes: Uint8Array): Decoded | null {
  const sample = bytes.subarray(0, 64_000);
  const escapes = new TextDecoder('latin1').decode(sample.subarray(0, 8000));
  if (/\x1b\$[@B]|\x1b\(J/.test(escapes))
    return { text: new TextDecoder('iso-2022-jp').decode(bytes), charset: 'iso-2022-jp', how: 'guess' };
  for (const match of chardet.analyse(sample)) {
    const charset = CJK[match.name];
    if (charset === undefined || match.confidence < 10) continue;
    const decoder = decoderOf(charset);
    if (decoder === null) continue;
    const text = decoder.decode(bytes);
    if (badShare(text) <= 0.01 && looksEastern(text)) return { text, charset: decoder.encoding, how: 'guess' };
  }
  return null;
}

/** A western text read as two-byte characters gives lonely Han between Latin letters; a real one gives runs. */
function looksEastern(text: string): boolean {
  const sample = text.slice(0, 20_000);
  const nAll = sample.match(/[^\u0000-\u007f]/g)?.length ?? 0;
  const nRuns =
    sample.match(/[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3\u3000-\u3003\uff00-\uffef]{2,}/g)?.reduce((sum, run) => sum + run.length, 0) ??
    0;
  return nAll > 0 && nRuns / nAll > 0.6;
}

/** Single-byte Cyrillic, Greek, Hebrew … without any label: chardet's best word, else windows-1252. */
function bySingleByte(bytes: Uint8Array): Decoded {
  const best = chardet
    .analyse(bytes.subarray(0, 64_000))
    .find((match) => /^(?:windows|ISO-8859|KOI8)/i.test(match.name) && match.confidence >= 30);
  const decoder = best === undefined ? null : decoderOf(best.name);
  if (best !== undefined && decoder !== null && !/1252|8859-1$/.test(best.name)) {
    const text = decoder.decode(bytes);
    if (badShare(text) <= MOST_BAD) return { text, charset: decoder.encoding, how: 'guess' };
  }
  return { text: new TextDecoder('windows-1252').decode(bytes), charset: 'windows-1252', how: 'fallback' };
}

/** Never throws. Costs about 1 ms per 100 kB where a guess is needed, less otherwise. */
export function decode(bytes: Uint8Array, hints: CharsetHints = {}): Decoded {
  const marked = byMark(bytes);
  if (marked !== null) return marked;
  const text = strict(bytes);
  // ISO-2022 is made of ASCII bytes and escapes, so it is UTF-8 by form.
  if (text !== null && !text.slice(0, 8000).includes('\x1b')) return { text, charset: 'utf-8', how: 'utf8' };
  return byLabel(bytes, hints) ?? byGuess(bytes) ?? (text === null ? bySingleByte(bytes) : { text, charset: 'utf-8', how: 'utf8' });
}
