/** Packed answers: bombs of four codings, nested, cut off, damaged, and honest ones that are merely too large. */
import { brotliCompressSync, constants, crc32, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';

const MB = 1024 * 1024;
const ZEROS = Buffer.alloc(MB);

/** `nMb` of zeros as raw deflate, from one block repeated: cheap to make at any size. */
function deflatedZeros(nMb: number): Buffer[] {
  const block = deflateRawSync(ZEROS, { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  return [...Array<Buffer>(nMb).fill(block), deflateRawSync(Buffer.alloc(0))];
}

export function gzipBomb(nMb = 10_240): Buffer {
  const head = Buffer.from('1f8b08000000000000ff', 'hex');
  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(crc32(''), 0);
  return Buffer.concat([head, ...deflatedZeros(nMb), tail]);
}

function deflateBomb(nMb = 10_240): Buffer {
  return Buffer.concat([Buffer.from('78da', 'hex'), ...deflatedZeros(nMb), Buffer.alloc(4)]);
}

let brotli: Buffer | null = null;
/** 1 GB; made once. */
export function brotliBomb(): Buffer {
  brotli ??= brotliCompressSync(Buffer.alloc(1024 * MB), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
  return brotli;
}

/** Frames follow each other, so one frame repeated is one stream. */
function zstdBomb(nMb = 10_240): Buffer {
  const frame = zstdCompressSync(Buffer.alloc(8 * MB));
  return Buffer.concat(Array<Buffer>(nMb / 8).fill(frame));
}

export interface PackedShape {
  readonly name: string;
  readonly coding: string;
  readonly body: () => Buffer;
  readonly expects: readonly string[];
}

/** Text that packs about 10:1 and unpacks to 24 MB: below the ratio, above the cap. */
function large(): Buffer {
  const rows: string[] = [];
  for (let n = 0; n < 330_000; n++) {
    rows.push(
      `${(n * 7919) % 1_000_003} the water of North Street is back and clear again, the works of ${(n * 104_729) % 99_991} say so.\n`,
    );
  }
  return Buffer.from(rows.join(''));
}

type Coder = (bytes: Buffer) => Buffer;
const CODERS: readonly (readonly [name: string, coder: Coder, bomb: () => Buffer])[] = [
  ['gzip', (bytes) => gzipSync(bytes, { level: 4 }), gzipBomb],
  ['deflate', (bytes) => deflateSync(bytes, { level: 4 }), deflateBomb],
  ['br', (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }), brotliBomb],
  ['zstd', (bytes) => zstdCompressSync(bytes), zstdBomb],
];

const FEED = Buffer.from(`<rss version="2.0"><channel>${'<item><title>Water is back</title></item>'.repeat(2000)}</channel></rss>`);

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = Math.floor(copy.length / 2); at < copy.length; at += 3) copy[at] = copy[at]! ^ 0xa5;
  return copy;
}

export const PACKED_SHAPES: readonly PackedShape[] = CODERS.flatMap(([name, coder, bomb]): PackedShape[] => [
  { name: `${name}: bomb`, coding: name, body: bomb, expects: ['bomb', 'tooLarge'] },
  { name: `${name}: bomb in ${name}`, coding: `${name}, ${name}`, body: () => coder(bomb()), expects: ['bomb', 'tooLarge', 'broken'] },
  {
    name: `${name}: five layers`,
    coding: Array(5).fill(name).join(', '),
    body: () => [1, 2, 3, 4, 5].reduce((bytes) => coder(bytes), ZEROS as Buffer),
    expects: ['bomb'],
  },
  { name: `${name}: cut off`, coding: name, body: () => coder(FEED).subarray(0, -9), expects: ['broken'] },
  { name: `${name}: damaged`, coding: name, body: () => damaged(coder(FEED)), expects: ['broken', 'notAFeed', 'ok'] },
  { name: `${name}: 24 MB at an honest ratio`, coding: name, body: () => coder(large()), expects: ['tooLarge'] },
]);
