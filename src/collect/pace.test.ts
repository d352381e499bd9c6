import { describe, expect, test } from 'vitest';
import type { Source, SourceState } from '../model/source.ts';
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../model/time.ts';
import type { ListShape } from './listShape.ts';
import { freshState, nextPoll, type Reading, stateAfter } from './pace.ts';

const NOTHING: Reading = { nNew: 0, failed: null, isRefused: false, notes: [], askedPause: 0, charset: null, language: null };
const START: Instant = Date.UTC(2026, 0, 5);

/** Numbers 0..1 that repeat: a linear congruential generator with the constants of Numerical Recipes. */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function poisson(mean: number, draw: () => number): number {
  const limit = Math.exp(-mean);
  let n = 0;
  for (let product = draw(); product > limit; product *= draw()) n++;
  return n;
}

/** A working day has its hours, a night almost nothing, a weekend half. */
const byDay = (at: Instant): number => {
  const hour = Math.floor(at / HOUR) % 24;
  const isWeekend = [0, 6].includes((Math.floor(at / DAY) + 4) % 7);
  return (hour < 6 ? 0.05 : hour < 22 ? 1.4 : 0.4) * (isWeekend ? 0.5 : 1);
};
const atSix = (at: Instant): number => (Math.floor(at / HOUR) % 24 === 6 ? 24 : 0);

interface Rhythmic {
  readonly name: string;
  /** Documents a day on the mean. */
  readonly daily: number;
  readonly shape: (at: Instant) => number;
}
const KINDS: readonly Rhythmic[] = [
  { name: 'a forum, 200 a day', daily: 200, shape: byDay },
  { name: 'a paper, 40 a day by the clock', daily: 40, shape: byDay },
  { name: 'a paper that prints 15 at six', daily: 15, shape: atSix },
  { name: 'an office, 5 a day', daily: 5, shape: byDay },
  { name: 'a small blog, one in two days', daily: 0.5, shape: () => 1 },
];

/** Reads every half hour from `from` on; `quietFrom`: nothing comes any more. */
function read(
  kind: Rhythmic,
  seed: number,
  nDays: number,
  quietFrom = Number.POSITIVE_INFINITY,
): { quietAt: Instant[]; last: SourceState } {
  const draw = chance(seed);
  let state = freshState('s');
  const quietAt: Instant[] = [];
  for (let at = START; at < START + nDays * DAY; at += HOUR / 2) {
    const nNew = at >= quietFrom ? 0 : poisson((kind.daily / 48) * kind.shape(at), draw);
    const after = stateAfter(state, { ...NOTHING, nNew }, at);
    if (after.health === 'slow' && state.health !== 'slow') quietAt.push(at);
    state = after;
  }
  return { quietAt, last: state };
}

describe('silence', () => {
  test.each(KINDS)('$name: at most one false alarm in 60 days, over five runs', (kind) => {
    const n = [1, 2, 3, 4, 5].reduce((sum, seed) => sum + read(kind, seed, 60).quietAt.length, 0);
    expect(n).toBeLessThanOrEqual(5);
  });
  const SOON: readonly [string, number][] = [
    ['a forum, 200 a day', 0.6],
    ['a paper, 40 a day by the clock', 1.5],
    ['a paper that prints 15 at six', 3.2],
    ['an office, 5 a day', 5],
  ];
  test.each(SOON)('%s that falls silent after 40 days is noticed within %f days', (name, days) => {
    const kind = KINDS.find((one) => one.name === name)!;
    const quietFrom = START + 40 * DAY;
    for (const seed of [1, 2, 3]) {
      const { quietAt, last } = read(kind, seed, 40 + days * 2, quietFrom);
      const noticed = quietAt.find((at) => at >= quietFrom) ?? Number.POSITIVE_INFINITY;
      expect(noticed - quietFrom).toBeLessThanOrEqual(days * DAY);
      expect(last.because?.en).toMatch(/^nothing new for \d+ (?:h|days), when about \d+ would be usual$/);
    }
  });
  test('a source that comes back is well again, and its silence taught nothing', () => {
    const kind = KINDS[1]!;
    const { last } = read(kind, 1, 60, START + 40 * DAY);
    const back = stateAfter(last, { ...NOTHING, nNew: 3 }, START + 60 * DAY);
    expect(back.health).toBe('ok');
    const learned = ({ rhythm }: SourceState) => rhythm as { readonly gaps: number[]; readonly hours: number[]; readonly days: number[] };
    for (const part of ['gaps', 'hours', 'days'] as const) expect(learned(back)[part]).toEqual(learned(last)[part]);
  });
  test('little known: no alarm', () => {
    let state = stateAfter(freshState('s'), { ...NOTHING, nNew: 5 }, START);
    for (let at = START; at < START + 20 * DAY; at += HOUR) state = stateAfter(state, NOTHING, at);
    expect(state.health).toBe('ok');
  });
});

