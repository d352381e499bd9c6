/**
 * One request to one host, without redirects: resolve, judge every number, connect to a judged number, read under limits. Time limits
 * are real and monotonic. Sends no cookies and no credentials, uses no proxy and keeps no connection.
 */
import { constants } from 'node:crypto';
import { type IncomingMessage, request as plainRequest, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { bareHost, type GuardRules, mayConnect, portOf } from './addressGuard.ts';
import { OutboundFault } from './outboundFault.ts';
import type { Resolve } from './resolveHost.ts';
import { unpack } from './unpack.ts';

export interface HopLimits {
  /** From the start of a request to its last header, ms. */
  readonly headers: number;
  /** After this long the body must have come at the floor speed, ms. */
  readonly grace: number;
  /** Bytes a second, measured from the first header. */
  readonly floor: number;
  readonly maxRatio: number;
  readonly maxHeaderBytes: number;
}

export interface HopAsk {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly maxBytes: number;
  readonly cut?: boolean;
  /** Read the body of every status, not only of success. */
  readonly anyBody?: boolean;
}

export interface HopAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

export interface HopKit {
  readonly rules: GuardRules;
  readonly resolve: Resolve;
  readonly limits: HopLimits;
  /** Monotonic milliseconds. */
  readonly realNow: () => number;
}

/** An address that resolves to the inside: the caller answers it as a refusal. */
export class InsideAddress extends Error {}

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OutboundFault('timeout')), Math.max(1, ms));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Every number must be allowed: a name with one public and one inside address is refused as a whole. */
async function judgedNumbers(url: URL, kit: HopKit, ms: number): Promise<readonly string[]> {
  const host = bareHost(url);
  if (isIP(host) !== 0) return [host];
  let numbers: readonly string[];
  try {
    numbers = await inTime(kit.resolve(host), ms);
  } catch (error) {
    throw error instanceof OutboundFault ? error : new OutboundFault('dns', { cause: error });
  }
  if (numbers.length === 0) throw new OutboundFault('dns');
  if (!numbers.every((number) => mayConnect(number, url, kit.rules))) throw new InsideAddress();
  return numbers;
}

function pinned(numbers: readonly string[]): LookupFunction {
  const all = numbers.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, callback) => {
    if (options.all) callback(null, all);
    else callback(null, all[0]?.address ?? '', all[0]?.family);
  };
}

function optionsFor(url: URL, ask: HopAsk, numbers: readonly string[], kit: HopKit): RequestOptions {
  const host = bareHost(url);
  return {
    method: ask.method,
    hostname: host,
    port: portOf(url),
    path: url.pathname + url.search,
    headers: { ...ask.headers, ...(ask.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(ask.body)) }) },
    agent: false,
    lookup: pinned(numbers),
    maxHeaderSize: kit.limits.maxHeaderBytes,
    ...(url.protocol === 'https:'
      ? { servername: isIP(host) === 0 ? host : '', secureOptions: constants.SSL_OP_NO_RENEGOTIATION, minVersion: 'TLSv1.2' }
      : {}),
  };
}

/** The peer is judged again before a byte is written: `connect` is heard before the request's own writing. */
function judgePeer(socket: Socket, url: URL, kit: HopKit, stop: (error: Error) => void): void {
  const check = () => {
    const peer = socket.remoteAddress;
    if (peer !== undefined && !mayConnect(peer, url, kit.rules)) stop(new InsideAddress());
  };
  if (socket.connecting) socket.once('connect', check);
  else check();
}

function headersOf(response: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

function send(url: URL, ask: HopAsk, numbers: readonly string[], kit: HopKit, ms: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? secureRequest : plainRequest)(optionsFor(url, ask, numbers, kit));
    const timer = setTimeout(() => request.destroy(new OutboundFault('timeout')), Math.max(1, ms));
    request.once('socket', (socket) => judgePeer(socket, url, kit, (error) => request.destroy(error)));
    request.once('response', (response) => {
      clearTimeout(timer);
      resolve(response);
    });
    // Stays for the life of the request: a late error of a socket must not become an uncaught one.
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.once('close', () => {
      clearTimeout(timer);
      reject(new OutboundFault('broken'));
    });
    request.end(ask.body);
  });
}

async function readBody(response: IncomingMessage, ask: HopAsk, kit: HopKit, deadline: number): Promise<Uint8Array> {
  const seen = { received: 0 };
  const start = kit.realNow();
  const watch = setInterval(
    () => {
      const spent = kit.realNow() - start;
      if (kit.realNow() >= deadline) response.destroy(new OutboundFault('timeout'));
      else if (spent > kit.limits.grace && seen.received < (spent / 1000) * kit.limits.floor) {
        response.destroy(new OutboundFault('tooSlow'));
      }
    },
    Math.max(5, Math.min(500, kit.limits.grace / 4)),
  );
  try {
    const limits = { maxBytes: ask.maxBytes, cut: ask.cut ?? false, maxRatio: kit.limits.maxRatio };
    const bytes = await unpack(response, response.headers['content-encoding'] ?? '', limits, seen);
    if (!response.complete && !(ask.cut && bytes.length >= ask.maxBytes)) throw new OutboundFault('broken');
    return bytes;
  } catch (error) {
    throw error instanceof OutboundFault ? error : new OutboundFault('broken', { cause: error });
  } finally {
    clearInterval(watch);
    response.destroy();
  }
}

/** Rejects with an `OutboundFault`, an `InsideAddress` or an error of the socket; `faultCode` sorts them. `deadline` is on `realNow`. */
export async function hop(url: URL, ask: HopAsk, kit: HopKit, deadline: number): Promise<HopAnswer> {
  const started = kit.realNow();
  const left = () => Math.min(deadline, started + kit.limits.headers) - kit.realNow();
  const numbers = await judgedNumbers(url, kit, left());
  const response = await send(url, ask, numbers, kit, left());
  // Errors of the body reach its reader; this listener only keeps an unread one from becoming uncaught.
  response.on('error', () => undefined);
  const status = response.statusCode ?? 0;
  const headers = headersOf(response);
  if (!ask.anyBody && (status < 200 || status >= 300)) {
    response.destroy();
    return { status, headers, bytes: new Uint8Array(0) };
  }
  return { status, headers, bytes: await readBody(response, ask, kit, deadline) };
}
