import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../model/journal.ts';
import { HOUR, MINUTE } from '../model/time.ts';
import type { Json } from '../model/words.ts';
import { JOURNAL } from './journalKinds.ts';
import {
  figures,
  promiseFigures,
  retrospective,
  spreadOf,
  startsOf,
  timeToAck,
  timeToAlert,
  timeToAnswer,
  timeToFirstWord,
} from './retrospective.ts';

const T = Date.UTC(2026, 2, 10);
let seq = 0;
function entry(minutes: number, kind: string, data: Record<string, Json> = {}, subject = 'HD-1'): Entry {
  seq += 1;
  return { seq, at: T + minutes * MINUTE, kind, subject, by: 'machine', data, previous: '', hash: '' };
}

/** One issue from the first text to its close, in minutes; the water story in short. */
const STORY: readonly Entry[] = [
  entry(22, JOURNAL.issueOpened, { firstPublishedAt: T - 10 * MINUTE, firstSeenAt: T }),
  entry(60, JOURNAL.levelChanged, { from: 'none', to: 'blue' }),
  entry(120, JOURNAL.levelChanged, { from: 'blue', to: 'yellow' }),
  entry(121, JOURNAL.alerted, { level: 'yellow' }),
  entry(121, JOURNAL.clockStarted, { clockId: 'a', lane: 'ack', dueAt: T + 151 * MINUTE }),
  entry(121, JOURNAL.clockStarted, { clockId: 'w', lane: 'answer', part: 'firstWord', dueAt: T + 300 * MINUTE }),
  entry(121, JOURNAL.clockStarted, { clockId: 'x', lane: 'answer', part: 'full', dueAt: T + 400 * MINUTE }),
  entry(121, JOURNAL.clockStarted, { clockId: 'v', lane: 'verify', dueAt: T + 200 * MINUTE }),
  entry(125, JOURNAL.acked, { officeId: 'water' }),
  entry(125, JOURNAL.clockMet, { clockId: 'a' }),
  entry(126, JOURNAL.caseOpened, { fastTrack: true }),
  entry(200, JOURNAL.overridden, { from: 'yellow', to: 'orange' }),
  entry(240, JOURNAL.published, { version: 1, nCorrections: 2, last: false }),
  entry(240, JOURNAL.clockMet, { clockId: 'w' }),
  entry(240, JOURNAL.promised, { promiseId: 'p1', dueAt: T + 500 * MINUTE }),
  entry(240, JOURNAL.promised, { promiseId: 'p2', dueAt: T + 500 * MINUTE }),
  entry(240, JOURNAL.promised, { promiseId: 'p3', dueAt: T + 500 * MINUTE }),
  entry(450, JOURNAL.promiseKept, { promiseId: 'p1' }),
  entry(480, JOURNAL.published, { version: 2, nCorrections: 0, last: true }),
  entry(480, JOURNAL.promised, { promiseId: 'p2', dueAt: T + 900 * MINUTE }),
  entry(480, JOURNAL.clockMet, { clockId: 'x' }),
  entry(520, JOURNAL.promiseKept, { promiseId: 'p2' }),
  entry(600, JOURNAL.caseClosed, { answered: true }),
];
const NOW = T + 700 * MINUTE;

