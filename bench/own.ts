/**
 * The sets written for this project (bench/own): complaints grouped, one event in two languages joined, colours of issue sketches.
 * The product's own parameters, the same for all sets. Dev is for looking into; held is for the published figure only.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { place } from '../src/judge/cluster.ts';
import { type BridgeNames, newJudgeState } from '../src/judge/state.ts';
import { type Assessment, compareLevels, type Level, LEVELS } from '../src/model/assessment.ts';
import type { Document } from '../src/model/document.ts';
import type { Standing } from '../src/model/source.ts';
import type { Words } from '../src/model/words.ts';
import { assessSketch, type Sketch } from './adapters/ownColours.ts';
import { ownDocument, packOf } from './adapters/ownDocument.ts';
import { bcubed, byPairs, round } from './adapters/ownScore.ts';
import type { Bench } from './main.ts';

const HALVES = ['dev', 'held'] as const;

interface Row {
  readonly id: string;
  readonly time: string;
  readonly language: 'zh' | 'en';
  readonly title: string;
  readonly text: string;
  readonly place: string;
}

interface Folders {
  readonly data: string;
  readonly out: string | null;
}

function rowsOf<T>(path: string): T[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}

function keep({ out }: Folders, name: string, rows: readonly object[]): void {
  if (out === null) return;
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, `${name}.jsonl`), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

function print(line: object): void {
  console.log(JSON.stringify(line));
}

interface Grouping {
  readonly standingOf: (document: Document) => Standing;
  readonly topicIds: readonly string[];
  readonly names: BridgeNames;
}

/** The issue each document stands in when all have come, in the order given. */
function group(documents: readonly Document[], { standingOf, topicIds, names }: Grouping): Map<string, string> {
  const state = newJudgeState();
  const issueOf = new Map<string, string>();
  for (const document of documents) {
    const source = { id: document.sourceId, standing: standingOf(document), family: document.sourceId, audience: 0 };
    const placed = place(state, document, { now: document.seenAt, source, topicIds, pack: packOf(document), names });
    for (const mention of placed.mentions) issueOf.set(mention.id, mention.issueId);
  }
  return issueOf;
}

interface Complaint extends Row {
  readonly category: string;
  readonly cluster: string;
}

/** As the complaint desk takes them in: the form's place is given, nobody watches a topic. */
function complaints(folders: Folders, half: string): void {
  const rows = rowsOf<Complaint>(join(folders.data, 'complaints', `${half}.jsonl`));
  const documents = rows.map((row) => ownDocument({ ...row, at: Date.parse(row.time), kind: 'request', sourceId: 'desk', isPerson: true }));
  const issueOf = group(documents, { standingOf: () => 'desk', topicIds: [], names: [] });
  const scored = rows.map((row) => ({ ...row, gold: row.cluster, found: issueOf.get(row.id) ?? row.id }));
  keep(
    folders,
    `complaints-${half}`,
    scored.map(({ id, gold, found }) => ({ id, cluster: gold, issue: found })),
  );
  const alone = bcubed(scored.map((row) => ({ ...row, found: row.id })));
  print({
    set: 'complaints',
    half,
    nTexts: rows.length,
    nClusters: new Set(rows.map((row) => row.cluster)).size,
    nIssues: new Set(scored.map((row) => row.found)).size,
    bcubed: bcubed(scored),
    f1Zh: bcubed(scored.filter((row) => row.language === 'zh')).f1,
    f1En: bcubed(scored.filter((row) => row.language === 'en')).f1,
    pairs: byPairs(scored),
    f1EveryTextAlone: alone.f1,
  });
}

interface Told extends Row {
  readonly event: string | null;
  readonly known: boolean;
}

interface Term extends Words {
  readonly kind: 'place' | 'organisation' | 'thing';
}

/**
 * The product takes names of places and offices, no glossary of things. Without a topic it joins nothing across languages; `one` is an
 * office that watches all of it under one topic.
 */
