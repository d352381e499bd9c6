/**
 * robots.txt by RFC 9309, with Google's accepted misspellings: groups of one product are merged, the longest rule wins, allow wins a tie.
 * The wildcard match is linear: no RegExp is made from what a host sends.
 */
import type { Span } from '../model/time.ts';

interface Rule {
  readonly allow: boolean;
  /** With `*` and a final `$`, percent-encoding normalised. */
  readonly path: string;
}

interface Group {
  /** Lower-case product tokens; `*` for all. */
  readonly agents: readonly string[];
  readonly rules: readonly Rule[];
  readonly delay: Span | null;
}

export interface Robots {
  readonly groups: readonly Group[];
  readonly sitemaps: readonly string[];
}

/** RFC 9309, 2.5: at least 500 KiB are read; what is beyond is not. */
export const MOST_ROBOTS = 512_000;
/** A rule longer than this is cut; it then matches no more than it said. */
const LONGEST_RULE = 8192;
const LONGEST_DELAY: Span = 24 * 3_600_000;

/** A rule may be written in any script; requests come percent-encoded. */
function encoded(path: string): string {
  return path
    .replace(/[^\u0000-\u007f]+/g, (run) => encodeURIComponent(run.toWellFormed()))
    .replace(/%[0-9a-f]{2}/gi, (hex) => hex.toUpperCase());
}

/** `%7E` and `~` are one character; reserved characters stay as they are written. */
function decoded(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (whole, hex: string) => {
    const char = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9\-._~]/.test(char) ? char : whole.toUpperCase();
  });
}

/** The product token of a user-agent line: letters, `-` and `_` up to anything else. */
function tokenOf(value: string): string {
  if (value === '*' || /^\*\s/.test(value)) return '*';
  return (/^[a-zA-Z_-]+/.exec(value)?.[0] ?? '').toLowerCase();
}

const KEYS: readonly [pattern: RegExp, key: 'agent' | 'allow' | 'disallow' | 'delay' | 'sitemap'][] = [
  [/^user[\s-]?agents?$/i, 'agent'],
  [/^allow$/i, 'allow'],
  [/^(?:dis|diss|di|disa)all?ow?$/i, 'disallow'],
  [/^crawl-?\s?delay$/i, 'delay'],
  [/^site-?map$/i, 'sitemap'],
];

function readLine(raw: string): { readonly key: string; readonly value: string } | null {
  const line = raw.replace(/#.*$/, '').trim();
  // Google's reader takes blank for a colon when one is missing.
  const found = /^([^:\s][^:]*?)\s*:\s*(.*)$/.exec(line) ?? /^(\S+)\s+(\S+)$/.exec(line);
  if (found === null) return null;
  const key = KEYS.find(([pattern]) => pattern.test(found[1] ?? ''))?.[1];
  return key === undefined ? null : { key, value: found[2] ?? '' };
}

interface Draft {
  agents: string[];
  rules: Rule[];
  delay: Span | null;
}

function addRule(group: Draft, allow: boolean, value: string): void {
  // An empty rule says nothing. index.html stands for its folder too.
  if (value === '') return;
  const written = encoded(value.slice(0, LONGEST_RULE));
  // An escape that needs none is read both ways where it forbids, and only as written where it allows: the stricter reading.
  const path = allow ? written : decoded(written);
  group.rules.push({ allow, path });
  const folder = /^(.*\/)index\.html?$/.exec(path)?.[1];
  if (allow && folder !== undefined) group.rules.push({ allow, path: `${folder}$` });
}

function delayOf(value: string): Span | null {
  const seconds = Number(value);
  return value !== '' && Number.isFinite(seconds) && seconds >= 0 ? Math.min(LONGEST_DELAY, Math.round(seconds * 1000)) : null;
}

/** Never throws. A text that is no robots.txt gives no rules. */
export function parseRobots(text: string): Robots {
  const groups: Draft[] = [];
  const sitemaps: string[] = [];
  let group: Draft | null = null;
  let inAgents = false;
  const source = text.slice(0, MOST_ROBOTS).replace(/^(?:\ufeff|ï»¿|\ufffd+)/, '');
  for (const raw of source.split(/\r\n?|\n/)) {
    const line = readLine(raw);
    if (line === null) continue;
    if (line.key === 'sitemap') {
      if (sitemaps.length < 1000 && URL.canParse(line.value)) sitemaps.push(line.value);
      continue;
    }
    if (line.key === 'agent') {
      if (group === null || !inAgents) groups.push((group = { agents: [], rules: [], delay: null }));
      group.agents.push(tokenOf(line.value));
      inAgents = true;
      continue;
    }
    inAgents = false;
    if (group === null) continue;
    if (line.key === 'delay') group.delay ??= delayOf(line.value);
    else addRule(group, line.key === 'allow', line.value);
  }
  return { groups, sitemaps };
}

/** Places in the path that the pattern can have reached: at most one per character, so cost is length of path times number of stars. */
function matches(pattern: string, path: string): boolean {
  const isAnchored = pattern.endsWith('$');
  const pieces = (isAnchored ? pattern.slice(0, -1) : pattern).split('*');
  const first = pieces[0] ?? '';
  if (!path.startsWith(first)) return false;
  let at = first.length;
  if (pieces.length === 1) return !isAnchored || at === path.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  const last = pieces.at(-1) ?? '';
  if (isAnchored) return path.length - last.length >= at && path.endsWith(last);
  return path.indexOf(last, at) >= 0;
}

function groupsFor(robots: Robots, product: string): readonly Group[] {
  const token = tokenOf(product);
  const own = robots.groups.filter((group) => group.agents.includes(token));
  return own.length > 0 ? own : robots.groups.filter((group) => group.agents.includes('*'));
}

/** `path` with its query, percent-encoded as in the request. No rule means allowed. (/robots.txt itself needs no asking.) */
export function allowed(robots: Robots, product: string, path: string): boolean {
  const written = (path === '' ? '/' : path).replace(/%[0-9a-f]{2}/gi, (hex) => hex.toUpperCase());
  const plain = decoded(written);
  let length = -1;
  let allow = true;
  for (const group of groupsFor(robots, product))
    for (const rule of group.rules) {
      if (rule.path.length < length || (rule.path.length === length && allow) || !matches(rule.path, rule.allow ? written : plain))
        continue;
      if (rule.path.length === length && !rule.allow) continue;
      [length, allow] = [rule.path.length, rule.allow];
    }
  return allow;
}

/** Not in the RFC; honoured as the shortest pause all the same. */
export function crawlDelay(robots: Robots, product: string): Span | null {
  const delays = groupsFor(robots, product).flatMap((group) => (group.delay === null ? [] : [group.delay]));
  return delays.length === 0 ? null : Math.max(...delays);
}
