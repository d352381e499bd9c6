/**
 * The state again, from what is stored: documents are put back in the order they were placed, into the issues they stand in,
 * with merges at their time. No decision is taken anew, so nothing can come out differently; what comes next is decided as the
 * lost state would have. Needs the documents of the last `linkable` span; older issues are only numbers.
 */
import type { Document, DocumentId } from '../model/document.ts';
import type { Issue, IssueId, Mention, Merge } from '../model/issue.ts';
import type { Source } from '../model/source.ts';
import type { Instant } from '../model/time.ts';
import type { LanguagePack } from '../text/pack.ts';
import { pickPack } from '../text/pack.ts';
import { namesIn } from './places.ts';
import { enter, readVectors } from './cluster.ts';
import { joinIssues, openIssue, putMember, recount, takeMember } from './join.ts';
import { type BridgeNames, type JudgeState, type LiveIssue, pairKey } from './state.ts';
import { tend } from './tend.ts';

export interface Stored {
  /** All issues of the running year at least, for their numbers. */
  readonly issues: readonly Issue[];
  readonly mentions: readonly Mention[];
  readonly merges: readonly Merge[];
  readonly documents: readonly Document[];
  readonly sources: readonly Pick<Source, 'id' | 'standing' | 'family' | 'audience'>[];
  readonly packs: readonly LanguagePack[];
  readonly names?: BridgeNames;
  readonly topicIdsOf?: (document: Document) => readonly string[];
  readonly now: Instant;
}

/** The number inside a placement, from the id. */
function actOf(merge: Merge): number {
  return Number(merge.id.split(':')[2] ?? 0);
}

interface Replay {
  readonly state: JudgeState;
  readonly stored: Stored;
  readonly documents: ReadonlyMap<DocumentId, Document>;
  readonly issues: ReadonlyMap<IssueId, Issue>;
  readonly sources: ReadonlyMap<string, Pick<Source, 'id' | 'standing' | 'family' | 'audience'>>;
  /** Merged issue -> the one it went into. */
  readonly homes: Map<string, IssueId>;
}

/** Fills a new state. Cost: about that of placing the documents, without looking for their issue. */
export function rebuild(state: JudgeState, stored: Stored): void {
  const replay: Replay = {
    state,
    stored,
    documents: new Map(stored.documents.map((document) => [document.id, document])),
    issues: new Map(stored.issues.map((issue) => [issue.id, issue])),
    sources: new Map(stored.sources.map((source) => [source.id, source])),
    homes: new Map(),
  };
  const mentions = [...stored.mentions].sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0) || a.at - b.at || (a.id < b.id ? -1 : 1));
  const merges = [...stored.merges].sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0) || actOf(a) - actOf(b));
  let nextMerge = 0;
  for (const [i, mention] of mentions.entries()) {
    const seq = mention.seq ?? state.nPlaced + 1;
    const nextSeq = mentions[i + 1]?.seq ?? Number.POSITIVE_INFINITY;
    state.nPlaced = Math.max(state.nPlaced, seq);
    replayMention(replay, mention);
    for (let merge = merges[nextMerge]; merge !== undefined && (merge.seq ?? 0) < nextSeq; merge = merges[++nextMerge])
      replayMerge(replay, merge);
    endPass(replay, seq, Math.min(nextSeq - 1, seq + state.settings.mergeEvery), mention.at);
  }
  state.acts = { seq: state.nPlaced, n: Math.max(0, ...merges.filter((merge) => merge.seq === state.nPlaced).map(actOf)) };
  moveStrays(replay);
  takeDecisions(replay);
  tend(state, stored.now);
}

/** Where a merge pass ran between two placements: only what it merged, and what comes after, counts as changed. */
function endPass(replay: Replay, from: number, to: number, now: Instant): void {
  const { state } = replay;
  const boundary = Math.floor(to / state.settings.mergeEvery) * state.settings.mergeEvery;
  // After the very last placement a pass ran only if it was that placement's turn.
  if (boundary < from || (boundary > from && to === from + state.settings.mergeEvery)) return;
  state.changed.clear();
  for (const merge of replay.stored.merges) if (merge.seq === boundary && state.live.has(merge.into)) state.changed.add(merge.into);
  tend(state, now);
}