function languages(folders: Folders, half: string, topics: 'none' | 'one'): void {
  const folder = join(folders.data, 'languages');
  const terms = JSON.parse(readFileSync(join(folder, 'terms.json'), 'utf8')) as Term[];
  const names = terms.filter((term) => term.kind !== 'thing').map(({ zh, en }) => ({ zh, en }));
  const rows = rowsOf<Told>(join(folder, `${half}.jsonl`));
  const documents = rows.map((row) => {
    const isPress = row.title !== '';
    const kind = isPress ? 'article' : 'post';
    return ownDocument({ ...row, at: Date.parse(row.time), kind, sourceId: isPress ? 'press' : 'community', isPerson: !isPress });
  });
  const standingOf = (document: Document): Standing => (document.kind === 'post' ? 'community' : 'press');
  const issueOf = group(documents, { standingOf, topicIds: topics === 'one' ? ['all'] : [], names });
  const across = rows
    .filter((row) => row.language === 'zh')
    .flatMap((a) => rows.filter((row) => row.language === 'en').map((b) => ({ a, b })));
  const isPair = ({ a, b }: { a: Told; b: Told }): boolean => a.event !== null && a.event === b.event;
  const joined = across.filter(({ a, b }) => issueOf.get(a.id) === issueOf.get(b.id));
  const right = joined.filter(isPair);
  const pairs = across.filter(isPair);
  const recallOf = (known: boolean): number =>
    round(right.filter(({ a }) => a.known === known).length / pairs.filter(({ a }) => a.known === known).length);
  keep(
    folders,
    `languages-${half}-topics-${topics}`,
    rows.map(({ id, event }) => ({ id, event, issue: issueOf.get(id) })),
  );
  print({
    set: 'languages',
    half,
    topics,
    nPairs: pairs.length,
    nJoined: joined.length,
    nRight: right.length,
    precision: joined.length === 0 ? null : round(right.length / joined.length),
    recall: round(right.length / pairs.length),
    recallKnown: recallOf(true),
    recallUnknown: recallOf(false),
    suggestions: { built: false },
  });
}

interface Label {
  readonly id: string;
  readonly label: Level;
}

interface Judged {
  readonly id: string;
  readonly topicKnown: boolean;
  readonly label: Level;
  readonly level: Level;
  readonly total: number;
  readonly factors: Assessment['factors'];
}

function off({ level, label }: Pick<Judged, 'level' | 'label'>): number {
  return LEVELS.indexOf(level) - LEVELS.indexOf(label);
}

function colours(folders: Folders, half: string): void {
  const folder = join(folders.data, 'colours');
  const sketches = rowsOf<Sketch>(join(folder, `${half}.jsonl`));
  const labels = new Map(rowsOf<Label>(join(folder, `labels-${half}.jsonl`)).map(({ id, label }) => [id, label]));
  const judgedWith = (dropsOffTopic: boolean): Judged[] =>
    sketches.map((sketch) => {
      const label = labels.get(sketch.id);
      if (label === undefined) throw new Error(`no label for ${sketch.id}`);
      const found = assessSketch(sketch, dropsOffTopic);
      const { id, topicKnown } = sketch;
      return { id, topicKnown, label, level: found?.level ?? 'none', total: found?.total ?? 0, factors: found?.factors ?? [] };
    });
  const judged = judgedWith(false);
  const atDoor = judgedWith(true);
  const exact = (rows: readonly Judged[]): number => rows.filter((row) => off(row) === 0).length;
  const twoOff = (rows: readonly Judged[]): number => rows.filter((row) => Math.abs(off(row)) >= 2).length;
  const spread = LEVELS.map((label) => [label, LEVELS.map((level) => judged.filter((a) => a.label === label && a.level === level).length)]);
  keep(
    folders,
    `colours-${half}`,
    judged.map(({ factors, ...row }) => ({
      ...row,
      points: Object.fromEntries(factors.map((a) => [a.name, round(a.score * a.weight, 1)])),
    })),
  );
  print({
    set: 'colours',
    half,
    n: judged.length,
    exact: exact(judged),
    twoOrMoreOff: twoOff(judged),
    tooLow: judged.filter((row) => compareLevels(row.level, row.label) < 0).length,
    tooHigh: judged.filter((row) => compareLevels(row.level, row.label) > 0).length,
    exactOffTopicDropped: exact(atDoor),
    twoOrMoreOffOffTopicDropped: twoOff(atDoor),
    byLabel: Object.fromEntries(spread) as Record<string, number[]>,
  });
}

const bench: Bench = {
  about: 'the own sets: complaints grouped, events across languages, colours ([--data bench/own] --out OUT [set ...])',
  run({ data, out, args }) {
    const folders: Folders = { data: data ?? join(import.meta.dirname, 'own'), out };
    const wants = (set: string): boolean => args.length === 0 || args.includes(set);
    for (const half of HALVES) {
      if (wants('complaints')) complaints(folders, half);
      if (wants('languages')) for (const topics of ['none', 'one'] as const) languages(folders, half, topics);
      if (wants('colours')) colours(folders, half);
    }
    // Nothing in src tells that an issue long over has come back: a follow-up is linked within a month, to a closed one of like words.
    if (wants('recurrence')) print({ set: 'recurrence', built: false });
    return Promise.resolve();
  },
};
export default bench;
