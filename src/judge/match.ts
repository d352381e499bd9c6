/**
 * Queries against documents: which topics a document meets, by which words, and where they stand. Plain and exact; the search
 * over the store and the pre-search over topics only leave out what cannot match.
 */
import type { Document } from '../model/document.ts';
import type { Match, Topic, TopicId } from '../model/issue.ts';
import type { Instant } from '../model/time.ts';
import { fieldTest } from './fieldTest.ts';
import { type Column, type Found, nearFinds, type TermFinder, termFinder } from './findTerm.ts';
import { type Facets, type PreparedDocument, prepareDocument } from './preparedText.ts';
import { makePresearch, type Presearch } from './presearch.ts';
import { parseQuery } from './query.ts';
import type { Query, QueryError, QueryNode } from './queryTree.ts';

export interface MarkedRange {
  readonly inTitle: boolean;
  /** UTF-16 units of the title or text as stored. */
  readonly from: number;
  readonly to: number;
}

export interface QueryFind {
  /** The terms that were met, as the query writes them, in the order of the query. */
  readonly terms: readonly string[];
  /** Sorted, without overlaps. */
  readonly ranges: readonly MarkedRange[];
}

export interface Matcher {
  /** Null when the document does not meet the query. */
  readonly find: (document: PreparedDocument) => QueryFind | null;
}

/** Null: not met. Else the finds that made it so (none for fields and exclusions). */
type Test = (document: PreparedDocument) => readonly Found[] | null;

const NO_FINDS: readonly Found[] = [];

export function compileQuery(query: Query): Matcher {
  const test = compile(query.node, null);
  return {
    find: (document) => {
      const finds = test(document);
      if (finds === null) return null;
      return { terms: [...new Set(finds.map((found) => found.term))], ranges: rangesOf(document, finds) };
    },
  };
}

function compile(node: QueryNode, column: Column): Test {
  switch (node.kind) {
    case 'all':
      return allOf(node.of.map((part) => compile(part, column)));
    case 'any':
      return anyOf(node.of.map((part) => compile(part, column)));
    case 'not': {
      const test = compile(node.of, column);
      return (document) => (test(document) === null ? NO_FINDS : null);
    }
    case 'near':
    case 'word':
    case 'phrase': {
      const find = compileFinder(node);
      return (document) => {
        const finds = find(document.text, column);
        return finds.length === 0 ? null : finds;
      };
    }
    case 'range':
      return whether(fieldTest(node));
    case 'field':
      return node.field === 'title' || node.field === 'text' ? compile(node.of, node.field) : whether(fieldTest(node));
  }
}

function whether(test: (document: PreparedDocument) => boolean): Test {
  return (document) => (test(document) ? NO_FINDS : null);
}

function allOf(tests: readonly Test[]): Test {
  return (document) => {
    const finds: Found[] = [];
    for (const test of tests) {
      const found = test(document);
      if (found === null) return null;
      for (const one of found) finds.push(one);
    }
    return finds;
  };
}

/** Looks at every branch, so that all words met can be shown. */
function anyOf(tests: readonly Test[]): Test {
  return (document) => {
    let isMet = false;
    const finds: Found[] = [];
    for (const test of tests) {
      const found = test(document);
      if (found === null) continue;
      isMet = true;
      for (const one of found) finds.push(one);
    }
    return isMet ? finds : null;
  };
}

function compileFinder(node: QueryNode): TermFinder {
  if (node.kind === 'word' || node.kind === 'phrase') return termFinder(node);
  if (node.kind === 'any') {
    const finders = node.of.map(compileFinder);
    return (text, column) => finders.flatMap((find) => find(text, column));
  }
  if (node.kind === 'near') {
    const [left, right] = [compileFinder(node.left), compileFinder(node.right)];
    return (text, column) => nearFinds(text, left(text, column), right(text, column), node.n, node.ordered);
  }
  throw new Error(`a ${node.kind} cannot stand beside NEAR`);
}

function rangesOf(document: PreparedDocument, finds: readonly Found[]): MarkedRange[] {
  const { text } = document;
  const sorted = [...finds].sort((a, b) => a.from - b.from || b.to - a.to);
  const ranges: { inTitle: boolean; from: number; to: number }[] = [];
  let end = -1;
  for (const found of sorted) {
    const inTitle = found.from < text.nTitle;
    const from = text.from[found.from] ?? 0;
    const to = text.to[found.to - 1] ?? from;
    const last = ranges.at(-1);
    if (last !== undefined && found.from < end && last.inTitle === inTitle) last.to = Math.max(last.to, to);
    else ranges.push({ inTitle, from, to });
    end = Math.max(end, found.to);
  }
  return ranges;
}

export interface TopicSet {
  readonly topics: readonly { readonly topic: Topic; readonly matcher: Matcher }[];
  /** Topics whose query cannot be read any more. */
  readonly broken: readonly { readonly topicId: TopicId; readonly error: QueryError }[];
  readonly presearch: Presearch;
}

/** Compile once for a set of topics; again when one changes. */
export function compileTopics(topics: readonly Topic[]): TopicSet {
  const compiled: { topic: Topic; matcher: Matcher }[] = [];
  const broken: { topicId: TopicId; error: QueryError }[] = [];
  const nodes: QueryNode[] = [];
  for (const topic of topics) {
    const parsed = parseQuery(topic.query);
    if (parsed.error !== undefined) {
      broken.push({ topicId: topic.id, error: parsed.error });
      continue;
    }
    compiled.push({ topic, matcher: compileQuery(parsed.query) });
    nodes.push(parsed.query.node);
  }
  return { topics: compiled, broken, presearch: makePresearch(nodes) };
}

/** Nothing matches before a topic starts or from its end on. */
export function isWatched(topic: Topic, now: Instant): boolean {
  return topic.startsAt <= now && now < topic.purpose.endsAt;
}

export interface MatchOptions {
  readonly facets?: Facets;
  /** False: every topic is tried. The result is the same. */
  readonly presearch?: boolean;
}

/** The topics a document meets, in the order of the set. */
export function matchTopics(document: Document, set: TopicSet, now: Instant, options: MatchOptions = {}): Match[] {
  const prepared = prepareDocument(document, options.facets);
  const candidates = options.presearch === false ? set.topics.keys() : set.presearch(prepared.text);
  const matches: Match[] = [];
  for (const i of candidates) {
    const entry = set.topics[i];
    if (entry === undefined || !isWatched(entry.topic, now)) continue;
    const find = entry.matcher.find(prepared);
    if (find !== null) matches.push({ topicId: entry.topic.id, terms: find.terms });
  }
  return matches;
}
