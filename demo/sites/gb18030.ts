/**
 * Encodes text as GB18030. The platform only decodes it, so the two-byte and the four-byte table are found by decoding all of them
 * once; characters beyond the first plane follow the formula of the standard.
 */

let table: Map<string, Uint8Array> | null = null;

/** Decodes codes of one length, each followed by a line feed, and keeps those that give one character. */
function learn(into: Map<string, Uint8Array>, codes: readonly Uint8Array[]): void {
  const width = (codes[0]?.length ?? 0) + 1;
  const bytes = new Uint8Array(codes.length * width).fill(0x0a);
  for (const [n, code] of codes.entries()) bytes.set(code, n * width);
  const lines = new TextDecoder('gb18030').decode(bytes).split('\n');
  for (const [n, code] of codes.entries()) {
    const line = lines[n] ?? '';
    if (line.length === 1 && line !== '\ufffd' && !into.has(line)) into.set(line, code);
  }
}

function twoByteCodes(): Uint8Array[] {
  const codes: Uint8Array[] = [];
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) codes.push(Uint8Array.of(lead, trail));
  return codes;
}

function fourBytes(linear: number): Uint8Array {
  const d = (linear % 10) + 0x30;
  const c = (Math.floor(linear / 10) % 126) + 0x81;
  const b = (Math.floor(linear / 1260) % 10) + 0x30;
  const a = Math.floor(linear / 12600) + 0x81;
  return Uint8Array.of(a, b, c, d);
}

/** Four-byte codes of the first plane: 81 30 81 30 to 84 31 A4 39. */
const FOUR_BYTE_CODES = 39420;
/** Distance of the code points from 0x10000 on: 90 30 81 30. */
const PLANES_FROM = 189000;

function known(): Map<string, Uint8Array> {
  if (table === null) {
    table = new Map();
    learn(table, twoByteCodes());
    learn(
      table,
      Array.from({ length: FOUR_BYTE_CODES }, (_, linear) => fourBytes(linear)),
    );
  }
  return table;
}

export function encodeGb18030(text: string): Uint8Array {
  const codes = known();
  const bytes: number[] = [];
  for (const char of text.toWellFormed()) {
    const point = char.codePointAt(0) ?? 0x3f;
    if (point < 0x80) bytes.push(point);
    else if (point >= 0x10000) bytes.push(...fourBytes(point - 0x10000 + PLANES_FROM));
    else bytes.push(...(codes.get(char) ?? Uint8Array.of(0x3f)));
  }
  return Uint8Array.from(bytes);
}