describe('times of one issue', () => {
  const table: [name: string, measured: number | null, minutes: number | null, why: string][] = [
    ['timeToAlert', timeToAlert(STORY, 'HD-1'), 121, 'from the first text seen'],
    ['timeToAck', timeToAck(STORY, 'HD-1'), 4, 'from the first alert'],
    ['timeToFirstWord', timeToFirstWord(STORY, 'HD-1'), 180, 'from when a colour was reached'],
    ['timeToAnswer', timeToAnswer(STORY, 'HD-1'), 420, 'to the first statement that announces no further one'],
    [
      'timeToAnswer',
      timeToAnswer(
        STORY.filter((one) => one.data.last !== true),
        'HD-1',
      ),
      540,
      'or to the close of an answered case',
    ],
    [
      'timeToAnswer',
      timeToAnswer([entry(1, JOURNAL.issueOpened), entry(9, JOURNAL.caseClosed, { answered: false })], 'HD-1'),
      null,
      'a case closed in silence is no answer',
    ],
    ['timeToAlert', timeToAlert(STORY, 'HD-2'), null, 'an issue nobody knows'],
  ];
  for (const [name, measured, minutes, why] of table)
    test(`${name}: ${why}`, () => expect(measured).toBe(minutes === null ? null : minutes * MINUTE));
  test('the four starts', () => {
    expect(startsOf(STORY, 'HD-1')).toEqual({ published: T - 10 * MINUTE, seen: T, judged: T + 60 * MINUTE, alerted: T + 121 * MINUTE });
  });
});

test('promises: kept, kept late although a later version moved the date, and late', () => {
  expect(promiseFigures(STORY, NOW)).toEqual({ made: 3, kept: 1, keptLate: 1, late: 1, broken: 0 });
  expect(promiseFigures(STORY, T + 500 * MINUTE)).toMatchObject({ late: 0 });
  expect(promiseFigures([...STORY, entry(650, JOURNAL.promiseBroken, { promiseId: 'p3' })], NOW)).toMatchObject({ late: 0, broken: 1 });
});

describe('figures', () => {
  const all = figures(STORY, NOW);
  test('are those of the story', () => {
    expect(all).toMatchObject({
      issues: 1,
      fastTrack: 1,
      ordinary: 0,
      statements: 2,
      corrections: 2,
      overrides: 1,
      closed: 1,
      closedUnanswered: 0,
      levels: { yellow: 1 },
    });
    expect(all.ackInTime).toEqual({ inTime: 1, late: 0, missing: 0, share: 1 });
    expect(all.answerInTime).toEqual({ inTime: 1, late: 1, missing: 0, share: 0.5 });
  });
  test('a clock nobody met is missing once its time is over, and cancelled ones do not count', () => {
    expect(retrospective(STORY, 'HD-1', NOW).clocks).toMatchObject({ inTime: 2, late: 1, missing: 1 });
    expect(retrospective([...STORY, entry(650, JOURNAL.clockCancelled, { clockId: 'v' })], 'HD-1', NOW).clocks).toMatchObject({
      missing: 0,
    });
  });
  test('replaying the journal in any order gives the same figures', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...STORY], { minLength: STORY.length }), (shuffled) => {
        expect(figures(shuffled, NOW)).toEqual(all);
        expect(retrospective(shuffled, 'HD-1', NOW)).toEqual(retrospective(STORY, 'HD-1', NOW));
      }),
      { numRuns: 50 },
    );
  });
  test('taking any entry of conduct away changes something', () => {
    const before = JSON.stringify([all, retrospective(STORY, 'HD-1', NOW)]);
    for (const one of STORY) {
      const rest = STORY.filter((other) => other !== one);
      expect(JSON.stringify([figures(rest, NOW), retrospective(rest, 'HD-1', NOW)])).not.toBe(before);
    }
  });
});

const spreads: [spans: (number | null)[], median: number | null, p90: number | null, why: string][] = [
  [[], null, null, 'nothing'],
  [[null, null], null, null, 'nothing measured'],
  [[3], 3, 3, 'one'],
  [[4, 1, 3, 2], 2.5, 4, 'an even number, unsorted'],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5.5, 9, 'ten: the ninth by nearest rank'],
];
describe('spreadOf', () => {
  for (const [spans, median, p90, why] of spreads) test(why, () => expect(spreadOf(spans)).toMatchObject({ median, p90 }));
  test('spans are milliseconds', () => expect(timeToAlert(STORY, 'HD-1')).toBe(2 * HOUR + MINUTE));
});
