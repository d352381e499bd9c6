/**
 * When a source is read next, and how its reading does: adaptive pace, health in plain words, the 24-hour strip.
 * Pace: halves when something new came, grows by half when nothing did, between the source's own bounds; failures back off to a day and
 * never stop for good (REL-14); the source's own wish (max-age, ttl) is a lower bound; +-10 % jitter parts sources that began together.
 */
import type { Source, SourceState } from '../model/source.ts';
import { DAY, HOUR, type Instant, MINUTE, type Span } from '../model/time.ts';
import type { Json, Words } from '../model/words.ts';
import { freshShape, type ListShape, shapeAfter, type UsualShape } from './listShape.ts';
import { freshRhythm, type Rhythm, rhythmAfter, unusualSilence } from './rhythm.ts';

const CELL: Span = 30 * MINUTE;
const CELLS = 48;
/** A source whose rhythm is not known, or slow, is still read so often. */
const LONGEST_UNKNOWN: Span = 4 * HOUR;
/** A source is dark when it cannot be read for so many usual gaps, or this long when no gap is known. */
const DARK_GAPS = 3;
const DARK_AT_LEAST: Span = 20 * MINUTE;

export function freshState(id: string): SourceState {
  return {
    id,
    cursor: null,
    health: 'new',
    because: null,
    notes: [],
    triedAt: null,
    readAt: null,
    newAt: null,
    nextAt: null,
    nFailures: 0,
    nDocuments: 0,
    usualGap: null,
    charset: null,
    language: null,
    strip: [],
    stripAt: null,
  };
}

/** What one reading gave. `failed` null: it could be read. */
export interface Reading {
  readonly nNew: number;
  readonly failed: Words | null;
  readonly isRefused: boolean;
  readonly notes: readonly string[];
  readonly askedPause: Span;
  readonly charset: string | null;
  readonly language: string | null;
  /** What the list showed; null when it was not sent (unchanged, failed) or there is none. */
  readonly shape?: ListShape | null;
}

function stripAfter(state: SourceState, reading: Reading, now: Instant): Pick<SourceState, 'strip' | 'stripAt'> {
  const cell = Math.floor(now / CELL) * CELL;
  const passed = state.stripAt === null ? 0 : Math.min(CELLS, Math.round((cell - state.stripAt) / CELL));
  const strip = [...state.strip, ...Array<number>(passed).fill(0)].slice(-CELLS);
  if (strip.length === 0) strip.push(0);
  const last = strip[strip.length - 1]!;
  strip[strip.length - 1] = reading.failed !== null ? (last > 0 ? last : -1) : Math.max(0, last) + reading.nNew;
  return { strip, stripAt: cell };
}

function usualGapAfter(state: SourceState, reading: Reading, now: Instant): Span | null {
  if (reading.nNew === 0 || state.newAt === null) return state.usualGap;
  const gap = (now - state.newAt) / reading.nNew;
  return Math.round(state.usualGap === null ? gap : state.usualGap * 0.8 + gap * 0.2);
}

/** A length of silence, as one would say it. */
function lengthOf(span: Span): Words {
  const hours = Math.round(span / HOUR);
  return hours < 48
    ? { zh: `${hours} 小时`, en: `${hours} h` }
    : { zh: `${Math.round(hours / 24)} 天`, en: `${Math.round(hours / 24)} days` };
}

function readHealth(
  reading: Reading,
  alarm: Words | null,
  rhythm: Rhythm,
  newAt: Instant | null,
  now: Instant,
): Pick<SourceState, 'health' | 'because'> {
  if (alarm !== null) return { health: 'changed', because: alarm };
  const missed = reading.nNew > 0 ? null : unusualSilence(rhythm, newAt, now);
  if (missed === null) return { health: 'ok', because: null };
  const span = lengthOf(now - (newAt ?? now));
  const n = Math.round(missed);
  return {
    health: 'slow',
    because: { zh: `${span.zh}没有新内容，平时此间约有 ${n} 篇`, en: `nothing new for ${span.en}, when about ${n} would be usual` },
  };
}

function failedHealth(state: SourceState, reading: Reading, now: Instant): Pick<SourceState, 'health' | 'because'> {
  if (reading.isRefused) return { health: 'refused', because: reading.failed };
  const silentFor = now - (state.readAt ?? now);
  const limit = Math.max(DARK_AT_LEAST, DARK_GAPS * (state.usualGap ?? 0));
  return { health: silentFor >= limit || state.nFailures >= 2 ? 'dark' : 'failing', because: reading.failed };
}

/** The state after a reading, without `cursor` and `nextAt`. */
export function stateAfter(state: SourceState, reading: Reading, now: Instant): SourceState {
  const isRead = reading.failed === null;
  const isSkipped = state.nFailures > 0 || state.health === 'slow';
  const before = (state.rhythm as Rhythm | undefined) ?? freshRhythm(now);
  const rhythm = rhythmAfter(before, reading.nNew, state.newAt, isSkipped, now);
  const isShown = isRead && reading.shape !== undefined && reading.shape !== null;
  const usual = (state.shape as UsualShape | undefined) ?? freshShape();
  const look = isShown ? shapeAfter(usual, reading.shape ?? null, reading.charset, reading.language) : { usual, alarm: null };
  // A list that was not sent again says nothing new about its look.
  const alarm = isShown || state.health !== 'changed' ? look.alarm : state.because;
  return {
    ...state,
    ...(isRead ? readHealth(reading, alarm, rhythm, state.newAt, now) : failedHealth(state, reading, now)),
    rhythm: rhythm as unknown as Json,
    shape: look.usual as unknown as Json,
    ...stripAfter(state, reading, now),
    usualGap: usualGapAfter(state, reading, now),
    notes: reading.notes.slice(0, 20),
    triedAt: now,
    readAt: isRead ? now : state.readAt,
    newAt: reading.nNew > 0 ? now : state.newAt,
    nFailures: isRead ? 0 : state.nFailures + 1,
    nDocuments: state.nDocuments + reading.nNew,
    charset: reading.charset ?? state.charset,
    language: reading.language ?? state.language,
  };
}

/** When to read again. `jitter` is a number 0..1 that stands for chance. */
export function nextPoll(source: Source, before: SourceState, after: SourceState, reading: Reading, jitter: number, now: Instant): Instant {
  const { pollAtLeast, pollAtMost } = source.manners;
  let pause: Span;
  if (reading.failed !== null) pause = Math.min(DAY, pollAtLeast * 2 ** Math.min(10, after.nFailures - 1));
  else {
    const last = before.triedAt !== null && before.nextAt !== null ? before.nextAt - before.triedAt : pollAtLeast;
    pause = reading.nNew > 0 ? last / 2 : last * 1.5;
    // Never much longer than what is usual for this source: after a quiet night the morning must not be missed.
    const patience = after.usualGap === null ? LONGEST_UNKNOWN : Math.min(LONGEST_UNKNOWN, after.usualGap);
    pause = Math.max(pollAtLeast, Math.min(pollAtMost, patience, pause));
  }
  pause = Math.max(pause, Math.min(reading.askedPause, DAY));
  return now + Math.round(pause * (0.95 + 0.1 * jitter));
}
