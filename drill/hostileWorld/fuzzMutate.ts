/** Seeded mutation of bytes: flips, cuts, repeats, splices, and the pieces that parsers trip over. */
export type Chance = (below: number) => number;

/** Whole numbers from 0 to below `below`; equal seeds give equal rows. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const LONGEST = 8192;
const PIECES = (
  '< > </ /> <!-- --> <![CDATA[ ]]> <! <? ?> & &# &#x &#x110000; &#0; &amp;amp; " \' = \\ \\u { } [ ] ( ) ( (( ,, : :: * $ ^ ~ | NOT OR AND NEAR/ ' +
  '\0 \ufeff \u200b \u202e \ud800 \uffff 𠮷 é e\u0301 １２ ㊊ \r \n \t <p> <div> <table> <a href= <script> <svg> <math> <template> __proto__ constructor ' +
  '9999999999999 -1 1e309 NaN 0001-01-01 9999-12-31 24:61 Feb 30 data: javascript: //// %00 %ff ../ ?? ##'
)
  .split(' ')
  .map((piece) => Buffer.from(piece));

function spliced(bytes: Buffer, at: number, drop: number, put: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + drop)]);
}

function step(bytes: Buffer, pool: readonly Uint8Array[], chance: Chance): Buffer {
  const at = chance(bytes.length + 1);
  const length = chance(1 << chance(10));
  switch (chance(8)) {
    case 0: {
      const copy = Buffer.from(bytes);
      if (at < copy.length) copy[at] = copy[at]! ^ (1 << chance(8));
      return copy;
    }
    case 1:
      return spliced(bytes, at, length, Buffer.alloc(0));
    case 2:
      return spliced(bytes, at, 0, bytes.subarray(at, at + length));
    case 3:
      return spliced(bytes, at, 0, Buffer.concat(Array<Buffer>(1 + chance(200)).fill(bytes.subarray(at, at + 1 + chance(12)))));
    case 4:
      return spliced(bytes, at, chance(3), PIECES[chance(PIECES.length)]!);
    case 5:
      return spliced(bytes, at, 0, Buffer.concat(Array<Buffer>(1 + chance(300)).fill(PIECES[chance(PIECES.length)]!)));
    case 6: {
      const other = pool[chance(pool.length)]!;
      const from = chance(other.length);
      return spliced(bytes, at, length, other.subarray(from, from + length));
    }
    default:
      return bytes.subarray(0, at);
  }
}

/** One mutated text of at most 8 kB. */
export function mutate(pool: readonly Uint8Array[], chance: Chance): Uint8Array {
  let bytes: Buffer = Buffer.from(pool[chance(pool.length)]!);
  for (let n = 1 + chance(8); n > 0; n--) bytes = step(bytes, pool, chance).subarray(0, LONGEST);
  return new Uint8Array(bytes);
}
