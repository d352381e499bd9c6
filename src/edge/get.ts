/**
 * The one outbound client. Everything Heed asks of the world goes through `get` or `post`: public http(s) addresses only, judged
 * before and at connecting, on every redirect; robots.txt; the host's pace; size, speed and time limits; an honest User-Agent.
 * It sends no cookies and no credentials. Neither function throws for what a host does.
 */
import { refuse } from '../model/outcome.ts';
import type { Instant, Span } from '../model/time.ts';
import { SECOND } from '../model/time.ts';
import type { Get, Got, NotGot, Post, Validators } from '../ports.ts';
import { bareHost, type GuardRules, isLoopbackAddress, judgeAddress, portOf } from './addressGuard.ts';
import { type HopAnswer, type HopAsk, type HopKit, type HopLimits, hop, InsideAddress } from './hop.ts';
import { makeHostPace } from './hostPace.ts';
import { failed, failedStatus, faultCode } from './outboundFault.ts';
import { type Resolve, resolveHost } from './resolveHost.ts';
import { retryAfter } from './retryAfter.ts';
import { makeRobotsCache, ROBOTS_BYTES, type RobotsSay } from './robotsCache.ts';

export interface OutboundLimits extends HopLimits {
  /** One `get` with all its redirects and robots.txt, ms. */
  readonly total: number;
  /** One `post`, ms. */
  readonly post: number;
}

/** Chosen: every fetch ends in 60 s (REL-13), an attempt to notify in 15 s (REL-08), swelling 100:1 (S-ZIP). */
export const OUTBOUND_LIMITS: OutboundLimits = {
  headers: 15_000,
  grace: 10_000,
  floor: 256,
  maxRatio: 100,
  maxHeaderBytes: 32 * 1024,
  total: 55_000,
  post: 15_000,
};

/** Default cap on decoded bytes: pages. Feeds ask for more with `maxBytes`. */
export const PAGE_BYTES = 5 * 1024 * 1024;
const POST_ANSWER_BYTES = 64 * 1024;
const MAX_REDIRECTS = 5;
/** Requests open at once, all hosts together; beyond it an asker is sent away for a second. */
const MAX_OPEN = 256;

export interface OutboundEvent {
  readonly kind: 'get' | 'post';
  readonly host: string;
  /** `ok`, `unchanged`, `later`, `refused`, `gone` or `failed:code`. */
  readonly result: string;
  /** Real milliseconds. */
  readonly took: number;
}

export interface OutboundOptions {
  readonly allowLoopback: boolean;
  /** The demo: nothing but loopback; whatever else is asked for is refused and counted. */
  readonly onlyLoopback?: boolean;
  readonly userAgent: string;
  /** Domain time: pace, robots.txt and Retry-After run on it. */
  readonly now: () => Instant;
  /** Monotonic real milliseconds: time limits run on it. */
  readonly realNow?: () => number;
  readonly ports?: readonly number[];
  /** Exact `host:port` of internal sources an admin allowed. */
  readonly internal?: readonly string[];
  readonly resolve?: Resolve;
  readonly limits?: Partial<OutboundLimits>;
  readonly tell?: (event: OutboundEvent) => void;
}

export interface OutboundCounts {
  /** Requests written to a connection or tried to be. */
  nRequests: number;
  /** Refused because the address lies inside, or in demo mode outside. */
  nForbidden: number;
  nRefusedByRobots: number;
}

export interface Outbound {
  readonly get: Get;
  readonly post: Post;
  readonly counts: () => Readonly<OutboundCounts>;
}

interface Kit {
  readonly hop: HopKit;
  readonly rules: GuardRules;
  readonly limits: OutboundLimits;
  readonly userAgent: string;
  readonly counts: OutboundCounts;
  open: number;
}

type Answer = { readonly kind: 'answer'; readonly answer: HopAnswer; readonly url: URL; readonly movedTo: string | null };
/** Asked before each hop; an answer other than null ends the walk. */
type Gate = (url: URL) => Promise<NotGot | null>;
const OPEN_GATE: Gate = async () => null;

function hostKey(url: URL): string {
  const host = bareHost(url);
  return host === 'localhost' || isLoopbackAddress(host) ? `${host}:${portOf(url)}` : host;
}

function forbidden(kit: Kit): NotGot {
  kit.counts.nForbidden++;
  return { kind: 'refused', refusal: refuse('collect.addressForbidden').refusal };
}

