/** Records of a web archive (WARC 1.0 and 1.1, ISO 28500), unpacked, and the HTTP answer in each. Lines are bytes: nothing is decoded here. */

export interface WarcRecord {
  /** `response`, `request`, `warcinfo` … in small letters. */
  readonly type: string;
  readonly target: string;
  /** As written, W3C form. */
  readonly date: string;
  readonly block: Uint8Array;
}

export interface HttpAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const MOST_HEAD = 64 * 1024;
const latin = new TextDecoder('latin1');

/** Where the blank line behind a head ends, or -1. Bare line feeds are taken for line ends too. */
function headEnd(bytes: Uint8Array, from: number): number {
  const last = Math.min(bytes.length, from + MOST_HEAD);
  for (let at = from; at < last; at++) {
    if (bytes[at] !== 10) continue;
    if (bytes[at + 1] === 10) return at + 2;
    if (bytes[at + 1] === 13 && bytes[at + 2] === 10) return at + 3;
  }
  return -1;
}

function fieldsOf(head: string): Record<string, string> {
  const fields: Record<string, string> = Object.create(null);
  for (const line of head.split(/\r?\n/).slice(1)) {
    const at = line.indexOf(':');
    if (at > 0) fields[line.slice(0, at).trim().toLowerCase()] = line.slice(at + 1).trim();
  }
  return fields;
}

/** Stops at the first record that is cut off or has no length: behind it nothing can be trusted. */
export function* warcRecords(bytes: Uint8Array): Generator<WarcRecord> {
  let at = 0;
  while (at < bytes.length) {
    while (bytes[at] === 13 || bytes[at] === 10) at++;
    const end = headEnd(bytes, at);
    if (end < 0) return;
    const head = latin.decode(bytes.subarray(at, end));
    const fields = fieldsOf(head);
    const length = Number(fields['content-length'] ?? Number.NaN);
    if (!/^WARC\/\d/.test(head) || !Number.isSafeInteger(length) || length < 0 || end + length > bytes.length) return;
    yield {
      type: (fields['warc-type'] ?? '').toLowerCase(),
      target: (fields['warc-target-uri'] ?? '').replace(/^<|>$/g, ''),
      date: fields['warc-date'] ?? '',
      block: bytes.subarray(end, end + length),
    };
    at = end + length;
  }
}

/** Chunks put together; what is no chunk ends it. */
function unchunked(body: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  let total = 0;
  while (at < body.length) {
    let end = at;
    while (end < body.length && body[end] !== 10 && end - at < 100) end++;
    const size = Number.parseInt(latin.decode(body.subarray(at, end)), 16);
    if (!(size > 0)) break;
    const part = body.subarray(end + 1, end + 1 + size);
    parts.push(part);
    total += part.length;
    at = end + 1 + size;
    while (body[at] === 13 || body[at] === 10) at++;
  }
  const whole = new Uint8Array(total);
  let put = 0;
  for (const part of parts) {
    whole.set(part, put);
    put += part.length;
  }
  return whole;
}

/** Null when the block is no HTTP answer. Content encodings are left to the caller. */
export function httpAnswer(block: Uint8Array): HttpAnswer | null {
  const end = headEnd(block, 0);
  if (end < 0) return null;
  const head = latin.decode(block.subarray(0, end));
  const status = Number(/^HTTP\/\d(?:\.\d)?\s+(\d{3})/.exec(head)?.[1] ?? 0);
  if (status === 0) return null;
  const headers = fieldsOf(head);
  const raw = block.subarray(end);
  // Some archivers store the body already put together and keep the header.
  const isChunked =
    /chunked/i.test(headers['transfer-encoding'] ?? '') && /^[0-9a-f]{1,8}\s*(?:;[^\n]*)?\r?\n/i.test(latin.decode(raw.subarray(0, 100)));
  return { status, headers, body: isChunked ? unchunked(raw) : raw };
}