describe('the look of a list', () => {
  const usual: ListShape = { nEntries: 20, nDated: 20, nWithText: 19 };
  const shown = (shape: ListShape | null, more: Partial<Reading> = {}): Reading => ({ ...NOTHING, charset: 'utf-8', ...more, shape });
  const after = (readings: readonly Reading[]): SourceState => {
    let state = freshState('s');
    const all = [...Array<Reading>(12).fill(shown(usual)), ...readings];
    all.forEach((reading, i) => {
      state = stateAfter(state, reading, START + i * HOUR);
    });
    return state;
  };
  const CASES: readonly [string, readonly Reading[], SourceState['health'], RegExp | null][] = [
    ['as ever', [shown(usual), shown({ ...usual, nEntries: 14, nDated: 14 })], 'ok', null],
    ['one odd reading', [shown({ nEntries: 0, nDated: 0, nWithText: 0 })], 'ok', null],
    ['nothing found, twice', [...Array<Reading>(2).fill(shown({ nEntries: 0, nDated: 0, nWithText: 0 }))], 'changed', /not one entry/],
    ['far fewer, twice', [...Array<Reading>(2).fill(shown({ nEntries: 3, nDated: 3, nWithText: 3 }))], 'changed', /only 3 entries/],
    ['no dates any more', [...Array<Reading>(2).fill(shown({ ...usual, nDated: 0 }))], 'changed', /date/],
    ['no text any more', [...Array<Reading>(2).fill(shown({ ...usual, nWithText: 0 }))], 'changed', /summary/],
    [
      'another charset',
      [...Array<Reading>(2).fill(shown(usual, { charset: 'gb18030' }))],
      'changed',
      /charset changed from utf-8 to gb18030/,
    ],
    ['odd, then as ever', [...Array<Reading>(2).fill(shown({ ...usual, nDated: 0 })), shown(usual)], 'ok', null],
    ['odd, then not sent again', [...Array<Reading>(2).fill(shown({ ...usual, nDated: 0 })), shown(null)], 'changed', /date/],
    ['the new look is the usual one after twenty', [...Array<Reading>(21).fill(shown({ ...usual, nDated: 0 }))], 'ok', null],
  ];
  test.each(CASES)('%s', (_name, readings, health, because) => {
    const state = after(readings);
    expect(state.health).toBe(health);
    if (because === null) expect(state.because).toBeNull();
    else expect(state.because?.en).toMatch(because);
  });
});

describe('pace', () => {
  const source = { manners: { robots: true, pollAtLeast: 15 * MINUTE, pollAtMost: DAY, pause: SECOND } } as Source;
  const next = (state: SourceState, reading: Reading): number => {
    const before = { ...state, triedAt: START - HOUR, nextAt: START };
    return nextPoll(source, before, stateAfter(before, reading, START), reading, 0.5, START) - START;
  };
  const failed = { zh: '读不到', en: 'not readable' };
  test('news halve the pause, none lengthen it, a wish of the source is kept, failures back off and never stop', () => {
    const state = freshState('s');
    expect(next(state, { ...NOTHING, nNew: 1 })).toBe(30 * MINUTE);
    expect(next(state, NOTHING)).toBe(90 * MINUTE);
    expect(next(state, { ...NOTHING, askedPause: 3 * HOUR })).toBe(3 * HOUR);
    expect(next(state, { ...NOTHING, failed })).toBe(15 * MINUTE);
    expect(next({ ...state, nFailures: 4 }, { ...NOTHING, failed })).toBe(4 * HOUR);
    expect(next({ ...state, nFailures: 90 }, { ...NOTHING, failed })).toBe(DAY);
  });
  test('dark after three usual gaps or three failures', () => {
    const state = { ...freshState('s'), readAt: START - HOUR, usualGap: 15 * MINUTE };
    expect(stateAfter(state, { ...NOTHING, failed }, START).health).toBe('dark');
    expect(stateAfter({ ...state, readAt: START - 5 * MINUTE }, { ...NOTHING, failed }, START).health).toBe('failing');
    expect(stateAfter({ ...state, readAt: START - 5 * MINUTE, nFailures: 2 }, { ...NOTHING, failed }, START).health).toBe('dark');
    expect(stateAfter(state, { ...NOTHING, failed, isRefused: true }, START).health).toBe('refused');
  });
  test('the strip has 48 half hours, newest last, and tells the unreadable ones', () => {
    let state = freshState('s');
    for (let i = 0; i < 60; i++)
      state = stateAfter(state, i === 58 ? { ...NOTHING, failed } : { ...NOTHING, nNew: 1 }, START + i * 30 * MINUTE);
    expect(state.strip).toHaveLength(48);
    expect(state.strip.slice(-3)).toEqual([1, -1, 1]);
  });
});
