/** Topics: a standing interest with a purpose, an end and tests; tried before it is saved. */
import type { Io } from '../io.ts';
import { JOURNAL } from '../account/journalKinds.ts';
import { compileQuery } from '../judge/match.ts';
import { prepareDocument } from '../judge/preparedText.ts';
import { parseQuery } from '../judge/query.ts';
import { toSearch } from '../judge/search.ts';
import type { TopicPreview } from '../model/desk.ts';
import type { Document } from '../model/document.ts';
import type { Purpose, Topic } from '../model/issue.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import { DAY } from '../model/time.ts';
import type { Words } from '../model/words.ts';
import { act, entry } from './act.ts';
import { forget } from './memory.ts';
import { streamRows } from './viewRows.ts';
import type { Who } from './who.ts';

/** a purpose ends after ninety days at most. */
const LONGEST_PURPOSE = 90 * DAY;
const PREVIEW_DAYS = 7;
const MOST_HITS = 2000;

export interface TopicInput {
  readonly id?: string;
  readonly name: Words;
  readonly query: string;
  readonly duty: string;
  readonly purpose: Purpose;
  readonly mustMatch: readonly string[];
  readonly mustNotMatch: readonly string[];
}

/** White space, and signs that nobody sees, say nothing. */
function isBlank(text: unknown): boolean {
  return typeof text !== 'string' || text.replace(/[\s\p{C}]+/gu, '') === '';
}

/** Every field of the purpose and its end; null when nothing is missing. */
function purposeRefusal(purpose: Purpose, now: number): ReturnType<typeof refuse> | null {
  const fields = ['why', 'legalBasis', 'officeId', 'askedBy', 'approvedBy', 'use'] as const;
  for (const field of fields) if (isBlank(purpose[field])) return refuse('judge.purposeMissing', { field });
  if (!(purpose.endsAt > now)) return refuse('judge.purposeMissing', { field: 'endsAt' });
  if (!(purpose.reviewAt > 0 && purpose.reviewAt <= purpose.endsAt)) return refuse('judge.purposeMissing', { field: 'reviewAt' });
  if (purpose.askedBy === purpose.approvedBy) return refuse('judge.purposeApprover');
  if (purpose.endsAt - now > LONGEST_PURPOSE) return refuse('judge.purposeTooLong');
  return null;
}

/** Who asked and who approved are two people of the staff, the office and the duty are of this body: a name typed in is nobody. */
async function unknownRefusal(io: Io, { name, duty, purpose }: TopicInput): Promise<ReturnType<typeof refuse> | null> {
  if (isBlank(name.zh) && isBlank(name.en)) return refuse('judge.purposeMissing', { field: 'name' });
  const [asker, approver, office, known] = await Promise.all([
    io.store.get('staff', purpose.askedBy),
    io.store.get('staff', purpose.approvedBy),
    io.store.get('office', purpose.officeId),
    io.store.get('duty', duty),
  ]);
  if (office === undefined) return refuse('judge.purposeMissing', { field: 'officeId' });
  if (asker === undefined) return refuse('judge.purposeMissing', { field: 'askedBy' });
  if (approver?.active !== true) return refuse('judge.purposeMissing', { field: 'approvedBy' });
  return known === undefined ? refuse('judge.purposeMissing', { field: 'duty' }) : null;
}

function asDocument(text: string): Document {
  return {
    id: 'test',
    sourceId: 'test',
    key: 'test',
    address: '',
    kind: 'article',
    title: '',
    text,
    language: 'und',
    pseudonym: null,
    publishedAt: 0,
    seenAt: 0,
    version: 1,
    previousId: null,
    thread: null,
    place: null,
    section: null,
    sure: null,
    reach: 0,
    nImages: 0,
    fingerprint: { exact: '', minhash: '', nShingles: 0 },
    copyOf: null,
    copyHow: null,
    nRedactions: 0,
    marks: [],
  };
}

