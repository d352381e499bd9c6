/**
 * From the commit that decided an alert to the first arrival of its webhook, in real time with the runner as it runs in production.
 * Each issue comes of texts that were sent in; then the leader sets it orange, which decides the alert. Counted from before the leader's
 * request is sent, so the figure holds the deciding commit itself. Bar: p99 below 1 s.
 */
import { startHookSink } from '../drill/world/hookSink.ts';
import { receiveFor } from '../src/work/receive.ts';
import type { Bench } from './main.ts';
import { quantile, type Running, startRunning, untilDone } from './made/running.ts';
import { chance, SUBJECTS } from './made/texts.ts';

const SOURCE = { id: 'board', kind: 'lines', address: '', standing: 'community' as const };
const VOICES = 4;

/** What one matter's texts share: words of its own and a place. */
function linesOf(n: number, sourceId: string): string {
  const next = chance(n * 7919 + 11);
  const word = (length: number): string => String.fromCharCode(...Array.from({ length }, () => 0x4e00 + Math.floor(next() * 8000)));
  const [, zh] = SUBJECTS[n % SUBJECTS.length]!;
  const own = Array.from({ length: 40 }, () => word(3));
  const place = `${word(3)}村`;
  return Array.from({ length: VOICES }, (_, i) => {
    const some = own.map((_each, at) => own[(at * 5 + i) % own.length]).join('，');
    return JSON.stringify({
      id: `${sourceId}-${n}-${i}`,
      title: `${place}${own[0]}${own[1]}`,
      body: `${place}${zh}，${some}，第${i + 1}位看到${own[(i + 3) % own.length]}。`,
      author: `${sourceId}-${n}-${i}`,
      publishedAt: new Date(Date.now() - 60_000 * (VOICES - i)).toISOString(),
    });
  }).join('\n');
}

async function tell(running: Running, n: number): Promise<void> {
  const bytes = new TextEncoder().encode(linesOf(n, SOURCE.id));
  const taken = await receiveFor(running.heed.io, SOURCE.id, { bytes, contentType: 'application/x-ndjson' });
  if (!taken.ok) throw new Error(JSON.stringify(taken.refusal));
  await untilDone(running);
}

/** Sets an issue orange; gives its id and when it was asked, or null when there is none left. */
async function decide(running: Running, done: ReadonlySet<string>): Promise<{ readonly id: string; readonly at: number } | null> {
  const issues = await running.heed.io.store.list('issue', { by: 'openedAt', order: 'down', limit: 20 });
  const issue = issues.find(({ id, state }) => !done.has(id) && state !== 'merged');
  if (issue === undefined) return null;
  const at = Date.now();
  const path = `/api/issues/${encodeURIComponent(issue.id)}/override`;
  const reply = await running.office.leader.send('POST', path, { level: 'orange', reason: '需要处置' });
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${reply.code}`);
  return { id: issue.id, at };
}

const bench: Bench = {
  about: 'real time from the decision to the first arrival of a webhook (--alerts N)',
  run: async ({ args }) => {
    const option = args.indexOf('--alerts');
    const nWanted = option < 0 ? 100 : Number(args[option + 1]);
    const sink = await startHookSink();
    const running = await startRunning({ hookAddress: sink.address, sources: [SOURCE] });
    const decided = new Map<string, number>();
    /** The desk is told right after an alert's commit. */
    const alertedAt = new Map<string, number>();
    const tellDesk = running.heed.onTell;
    running.heed.onTell = (event) => {
      if (event.kind === 'alert' && decided.has(event.id) && !alertedAt.has(event.id)) alertedAt.set(event.id, Date.now());
      tellDesk(event);
    };
    try {
      for (let n = 0; n < nWanted; n++) {
        await tell(running, n);
        const one = await decide(running, new Set(decided.keys()));
        if (one !== null) decided.set(one.id, one.at);
        await untilDone(running);
      }
      const first = new Map<string, number>();
      for (const { issueId, at } of sink.deliveries) if (!first.has(issueId)) first.set(issueId, at);
      const waits = (since: ReadonlyMap<string, number>): number[] =>
        [...since].flatMap(([id, at]) => (first.has(id) ? [(first.get(id) ?? 0) - at] : []));
      const spread = (values: readonly number[]) => ({ p50: quantile(values, 0.5), p99: quantile(values, 0.99), max: quantile(values, 1) });
      const counts = { nDecided: decided.size, nArrived: waits(decided).length, nDeliveries: sink.deliveries.length };
      const msSinceAsked = spread(waits(decided));
      const ok = counts.nArrived === nWanted && msSinceAsked.p99 < 1000;
      console.log(JSON.stringify({ bench: 'notice', ok, ...counts, msSinceAsked, msSinceAlertCommit: spread(waits(alertedAt)) }));
      return ok;
    } finally {
      await running.close();
      await sink.close();
    }
  },
};
export default bench;
