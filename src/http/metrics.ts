/** Figures for Prometheus. The names are an interface (workflow, 2.3); values come from running counts and indexed reads. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Io } from '../io.ts';
import { LANES } from '../model/alert.ts';
import { LEVELS } from '../model/assessment.ts';
import { NOTICE_STATES } from '../model/alert.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../model/time.ts';

const LIVE = ['detected', 'watching', 'open', 'verified', 'answered'];
/** The journal is read from end to end to know this; not at every scrape. */
const VERIFY_EVERY = 10 * MINUTE;
const MOST_NEW = 200;

export interface Metrics {
  /** Seconds a stage of the pipeline took: `collect`, `admit`, `judge`, `warn`, `notify`. */
  readonly observe: (stage: string, seconds: number) => void;
  readonly text: (io: Io, real: Instant) => Promise<string>;
  readonly contentType: string;
}

function makeAll(registry: Registry) {
  const registers = [registry];
  const seconds = [1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400];
  return {
    items: new Gauge({ name: 'heed_items_collected_total', help: 'Documents kept, by kind of source', labelNames: ['kind'], registers }),
    sourceUp: new Gauge({ name: 'heed_source_up', help: '1 when the source reads as usual', labelNames: ['source_id'], registers }),
    sourceLag: new Histogram({ name: 'heed_source_lag_seconds', help: 'From publication to being seen', buckets: seconds, registers }),
    pipeline: new Histogram({
      name: 'heed_pipeline_seconds',
      help: 'Real time a stage took',
      labelNames: ['stage'],
      buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60],
      registers,
    }),
    copies: new Counter({ name: 'heed_items_duplicate_total', help: 'Documents found to be copies', labelNames: ['how'], registers }),
    issues: new Gauge({ name: 'heed_issues_open', help: 'Issues that are not over, by colour', labelNames: ['level'], registers }),
    overdue: new Gauge({ name: 'heed_clock_overdue', help: 'Clocks past their due time', labelNames: ['lane'], registers }),
    toAck: new Histogram({ name: 'heed_clock_seconds_to_ack', help: 'From the alert to the signature', buckets: seconds, registers }),
    notices: new Gauge({
      name: 'heed_notifications_total',
      help: 'Notices, by channel and result',
      labelNames: ['channel', 'result'],
      registers,
    }),
    queue: new Gauge({ name: 'heed_queue_depth', help: 'Jobs', labelNames: ['queue'], registers }),
    chain: new Gauge({ name: 'heed_audit_chain_ok', help: '1 when the journal fits together', registers }),
  };
}

type All = ReturnType<typeof makeAll>;

async function readSources(all: All, io: Io): Promise<void> {
  const [sources, states] = await Promise.all([io.store.list('source'), io.store.list('sourceState')]);
  const kindOf = new Map(sources.map((source) => [source.id, source.kind]));
  const byKind = new Map<string, number>();
  all.sourceUp.reset();
  for (const state of states) {
    const kind = kindOf.get(state.id);
    if (kind === undefined) continue;
    byKind.set(kind, (byKind.get(kind) ?? 0) + state.nDocuments);
    all.sourceUp.set({ source_id: state.id }, state.health === 'ok' || state.health === 'new' || state.health === 'slow' ? 1 : 0);
  }
  for (const [kind, n] of byKind) all.items.set({ kind }, n);
}

async function readCounts(all: All, io: Io): Promise<void> {
  const now = io.now();
  const { store } = io;
  for (const level of LEVELS) all.issues.set({ level }, await store.count('issue', { equal: { level, state: LIVE } }));
  for (const lane of LANES) {
    const n = await store.count('clock', { equal: { lane, metAt: null, cancelled: false }, by: 'dueAt', to: now });
    all.overdue.set({ lane }, n);
  }
  for (const channel of await store.list('channel')) {
    for (const state of NOTICE_STATES) {
      const n = await store.count('notice', { equal: { channelId: channel.id, state } });
      all.notices.set({ channel: channel.kind, result: state }, n);
    }
  }
  const jobs = await store.jobCounts(now);
  for (const queue of ['waiting', 'due', 'leased', 'setAside'] as const) all.queue.set({ queue }, jobs[queue]);
}

interface Marks {
  seenAt: Instant;
  metAt: Instant;
  hour: Instant;
  verifiedAt: Instant;
}

/** What happened since the last scrape, into the histograms. */
async function readNew(all: All, io: Io, marks: Marks): Promise<void> {
  const now = io.now();
  const documents = await io.store.list('document', { by: 'seenAt', from: marks.seenAt, to: now, order: 'down', limit: MOST_NEW });
  for (const document of documents) all.sourceLag.observe(Math.max(0, document.seenAt - document.publishedAt) / SECOND);
  marks.seenAt = now;
  const met = await io.store.list('clock', { equal: { lane: 'ack' }, by: 'metAt', from: marks.metAt, to: now, limit: MOST_NEW });
  for (const clock of met) if (clock.metAt !== null) all.toAck.observe((clock.metAt - clock.startedAt) / SECOND);
  marks.metAt = now;
  const closed = now - (now % HOUR);
  const hours = closed > marks.hour ? await io.store.hours(marks.hour, closed) : [];
  const nCopies = hours.reduce((sum, row) => sum + row.all - row.unique, 0);
  if (nCopies > 0) all.copies.inc({ how: 'any' }, nCopies);
  marks.hour = Math.max(marks.hour, closed);
}

/** `since`: domain time when this process started; histograms tell what happened from then on. */
export function makeMetrics(since: Instant): Metrics {
  const registry = new Registry();
  const all = makeAll(registry);
  const marks: Marks = { seenAt: since, metAt: since, hour: since - (since % HOUR), verifiedAt: 0 };
  return {
    observe: (stage, seconds) => all.pipeline.observe({ stage }, seconds),
    contentType: registry.contentType,
    async text(io, real) {
      await Promise.all([readSources(all, io), readCounts(all, io), readNew(all, io, marks)]);
      if (real - marks.verifiedAt > VERIFY_EVERY) {
        marks.verifiedAt = real;
        all.chain.set((await io.store.verifyJournal()).brokenAt === null ? 1 : 0);
      }
      return registry.metrics();
    },
  };
}