async function oneHop(url: URL, ask: HopAsk, kit: Kit, deadline: number): Promise<HopAnswer | NotGot> {
  if (kit.open >= MAX_OPEN) return failed('full');
  kit.open++;
  kit.counts.nRequests++;
  try {
    return await hop(url, ask, kit.hop, deadline);
  } catch (error) {
    return error instanceof InsideAddress ? forbidden(kit) : failed(faultCode(error));
  } finally {
    kit.open--;
  }
}

function isAnswer(result: HopAnswer | NotGot): result is HopAnswer {
  return 'status' in result && 'bytes' in result;
}

function withoutValidators(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('if-')));
}

/** Follows redirects, judging each hop as if it were the first. */
async function walk(address: string, ask: HopAsk, kit: Kit, gate: Gate, deadline: number): Promise<Answer | NotGot> {
  let target = address;
  let movedTo: string | null = null;
  let permanent = true;
  let origin = '';
  for (let nRedirects = 0; ; nRedirects++) {
    const judged = judgeAddress(target, kit.rules);
    if (!judged.ok) {
      if (judged.refusal.code === 'collect.addressForbidden') kit.counts.nForbidden++;
      return { kind: 'refused', refusal: judged.refusal };
    }
    const url = judged.value;
    origin ||= url.origin;
    const stop = await gate(url);
    if (stop !== null) return stop;
    const headers = url.origin === origin ? ask.headers : withoutValidators(ask.headers);
    const result = await oneHop(url, { ...ask, headers }, kit, deadline);
    if (!isAnswer(result)) return result;
    const location = result.headers.location;
    if (![301, 302, 303, 307, 308].includes(result.status) || location === undefined) {
      return { kind: 'answer', answer: result, url, movedTo };
    }
    if (nRedirects >= MAX_REDIRECTS) return failed('redirects');
    if (!URL.canParse(location, url)) return failed('broken');
    target = new URL(location, url).href;
    permanent &&= result.status === 301 || result.status === 308;
    if (permanent) movedTo = target;
  }
}

function validatorsOf(headers: Readonly<Record<string, string>>): Validators {
  const { etag, 'last-modified': lastModified } = headers;
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
}

type GetOptions = NonNullable<Parameters<Get>[1]>;

function getHeaders(kit: Kit, options: GetOptions): Record<string, string> {
  const { etag, lastModified } = options.validators ?? {};
  return {
    'user-agent': kit.userAgent,
    accept: options.accept ?? '*/*',
    'accept-encoding': 'gzip, deflate, br, zstd',
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  };
}

function judgeAnswer(done: Answer, options: GetOptions, now: Instant): Got | NotGot {
  const { status, headers, bytes } = done.answer;
  if (status === 304) {
    const asked = options.validators?.etag !== undefined || options.validators?.lastModified !== undefined;
    return asked ? { kind: 'unchanged' } : failed('unexpected304');
  }
  if (status === 404 || status === 410) return { kind: 'gone', status };
  if (status === 429 || status === 503) {
    const span = retryAfter(headers, now);
    if (span !== null) return { kind: 'later', at: now + span, because: 'retryAfter' };
  }
  if (status < 200 || status >= 300) return failedStatus(status);
  const movedTo = done.movedTo === null ? {} : { movedTo: done.movedTo };
  return { kind: 'ok', status, address: done.url.href, headers, bytes, validators: validatorsOf(headers), ...movedTo };
}

function resultOf(got: Got | NotGot): string {
  return got.kind === 'failed' ? `failed:${got.code}` : got.kind;
}

function makeKit(options: OutboundOptions): Kit {
  const limits = { ...OUTBOUND_LIMITS, ...options.limits };
  const rules: GuardRules = {
    allowLoopback: options.allowLoopback,
    onlyLoopback: options.onlyLoopback ?? false,
    ports: options.ports ?? [],
    internal: options.internal ?? [],
  };
  const realNow = options.realNow ?? (() => performance.now());
  const counts: OutboundCounts = { nRequests: 0, nForbidden: 0, nRefusedByRobots: 0 };
  return {
    hop: { rules, resolve: options.resolve ?? resolveHost, limits, realNow },
    rules,
    limits,
    userAgent: options.userAgent,
    counts,
    open: 0,
  };
}

