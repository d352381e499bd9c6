/**
 * What `work/` keeps in memory and can rebuild from the store at any time: the judge's state, the index of copies, the topics as
 * compiled. Each is made on first use; `forget` drops it, so that the next use rebuilds it from what is durable.
 */
import { type CopyIndex, makeCopyIndex } from '../collect/copies.ts';
import type { Io } from '../io.ts';
import { compileTopics, type TopicSet } from '../judge/match.ts';
import { rebuild } from '../judge/rebuild.ts';
import { type JudgeState, newJudgeState } from '../judge/state.ts';
import type { Assessment, Override } from '../model/assessment.ts';
import type { Source } from '../model/source.ts';
import { DAY, type Instant } from '../model/time.ts';
import type { Words } from '../model/words.ts';

/** Documents older than this are not looked at again. */
const REMEMBERED = 30 * DAY;
const COPIES_REMEMBERED = 14 * DAY;
const MOST_COPIES = 50_000;

export interface JudgeMemory {
  readonly state: JudgeState;
  readonly topics: TopicSet;
  readonly topicDuty: ReadonlyMap<string, string>;
  readonly sources: ReadonlyMap<string, Source>;
  /** Names of offices and places, in both languages: they join reports across languages. */
  readonly names: readonly Words[];
  readonly offices: readonly { readonly id: string; readonly names: readonly string[] }[];
  /** The last assessment of each live issue. */
  readonly assessments: Map<string, Assessment>;
  /** The override that stands, by issue. */
  readonly overrides: Map<string, Override>;
  /** When our last statement was published, by issue. */
  readonly answered: Map<string, Instant>;
}

type JudgeCore = Pick<JudgeMemory, 'state' | 'assessments' | 'overrides' | 'answered'>;

async function kept<T>(io: Io, name: string, make: () => Promise<T>): Promise<T> {
  let waiting = io.memory.get(name) as Promise<T> | undefined;
  if (waiting === undefined) {
    waiting = make();
    io.memory.set(name, waiting);
    waiting.catch(() => io.memory.delete(name));
  }
  return waiting;
}

/** Drops a memory; the next use rebuilds it. */
export function forget(io: Io, name: 'judge' | 'copies' | 'topics' | 'organisation'): void {
  io.memory.delete(name);
}

/**
 * Runs one after the other whatever changes the judge's state: the single writer. `fn` must not call `exclusive` again.
 * A fault in one does not stop the next.
 */
export function exclusive<T>(io: Io, fn: () => Promise<T>): Promise<T> {
  const before = (io.memory.get('judgeQueue') as Promise<unknown> | undefined) ?? Promise.resolve();
  const turn = before.then(fn, fn);
  io.memory.set(
    'judgeQueue',
    turn.catch(() => undefined),
  );
  return turn;
}

export function copyIndexOf(io: Io): Promise<CopyIndex> {
  return kept(io, 'copies', async () => {
    const index = makeCopyIndex(MOST_COPIES, COPIES_REMEMBERED);
    const documents = await io.store.list('document', { by: 'seenAt', from: io.now() - COPIES_REMEMBERED, order: 'up' });
    for (const document of documents.slice(-MOST_COPIES)) index.add(document);
    return index;
  });
}

interface TopicMemory {
  readonly set: TopicSet;
  readonly duty: ReadonlyMap<string, string>;
}

function topicsOf(io: Io): Promise<TopicMemory> {
  return kept(io, 'topics', async () => {
    const topics = await io.store.list('topic');
    return { set: compileTopics(topics), duty: new Map(topics.map((topic) => [topic.id, topic.duty])) };
  });
}

async function placesOf(io: Io): Promise<readonly Words[]> {
  const setting = await io.store.get('setting', 'places');
  return Array.isArray(setting?.value) ? (setting.value as unknown as Words[]) : [];
}

async function judgeStateOf(io: Io): Promise<JudgeCore> {
  return kept(io, 'judge', async () => {
    const state = newJudgeState();
    const from = io.now() - REMEMBERED;
    const [issues, mentions, merges, documents, sources] = await Promise.all([
      io.store.list('issue'),
      io.store.list('mention', { by: 'at', from }),
      io.store.list('merge', { by: 'at', from }),
      io.store.list('document', { by: 'seenAt', from }),
      io.store.list('source'),
    ]);
    rebuild(state, { issues, mentions, merges, documents, sources, packs: io.packs, names: await placesOf(io), now: io.now() });
    const ids = issues.map((issue) => issue.assessmentId).filter((id) => id !== null);
    const assessments = await io.store.many('assessment', ids);
    const overrides = await io.store.list('override', { equal: { lifted: false }, by: 'at', order: 'up' });
    const signed = await io.store.list('signed', { by: 'publishedAt', order: 'up' });
    return {
      state,
      assessments: new Map(assessments.map((one) => [one.issueId, one])),
      overrides: new Map(overrides.map((one) => [one.issueId, one])),
      answered: new Map(signed.map((one) => [one.issueId, one.publishedAt])),
    };
  });
}

/** Everything that judging one document needs. Call inside `exclusive`. */
export async function judgeMemory(io: Io): Promise<JudgeMemory> {
  const core = await judgeStateOf(io);
  const topics = await topicsOf(io);
  const rest = await kept(io, 'organisation', async () => {
    const [sources, offices, places] = await Promise.all([io.store.list('source'), io.store.list('office'), placesOf(io)]);
    return {
      sources: new Map(sources.map((source) => [source.id, source])),
      names: [...places, ...offices.map((office) => office.name)],
      offices: offices
        .filter((office) => office.kind === 'office' || office.kind === 'operating')
        .map((office) => ({
          id: office.id,
          names: [office.name.zh, office.name.en, ...office.aliases].filter((name) => name.trim() !== ''),
        })),
      hotlines: offices.map((office) => office.hotline).filter((line) => line.trim() !== ''),
    };
  });
  return { ...core, topics: topics.set, topicDuty: topics.duty, sources: rest.sources, names: rest.names, offices: rest.offices };
}
