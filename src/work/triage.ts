/** Documents of the stream, decided one by one or together: attach, new issue, not relevant, done; and taking it back. */
import type { Io } from '../io.ts';
import { JOURNAL } from '../account/journalKinds.ts';
import { adopt } from '../judge/cluster.ts';
import { attachByPerson } from '../judge/persons.ts';
import type { Undoable } from '../model/desk.ts';
import type { Document } from '../model/document.ts';
import type { Issue, IssueState, Mention, Merge } from '../model/issue.ts';
import type { NewEntry } from '../model/journal.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Change, Triage } from '../ports.ts';
import { pickPack } from '../text/pack.ts';
import { act, actOnIssues, type Deed, entry } from './act.ts';
import { issueOfOthers, UNDO_WITHIN } from './guards.ts';
import { judgeMemory } from './memory.ts';
import { issueDeed, undoBorders } from './overrule.ts';
import type { Who } from './who.ts';

export interface TriageInput {
  readonly documentIds: readonly string[];
  readonly action: 'attach' | 'newIssue' | 'notRelevant' | 'done';
  readonly issueId?: string;
  readonly reason?: string;
}

type Answer = Undoable & { readonly issueId?: string };

export function triage(io: Io, who: Who, input: TriageInput): Promise<Outcome<Answer>> {
  if (input.action === 'attach' || input.action === 'newIssue') return place(io, who, input);
  return act(io, async () => {
    const now = io.now();
    const state = input.action === 'done' ? 'done' : 'notRelevant';
    const decided: Triage[] = input.documentIds.map((id) => ({ id, state, by: who.staffId, at: now }));
    const before = (await io.store.many('triage', input.documentIds)).map((one) => ({
      id: one.id,
      state: one.state,
      by: one.by,
      at: one.at,
    }));
    const undo = {
      id: io.token(96),
      staffId: who.staffId,
      what: 'triage',
      inverse: { kind: 'triage', ids: [...input.documentIds], before },
      at: now,
      until: now + UNDO_WITHIN,
    };
    return done({
      change: { put: { triage: decided, undo: [undo] } },
      value: { undoId: undo.id, until: undo.until },
      after: () => io.tell({ kind: 'stream', id: who.staffId }),
    });
  });
}

function place(io: Io, who: Who, input: TriageInput): Promise<Outcome<Answer>> {
  return actOnIssues(io, async () => {
    if (input.action === 'attach') {
      const found = await issueOfOthers(io, who, input.issueId ?? '');
      if (!found.ok) return found;
    }
    const documents = await io.store.many('document', input.documentIds);
    if (documents.length === 0) return refuse('http.notFound');
    return attach(io, who, documents, input);
  });
}

async function attach(io: Io, who: Who, documents: readonly Document[], input: TriageInput): Promise<Outcome<Deed<Answer>>> {
  const memory = await judgeMemory(io);
  const now = io.now();
  const rows: Issue[] = [];
  const mentions: Mention[] = [];
  const merges: Merge[] = [];
  const journal: NewEntry[] = [];
  let issueId = input.action === 'attach' ? (input.issueId ?? null) : null;
  for (const document of documents) {
    const source = memory.sources.get(document.sourceId);
    if (source === undefined) continue;
    const into = issueId === null ? null : memory.state.live.get(issueId)?.issue;
    const context = {
      now,
      source,
      topicIds: into?.topicIds ?? [],
      pack: pickPack(io.packs, document.language, document.text),
      names: memory.names,
    };
    const decided = attachByPerson(memory.state, document, issueId, { by: who.staffId, because: input.reason ?? '', now }, context);
    if (!decided.ok) return decided;
    if (issueId === null) {
      const { id, firstPublishedAt, firstSeenAt } = decided.value.issue;
      journal.push(entry(io, who, JOURNAL.issueOpened, id, { firstPublishedAt, firstSeenAt }));
    }
    issueId = decided.value.issue.id;
    rows.push(...decided.value.issues);
    mentions.push(...decided.value.mentions);
    merges.push(...decided.value.merges);
  }
  if (issueId === null) return refuse('http.notFound');
  const marked: Triage[] = documents.map((document) => ({ id: document.id, state: 'attached', by: who.staffId, at: now }));
  const change: Change = { put: { mention: mentions, merge: merges, triage: marked } };
  return done(issueDeed(io, who, memory, rows, { change, journal, what: 'attach', inverse: null, issueId }));
}

interface Inverse {
  readonly kind: string;
  readonly issueId?: string;
  readonly state?: IssueState;
  readonly mergeId?: string;
  readonly ids?: readonly string[];
  readonly before?: readonly Triage[];
}

/** Takes the action back, within its time, by the person who did it. */
export function undo(io: Io, who: Who, undoId: string): Promise<Outcome<Answer>> {
  return actOnIssues(io, async () => {
    const found = await io.store.get('undo', undoId);
    if (found === undefined || found.staffId !== who.staffId || found.until < io.now()) return refuse('http.notFound');
    const inverse = found.inverse as unknown as Inverse;
    const deed = await inverseOf(io, who, inverse);
    if (!deed.ok) return deed;
    return done({ ...deed.value, change: { ...deed.value.change, remove: { undo: [undoId] } } });
  });
}

async function inverseOf(io: Io, who: Who, inverse: Inverse): Promise<Outcome<Deed<Answer>>> {
  if (inverse.kind === 'triage') {
    const before = inverse.before ?? [];
    const kept = new Set(before.map((one) => one.id));
    const removed = (inverse.ids ?? []).filter((id) => !kept.has(id));
    return done({
      change: { put: { triage: before }, remove: { triage: removed } },
      value: { undoId: null, until: null },
      after: () => io.tell({ kind: 'stream', id: who.staffId }),
    });
  }
  if (inverse.kind === 'undoMerge') return undoBorders(io, who, inverse.mergeId ?? '');
  const issue = await io.store.get('issue', inverse.issueId ?? '');
  if (issue === undefined) return refuse('judge.issueGone', { issue: inverse.issueId ?? '' });
  const memory = await judgeMemory(io);
  if (inverse.kind === 'setState') {
    const row = { ...issue, state: inverse.state ?? issue.state };
    adopt(memory.state, row);
    return done(issueDeed(io, who, memory, [row], { change: {}, journal: [], what: 'undo', inverse: null }));
  }
  const override = memory.overrides.get(issue.id);
  if (override === undefined) return refuse('http.notFound');
  memory.overrides.delete(issue.id);
  const journal = [
    entry(io, who, JOURNAL.overridden, issue.id, { from: override.level, to: 'computed', overrideId: override.id, undone: true }),
  ];
  const change: Change = { put: { override: [{ ...override, lifted: true }] } };
  return done(issueDeed(io, who, memory, [issue], { change, journal, what: 'undo', inverse: null }));
}
