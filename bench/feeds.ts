/** Feeds: share of cases whose every check is right, by group; the sanitiser cases; time. The rules are those of the feed data set. */
import { Buffer } from 'node:buffer';
import { join } from 'node:path';
import { parse } from './adapters/feeds.ts';
import { dataFolder, printRows, setRows } from './adapters/setRows.ts';
import type { BenchOptions } from './main.ts';

interface Check {
  readonly path: string;
  readonly op: 'eq' | 'has' | 'contains' | 'date';
  readonly value: string | number;
}
interface Case {
  readonly id: string;
  readonly group: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly checks: readonly Check[];
  readonly body_b64: string;
}
type Part = Readonly<Record<string, unknown>>;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  laquo: '«',
  raquo: '»',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
};

function decodeOnce(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
const plain = (value: unknown): string =>
  decodeOnce(decodeOnce(String(value ?? '')).replace(/<!--[\s\S]*?-->|<\/?[a-z!][^>]*>/gi, ''))
    .replace(/\s+/g, '')
    .toLowerCase();
const instant = (value: unknown): number | null => {
  const at = Date.parse(String(value));
  return Number.isNaN(at) ? null : Math.floor(at / 1000);
};

function reach(feed: Part, steps: readonly string[]): unknown {
  let current: unknown = steps[0] === 'feed' ? feed : feed[steps[0] ?? ''];
  for (const step of steps.slice(1)) {
    if (current === null || current === undefined) return undefined;
    current = step === '#len' ? (current as unknown[]).length : (current as Part)[step];
  }
  return current;
}

function passes(feed: Part, { path, op, value }: Check): boolean {
  const steps = path.split('.');
  const leaf = steps.at(-1);
  const holder = (reach(feed, steps.slice(0, -1)) ?? {}) as Part;
  const found = reach(feed, steps);
  if (leaf === 'anylink')
    return [holder.link, ...((holder.links as string[]) ?? [])].some((link) => String(link).trim() === String(value).trim());
  if (leaf === 'summary' && op === 'eq') return [holder.summary, holder.content].some((text) => plain(text) === plain(value));
  if (op === 'date') return [found, holder.updated, holder.published].some((at) => at != null && instant(at) === instant(value));
  if (op === 'has') return ((found as unknown[]) ?? []).some((one) => String(one).trim() === String(value).trim());
  if (op === 'contains') return plain(found).includes(plain(value));
  if (leaf === 'link' || leaf === 'id') return String(found ?? '').trim() === String(value).trim();
  return typeof value === 'number' ? found === value : plain(found) === plain(value);
}

const ACTIVE =
  /<\s*(?:script|iframe|object|embed|applet|meta|link|style|base|form|frame|frameset)\b|\son\w+\s*=|(?:href|src|action|background|dynsrc|lowsrc)\s*=\s*["']?\s*(?:javascript|vbscript|data:text\/html)|style\s*=[^>]*(?:expression|behaviou?r|-moz-binding|url\s*\()/i;

async function run({ data, args }: BenchOptions): Promise<void> {
  const cases = setRows<Case>(join(dataFolder(data, 'feeds'), 'feeds'));
  if (cases === null) return;
  const groups = new Map<string, { cases: number; right: number; threw: number; ms: number }>();
  for (const one of cases) {
    const row = groups.get(one.group) ?? { cases: 0, right: 0, threw: 0, ms: 0 };
    groups.set(one.group, row);
    row.cases++;
    const headers = one.headers ?? {};
    const began = performance.now();
    let feed: Part | null = null;
    try {
      feed = parse(Buffer.from(one.body_b64, 'base64'), {
        headers,
        url: headers['content-location'] ?? 'http://127.0.0.1:8097/',
      }) as Part;
    } catch {
      // A reader that throws fails the case; it is counted, not hidden.
      row.threw++;
    }
    row.ms += performance.now() - began;
    const isRight =
      feed !== null &&
      (one.group === 'sanitize'
        ? !ACTIVE.test(JSON.stringify(feed).replaceAll('\\"', '"'))
        : one.checks.every((check) => passes(feed, check)));
    if (isRight) row.right++;
    else if (args.includes('--fails')) console.log('FAIL', one.id);
  }
  const rows = [...groups].map(([group, row]) => ({ bench: 'feeds', group, ...row }));
  const fields = rows.filter((row) => row.group !== 'sanitize');
  const sum = (key: 'cases' | 'right' | 'threw' | 'ms'): number => fields.reduce((total, row) => total + row[key], 0);
  printRows([
    {
      bench: 'feeds',
      group: 'all but sanitize',
      cases: sum('cases'),
      right: sum('right'),
      threw: sum('threw'),
      ms: sum('ms'),
      share: sum('right') / Math.max(1, sum('cases')),
    },
    ...rows,
  ]);
}

export default { about: 'feeds: share of cases right by group; sanitiser cases without active content', run };