/** The first stored test that the query fails; null when all hold. */
function failingTest(input: TopicInput): string | null {
  const parsed = parseQuery(input.query);
  if (parsed.error !== undefined) return null;
  const matcher = compileQuery(parsed.query);
  const matches = (text: string): boolean => matcher.find(prepareDocument(asDocument(text))) !== null;
  return input.mustMatch.find((text) => !matches(text)) ?? input.mustNotMatch.find((text) => matches(text)) ?? null;
}

export function putTopic(io: Io, who: Who, input: TopicInput): Promise<Outcome<Topic>> {
  return act(io, async () => {
    const now = io.now();
    const parsed = parseQuery(input.query);
    if (parsed.error !== undefined) {
      const refused = refuse(parsed.error.code, { at: parsed.error.at });
      await io.store.commit({ journal: [entry(io, who, JOURNAL.queryRefused, input.id ?? 'query', { code: parsed.error.code })] });
      return refused;
    }
    const missing = purposeRefusal(input.purpose, now) ?? (await unknownRefusal(io, input));
    if (missing !== null) return missing;
    const failing = failingTest(input);
    if (failing !== null) return refuse('judge.testFails', { text: failing.slice(0, 60) });
    const before = input.id === undefined ? undefined : await io.store.get('topic', input.id);
    const topic: Topic = {
      ...input,
      id: before?.id ?? input.id ?? `t${io.token(40)}`,
      startsAt: before?.startsAt ?? now,
      rev: before?.rev ?? 0,
    };
    return done({
      change: {
        put: { topic: [topic] },
        journal: [
          entry(io, who, before === undefined ? 'judge.topicAdded' : 'judge.topicChanged', topic.id, { endsAt: topic.purpose.endsAt }),
        ],
      },
      value: { ...topic, rev: topic.rev + 1 },
      after: () => forget(io, 'topics'),
    });
  });
}

function refusedPreview(error: NonNullable<ReturnType<typeof parseQuery>['error']>, hints: TopicPreview['hints']): TopicPreview {
  const { at, length, message, fix } = error;
  return { ok: false, error: { at, length, message, fix: fix ?? null }, hints, nHits: 0, daily: [], perTerm: [], sample: [] };
}

/** What the query would have found in the last seven days: counts a day and a term, and a sample of twenty. */
export async function previewTopic(io: Io, input: { readonly query: string }): Promise<TopicPreview> {
  const parsed = parseQuery(input.query);
  const hints = parsed.hints.map((hint) => ({ at: hint.at, message: hint.message }));
  if (parsed.error !== undefined) return refusedPreview(parsed.error, hints);
  const now = io.now();
  const from = now - PREVIEW_DAYS * DAY;
  const candidates = await io.store.search({ node: toSearch(parsed.query.node), from, to: now + 1, limit: MOST_HITS });
  const matcher = compileQuery(parsed.query);
  const daily = Array<number>(PREVIEW_DAYS).fill(0);
  const perTerm = new Map<string, number>();
  const hits: Document[] = [];
  for (const document of candidates) {
    if (io.breathe.isTime()) await io.breathe.now();
    const find = matcher.find(prepareDocument(document));
    if (find === null) continue;
    hits.push(document);
    const day = Math.min(PREVIEW_DAYS - 1, Math.max(0, Math.floor((document.publishedAt - from) / DAY)));
    daily[day]!++;
    for (const term of find.terms) perTerm.set(term, (perTerm.get(term) ?? 0) + 1);
  }
  const step = Math.max(1, Math.floor(hits.length / 20));
  const sample = hits.filter((_, i) => i % step === 0).slice(0, 20);
  const terms = [...perTerm].map(([term, n]) => ({ term, n })).sort((a, b) => b.n - a.n);
  return { ok: true, error: null, hints, nHits: hits.length, daily, perTerm: terms, sample: await streamRows(io, sample) };
}
