import { describe, expect, test } from 'vitest';
import type { Alert, Clock } from '../model/alert.ts';
import type { Level } from '../model/assessment.ts';
import type { Body, Office, Tier } from '../model/office.ts';
import { type Calendar, DAY, HOUR, MINUTE } from '../model/time.ts';
import { clocksFor, DEFAULT_PLANS, newClocks, nextStep, planOf, stepDueAt, taskClock } from './plan.ts';

const CALENDAR: Calendar = {
  zone: 'Asia/Shanghai',
  opens: 540,
  closes: 1020,
  holidays: [],
  workedWeekends: [],
  validThrough: '2026-12-31',
};
/** A Tuesday, 10:00 in Shanghai. */
const NOW = Date.UTC(2026, 2, 10, 2);

function alertOf(level: Level): Alert {
  return {
    id: `HD-1:levelReached:${level}`,
    issueId: 'HD-1',
    rule: 'levelReached',
    level,
    at: NOW,
    because: { zh: '因', en: 'why' },
    officeIds: [],
    ackedAt: null,
  };
}
function clocksOf(level: Level): readonly Clock[] {
  return clocksFor(planOf(level, DEFAULT_PLANS), { id: 'HD-1' }, alertOf(level), ['water', 'gov'], CALENDAR, NOW);
}

/** The table of the rights document, section 3; minutes from a Tuesday, 10:00, in an office open 9 to 17. */
const table: [level: Level, due: Record<string, number>][] = [
  ['none', {}],
  ['blue', { ack: 240, verify: 1440, full: 7 * 1440 }],
  ['yellow', { ack: 30, verify: 120, upward: 240, firstWord: 1440, full: 2 * 1440 }],
  ['orange', { ack: 15, verify: 60, upward: 60, firstWord: 300, full: 1440 }],
  ['red', { ack: 5, verify: 15, upward: 30, firstWord: 60, facts: 300, full: 1440 }],
];
describe('clocksFor', () => {
  for (const [level, due] of table) {
    test(`${level}: ${Object.entries(due).map(([lane, minutes]) => `${lane} ${minutes} min`)}`, () => {
      const made = clocksOf(level);
      expect(Object.fromEntries(made.map((clock) => [clock.part ?? clock.lane, (clock.dueAt - NOW) / MINUTE]))).toEqual(due);
      expect(new Set(made.map((clock) => clock.id)).size).toBe(made.length);
      expect(made.every((clock) => clock.officeId === 'water')).toBe(true);
    });
  }
  test('upward and answer run from when the colour was reached, ack from when the alert left', () => {
    const plan = planOf('orange', DEFAULT_PLANS);
    const made = clocksFor(plan, { id: 'HD-1' }, alertOf('orange'), ['water'], CALENDAR, NOW + 10 * MINUTE, NOW);
    expect(made.find((clock) => clock.lane === 'ack')?.dueAt).toBe(NOW + 25 * MINUTE);
    expect(made.find((clock) => clock.lane === 'upward')?.dueAt).toBe(NOW + HOUR);
    expect(made.find((clock) => clock.part === 'firstWord')?.dueAt).toBe(NOW + 5 * HOUR);
  });
  test('nothing resets a clock: of the same colour a second time none is new', () => {
    const first = clocksOf('orange');
    const again = clocksFor(planOf('orange', DEFAULT_PLANS), { id: 'HD-1' }, alertOf('orange'), ['gov'], CALENDAR, NOW + DAY);
    expect(newClocks(first, again)).toEqual([]);
    expect(newClocks(first, clocksOf('red')).length).toBe(clocksOf('red').length);
  });
  test('no office, no clock', () => {
    expect(clocksFor(planOf('red', DEFAULT_PLANS), { id: 'HD-1' }, alertOf('red'), [], CALENDAR, NOW)).toEqual([]);
  });
  test('a task has its own clock', () => {
    const task = { id: 't1', issueId: 'HD-1', officeId: 'water' };
    expect(taskClock(planOf('orange', []), task, 'orange', CALENDAR, NOW)).toMatchObject({ id: 'HD-1:tasks:t1', dueAt: NOW + HOUR });
    expect(taskClock(planOf('none', []), task, 'none', CALENDAR, NOW)).toBeNull();
  });
});

const made = (id: string, more: Partial<Office>): Office => ({
  id,
  name: { zh: id, en: id },
  aliases: [],
  kind: 'office',
  tierId: 'county',
  parentId: null,
  headId: null,
  deputyId: null,
  hotline: '',
  rev: 0,
  ...more,
});
const ladder = {
  offices: [
    made('gov', { kind: 'operating' }),
    made('water', { headId: 'head', deputyId: 'deputy' }),
    made('city', { kind: 'upper', tierId: 'city' }),
    made('province', { kind: 'upper', tierId: 'province' }),
    made('watch', { kind: 'oversight' }),
  ],
  tiers: ['county', 'city', 'province'].map((id, rank): Tier => ({ id, name: { zh: id, en: id }, rank, officeId: null })),
  body: { oversightId: 'watch', operatingId: 'gov' } as unknown as Body,
};

function climb(clock: Clock, complainedOf: readonly string[], from = ladder): readonly string[] {
  const told: string[] = [];
  for (let step = 0, next = nextStep(clock, { ...from, complainedOf }); next !== null && told.length < 20; ) {
    expect(next.step).toBeGreaterThan(step);
    told.push(next.staffId ?? next.officeId);
    step = next.step;
    next = nextStep({ ...clock, step }, { ...from, complainedOf });
  }
  return told;
}
describe('nextStep', () => {
  const clock = clocksOf('red')[0]!;
  test('backup, head, the tiers above one by one, the overseer, then nobody', () => {
    expect(climb(clock, [])).toEqual(['deputy', 'head', 'city', 'province', 'watch']);
  });
  test('steps without a person are skipped', () => {
    const offices = ladder.offices.map((one) => (one.id === 'water' ? { ...one, deputyId: null } : one));
    expect(climb(clock, [], { ...ladder, offices })).toEqual(['head', 'city', 'province', 'watch']);
  });
  test('the people of an office complained of are passed over', () => {
    expect(climb(clock, ['water'])).toEqual(['city', 'province', 'watch']);
  });
  test('a tier above that is complained of is passed over', () => {
    expect(climb(clock, ['city'])).toEqual(['deputy', 'head', 'province', 'watch']);
  });
  test('a met or cancelled clock calls nobody', () => {
    expect(nextStep({ ...clock, metAt: NOW }, { ...ladder, complainedOf: [] })).toBeNull();
    expect(nextStep({ ...clock, cancelled: true }, { ...ladder, complainedOf: [] })).toBeNull();
  });
  test('each step comes one pause after the one before', () => {
    const plan = planOf('red', []);
    expect([0, 1, 2].map((step) => (stepDueAt({ ...clock, step }, plan, CALENDAR) - NOW) / MINUTE)).toEqual([5, 10, 15]);
    const answer = clocksOf('red').find((one) => one.part === 'firstWord')!;
    expect((stepDueAt({ ...answer, step: 1 }, plan, CALENDAR) - NOW) / MINUTE).toBe(120);
  });
});
