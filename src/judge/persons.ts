/** What a person decides about issues: these are one, these are two, this text belongs here, take that back. The machine never undoes it. */
import type { Document, DocumentId } from '../model/document.ts';
import type { Issue, IssueId, Mention, Merge } from '../model/issue.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Instant } from '../model/time.ts';
import { namesIn } from './places.ts';
import { enter, nextId, readVectors } from './cluster.ts';
import { issueRow, joinIssues, mergeId, openIssue, putMember, recount, takeMember } from './join.ts';
import { type Changes, type JudgeState, type LiveIssue, type Member, pairKey, type PlaceContext } from './state.ts';
import { factsOf, type IssueFacts } from './tally.ts';
import { headlineOf, retitle } from './title.ts';

/** Who decided, why, and when. */
export interface Act {
  readonly by: string;
  readonly because: string;
  readonly now: Instant;
}

export interface Decided extends Changes {
  readonly issue: Issue;
  readonly facts: IssueFacts;
}

function decided(
  state: JudgeState,
  live: LiveIssue,
  act: Act,
  others: readonly LiveIssue[],
  mentions: readonly Mention[],
  merges: readonly Merge[],
  gone: readonly Issue[] = [],
): Decided {
  const issue = issueRow(state, live, act.now);
  return {
    issue,
    facts: factsOf(live.tally),
    issues: [issue, ...others.map((other) => issueRow(state, other, act.now)), ...gone],
    mentions,
    merges,
  };
}

/** "These are one": all of `from` goes into `into`. */
export function mergeByPerson(state: JudgeState, fromId: IssueId, intoId: IssueId, act: Act): Outcome<Decided> {
  const from = state.live.get(fromId);
  const into = state.live.get(intoId);
  if (from === undefined || into === undefined || from === into)
    return refuse('judge.issueGone', { issue: from === undefined ? fromId : intoId });
  state.apart.delete(pairKey(fromId, intoId));
  const joined = joinIssues(state, into, from, { at: act.now, score: 1, sharedTerms: [], by: act.by, because: act.because });
  into.held = true;
  return done(decided(state, into, act, [], joined.mentions, [joined.merge], [joined.gone]));
}

function move(state: JudgeState, from: LiveIssue, into: LiveIssue, member: Member, act: Act, eventId: string, pinned: boolean): Mention {
  takeMember(state, from, member);
  member.mention = {
    ...member.mention,
    issueId: into.id,
    eventId,
    pinned,
    because: { zh: `由工作人员放在这里：${act.because}`, en: `Put here by a member of staff: ${act.because}` },
  };
  putMember(state, into, member, act.now);
  return member.mention;
}

function splitRow(
  state: JudgeState,
  kind: 'split' | 'undo',
  from: IssueId,
  into: IssueId,
  documentIds: readonly DocumentId[],
  act: Act,
): Merge {
  return {
    id: mergeId(state, kind, from, into),
    kind,
    from,
    into,
    at: act.now,
    score: 0,
    sharedTerms: [],
    by: act.by,
    because: act.because,
    documentIds,
    seq: state.nPlaced,
  };
}

/** After texts were moved: counts, and the two are kept apart from now on. */
function part(state: JudgeState, from: LiveIssue, into: LiveIssue): void {
  recount(from, [from]);
  recount(into, [into]);
  from.held = true;
  into.held = true;
  state.apart.add(pairKey(from.id, into.id));
}

/** "These are two": the named documents become an issue of their own. Some must stay. */
export function splitByPerson(
  state: JudgeState,
  issueId: IssueId,
  documentIds: readonly DocumentId[],
  act: Act & Pick<PlaceContext, 'issueId'>,
): Outcome<Decided> {
  const from = state.live.get(issueId);
  const members = documentIds.map((id) => from?.members.get(id)).filter((member) => member !== undefined);
  const first = members[0];
  if (from === undefined || first === undefined || members.length >= from.members.size)
    return refuse('judge.issueGone', { issue: issueId });
  const about = { id: first.mention.id, language: from.issue.language, publishedAt: first.voice.at, seenAt: first.voice.seenAt };
  const into = openIssue(state, nextId(state, act), about, first.headline, act.now);
  into.issue = {
    ...into.issue,
    earlierIssueId: from.issue.earlierIssueId,
    topicIds: [...new Set(members.flatMap((member) => member.topicIds))],
  };
  const mentions = members.map((member) => move(state, from, into, member, act, into.id, true));
  part(state, from, into);
  retitle(into, true);
  return done(
    decided(state, into, act, [from], mentions, [
      splitRow(
        state,
        'split',
        from.id,
        into.id,
        mentions.map((mention) => mention.id),
        act,
      ),
    ]),
  );
}

