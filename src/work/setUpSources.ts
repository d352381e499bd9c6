/** Sources: tried before they are saved, admitted by the rule that no person is followed, paused and read by hand. */
import { discoverFeeds } from '../collect/siteDiscovery.ts';
import { admitSource } from '../collect/sourceAdmission.ts';
import { freshState } from '../collect/pace.ts';
import type { Io } from '../io.ts';
import type { SourceTest } from '../model/desk.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Source, Standing } from '../model/source.ts';
import type { Json, Words } from '../model/words.ts';
import type { Collector, Pulled } from '../ports.ts';
import { sayRefusal } from '../text/say.ts';
import { act, entry } from './act.ts';
import { pollJob } from './collectSource.ts';
import { forget } from './memory.ts';
import type { Who } from './who.ts';

export interface SourceInput {
  readonly id?: string;
  readonly name: Words;
  readonly kind: string;
  readonly address: string;
  readonly settings: { readonly [key: string]: Json };
  readonly standing: Standing;
  readonly family?: string;
  readonly audience?: number;
  readonly manners?: Partial<Source['manners']>;
  /** For a channel that looks like an account: whose it is, the proof, and the second person. */
  readonly organisation?: Source['organisation'];
}

function sourceOf(io: Io, who: Who, input: SourceInput, collector: Collector, before: Source | undefined): Source {
  return {
    id: before?.id ?? input.id ?? `src${io.token(40)}`,
    name: input.name,
    kind: input.kind,
    address: input.address,
    settings: input.settings,
    standing: input.standing,
    family: input.family?.trim() || before?.family || (before?.id ?? input.address),
    audience: input.audience ?? before?.audience ?? 0,
    manners: { ...collector.manners, ...before?.manners, ...input.manners },
    paused: before?.paused ?? false,
    ...(input.organisation === undefined ? {} : { organisation: input.organisation }),
    addedBy: before?.addedBy ?? who.staffId,
    addedAt: before?.addedAt ?? io.now(),
    rev: before?.rev ?? 0,
  };
}

/** True without a declared organisation. With one it must be declared in full, by a second person of the staff: it switches sealing off. */
async function isVouchedFor(io: Io, who: Who, { organisation, addedBy }: Source): Promise<boolean> {
  if (organisation === undefined) return true;
  const { name, proof, approvedBy } = organisation;
  if (name.trim() === '' || proof.trim() === '' || approvedBy === who.staffId || approvedBy === addedBy) return false;
  return (await io.store.get('staff', approvedBy))?.active === true;
}

export function putSource(io: Io, who: Who, input: SourceInput): Promise<Outcome<Source>> {
  return act(io, async () => {
    const collector = io.collectors.get(input.kind);
    if (collector === undefined) return refuse('collect.unknownKind', { kind: input.kind });
    const before = input.id === undefined ? undefined : await io.store.get('source', input.id);
    const source = sourceOf(io, who, input, collector, before);
    if (!(await isVouchedFor(io, who, source))) return refuse('collect.personalSource');
    // What is pushed or imported comes through the same door when it names the address it comes from.
    if (collector.pull !== undefined || /^https?:/i.test(source.address.trim())) {
      const admitted = admitSource(source);
      if (!admitted.ok) return admitted;
    }
    const isNew = before === undefined;
    return done({
      change: {
        put: { source: [source], sourceState: isNew ? [freshState(source.id)] : [] },
        jobs: isNew && collector.pull !== undefined ? [pollJob(source.id, io.now())] : [],
        journal: [entry(io, who, isNew ? 'collect.sourceAdded' : 'collect.sourceChanged', source.id, { kind: source.kind })],
      },
      value: { ...source, rev: source.rev + 1 },
      after: () => {
        forget(io, 'organisation');
        io.tell({ kind: 'source', id: source.id });
      },
    });
  });
}

function changed(io: Io, who: Who, id: string, kind: string, think: (source: Source) => Source, isRead: boolean): Promise<Outcome<Source>> {
  return act(io, async () => {
    const source = await io.store.get('source', id);
    if (source === undefined) return refuse('http.notFound');
    const after = think(source);
    return done({
      change: {
        put: { source: after === source ? [] : [after] },
        jobs: isRead ? [pollJob(id, io.now())] : [],
        journal: [entry(io, who, kind, id)],
      },
      value: after,
      after: () => io.tell({ kind: 'source', id }),
    });
  });
}

