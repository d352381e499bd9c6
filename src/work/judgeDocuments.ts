/**
 * Match, place and assess new documents, in the order they were admitted. Runs in the lane `judge`, which the
 * runner keeps exclusive against staff: a single writer gives the same issues for the same order.
 */
import { JOURNAL } from '../account/journalKinds.ts';
import type { Io } from '../io.ts';
import { adopt, place, threadIssue } from '../judge/cluster.ts';
import { complainedOf } from '../judge/complaint.ts';
import { matchTopics } from '../judge/match.ts';
import type { Placement } from '../judge/state.ts';
import type { Document } from '../model/document.ts';
import type { Issue, Mention, Merge } from '../model/issue.ts';
import type { NewEntry } from '../model/journal.ts';
import type { Source } from '../model/source.ts';
import type { Instant } from '../model/time.ts';
import type { Job } from '../ports.ts';
import { pickPack } from '../text/pack.ts';
import { colour, lastRows } from './colour.ts';
import { forget, type JudgeMemory, judgeMemory } from './memory.ts';
import { listOf, type Piece } from './piece.ts';

/** What one batch gave, in order. */
interface Batch {
  readonly rows: Issue[];
  readonly mentions: Map<string, Mention>;
  readonly merges: Merge[];
  readonly journal: NewEntry[];
  nOffTopic: number;
}

/** Which topics a document counts for; null: it belongs to nothing that is watched. */
function topicsOf(memory: JudgeMemory, document: Document, source: Source, now: Instant): readonly string[] | null {
  const facets = { source: [source.id, source.name.zh, source.name.en, source.family] };
  const matched = matchTopics(document, memory.topics, now, { facets }).map((match) => match.topicId);
  if (matched.length > 0) return matched;
  const thread = threadIssue(memory.state, document);
  if (thread !== null) return thread.topicIds;
  // What people send in is always about something that somebody must answer.
  return source.standing === 'desk' || source.standing === 'field' ? [] : null;
}

function complaints(memory: JudgeMemory, document: Document, issue: Issue): Issue {
  const found = complainedOf([{ id: document.id, text: `${document.title}\n${document.text}` }], memory.offices);
  const named = found.map((one) => one.officeId).filter((id) => !issue.complainedOf.includes(id));
  return named.length === 0 ? issue : { ...issue, complainedOf: [...issue.complainedOf, ...named] };
}

function judgeOne(io: Io, memory: JudgeMemory, document: Document, batch: Batch, now: Instant): void {
  const source = memory.sources.get(document.sourceId);
  if (source === undefined) return;
  const topicIds = topicsOf(memory, document, source, now);
  if (topicIds === null) {
    batch.nOffTopic++;
    return;
  }
  const placed: Placement = place(memory.state, document, {
    now,
    source,
    topicIds,
    pack: pickPack(io.packs, document.language, document.text),
    names: memory.names,
  });
  for (const mention of placed.mentions) batch.mentions.set(mention.id, mention);
  batch.merges.push(...placed.merges);
  const issue = complaints(memory, document, placed.issue);
  if (issue !== placed.issue) adopt(memory.state, issue);
  batch.rows.push(...placed.issues.map((row) => (row.id === issue.id ? issue : row)));
  if (placed.opened) {
    const { firstPublishedAt, firstSeenAt } = issue;
    batch.journal.push({ at: now, kind: JOURNAL.issueOpened, subject: issue.id, by: 'machine', data: { firstPublishedAt, firstSeenAt } });
  }
  for (const merge of placed.merges) {
    if (merge.kind === 'merge')
      batch.journal.push({
        at: now,
        kind: JOURNAL.merged,
        subject: merge.from,
        by: 'machine',
        data: { into: merge.into, score: merge.score },
      });
  }
}

export async function judgeDocuments(io: Io, job: Job): Promise<Piece> {
  const now = io.now();
  const memory = await judgeMemory(io);
  const documents = await io.store.many('document', listOf(job, 'ids'));
  const batch: Batch = { rows: [], mentions: new Map(), merges: [], journal: [], nOffTopic: 0 };
  for (const document of documents) {
    if (io.breathe.isTime()) await io.breathe.now();
    judgeOne(io, memory, document, batch, now);
  }
  return judged(io, memory, batch, now);
}

/** The piece that a batch makes; the rows are adopted with the revision that the store gives them. */
function judged(io: Io, memory: JudgeMemory, batch: Batch, now: Instant): Piece {
  const coloured = colour(memory, lastRows(batch.rows), 'machine', now);
  adoptRows(memory, coloured.issues);
  return {
    change: {
      put: { issue: coloured.issues, assessment: coloured.assessments, mention: [...batch.mentions.values()], merge: batch.merges },
      journal: [...batch.journal, ...coloured.journal],
      jobs: coloured.jobs,
    },
    lost: () => forget(io, 'judge'),
    after: () => {
      for (const issue of coloured.issues) io.tell({ kind: 'issue', id: issue.id });
    },
  };
}

/**
 * Judge runs ahead of the disk: the state takes over the rows as they will be stored (with the next revision), so that the next batch
 * need not wait. When the commit is refused the whole memory is dropped and rebuilt from the store.
 */
export function adoptRows(memory: JudgeMemory, issues: readonly Issue[]): void {
  for (const issue of issues) adopt(memory.state, { ...issue, rev: issue.rev + 1 });
}
