/**
 * Places documents in issues, one at a time, in the order they come. The same documents in the same order give the same
 * issues. A document stands in one issue at a time; placing it twice changes nothing.
 */
import type { Document } from '../model/document.ts';
import type { Issue, IssueId, Mention, Merge } from '../model/issue.ts';
import { DAY, type Instant } from '../model/time.ts';
import { type Choice, choose } from './choose.ts';
import { countFlow } from './evidence.ts';
import { countTerms, type DocumentVectors, documentTerms, documentVectors, forgetDays } from './documentVector.ts';
import { issueRow, openIssue, putMember, shownScore } from './join.ts';
import { mergePass } from './mergePass.ts';
import { type JudgeState, type LiveIssue, type Member, type PlaceContext, type Placement, threadOf } from './state.ts';
import { namesIn } from './places.ts';
import { factsOf, voiceOf } from './tally.ts';
import { tend } from './tend.ts';
import { headlineOf, headlineWorth, retitle } from './title.ts';

/** `HD-2026-0031`: wide enough for a county's year, and growing when it is not. */
export function standardIssueId(year: number, n: number): IssueId {
  return `HD-${year}-${String(n).padStart(4, '0')}`;
}

export function place(state: JudgeState, document: Document, context: PlaceContext): Placement {
  const known = placedBefore(state, document, context.now);
  if (known !== null) return known;
  const seq = ++state.nPlaced;
  const names = namesIn(document, context.names ?? []);
  const vectors = readVectors(state, document, context, names);
  const { choice, earlier } = choose(state, document, vectors, names, context);
  const live = choice?.live ?? openFor(state, document, context, earlier);
  const mention = mentionOf(live, document, choice, context, seq);
  enter(state, live, document, { vectors, mention, seq, context, names });
  return finish(state, live, mention, choice === null, context.now);
}

/** The issue of the thread a text answers in, when that issue is still open: such a text belongs here even if no topic matches it. */
export function threadIssue(state: JudgeState, document: Pick<Document, 'sourceId' | 'thread' | 'key'>): Issue | null {
  const opener = document.thread === null ? undefined : state.threads.get(threadOf(document));
  const id = opener === undefined ? undefined : state.issueOf.get(opener);
  return (id === undefined ? undefined : state.live.get(id)?.issue) ?? null;
}

/** Takes over what people or other rooms decided about an issue: state, title, colour, offices, revision. */
export function adopt(state: JudgeState, issue: Issue): void {
  const live = state.live.get(issue.id) ?? state.closed.get(issue.id);
  if (live === undefined) return;
  if (issue.title !== live.issue.title) live.isTitled = true;
  const { title, titleFrom, state: way, assessmentId, level, total, nature, complainedOf, earlierIssueId, rev } = issue;
  live.issue = { ...live.issue, title, titleFrom, state: way, assessmentId, level, total, nature, complainedOf, earlierIssueId, rev };
}

function placedBefore(state: JudgeState, document: Document, now: Instant): Placement | null {
  const id = state.issueOf.get(document.id);
  const live = id === undefined ? undefined : state.live.get(id);
  const member = live?.members.get(document.id);
  if (live === undefined || member === undefined) return null;
  return {
    issue: issueRow(state, live, now),
    mention: member.mention,
    facts: factsOf(live.tally),
    opened: false,
    issues: [],
    mentions: [],
    merges: [],
  };
}

export function readVectors(
  state: JudgeState,
  document: Document,
  context: Pick<PlaceContext, 'pack' | 'now'>,
  names: ReadonlySet<string>,
): DocumentVectors {
  const terms = documentTerms(document, context.pack, names);
  const day = Math.floor(context.now / DAY);
  forgetDays(state.terms, day - state.settings.termDays, state.settings.termDocuments);
  // A copy says nothing new about which words are common.
  if (document.copyOf === null && document.previousId === null) countTerms(state.terms, terms, day);
  return documentVectors(terms, state.terms);
}