function makeGet(kit: Kit, now: () => Instant): Get {
  const pace = makeHostPace();
  const robots = makeRobotsCache(/^[A-Za-z_-]+/.exec(kit.userAgent)?.[0] ?? 'Heed');

  async function askRobots(url: URL, deadline: number): Promise<RobotsSay> {
    const ask: HopAsk = {
      method: 'GET',
      headers: { 'user-agent': kit.userAgent, accept: 'text/plain', 'accept-encoding': 'gzip, deflate, br, zstd' },
      maxBytes: ROBOTS_BYTES,
      cut: true,
    };
    return robots.ask(url, now(), async (address) => {
      const read = await walk(address.href, ask, kit, OPEN_GATE, deadline);
      if (read.kind !== 'answer') return null;
      return { status: read.answer.status, text: new TextDecoder('utf-8').decode(read.answer.bytes) };
    });
  }

  /** Redirects inside one host belong to the same turn; the next host must have a turn of its own. */
  function gateFor(asker: string, options: GetOptions, deadline: number): { readonly enter: Gate; readonly close: () => void } {
    const held = new Set<string>();
    return {
      async enter(url) {
        let delay: Span = 0;
        if (options.robots !== false) {
          const say = await askRobots(url, deadline);
          if (say.kind === 'unreachable') return failed('robotsUnreachable');
          if (say.kind === 'forbidden') {
            kit.counts.nRefusedByRobots++;
            return { kind: 'refused', refusal: refuse('collect.robotsForbid').refusal };
          }
          delay = say.delay;
        }
        const host = hostKey(url);
        if (held.has(host)) return null;
        const turn = pace.ask(host, asker, Math.max(options.pause ?? 0, delay, SECOND), now());
        if (turn.kind === 'wait') return { kind: 'later', at: turn.at, because: turn.because };
        held.add(host);
        return null;
      },
      close: () => {
        for (const host of held) pace.finish(host);
      },
    };
  }

  return async (address, options = {}) => {
    const deadline = kit.hop.realNow() + kit.limits.total;
    const gate = gateFor(address, options, deadline);
    const ask: HopAsk = { method: 'GET', headers: getHeaders(kit, options), maxBytes: options.maxBytes ?? PAGE_BYTES };
    const result = await walk(address, ask, kit, gate.enter, deadline).finally(gate.close);
    if (result.kind !== 'answer') return result;
    const got = judgeAnswer(result, options, now());
    if (got.kind === 'later') pace.silence(hostKey(result.url), got.at);
    return got;
  };
}

function makePost(kit: Kit, now: () => Instant): Post {
  return async (address, body, headers) => {
    const deadline = kit.hop.realNow() + kit.limits.post;
    const judged = judgeAddress(address, kit.rules);
    if (!judged.ok) {
      if (judged.refusal.code === 'collect.addressForbidden') kit.counts.nForbidden++;
      return { kind: 'refused', refusal: judged.refusal };
    }
    const ask: HopAsk = {
      method: 'POST',
      headers: { ...headers, 'user-agent': kit.userAgent, accept: '*/*', 'accept-encoding': 'gzip, deflate, br, zstd' },
      body,
      maxBytes: POST_ANSWER_BYTES,
      cut: true,
      anyBody: true,
    };
    const answer = await oneHop(judged.value, ask, kit, deadline);
    if (!isAnswer(answer)) return answer;
    const span = answer.status === 429 || answer.status === 503 ? retryAfter(answer.headers, now()) : null;
    if (span !== null) return { kind: 'later', at: now() + span, because: 'retryAfter' };
    return { status: answer.status, headers: answer.headers, body: new TextDecoder('utf-8').decode(answer.bytes) };
  };
}

export function makeOutbound(options: OutboundOptions): Outbound {
  const kit = makeKit(options);
  const get = makeGet(kit, options.now);
  const post = makePost(kit, options.now);
  const tell = (kind: 'get' | 'post', address: string, result: string, started: number) =>
    options.tell?.({ kind, host: URL.canParse(address) ? new URL(address).host : '', result, took: kit.hop.realNow() - started });
  return {
    async get(address, getOptions) {
      const started = kit.hop.realNow();
      const got = await get(address, getOptions);
      tell('get', address, resultOf(got), started);
      return got;
    },
    async post(address, body, headers) {
      const started = kit.hop.realNow();
      const answer = await post(address, body, headers);
      tell('post', address, 'kind' in answer ? resultOf(answer) : String(answer.status), started);
      return answer;
    },
    counts: () => ({ ...kit.counts }),
  };
}
