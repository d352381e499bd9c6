/**
 * The board of the morning, `GET /api/today`, as a duty officer gets it by HTTP from a store with 100,000 documents and their issues,
 * alerts and clocks; and the other pages that are opened all day. Bar: p95 below 100 ms.
 */
import { performance } from 'node:perf_hooks';
import type { Document } from '../src/model/document.ts';
import type { Issue, Mention } from '../src/model/issue.ts';
import { DAY, MINUTE } from '../src/model/time.ts';
import type { Change, Store } from '../src/ports.ts';
import type { Bench } from './main.ts';
import { alertRow, clockRow, documentRow, issueId, issueRow, mentionRow } from './made/rows.ts';
import { quantile, type Running, startRunning, untilDone } from './made/running.ts';
import { type MadeText, madeTexts } from './made/texts.ts';

const SOURCES = Array.from({ length: 20 }, (_, n) => ({ id: `import-${n}`, kind: 'lines', standing: 'import' as const, address: '' }));
const PER_ISSUE = 25;
/** Documents lie in so many days up to now. */
const DAYS = 30;
/** Milliseconds at p95. */
const SLOWEST_BOARD = 100;
/** A word that stands in every text, at its end. */
const EVERYWHERE = '全县';
const LEVELS = ['none', 'none', 'none', 'none', 'none', 'none', 'blue', 'blue', 'yellow', 'orange', 'red'] as const;
const STATES = ['watching', 'open', 'closed', 'answered', 'detected'] as const;

/** One issue with its texts: 25 of them over three days at most. */
function issueChange(
  n: number,
  nIssues: number,
  now: number,
  texts: Generator<MadeText>,
): { readonly issue: Issue; readonly change: Change } {
  const from = now - DAYS * DAY * (1 - n / nIssues);
  const step = Math.min(3 * DAY, now - from) / PER_ISSUE;
  const documents: Document[] = [];
  const mentions: Mention[] = [];
  for (let i = 0; i < PER_ISSUE; i++) {
    const number = n * PER_ISSUE + i;
    const made = texts.next().value as MadeText;
    const text = { ...made, body: `${made.body}。${EVERYWHERE}` };
    const document = documentRow(number, SOURCES[(n + i) % SOURCES.length]!.id, text, Math.floor(from + i * step));
    documents.push(document);
    // One in eight belongs to nothing that is watched.
    if (i % 8 !== 7) mentions.push(mentionRow(document, issueId(n + 1), number + 1));
  }
  const level = LEVELS[n % LEVELS.length]!;
  const last = documents.at(-1)!;
  const issue = issueRow(n + 1, {
    ...{ level, state: STATES[n % STATES.length]!, from: documents[0]!.seenAt, to: last.seenAt, nMentions: mentions.length },
    ...{ titleFrom: documents[0]!.id, sourceIds: [...new Set(documents.map((document) => document.sourceId))] },
  });
  const terms = documents.map(({ id, title, text }) => ({
    documentId: id,
    title: pairs(title),
    text: [...pairs(text.slice(0, 60)), EVERYWHERE],
  }));
  return { issue, change: { put: { document: documents, mention: mentions, issue: [issue] }, terms } };
}

function pairs(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2).toLowerCase());
}

function warned(issue: Issue, now: number): Change {
  if (issue.level === 'none' || issue.level === 'blue') return {};
  const at = issue.openedAt + 20 * MINUTE;
  const isDone = now - at > DAY || issue.state === 'closed';
  const alert = { ...alertRow(issue, at, 'works'), ackedAt: isDone ? at + 5 * MINUTE : null };
  const met = isDone ? { metAt: at + 5 * MINUTE, metBy: 'duty' } : {};
  const clocks = (['ack', 'verify', 'upward', 'answer'] as const).map((lane, i) => ({
    ...clockRow(issue, lane, 'works', at, at + (i + 1) * 30 * MINUTE),
    ...met,
  }));
  const data = { alertId: alert.id, rule: alert.rule, level: alert.level, officeIds: alert.officeIds };
  return { put: { alert: [alert], clock: clocks }, journal: [{ at, kind: 'warn.alerted', subject: issue.id, by: 'machine', data }] };
}

async function fill(store: Store, nDocuments: number, now: number): Promise<void> {
  const nIssues = Math.ceil(nDocuments / PER_ISSUE);
  const texts = madeTexts({ seed: 3, n: nDocuments + PER_ISSUE, perMatter: PER_ISSUE, copied: 0, offTopic: 0.2 });
  let waiting: Promise<unknown>[] = [];
  for (let n = 0; n < nIssues; n++) {
    const { issue, change } = issueChange(n, nIssues, now, texts);
    const more = warned(issue, now);
    waiting.push(store.commit({ ...change, ...more, put: { ...change.put, ...more.put } }));
    if (waiting.length < 40) continue;
    await Promise.all(waiting);
    waiting = [];
  }
  await Promise.all(waiting);
}

async function timed(running: Running, path: string, nCalls: number): Promise<number> {
  const { duty } = running.office;
  const times: number[] = [];
  const first = performance.now();
  await duty.get(path);
  const firstMs = Math.round(performance.now() - first);
  let nBytes = 0;
  for (let n = 0; n < nCalls; n++) {
    const begun = performance.now();
    const reply = await duty.get(path);
    times.push(performance.now() - begun);
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${reply.code}`);
    if (n === 0) nBytes = JSON.stringify(reply.body).length;
  }
  console.log(
    JSON.stringify({
      bench: 'board',
      path,
      nCalls,
      firstMs,
      p50: quantile(times, 0.5),
      p95: quantile(times, 0.95),
      max: quantile(times, 1),
      nBytes,
    }),
  );
  return quantile(times, 0.95);
}

const bench: Bench = {
  about: 'the board and the pages of the day from a store of 100,000 documents, by HTTP (--rows N, --calls N)',
  run: async ({ args }) => {
    const number = (option: string, usual: number): number => (args.includes(option) ? Number(args[args.indexOf(option) + 1]) : usual);
    const nDocuments = number('--rows', 100_000);
    const nCalls = number('--calls', 200);
    const running = await startRunning({ hookAddress: null, sources: SOURCES });
    try {
      const begun = performance.now();
      await fill(running.heed.io.store, nDocuments, Date.now());
      await untilDone(running);
      const [nIssues, nMentions] = [await running.heed.io.store.count('issue'), await running.heed.io.store.count('mention')];
      console.log(
        JSON.stringify({ bench: 'board', nDocuments, nIssues, nMentions, fillSeconds: Math.round((performance.now() - begun) / 1000) }),
      );
      const p95 = await timed(running, '/api/today', nCalls);
      const pages = [
        '/api/issues',
        '/api/issues?q=自来水',
        '/api/stream',
        '/api/stream?q=全县',
        '/api/stream?q=全县&filter=loose',
        '/api/stream?q=自来水',
        '/api/stream?q=公交线路',
        '/api/stream?q=nowhere',
        '/api/stream?filter=loose',
        '/api/sources',
        '/api/account',
        '/api/desk/similar?q=水',
      ];
      for (const path of [...pages, `/api/issues/${issueId(Math.ceil(nDocuments / PER_ISSUE) - 3)}`])
        await timed(running, path, Math.ceil(nCalls / 10));
      return p95 < SLOWEST_BOARD;
    } finally {
      await running.close();
    }
  },
};
export default bench;