export function pauseSource(io: Io, who: Who, id: string, input: { readonly because: string }): Promise<Outcome<Source>> {
  if (input.because.trim() === '') return Promise.resolve(refuse('answer.reasonMissing'));
  return changed(
    io,
    who,
    id,
    'collect.sourcePaused',
    (source) => ({ ...source, paused: true, pausedBecause: input.because.trim() }),
    false,
  );
}

export function resumeSource(io: Io, who: Who, id: string): Promise<Outcome<Source>> {
  const resumed = ({ pausedBecause: _, ...source }: Source): Source => ({ ...source, paused: false });
  return changed(io, who, id, 'collect.sourceResumed', resumed, true);
}

export function readSourceNow(io: Io, who: Who, id: string): Promise<Outcome<Source>> {
  return changed(io, who, id, 'collect.sourceRead', (source) => source, true);
}

function trial(io: Io, address: string, collector: Collector): Source {
  return {
    id: 'trial',
    name: { zh: address, en: address },
    kind: collector.kind,
    address,
    settings: {},
    standing: collector.standing,
    family: address,
    audience: 0,
    manners: collector.manners,
    paused: false,
    addedBy: 'machine',
    addedAt: io.now(),
    rev: 0,
  };
}

function gives(pulled: Pulled): number {
  return pulled.items.length + (pulled.follow?.length ?? 0);
}

/** The kinds that are tried, in this order, when the operator names only an address. */
const TRIED = ['feed', 'forum', 'page'];

async function robotsWords(io: Io, address: string, pulled: Pulled): Promise<Words> {
  if (pulled.stopped?.kind === 'refused') return sayRefusal(pulled.stopped.refusal);
  const url = URL.parse('/robots.txt', address);
  const got = url === null ? null : await io.get(url.href, { robots: false, pause: 0 });
  if (got?.kind === 'ok') return { zh: '有 robots.txt，允许读取此地址', en: 'robots.txt is there and allows this address' };
  return { zh: '没有 robots.txt，按惯例可读', en: 'no robots.txt: by convention it may be read' };
}

/** What an address gives, before it is saved: nothing is stored. */
export async function testSource(io: Io, input: { readonly address: string; readonly kind?: string }): Promise<Outcome<SourceTest>> {
  const now = io.now();
  const kinds = input.kind === undefined ? TRIED : [input.kind];
  let best: { readonly collector: Collector; readonly source: Source; readonly pulled: Pulled } | null = null;
  for (const kind of kinds) {
    const collector = io.collectors.get(kind);
    if (collector?.pull === undefined) return refuse('collect.unknownKind', { kind });
    const source = trial(io, input.address, collector);
    const admitted = admitSource(source);
    if (!admitted.ok) return admitted;
    const pulled = await collector.pull({ ...source, manners: { ...source.manners, pause: 0 } }, null, io.get, now);
    if (best === null || gives(pulled) > gives(best.pulled)) best = { collector, source, pulled };
    if (kind === 'feed' && pulled.items.length > 0) break;
  }
  if (best === null) return refuse('collect.unknownKind');
  const { collector, source, pulled } = best;
  const listed = [...pulled.items, ...(pulled.follow ?? []).map((follow) => follow.known)];
  const page = pulled.items.length > 0 && collector.kind === 'feed' ? null : await io.get(input.address, { pause: 0 });
  const html = page?.kind === 'ok' ? new TextDecoder().decode(page.bytes) : '';
  return done({
    kind: collector.kind,
    address: pulled.movedTo ?? source.address,
    charset: pulled.charset ?? null,
    language: pulled.language ?? null,
    nItems: listed.length,
    first: listed.slice(0, 3).map((one) => ({ title: one.title || (one.body ?? '').slice(0, 60), publishedAt: one.publishedAt ?? null })),
    notes: [...pulled.notes, ...(pulled.stopped?.kind === 'failed' ? [pulled.stopped.because.en] : [])],
    robots: await robotsWords(io, input.address, pulled),
    nextAt: now + collector.manners.pollAtLeast,
    found: html === '' ? [] : discoverFeeds(html, input.address).map((feed) => feed.address),
  });
}
