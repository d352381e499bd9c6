import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../model/time.ts';
import { learnSeason, newSeason, type Season, seasonAt } from './season.ts';

/** A Monday, so that hours of the week are easy to name. */
const MONDAY = Date.UTC(2026, 0, 5);
const A_DAY = 240;

function learned(days: number, countAt: (hour: number, day: number) => number): Season {
  const season = newSeason();
  for (let i = 0; i < days * 24; i++) learnSeason(season, MONDAY + i * HOUR, countAt(i % 24, Math.floor(i / 24)), 10, A_DAY);
  return season;
}

describe('the season', () => {
  test('without history every hour counts the same', () => expect(seasonAt(newSeason(), MONDAY, A_DAY)).toBe(1));

  test('an hour with twice the usual comes near to two, the others stay', () => {
    const season = learned(21, (hour) => (hour === 9 ? 20 : 10));
    expect(seasonAt(season, MONDAY + 21 * DAY + 9 * HOUR, A_DAY)).toBeGreaterThan(1.6);
    expect(seasonAt(season, MONDAY + 21 * DAY + 9 * HOUR, A_DAY)).toBeLessThan(2);
    expect(seasonAt(season, MONDAY + 21 * DAY + 10 * HOUR, A_DAY)).toBeCloseTo(1, 5);
  });

  const weekend = (_: number, day: number): number => (day % 7 >= 5 ? 5 : 12);
  const WEEKS: [name: string, days: number, isWeekly: boolean][] = [
    ['three weeks say nothing of the day of the week', 21, false],
    ['eight weeks do', 56, true],
  ];
  for (const [name, days, isWeekly] of WEEKS)
    test(name, () => {
      const season = learned(days, weekend);
      const [monday, sunday] = [0, 6].map((day) => seasonAt(season, MONDAY + (days + day) * DAY - (isWeekly ? 0 : 7 * DAY), A_DAY));
      expect((sunday ?? 0) < 0.85 * (monday ?? 0)).toBe(isWeekly);
    });

  test('a silent hour keeps a least factor, so that one text there is no infinity', () =>
    expect(
      seasonAt(
        learned(400, (hour) => (hour === 3 ? 0 : 10)),
        MONDAY + 400 * DAY + 3 * HOUR,
        A_DAY,
      ),
    ).toBeGreaterThanOrEqual(0.1));
});
