/** Compares the ledger and the sink with what Heed shows at its own door. It never opens the store. */
import type { Delivery } from './hookSink.ts';
import type { Client } from '../../demo/client.ts';
import { GROUP_PAUSE } from '../../src/warn/notice.ts';
import { STATEMENT, type World } from './driver.ts';
import type { Line } from './ledger.ts';

interface StreamPage {
  readonly rows: readonly { readonly id: string; readonly title: string; readonly start: string }[];
  readonly next: number | null;
}

interface Page {
  readonly row: { readonly id: string; readonly state: string };
  readonly alerts: readonly { readonly id: string; readonly rule: string; readonly level: string; readonly ackedAt: number | null }[];
  readonly notices: readonly Told[];
}

interface Told {
  readonly id: string;
  readonly state: string;
  readonly result: string;
  readonly sentAt: number | null;
}

interface Entry {
  readonly seq: number;
  readonly kind: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Findings {
  readonly nDocuments: number;
  readonly nIssues: number;
  readonly nAlerts: number;
  readonly nNotices: number;
  readonly nDeliveries: number;
  readonly lostDocuments: number;
  readonly doubleDocuments: number;
  readonly lostReceipts: number;
  readonly lostOverrides: number;
  readonly lostAlerts: number;
  readonly lostSignatures: number;
  /** Drafts and published statements. */
  readonly lostStatements: number;
  /** Notices in the store that never came to the sink, but for those that wait. */
  readonly lostNotices: number;
  /** Notices of a colour their issue was told of minutes ago: they leave when the pause between two is over. */
  readonly nWaiting: number;
  /** Deliveries of one notice under different ids, or of a notice that Heed does not know. */
  readonly strangeDeliveries: number;
  readonly journalBrokenAt: number | null;
  readonly jobsSetAside: number;
  /** The first few of whatever is wrong. */
  readonly examples: readonly string[];
}

const MARK = /zq[b-z]{6}/;

async function got<T>(client: Client, path: string): Promise<T> {
  const reply = await client.get(path);
  if (!reply.ok) throw new Error(`GET ${path}: ${reply.status} ${reply.code}`);
  return reply.body as T;
}

/** Every document, by its mark: how many there are of it. */
async function marksStored(client: Client): Promise<Map<string, number>> {
  const marks = new Map<string, number>();
  const seen = new Set<string>();
  for (let before: number | null = Date.now() + 3_600_000; before !== null; ) {
    const page: StreamPage = await got<StreamPage>(client, `/api/stream?filter=all&limit=200&before=${before}`);
    for (const row of page.rows) {
      if (seen.has(row.id)) continue;
      seen.add(row.id);
      const mark = MARK.exec(`${row.title} ${row.start}`)?.[0];
      if (mark !== undefined) marks.set(mark, (marks.get(mark) ?? 0) + 1);
    }
    before = page.next;
  }
  return marks;
}

async function journalOf(client: Client): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (;;) {
    const more = await got<Entry[]>(client, `/api/journal?limit=5000&after=${entries.at(-1)?.seq ?? 0}`);
    entries.push(...more);
    if (more.length < 5000) return entries;
  }
}

/** Every issue that the journal knows. */
async function pagesOf(client: Client, entries: readonly Entry[]): Promise<Page[]> {
  const ids = new Set(
    entries.flatMap((entry) => (entry.kind === 'judge.issueOpened' || entry.kind === 'warn.alerted' ? [entry.subject] : [])),
  );
  const pages: Page[] = [];
  for (const id of ids) pages.push(await got<Page>(client, `/api/issues/${encodeURIComponent(id)}`));
  return pages;
}

/** How many jobs are due or in hand; what is due in hours waits rightly. */
export async function nBusy(address: string): Promise<number> {
  const text = await (await fetch(`${address}/metrics`)).text();
  const depth = (queue: string): number => Number(new RegExp(`heed_queue_depth\\{queue="${queue}"\\} (\\d+)`).exec(text)?.[1] ?? 1);
  return depth('due') + depth('leased');
}

async function nSetAside(address: string): Promise<number> {
  const text = await (await fetch(`${address}/metrics`)).text();
  return Number(/heed_queue_depth\{queue="setAside"\} (\d+)/.exec(text)?.[1] ?? 0);
}

class Wrong {
  readonly examples: string[] = [];

  count<T>(what: string, rows: readonly T[], isWrong: (row: T) => boolean, name: (row: T) => string): number {
    const wrong = rows.filter(isWrong);
    for (const row of wrong.slice(0, 3)) this.examples.push(`${what}: ${name(row)}`);
    return wrong.length;
  }
}

async function lostReceipts(world: World, wrong: Wrong): Promise<number> {
  // The door lets one address look up 300 in ten minutes; every text is looked for by its mark as well.
  const acked = world.ledger.acked('desk').slice(-200);
  const missing: Line[] = [];
  for (const line of acked) {
    const response = await fetch(`${world.address}/open311/v2/requests/${encodeURIComponent(line.said)}.json`);
    if (response.status !== 200) missing.push(line);
  }
  return wrong.count(
    'receipt lost',
    missing,
    () => true,
    (line) => line.said,
  );
}

