/** A colour sketch as one issue: its voices are entered in order of time, whatever grouping would say, and assessed at its moment. */
import { assess } from '../../src/judge/assess.ts';
import { enter, readVectors } from '../../src/judge/cluster.ts';
import { issueRow, openIssue } from '../../src/judge/join.ts';
import { newJudgeState } from '../../src/judge/state.ts';
import { factsOf } from '../../src/judge/tally.ts';
import { headlineOf } from '../../src/judge/title.ts';
import type { Assessment } from '../../src/model/assessment.ts';
import type { Document, DocumentKind } from '../../src/model/document.ts';
import type { Mention } from '../../src/model/issue.ts';
import type { Source, Standing } from '../../src/model/source.ts';
import { HOUR, type Instant, MINUTE } from '../../src/model/time.ts';
import { ownDocument, packOf } from './ownDocument.ts';

interface SketchDocument {
  readonly source: string;
  readonly standing: 'official' | 'press' | 'community' | 'request' | 'report';
  readonly family: string | null;
  readonly readers: number | null;
  readonly kind: DocumentKind;
  readonly minutesAgo: number;
  readonly title: string;
  readonly text: string;
  readonly reach: number;
  /** Voices that say it, the shown one included, within `over` minutes. */
  readonly times: number;
  readonly over: number;
  readonly copies: number;
  readonly images: number;
}

export interface Sketch {
  readonly id: string;
  readonly language: string;
  readonly now: string;
  readonly topicKnown: boolean;
  readonly documents: readonly SketchDocument[];
  readonly answered: 'none' | 'partly' | 'full';
}

interface Voiced {
  readonly document: Document;
  readonly source: Pick<Source, 'id' | 'standing' | 'family' | 'audience'>;
}

const STANDING_OF: Readonly<Record<SketchDocument['standing'], Standing>> = {
  official: 'official',
  press: 'press',
  community: 'community',
  request: 'desk',
  report: 'field',
};

/** One of the people or outlets behind a shown text. People write in the same place, an outlet is a place of its own. */
function voiced(
  sketch: Sketch,
  shown: SketchDocument,
  id: string,
  at: Instant,
  further: { readonly copyOf: string | null } | null,
): Voiced {
  const standing = STANDING_OF[shown.standing];
  const isPerson = standing !== 'press' && standing !== 'official';
  const sourceId = further === null || isPerson ? shown.source : `${shown.source}:${id}`;
  const { kind, title, text } = shown;
  const told = further === null ? { reach: shown.reach, nImages: shown.images } : {};
  const document = ownDocument({
    id,
    at,
    language: sketch.language,
    kind,
    sourceId,
    title,
    text,
    isPerson,
    ...told,
    copyOf: further?.copyOf ?? null,
  });
  const audience = sourceId === shown.source ? (shown.readers ?? 0) : 0;
  return { document, source: { id: sourceId, standing, family: shown.family ?? sourceId, audience } };
}

/** All voices, oldest first. Copies are spread like the voices, or over the next hour where no span is told. */
function voicesOf(sketch: Sketch, shown: readonly SketchDocument[], now: Instant): Voiced[] {
  const all: Voiced[] = [];
  const firstWith = new Map<string, string>();
  for (const [i, one] of shown.entries()) {
    const at = now - one.minutesAgo * MINUTE;
    const id = `${sketch.id}-${i}`;
    const same = `${one.title}\n${one.text}`;
    const copied = firstWith.get(same);
    if (copied === undefined) firstWith.set(same, id);
    all.push(voiced(sketch, one, id, at, null));
    const first = all.at(-1);
    if (copied !== undefined && first !== undefined) all[all.length - 1] = { ...first, document: { ...first.document, copyOf: copied } };
    const span = one.over * MINUTE;
    for (let k = 1; k < one.times; k++)
      all.push(voiced(sketch, one, `${id}v${k}`, at + (k * span) / (one.times - 1), { copyOf: copied ?? null }));
    const copySpan = one.over > 0 ? span : Math.min(HOUR, now - at);
    for (let k = 1; k <= one.copies; k++)
      all.push(voiced(sketch, one, `${id}c${k}`, at + (k * copySpan) / one.copies, { copyOf: copied ?? id }));
  }
  return all.sort((a, b) => a.document.publishedAt - b.document.publishedAt);
}

function mentionOf(issueId: string, { id, sourceId, copyOf }: Document, at: Instant, seq: number, topicIds: readonly string[]): Mention {
  const because = { zh: '同一事件', en: 'the same issue' };
  const place = { issueId, eventId: issueId, isCopy: copyOf !== null, pinned: false };
  return { id, at, score: 1, sharedTerms: [], because, ...place, sourceId, seq, topicIds };
}

/**
 * Null when nothing is left to assess. `dropsOffTopic`: texts of a subject that no topic watches are dropped at the door, unless they
 * were sent to the desk or from the field, as the product does.
 */
export function assessSketch(sketch: Sketch, dropsOffTopic: boolean): Assessment | null {
  const now = Date.parse(sketch.now);
  const isWatched = (one: SketchDocument): boolean => sketch.topicKnown || one.standing === 'request' || one.standing === 'report';
  const voices = voicesOf(sketch, dropsOffTopic ? sketch.documents.filter(isWatched) : sketch.documents, now);
  const [first] = voices;
  if (first === undefined) return null;
  const state = newJudgeState();
  const live = openIssue(state, sketch.id, first.document, headlineOf(first.document), first.document.seenAt);
  const topicIds = sketch.topicKnown ? ['known'] : [];
  for (const [i, { document, source }] of voices.entries()) {
    const seq = i + 1;
    const context = { now: document.seenAt, source, topicIds, pack: packOf(document) };
    const names: ReadonlySet<string> = new Set();
    const vectors = readVectors(state, document, context, names);
    enter(state, live, document, { vectors, mention: mentionOf(live.id, document, context.now, seq, topicIds), seq, context, names });
  }
  const official = sketch.documents.filter((one) => one.standing === 'official').map((one) => now - one.minutesAgo * MINUTE);
  const answeredAt = sketch.answered === 'full' ? Math.max(...official) : null;
  return assess(issueRow(state, live, now), factsOf(live.tally), null, now, {
    answeredAt: answeredAt !== null && Number.isFinite(answeredAt) ? answeredAt : null,
  });
}