function homeOf(replay: Replay, eventId: string, document: Document): LiveIssue {
  const { state, issues } = replay;
  const id = resolve(replay, eventId);
  const known = state.live.get(id);
  if (known !== undefined) return known;
  const row = issues.get(id);
  const live = openIssue(state, id, document, row?.title ?? '', row?.openedAt ?? document.seenAt);
  if (row !== undefined) live.issue = { ...live.issue, earlierIssueId: row.earlierIssueId };
  const earlier = row?.earlierIssueId == null ? undefined : state.live.get(row.earlierIssueId);
  if (earlier !== undefined) earlier.followUp = id;
  return live;
}

/** The issue that holds an event after the merges so far. */
function resolve(replay: Replay, eventId: string): IssueId {
  let id = eventId;
  for (let next = replay.homes.get(id); next !== undefined; next = replay.homes.get(id)) id = next;
  return id;
}

function replayMention(replay: Replay, mention: Mention): void {
  const document = replay.documents.get(mention.id);
  const source = document === undefined ? undefined : replay.sources.get(document.sourceId);
  if (document === undefined || source === undefined) return;
  const { state, stored } = replay;
  const pack = pickPack(stored.packs, document.language, document.text);
  const live = homeOf(replay, mention.eventId, document);
  const topicIds = mention.topicIds ?? stored.topicIdsOf?.(document) ?? replay.issues.get(mention.issueId)?.topicIds ?? [];
  const names = namesIn(document, stored.names ?? []);
  enter(state, live, document, {
    vectors: readVectors(state, document, { pack, now: mention.at }, names),
    mention: { ...mention, issueId: live.id },
    seq: mention.seq ?? state.nPlaced,
    context: { now: mention.at, source, topicIds },
    names,
  });
}

function replayMerge(replay: Replay, merge: Merge): void {
  const { state, homes } = replay;
  if (merge.kind !== 'merge') {
    homes.delete(merge.into);
    return;
  }
  const from = state.live.get(merge.from);
  const into = state.live.get(resolve(replay, merge.into));
  if (resolve(replay, merge.into) !== merge.from) homes.set(merge.from, merge.into);
  if (from !== undefined && into !== undefined && from !== into) joinIssues(state, into, from, merge);
}

/** Documents that a person moved stand where their mention says. */
function moveStrays(replay: Replay): void {
  const { state, stored } = replay;
  const touched = new Set<LiveIssue>();
  for (const mention of stored.mentions) {
    const home = state.live.get(state.issueOf.get(mention.id) ?? '');
    const member = home?.members.get(mention.id);
    const document = replay.documents.get(mention.id);
    if (home === undefined || member === undefined || document === undefined) continue;
    if (home.id === mention.issueId) {
      member.mention = mention;
      continue;
    }
    takeMember(state, home, member);
    member.mention = mention;
    const into = state.live.get(mention.issueId) ?? openIssue(state, mention.issueId, document, '', member.mention.at);
    putMember(state, into, member, member.mention.at);
    touched.add(home).add(into);
  }
  for (const live of touched) {
    if (live.members.size === 0) state.live.delete(live.id);
    else recount(live, [live]);
  }
}

/** Rows win over what was counted for all that people or other rooms decide; numbers go on where they stopped. */
function takeDecisions(replay: Replay): void {
  const { state, stored } = replay;
  for (const row of stored.issues) {
    const live = state.live.get(row.id) ?? state.closed.get(row.id);
    if (live !== undefined) {
      live.isTitled = row.title !== live.issue.title;
      live.issue = row;
      live.held ||= [...live.members.values()].some((member) => member.mention.pinned);
      if (row.burstAt !== null) live.tally.burstAt = row.burstAt;
    }
    const parts = /^HD-(\d{4})-(\d+)$/.exec(row.id);
    const [year, n] = [Number(parts?.[1] ?? 0), Number(parts?.[2] ?? 0)];
    if (year > state.numbering.year) state.numbering = { year, last: n };
    else if (year === state.numbering.year) state.numbering.last = Math.max(state.numbering.last, n);
  }
  for (const merge of [...stored.merges].sort((a, b) => a.at - b.at)) {
    if (merge.by === 'machine') continue;
    for (const id of [merge.from, merge.into]) {
      const live = state.live.get(id);
      if (live !== undefined) live.held = true;
    }
    if (merge.kind === 'merge') state.apart.delete(pairKey(merge.from, merge.into));
    else state.apart.add(pairKey(merge.from, merge.into));
  }
}