/** A draft by the desk's door, what was published by the public's. */
async function lostStatements(world: World, wrong: Wrong): Promise<number> {
  const missing: Line[] = [];
  for (const line of world.ledger.acked('draft')) {
    const reply = await world.office.duty.get(`/api/statements/${encodeURIComponent(line.said)}`);
    if (!reply.ok) missing.push(line);
  }
  for (const line of world.ledger.acked('publish')) {
    const response = await fetch(`${world.address}/answers/${encodeURIComponent(line.said)}`);
    if (response.status !== 200 || !(await response.text()).includes(STATEMENT.title)) missing.push(line);
  }
  return wrong.count(
    'statement lost',
    missing,
    () => true,
    (line) => `${line.kind} ${line.said}`,
  );
}

/** Of one issue and colour, the second notice within the pause waits for its end. */
function waits(notice: Told, notices: readonly Told[], now: number): boolean {
  const call = (id: string): string =>
    id
      .split(':')
      .filter((_, part) => part === 0 || part === 2)
      .join(':');
  const isRecent = ({ id, sentAt }: Told): boolean => call(id) === call(notice.id) && sentAt !== null && now - sentAt < GROUP_PAUSE;
  return notice.state === 'queued' && notices.some(isRecent);
}

function deliveriesByKey(deliveries: readonly Delivery[]): Map<string, Delivery[]> {
  return Map.groupBy(deliveries, (delivery) => delivery.key);
}

export async function check(world: World): Promise<Findings> {
  const { ledger, sink, office } = world;
  const client = office.duty;
  const [marks, entries] = [await marksStored(client), await journalOf(client)];
  const pages = await pagesOf(client, entries);
  const verified = await got<{ readonly brokenAt: number | null }>(client, '/api/journal/verify');
  const wrong = new Wrong();
  const texts = [...ledger.acked('desk'), ...ledger.acked('push'), ...ledger.acked('import'), ...ledger.acked('feed')];
  const again = ledger.lines.filter(({ kind }) => kind === 'push' || kind === 'import' || kind === 'feed');
  const alerts = pages.flatMap((page) => page.alerts);
  const notices = pages.flatMap((page) => page.notices);
  const stands = new Set(alerts.map((alert) => alert.id));
  const known = new Set(notices.map((notice) => notice.id));
  const byKey = deliveriesByKey(sink.deliveries);
  const isMerged = new Set(pages.flatMap((page) => (page.row.state === 'merged' ? [page.row.id] : [])));
  const overridden = new Set(entries.flatMap((entry) => (entry.kind === 'judge.overridden' ? [entry.subject] : [])));
  const alerted = entries.filter((entry) => entry.kind === 'warn.alerted');
  const acked = new Set(
    entries.flatMap((entry) => (entry.kind === 'warn.acked' ? [`${String(entry.data.alertId)} ${String(entry.data.officeId)}`] : [])),
  );
  const isSigned = ({ key }: Line): boolean => [...acked].some((pair) => key.startsWith(pair.replace(' ', ':')));
  const overrides = ledger.acked('override');
  const now = Date.now();
  const isWaiting = (notice: Told): boolean => waits(notice, notices, now);
  return {
    nDocuments: marks.size,
    nIssues: pages.length,
    nAlerts: alerts.length,
    nNotices: notices.length,
    nDeliveries: sink.deliveries.length,
    lostDocuments: wrong.count(
      'text lost',
      texts,
      (line) => !marks.has(line.key),
      (line) => `${line.kind} ${line.key}`,
    ),
    doubleDocuments: wrong.count(
      'text twice',
      again,
      (line) => (marks.get(line.key) ?? 0) > 1,
      (line) => `${line.kind} ${line.key}`,
    ),
    lostReceipts: await lostReceipts(world, wrong),
    lostOverrides: wrong.count(
      'override lost',
      overrides,
      (line) => !overridden.has(line.key),
      (line) => line.key,
    ),
    lostAlerts:
      wrong.count(
        'no alert after an override',
        overrides,
        (line) => !isMerged.has(line.key) && !alerted.some((entry) => entry.subject === line.key),
        (line) => line.key,
      ) +
      wrong.count(
        'alert in the journal only',
        alerted,
        (entry) => !stands.has(String(entry.data.alertId)),
        (entry) => String(entry.data.alertId),
      ),
    lostSignatures: wrong.count(
      'signature lost',
      ledger.acked('sign'),
      (line) => !isSigned(line),
      (line) => line.key,
    ),
    lostStatements: await lostStatements(world, wrong),
    nWaiting: notices.filter(isWaiting).length,
    lostNotices: wrong.count(
      'notice not delivered',
      notices,
      (notice) => !byKey.has(notice.id) && !isWaiting(notice),
      (notice) => `${notice.id} ${notice.state} ${notice.result}`,
    ),
    strangeDeliveries: wrong.count(
      'strange delivery',
      [...byKey],
      ([key, same]) => !known.has(key) || new Set(same.map((one) => `${one.webhookId} ${one.link}`)).size > 1,
      ([key]) => key,
    ),
    journalBrokenAt: verified.brokenAt,
    jobsSetAside: await nSetAside(world.address),
    examples: wrong.examples,
  };
}
