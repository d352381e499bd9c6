/**
 * `heed replay FILE [--speed N] [--format jsonl|csv] [--topic QUERY] [--keep DIR] [--serve]`: a file under its own time, in a folder of its own.
 * Everything runs as it would have run then; prints what the desk would have shown. Reaches nobody: there are no channels.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { logger, untilAsked } from '../console.ts';
import { type Heed, openHeed } from '../heed.ts';
import type { Item } from '../model/document.ts';
import type { Topic } from '../model/issue.ts';
import { DAY, type Instant, MINUTE } from '../model/time.ts';
import { stepTo } from '../work/runJob.ts';
import { takeIn } from '../work/takeIn.ts';
import { tendJob } from '../work/tendIssues.ts';
import type { Command } from './commands.ts';
import { bytesOf, contentTypeOf, importSource } from './importFile.ts';
import { optionsOf } from './options.ts';

/** Data time between two arrivals: what a poll every five minutes would have seen. */
const TICK = 5 * MINUTE;

function watchAll(query: string, now: Instant): Topic {
  const purpose = {
    why: 'replay',
    legalBasis: 'replay',
    officeId: 'replay',
    askedBy: 'replay',
    approvedBy: 'operator',
    use: 'measuring',
    reviewAt: now + 30 * DAY,
    endsAt: now + 3650 * DAY,
  };
  return {
    id: 'replay',
    name: { zh: '重放', en: 'Replay' },
    query,
    duty: 'replay',
    purpose,
    mustMatch: [],
    mustNotMatch: [],
    startsAt: 0,
    rev: 0,
  };
}

async function itemsOf(heed: Heed, file: string, format: string | undefined): Promise<readonly Item[]> {
  const source = importSource('replay', heed.io.now());
  const takes = heed.io.collectors.get('lines')?.receive;
  if (takes === undefined) throw new Error('the shelf of collectors has no `lines`');
  const pulled = await takes(
    source,
    { bytes: await bytesOf(file), contentType: contentTypeOf(file, format), fileName: basename(file).replace(/\.gz$/, '') },
    Date.now(),
  );
  for (const note of pulled.notes.slice(0, 10)) console.error(`note: ${note}`);
  return [...pulled.items].sort((a, b) => (a.publishedAt ?? 0) - (b.publishedAt ?? 0));
}

/** What the desk shows at the end: issues by colour, the largest, every rise of a colour. */
async function summary(heed: Heed, nItems: number, seconds: number): Promise<object> {
  const { store } = heed.io;
  const issues = (await store.list('issue')).filter((issue) => issue.state !== 'merged');
  const rises = await store.journal({ kind: 'judge.levelChanged' });
  const highest = new Map<string, string>();
  const order = ['none', 'blue', 'yellow', 'orange', 'red'];
  for (const rise of rises) {
    const to = String(rise.data.to);
    if (order.indexOf(to) > order.indexOf(highest.get(rise.subject) ?? 'none')) highest.set(rise.subject, to);
  }
  const byLevel: Record<string, number> = {};
  for (const issue of issues) {
    const level = highest.get(issue.id) ?? 'none';
    byLevel[level] = (byLevel[level] ?? 0) + 1;
  }
  const largest = [...issues].sort((a, b) => b.nMentions - a.nMentions).slice(0, 20);
  return {
    nItems,
    nDocuments: await store.count('document'),
    nIssues: issues.length,
    nAlone: issues.filter((issue) => issue.nMentions === 1).length,
    highestLevel: byLevel,
    largest: largest.map((issue) => ({
      id: issue.id,
      title: issue.title,
      n: issue.nMentions,
      unique: issue.nUnique,
      highest: highest.get(issue.id) ?? 'none',
      days: Math.round(((issue.lastAt - issue.firstPublishedAt) / DAY) * 10) / 10,
      bursts: issue.hours.filter((hour) => hour.burst).length,
    })),
    seconds: Math.round(seconds * 10) / 10,
    perSecond: Math.round(nItems / seconds),
  };
}

interface Play {
  readonly heed: Heed;
  readonly clock: { readonly now: () => Instant; readonly set: (instant: Instant) => void };
  readonly speed: number;
}

async function play({ heed, clock, speed }: Play, items: readonly Item[]): Promise<void> {
  const source = importSource('replay', clock.now());
  const begun = Date.now();
  const first = clock.now();
  for (let from = 0; from < items.length; ) {
    const at = Math.floor((items[from]!.publishedAt ?? first) / TICK) * TICK + TICK;
    let to = from;
    while (to < items.length && (items[to]!.publishedAt ?? first) < at) to++;
    await stepTo(heed.io, clock, at);
    if (Number.isFinite(speed)) await pause(Math.max(0, (at - first) / speed - (Date.now() - begun)));
    const taken = await takeIn(heed.io, source, items.slice(from, to), at);
    await heed.io.store.commit(taken.change);
    from = to;
  }
  await stepTo(heed.io, clock, clock.now() + TICK);
}

export default {
  about: 'FILE [--speed N] [--topic QUERY] [--keep DIR] [--serve]: play a file under its own time and print what the desk would have shown',
  async run({ config, args }) {
    const options = optionsOf(args, ['speed', 'format', 'topic', 'keep'], ['serve']);
    const file = options.rest[0];
    if (file === undefined) throw new Error('heed replay FILE: the file is missing');
    const folder = options.get('keep') ?? mkdtempSync(join(tmpdir(), 'heed-replay-'));
    let now: Instant = 0;
    const clock = { now: () => now, set: (instant: Instant) => void (now = instant) };
    const { log } = logger('error');
    const heed = await openHeed({ config: { ...config, dataFolder: folder }, now: clock.now, demo: true, onlyLoopback: true, log });
    try {
      const items = await itemsOf(heed, file, options.get('format'));
      if (items.length === 0) return 3;
      clock.set((items[0]!.publishedAt ?? Date.now()) - TICK);
      const topic = watchAll(options.get('topic') ?? 'source:replay', clock.now());
      await heed.io.store.commit({ put: { source: [importSource('replay', clock.now())], topic: [topic] }, jobs: [tendJob(clock.now())] });
      const begun = Date.now();
      await play({ heed, clock, speed: Number(options.get('speed') ?? Number.POSITIVE_INFINITY) }, items);
      console.log(JSON.stringify(await summary(heed, items.length, (Date.now() - begun) / 1000), null, 1));
      if (options.has('serve')) {
        const { serve } = await import('../serve.ts');
        const served = await serve({ heed, host: config.host, port: config.port, setupCode: '', demo: null, log: null });
        console.error(`the desk of this replay: ${served.address}/`);
        await untilAsked();
        await served.close();
      }
      return 0;
    } finally {
      await heed.close();
      if (options.get('keep') === undefined) rmSync(folder, { recursive: true, force: true });
    }
  },
} satisfies Command;
