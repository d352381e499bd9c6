/** Reads a body under caps: decoded bytes, swelling and speed. Unpacking streams, so a bomb is stopped after the cap, not after memory. */
import { pipeline, type Readable, Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';
import { OutboundFault } from './outboundFault.ts';

export interface UnpackLimits {
  /** Cap on decoded bytes. */
  readonly maxBytes: number;
  /** At the cap, keep what was read instead of failing (robots.txt, answers of chat bots). */
  readonly cut: boolean;
  /** Decoded to received bytes (S-ZIP); not applied to the first 256 kB, which can do no harm. */
  readonly maxRatio: number;
}

const RATIO_FREE_BYTES = 256 * 1024;
/** HTTP's own cap on the window of zstd (RFC 9659): 8 MB. */
const ZSTD_WINDOW_LOG = 23;

/** At most two layers: one by the server, one by a cache before it. */
function codingsOf(header: string): string[] {
  const codings = header
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== 'identity');
  if (codings.length > 2) throw new OutboundFault('bomb');
  return codings;
}

/** Null when the bytes are plainly not packed in the way the header says: then they are read as they are. */
function unpackerOf(coding: string, first: Uint8Array): Transform | null {
  const [a = 0, b = 0] = first;
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return first.length < 2 || (a === 0x1f && b === 0x8b) ? createGunzip() : null;
    case 'deflate':
      return (a & 0x0f) === 8 && ((a << 8) | b) % 31 === 0 ? createInflate() : createInflateRaw();
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return first.length < 2 || (a === 0x28 && b === 0xb5)
        ? createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG } })
        : null;
    default:
      throw new OutboundFault('broken');
  }
}

/** The first bytes, put back again; null at the end of an empty body. */
async function peek(source: Readable): Promise<Uint8Array | null> {
  for (;;) {
    const piece: unknown = source.read();
    if (piece instanceof Uint8Array) {
      source.unshift(piece);
      return piece;
    }
    if (source.readableEnded || source.destroyed) return null;
    await new Promise<void>((resolve, reject) => {
      const settle = (error?: Error) => {
        source.off('readable', ready).off('end', ready).off('close', ready).off('error', settle);
        if (error) reject(error);
        else resolve();
      };
      const ready = () => settle();
      source.on('readable', ready).on('end', ready).on('close', ready).on('error', settle);
    });
  }
}

function counting(seen: { received: number }): Transform {
  return new Transform({
    transform(chunk: Uint8Array, _encoding, next) {
      seen.received += chunk.length;
      next(null, chunk);
    },
  });
}

/** Reads and unpacks to the end or to a limit. `seen.received` grows as raw bytes come in, so that a watcher can judge the speed. */
export async function unpack(
  source: Readable,
  contentEncoding: string,
  limits: UnpackLimits,
  seen: { received: number },
): Promise<Uint8Array> {
  const first = await peek(source);
  if (first === null) {
    if (source.destroyed && !source.readableEnded) throw new OutboundFault('broken', { cause: source.errored });
    return new Uint8Array(0);
  }
  const [outer, inner] = codingsOf(contentEncoding).reverse();
  const chain: Transform[] = [counting(seen)];
  const firstUnpacker = outer === undefined ? null : unpackerOf(outer, first);
  if (firstUnpacker !== null) chain.push(firstUnpacker);
  if (inner !== undefined && firstUnpacker !== null) {
    const second = unpackerOf(inner, new Uint8Array(0));
    if (second !== null) chain.push(second);
  }
  // Errors reach the loop below through the last stream, so the callback has nothing to add.
  const last = pipeline([source, ...chain], () => undefined) as unknown as Readable;
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of last as AsyncIterable<Uint8Array>) {
    if (size + piece.length > limits.maxBytes) {
      if (!limits.cut) throw new OutboundFault('tooLarge');
      pieces.push(piece.subarray(0, limits.maxBytes - size));
      size = limits.maxBytes;
      break;
    }
    size += piece.length;
    pieces.push(piece);
    if (size > RATIO_FREE_BYTES && size > seen.received * limits.maxRatio) throw new OutboundFault('bomb');
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
