import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Calendar, DAY, HOUR, MINUTE } from '../model/time.ts';
import { dayOf, dueAt, hourOfDay, instantOf, isWorking, runsPastCalendar, shortTime, workBegins } from './workingTime.ts';

const SHANGHAI: Calendar = {
  zone: 'Asia/Shanghai',
  opens: 9 * 60,
  closes: 17 * 60 + 30,
  holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
  workedWeekends: ['2026-10-10'],
  validThrough: '2026-12-31',
};
const LONDON: Calendar = { ...SHANGHAI, zone: 'Europe/London', closes: 17 * 60, holidays: ['2026-05-04'], workedWeekends: [] };

/** Local wall time of a calendar as an instant. */
function at(calendar: Calendar, text: string): number {
  const [day, time] = text.split(' ') as [string, string];
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  return instantOf(day, hour * 60 + minute, calendar.zone);
}

const table: [calendar: Calendar, start: string, span: number, due: string, why: string][] = [
  [SHANGHAI, '2026-03-10 10:00', 30 * MINUTE, '2026-03-10 10:30', 'inside one day'],
  [SHANGHAI, '2026-03-10 07:50', 30 * MINUTE, '2026-03-10 09:30', 'before opening, the clock waits for the office'],
  [SHANGHAI, '2026-03-10 17:15', 30 * MINUTE, '2026-03-11 09:15', 'the rest goes on the next morning'],
  [SHANGHAI, '2026-03-10 09:00', 8.5 * HOUR, '2026-03-10 17:30', 'a deadline on closing time stays on that evening'],
  [SHANGHAI, '2026-03-13 17:00', 4 * HOUR, '2026-03-16 12:30', 'over the weekend'],
  [SHANGHAI, '2026-03-14 12:00', HOUR, '2026-03-16 10:00', 'begun on a Saturday'],
  [SHANGHAI, '2026-09-30 17:00', 2 * HOUR, '2026-10-08 10:30', 'over the national holiday'],
  [SHANGHAI, '2026-10-09 17:00', HOUR, '2026-10-10 09:30', 'a worked Saturday (调休) counts'],
  [SHANGHAI, '2026-03-10 10:20', DAY, '2026-03-11 10:20', 'one working day'],
  [SHANGHAI, '2026-03-13 16:00', 2 * DAY, '2026-03-17 16:00', 'two working days over a weekend'],
  [SHANGHAI, '2026-09-30 11:00', 5 * DAY, '2026-10-13 11:00', 'five working days over holiday and worked Saturday'],
  [SHANGHAI, '2026-03-13 20:00', 5 * DAY, '2026-03-23 09:00', 'begun after closing: counts from the next opening'],
  [SHANGHAI, '2026-03-10 17:00', DAY + HOUR, '2026-03-12 09:30', 'a day and an hour'],
  [LONDON, '2026-03-27 16:00', 2 * HOUR, '2026-03-30 10:00', 'clocks go forward in between'],
  [LONDON, '2026-10-23 16:30', HOUR, '2026-10-26 09:30', 'clocks go back in between'],
  [LONDON, '2026-03-27 12:00', DAY, '2026-03-30 12:00', 'one working day keeps the time of day over a clock change'],
  [LONDON, '2026-05-01 16:00', 2 * HOUR, '2026-05-05 10:00', 'a bank holiday'],
  [SHANGHAI, '2024-02-28 17:00', 2 * HOUR, '2024-02-29 10:30', 'a leap day is a working day'],
];
describe('dueAt', () => {
  for (const [calendar, start, span, due, why] of table) {
    test(`${start} + ${span / MINUTE} min is ${due}: ${why}`, () => {
      expect(dueAt(at(calendar, start), span, calendar)).toBe(at(calendar, due));
    });
  }
});

const calendars = fc.constantFrom(SHANGHAI, LONDON, { ...LONDON, zone: 'America/New_York', opens: 0, closes: 24 * 60 });
const starts = fc
  .integer({ min: Date.UTC(2026, 1, 20), max: Date.UTC(2026, 10, 20) })
  .map((instant) => Math.floor(instant / MINUTE) * MINUTE);
const minutes = fc.integer({ min: 0, max: 23 * 60 + 59 });

describe('laws of working time', () => {
  test('as many open minutes pass as the span says, counted minute by minute', () => {
    fc.assert(
      fc.property(calendars, starts, fc.integer({ min: 1, max: 900 }), (calendar, start, span) => {
        const due = dueAt(start, span * MINUTE, calendar);
        let open = 0;
        for (let minute = start; minute < due; minute += MINUTE) if (isWorking(minute, calendar)) open += 1;
        expect(open).toBe(span);
      }),
      { numRuns: 12 },
    );
  });
  test('a later start is never due earlier', () => {
    fc.assert(
      fc.property(calendars, starts, minutes, fc.integer({ min: 0, max: 5 }), minutes, (calendar, start, later, days, span) => {
        const length = days * DAY + span * MINUTE;
        expect(dueAt(start + later * MINUTE, length, calendar)).toBeGreaterThanOrEqual(dueAt(start, length, calendar));
      }),
      { numRuns: 300 },
    );
  });
  test('two spans one after the other are due when their sum is', () => {
    fc.assert(
      fc.property(calendars, starts, fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 700 }), (calendar, start, a, b) => {
        expect(dueAt(dueAt(start, a * MINUTE, calendar), b * MINUTE, calendar)).toBe(dueAt(start, (a + b) * MINUTE, calendar));
      }),
      { numRuns: 300 },
    );
  });
  test('work begins in working time, and not before the instant', () => {
    fc.assert(
      fc.property(calendars, starts, (calendar, start) => {
        const begins = workBegins(start, calendar);
        expect(begins).toBeGreaterThanOrEqual(start);
        expect(isWorking(begins, calendar)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
  test('milliseconds are kept', () => {
    expect(dueAt(at(SHANGHAI, '2026-03-10 10:00') + 123, DAY, SHANGHAI)).toBe(at(SHANGHAI, '2026-03-11 10:00') + 123);
  });
});

test('a clock that runs past the known calendar is told apart', () => {
  expect(runsPastCalendar(at(SHANGHAI, '2026-12-31 17:30'), SHANGHAI)).toBe(false);
  expect(runsPastCalendar(at(SHANGHAI, '2027-01-01 09:00'), SHANGHAI)).toBe(true);
});

test('local day, hour and short time are those of the zone', () => {
  const evening = Date.UTC(2026, 2, 10, 16, 30);
  expect([dayOf(evening, 'Asia/Shanghai'), hourOfDay(evening, 'Asia/Shanghai'), shortTime(evening, 'Asia/Shanghai')]).toEqual([
    '2026-03-11',
    0.5,
    '03-11 00:30',
  ]);
});
