/** The stream: documents newest first, filtered by what was decided about them. Reads pages of documents, never all of them. */
import type { Io } from '../io.ts';
import { compileQuery, type Matcher } from '../judge/match.ts';
import { prepareDocument } from '../judge/preparedText.ts';
import { parseQuery } from '../judge/query.ts';
import { toSearch } from '../judge/search.ts';
import type { StreamPage } from '../model/desk.ts';
import type { Document } from '../model/document.ts';
import type { Mention } from '../model/issue.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import { DAY, type Instant } from '../model/time.ts';
import type { SearchNode, Triage } from '../ports.ts';
import { streamRows } from './viewRows.ts';
import type { Who } from './who.ts';

export type StreamFilter = 'all' | 'new' | 'loose' | 'sent' | 'mine';

export interface StreamAsked {
  readonly filter: StreamFilter;
  /** In the query language; empty for no query. */
  readonly q: string;
  readonly before: Instant | null;
  readonly limit: number;
}

/** Documents looked at once, and at most for one page: then the page ends early and `next` goes on from there. */
const BATCH = 200;
const MOST_BATCHES = 10;
/** Texts of one instant that are kept on one page (a file with days only). */
const SAME_INSTANT = 500;
const MONTH = 30 * DAY;

interface Query {
  readonly node: SearchNode;
  readonly matcher: Matcher;
}

/** Up to BATCH documents before an instant, together with all of the last one's instant. */
async function batchBefore(io: Io, before: Instant, query: Query | null): Promise<{ documents: Document[]; isLast: boolean }> {
  const documents =
    query === null
      ? await io.store.list('document', { by: 'publishedAt', to: before, order: 'down', limit: BATCH })
      : await io.store.search({ node: query.node, before, limit: BATCH });
  const last = documents.at(-1);
  if (last === undefined || documents.length < BATCH) return { documents, isLast: true };
  const at = last.publishedAt;
  const same =
    query === null
      ? await io.store.list('document', { by: 'publishedAt', from: at, to: at + 1, limit: SAME_INSTANT })
      : await io.store.search({ node: query.node, from: at, to: at + 1, limit: SAME_INSTANT });
  const known = new Set(documents.map((document) => document.id));
  return { documents: [...documents, ...same.filter((document) => !known.has(document.id))], isLast: false };
}

/** Issues whose texts a filter keeps; null when it does not look at issues. */
async function issuesFor(io: Io, who: Who, filter: StreamFilter): Promise<ReadonlySet<string> | null> {
  if (filter === 'sent') {
    const alerts = await io.store.list('alert', { by: 'at', from: io.now() - MONTH, order: 'down', limit: 1000 });
    return new Set(alerts.map((alert) => alert.issueId));
  }
  if (filter !== 'mine') return null;
  const [cases, tasks, acks] = await Promise.all([
    io.store.list('case', { equal: { leadOfficeId: who.officeId }, by: 'openedAt', from: io.now() - MONTH }),
    io.store.list('task', { equal: { officeId: who.officeId }, by: 'createdAt', from: io.now() - MONTH }),
    io.store.list('ack', { equal: { officeId: who.officeId }, by: 'at', from: io.now() - MONTH }),
  ]);
  return new Set([...cases, ...tasks, ...acks].map((row) => row.issueId));
}

function keeps(
  filter: StreamFilter,
  mention: Mention | undefined,
  decided: Triage | undefined,
  issues: ReadonlySet<string> | null,
): boolean {
  if (filter === 'new') return decided === undefined;
  if (filter === 'loose') return mention === undefined && decided?.state !== 'notRelevant';
  if (issues !== null) return mention !== undefined && issues.has(mention.issueId);
  return true;
}

async function kept(io: Io, documents: readonly Document[], filter: StreamFilter, issues: ReadonlySet<string> | null): Promise<Document[]> {
  if (filter === 'all') return [...documents];
  const ids = documents.map((document) => document.id);
  const [mentions, decided] = await Promise.all([io.store.many('mention', ids), io.store.many('triage', ids)]);
  const mentionOf = new Map(mentions.map((mention) => [mention.id, mention]));
  const triageOf = new Map(decided.map((one) => [one.id, one]));
  return documents.filter(({ id }) => keeps(filter, mentionOf.get(id), triageOf.get(id), issues));
}

/** The last day in numbers, from running counts and indexes. */
async function countsOf(io: Io, alerted: ReadonlySet<string>): Promise<StreamPage['counts']> {
  const from = io.now() - DAY;
  const [all, placed, decided, sent] = await Promise.all([
    io.store.count('document', { by: 'seenAt', from }),
    io.store.count('mention', { by: 'at', from }),
    io.store.count('triage', { by: 'at', from }),
    io.store.count('mention', { equal: { issueId: [...alerted] }, by: 'at', from }),
  ]);
  return { all, new: Math.max(0, all - decided), loose: Math.max(0, all - placed), sent };
}

/** Cuts at `limit`, but never between texts of one instant: the next page begins before it. */
function cut(documents: readonly Document[], limit: number): { readonly rows: readonly Document[]; readonly isCut: boolean } {
  const last = documents[limit - 1];
  if (last === undefined || documents.length <= limit) return { rows: documents, isCut: false };
  let end = limit;
  while (end < documents.length && documents[end]!.publishedAt === last.publishedAt) end++;
  return { rows: documents.slice(0, end), isCut: end < documents.length };
}

export async function streamPage(io: Io, who: Who, asked: StreamAsked): Promise<Outcome<StreamPage>> {
  const parsed = asked.q.trim() === '' ? null : parseQuery(asked.q);
  if (parsed !== null && parsed.error !== undefined) return refuse(parsed.error.code, { position: parsed.error.at + 1 });
  const query = parsed === null ? null : { node: toSearch(parsed.query.node), matcher: compileQuery(parsed.query) };
  const alerted = (await issuesFor(io, who, 'sent')) ?? new Set<string>();
  const issues = asked.filter === 'sent' ? alerted : await issuesFor(io, who, asked.filter);
  const found: Document[] = [];
  let before = asked.before ?? io.now() + DAY;
  let next: Instant | null = null;
  for (let n = 0; n < MOST_BATCHES; n++) {
    const { documents, isLast } = await batchBefore(io, before, query);
    const met = query === null ? documents : documents.filter((one) => query.matcher.find(prepareDocument(one)) !== null);
    found.push(...(await kept(io, met, asked.filter, issues)));
    next = isLast ? null : (documents.at(-1)?.publishedAt ?? null);
    if (next === null || found.length >= asked.limit) break;
    before = next;
    if (io.breathe.isTime()) await io.breathe.now();
  }
  const { rows, isCut } = cut(found, asked.limit);
  const counts = await countsOf(io, alerted);
  return done({ rows: await streamRows(io, rows), next: isCut ? (rows.at(-1)?.publishedAt ?? null) : next, counts });
}