/** "This text belongs there", or opens an issue of its own when `issueId` is null. Works for texts no topic matched, too. */
export function attachByPerson(
  state: JudgeState,
  document: Document,
  issueId: IssueId | null,
  act: Act,
  context: PlaceContext,
): Outcome<Decided> {
  const into =
    issueId === null ? openIssue(state, nextId(state, context), document, headlineOf(document), act.now) : state.live.get(issueId);
  if (into === undefined) return refuse('judge.issueGone', { issue: issueId ?? '' });
  const home = state.live.get(state.issueOf.get(document.id) ?? '');
  const member = home?.members.get(document.id);
  into.held = true;
  if (home === into && member !== undefined) {
    member.mention = { ...member.mention, pinned: true };
    return done(decided(state, into, act, [], [member.mention], []));
  }
  if (home === undefined || member === undefined) {
    const mention = newMention(into, document, act, ++state.nPlaced, context.topicIds);
    const names = namesIn(document, context.names ?? []);
    enter(state, into, document, {
      vectors: readVectors(state, document, context, names),
      mention,
      seq: state.nPlaced,
      context,
      names,
    });
    return done(decided(state, into, act, [], [mention], []));
  }
  const mention = move(state, home, into, member, act, into.id, true);
  recount(into, [into]);
  if (home.members.size > 0) {
    recount(home, [home]);
    return done(decided(state, into, act, [home], [mention], []));
  }
  const emptied = joinIssues(state, into, home, { at: act.now, score: 1, sharedTerms: [], by: act.by, because: act.because });
  return done(decided(state, into, act, [], [mention], [emptied.merge], [emptied.gone]));
}

function newMention(into: LiveIssue, document: Document, act: Act, seq: number, topicIds: readonly string[]): Mention {
  return {
    id: document.id,
    issueId: into.id,
    at: act.now,
    score: 1,
    sharedTerms: [],
    because: { zh: `由工作人员放在这里：${act.because}`, en: `Put here by a member of staff: ${act.because}` },
    eventId: into.id,
    isCopy: document.copyOf !== null && into.members.has(document.copyOf),
    pinned: true,
    sourceId: document.sourceId,
    seq,
    topicIds,
  };
}

/** Takes a merge or a split back. For a merge, `gone` is the row of the issue that was merged away. */
export function undoByPerson(state: JudgeState, merge: Merge, gone: Issue | null, act: Act): Outcome<Decided> {
  if (merge.kind === 'split') return mergeByPerson(state, merge.into, merge.from, act);
  const from = state.live.get(merge.into);
  const members = merge.documentIds.map((id) => from?.members.get(id)).filter((member) => member !== undefined);
  const first = members[0];
  if (
    from === undefined ||
    first === undefined ||
    gone === null ||
    merge.kind !== 'merge' ||
    state.live.has(merge.from) ||
    members.length >= from.members.size
  ) {
    return refuse('judge.issueGone', { issue: merge.from });
  }
  const about = { id: gone.titleFrom, language: gone.language, publishedAt: gone.firstPublishedAt, seenAt: gone.firstSeenAt };
  const revived = openIssue(state, gone.id, about, gone.title, gone.openedAt);
  revived.issue = { ...gone, state: 'detected', mergedInto: null };
  const mentions = members.map((member) => move(state, from, revived, member, act, member.mention.eventId, member.mention.pinned));
  part(state, from, revived);
  return done(
    decided(state, revived, act, [from], mentions, [
      splitRow(
        state,
        'undo',
        from.id,
        revived.id,
        mentions.map((mention) => mention.id),
        act,
      ),
    ]),
  );
}
