/** The day's close: the bulletin is drafted every morning at 07:30, edited, sent; what must be forgotten is forgotten. */
import { buildBulletin, type DayFacts } from '../account/bulletin.ts';
import { JOURNAL } from '../account/journalKinds.ts';
import type { Io } from '../io.ts';
import type { Bulletin } from '../model/bulletin.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../model/time.ts';
import type { Words } from '../model/words.ts';
import type { NewJob } from '../ports.ts';
import { dayOf, instantOf } from '../warn/workingTime.ts';
import { act, entry } from './act.ts';
import { type Organisation, organisationOf } from './organisation.ts';
import type { Piece } from './piece.ts';
import type { Who } from './who.ts';

const READY = 7 * 60 + 30;
/** a text that belongs to no issue is kept for thirty days. */
const LOOSE_TEXTS = 30 * DAY;
const FORGOTTEN_AT_ONCE = 500;

export function closeDayJob(zone: string, now: Instant): NewJob {
  const today = instantOf(dayOf(now, zone), READY, zone);
  const due = today > now ? today : instantOf(dayOf(now + DAY, zone), READY, zone);
  return { run: 'closeDay', key: 'closeDay', payload: null, due, lane: 'day' };
}

/** Day of the year, three digits: the number of the paper. */
function numberOf(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return `${year}-${String(Math.round((Date.UTC(year, month - 1, date) - Date.UTC(year, 0, 0)) / DAY)).padStart(3, '0')}`;
}

async function volumeOf(io: Io, from: Instant, to: Instant): Promise<DayFacts['volume']> {
  const rows = await io.store.hours(from - DAY, to);
  const first = Math.floor(from / HOUR) * HOUR;
  const hourly = Array<number>(Math.max(1, Math.ceil((to - first) / HOUR))).fill(0);
  let before = 0;
  for (const row of rows) {
    if (row.hour < first) before += row.all;
    else if (hourly[(row.hour - first) / HOUR] !== undefined) hourly[(row.hour - first) / HOUR]! += row.all;
  }
  return { now: hourly.reduce((a, b) => a + b, 0), before: before === 0 ? null : before, hourly };
}

async function factsOf(io: Io, organisation: Organisation, day: string): Promise<DayFacts> {
  const { body, offices } = organisation;
  const zone = body.calendar.zone;
  const to = Math.min(io.now(), instantOf(day, READY, zone));
  const from = to - DAY;
  const issues = await io.store.list('issue', { by: 'lastAt', from });
  const ids = issues.map((issue) => issue.id);
  const equal = { issueId: ids };
  const [topics, cases, clocks, tasks, promises, entries, states, sources, volume] = await Promise.all([
    io.store.list('topic'),
    io.store.many('case', ids),
    io.store.list('clock', { equal }),
    io.store.list('task', { equal }),
    io.store.list('promise', { by: 'dueAt', from: from - 30 * DAY, to: to + 3 * DAY }),
    io.store.journal({ from, to }),
    io.store.list('sourceState', { equal: { health: 'dark' } }),
    io.store.list('source'),
    volumeOf(io, from, to),
  ]);
  const names = new Map(sources.map((source) => [source.id, source.name]));
  const dark = states.flatMap((state): { name: Words; since: Instant }[] => {
    const name = names.get(state.id);
    return name === undefined ? [] : [{ name, since: state.readAt ?? from }];
  });
  const topicNames = Object.fromEntries(topics.map((topic) => [topic.id, topic.name]));
  return {
    day,
    number: numberOf(day),
    language: body.language,
    zone,
    from,
    to,
    volume,
    issues,
    topics: topicNames,
    cases,
    clocks,
    tasks,
    promises,
    offices,
    entries,
    dark,
  };
}

/** The bulletin of a day: as stored, or a draft made now. */
export async function bulletinOf(io: Io, day: string): Promise<Outcome<Bulletin>> {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return refuse('http.notFound');
  const stored = await io.store.get('bulletin', day);
  if (stored !== undefined) return done(stored);
  const organisation = await organisationOf(io);
  if (organisation === null) return refuse('http.setupUnfinished');
  return done(buildBulletin(await factsOf(io, organisation, day)));
}

/** Texts that belong to no issue and are past their time. */
async function forgotten(io: Io, now: Instant): Promise<readonly string[]> {
  const old = await io.store.list('document', { by: 'seenAt', to: now - LOOSE_TEXTS, order: 'up', limit: FORGOTTEN_AT_ONCE });
  const held = new Set(
    (
      await io.store.many(
        'mention',
        old.map((document) => document.id),
      )
    ).map((mention) => mention.id),
  );
  return old.filter((document) => !held.has(document.id)).map((document) => document.id);
}

export async function closeDay(io: Io): Promise<Piece> {
  const now = io.now();
  const organisation = await organisationOf(io);
  const zone = organisation?.body.calendar.zone ?? 'UTC';
  const gone = await forgotten(io, now);
  const next = gone.length === FORGOTTEN_AT_ONCE ? { ...closeDayJob(zone, now), due: now + MINUTE } : closeDayJob(zone, now);
  const day = dayOf(now, zone);
  const isKnown = organisation === null || (await io.store.get('bulletin', day)) !== undefined;
  const made = isKnown ? [] : [buildBulletin(await factsOf(io, organisation, day))];
  const journal =
    gone.length === 0 ? [] : [{ at: now, kind: 'account.forgotten', subject: day, by: 'machine', data: { nDocuments: gone.length } }];
  return {
    change: { put: { bulletin: made }, remove: { document: gone, triage: gone }, jobs: [next], journal },
    after: () => io.tell({ kind: 'bulletin', id: day }),
  };
}

/** The chosen items in their order and wording, and the overview; a hand-edited bulletin stays as edited. */
export function editBulletin(
  io: Io,
  who: Who,
  day: string,
  input: Partial<Pick<Bulletin, 'items' | 'overview'>>,
): Promise<Outcome<Bulletin>> {
  return act(io, async () => {
    const found = await bulletinOf(io, day);
    if (!found.ok) return found;
    if (found.value.state === 'sent') return refuse('answer.alreadyClosed');
    const edited: Bulletin = {
      ...found.value,
      items: input.items ?? found.value.items,
      overview: input.overview ?? found.value.overview,
      editedBy: who.staffId,
    };
    return done({
      change: { put: { bulletin: [edited] } },
      value: { ...edited, rev: edited.rev + 1 },
      after: () => io.tell({ kind: 'bulletin', id: day }),
    });
  });
}

export function sendBulletin(io: Io, who: Who, day: string): Promise<Outcome<Bulletin>> {
  return act(io, async () => {
    const found = await bulletinOf(io, day);
    if (!found.ok) return found;
    if (found.value.state === 'sent') return refuse('answer.alreadyClosed');
    const sent: Bulletin = { ...found.value, state: 'sent', sentAt: io.now() };
    return done({
      change: { put: { bulletin: [sent] }, journal: [entry(io, who, JOURNAL.bulletinSent, day)] },
      value: { ...sent, rev: sent.rev + 1 },
      after: () => io.tell({ kind: 'bulletin', id: day }),
    });
  });
}