export function nextId(state: JudgeState, context: Pick<PlaceContext, 'now' | 'issueId'>): IssueId {
  const year = new Date(context.now).getUTCFullYear();
  if (state.numbering.year !== year) state.numbering = { year, last: 0 };
  state.numbering.last++;
  return (context.issueId ?? standardIssueId)(year, state.numbering.last);
}

function openFor(state: JudgeState, document: Document, context: PlaceContext, earlier: LiveIssue | null): LiveIssue {
  const live = openIssue(state, nextId(state, context), document, headlineOf(document), context.now);
  if (earlier !== null) {
    live.issue = { ...live.issue, earlierIssueId: earlier.id };
    if (state.live.has(earlier.id)) earlier.followUp = live.id;
  }
  return live;
}

function mentionOf(
  live: LiveIssue,
  document: Document,
  choice: Choice | null,
  { now, topicIds }: Pick<PlaceContext, 'now' | 'topicIds'>,
  seq: number,
): Mention {
  const opened = { zh: '没有相近的事件，由此新建', en: 'No issue was near: it opened this one' };
  return {
    id: document.id,
    issueId: live.id,
    at: now,
    score: shownScore(choice?.score ?? 0),
    sharedTerms: choice?.sharedTerms ?? [],
    because: choice?.because ?? opened,
    eventId: choice?.eventId ?? live.id,
    isCopy: choice?.isCopy ?? false,
    pinned: false,
    sourceId: document.sourceId,
    seq,
    topicIds,
  };
}

export interface Entering {
  readonly vectors: DocumentVectors;
  readonly mention: Mention;
  readonly seq: number;
  readonly context: Pick<PlaceContext, 'now' | 'source' | 'topicIds'>;
  readonly names: ReadonlySet<string>;
}

/** Puts a document with a decided place into its issue. */
export function enter(state: JudgeState, live: LiveIssue, document: Document, entering: Entering): Member {
  const { mention, context } = entering;
  const headline = headlineOf(document);
  const member: Member = {
    mention,
    vectors: entering.vectors,
    voice: voiceOf(document, context.source, mention.isCopy, context.topicIds),
    seq: entering.seq,
    topicIds: context.topicIds,
    headline,
    headlineWorth: headlineWorth(document, headline),
    thread: threadOf(document),
  };
  if (context.topicIds.some((id) => !live.issue.topicIds.includes(id))) {
    live.issue = { ...live.issue, topicIds: [...new Set([...live.issue.topicIds, ...context.topicIds])] };
  }
  for (const name of entering.names) live.names.add(name);
  if (!mention.isCopy) countFlow(state, member.voice);
  putMember(state, live, member, context.now);
  if (!mention.isCopy) retitle(live);
  return member;
}

/** After a placement: the merge pass when it is due, and all rows that changed. */
function finish(state: JudgeState, live: LiveIssue, mention: Mention, opened: boolean, now: Instant): Placement {
  const issues = new Map<IssueId, Issue>();
  const mentions = new Map<string, Mention>([[mention.id, mention]]);
  let merges: readonly Merge[] = [];
  const isWhole = state.nPlaced % state.settings.mergeEvery === 0;
  if (isWhole || state.nPlaced % state.settings.askEvery === 0) {
    const pass = mergePass(state, now, !isWhole);
    for (const issue of pass.issues) issues.set(issue.id, issue);
    for (const moved of pass.mentions) mentions.set(moved.id, moved);
    for (const grown of pass.grown) if (state.live.has(grown.id)) issues.set(grown.id, issueRow(state, grown, now));
    merges = pass.merges;
    if (isWhole) for (const row of tend(state, now)) issues.set(row.id, row);
  }
  const home = state.live.get(state.issueOf.get(mention.id) ?? live.id) ?? live;
  const issue = issueRow(state, home, now);
  issues.set(issue.id, issue);
  return {
    issue,
    mention: mentions.get(mention.id) ?? mention,
    facts: factsOf(home.tally),
    opened,
    issues: [...issues.values()],
    mentions: [...mentions.values()],
    merges,
  };
}
