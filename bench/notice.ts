/**
 * From the commit that decided an alert to the first arrival of its webhook, in real time with the runner as it runs in production.
 * Every alert comes of texts from three independent sources that name harm. Bar: p99 below 1 s.
 */
import { startHookSink } from '../drill/world/hookSink.ts';
import { receiveFor } from '../src/work/receive.ts';
import type { Bench } from './main.ts';
import { quantile, type Running, startRunning, untilDone } from './made/running.ts';
import { SUBJECTS } from './made/texts.ts';

const SOURCES = ['press', 'board', 'town'].map((id) => ({
  ...{ id, kind: 'lines', address: '' },
  standing: id === 'press' ? ('press' as const) : ('community' as const),
}));
const VOICES = 4;
const HAN = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥金木火土山川湖海松柏桃李梅兰竹菊';

/** A place name that no other matter has. */
function placeOf(n: number): string {
  return [n, n * 7 + 3, n * 13 + 5].map((k) => HAN[k % HAN.length]).join('');
}

function linesOf(n: number, sourceId: string): string {
  const [, zh] = SUBJECTS[n % SUBJECTS.length]!;
  const place = placeOf(n);
  return Array.from({ length: VOICES }, (_, i) =>
    JSON.stringify({
      id: `${sourceId}-${n}-${i}`,
      title: `${place}村${zh}出事`,
      body: `${place}村${zh}出了事故，${place}小学有多名学生中毒送医院抢救，${sourceId}第${i + 1}位村民在${place}桥边看到，两人死亡，${place}村家长都很着急。`,
      author: `${sourceId}-${n}-${i}`,
      publishedAt: new Date(Date.now() - 60_000 * (VOICES - i)).toISOString(),
    }),
  ).join('\n');
}

async function tell(running: Running, n: number): Promise<void> {
  for (const { id } of SOURCES) {
    const bytes = new TextEncoder().encode(linesOf(n, id));
    const taken = await receiveFor(running.heed.io, id, { bytes, contentType: 'application/x-ndjson' });
    if (!taken.ok) throw new Error(JSON.stringify(taken.refusal));
  }
}

const bench: Bench = {
  about: 'real time from the deciding commit to the first arrival of a webhook (--alerts N)',
  run: async ({ args }) => {
    const at = args.indexOf('--alerts');
    const nWanted = at < 0 ? 100 : Number(args[at + 1]);
    const sink = await startHookSink();
    const running = await startRunning({ hookAddress: sink.address, sources: SOURCES });
    // The desk is told right after an alert's commit.
    const committedAt = new Map<string, number>();
    const tellDesk = running.heed.onTell;
    running.heed.onTell = (event) => {
      if (event.kind === 'alert' && !committedAt.has(event.id)) committedAt.set(event.id, Date.now());
      tellDesk(event);
    };
    try {
      for (let n = 0; n < nWanted * 2 && committedAt.size < nWanted; n++) {
        await tell(running, n);
        await untilDone(running);
      }
      const alerts = await running.heed.io.store.list('alert');
      const first = new Map<string, number>();
      for (const delivery of sink.deliveries) if (!first.has(delivery.issueId)) first.set(delivery.issueId, delivery.at);
      const decided = new Map<string, number>();
      for (const alert of alerts) decided.set(alert.issueId, Math.min(alert.at, decided.get(alert.issueId) ?? alert.at));
      const arrived = [...committedAt].filter(([issueId]) => first.has(issueId));
      const sinceCommit = arrived.map(([issueId, committed]) => Math.max(0, (first.get(issueId) ?? 0) - committed));
      const sinceDecision = arrived.map(([issueId, committed]) => (first.get(issueId) ?? 0) - (decided.get(issueId) ?? committed));
      const spread = (values: readonly number[]) => ({ p50: quantile(values, 0.5), p99: quantile(values, 0.99), max: quantile(values, 1) });
      const counts = { nAlerted: committedAt.size, nArrived: arrived.length, nDeliveries: sink.deliveries.length };
      console.log(JSON.stringify({ bench: 'notice', ...counts, msSinceCommit: spread(sinceCommit), msSinceDecision: spread(sinceDecision) }));
    } finally {
      await running.close();
      await sink.close();
    }
  },
};
export default bench;
