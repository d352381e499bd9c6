import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTime } from './relativeTime.ts';

const zone = 'Asia/Shanghai';
const now = Date.parse('2026-03-10T12:45:00+08:00');
const local = (text: string) => Date.parse(`${text}+08:00`);

const table: readonly [text: string, expected: string | null, why: string][] = [
  ['3分钟前', '2026-03-10T12:42:00', 'minutes'],
  ['发表于 3 分钟前 | 只看该作者', '2026-03-10T12:42:00', 'inside a line'],
  ['3\u00a0分钟前', '2026-03-10T12:42:00', 'a no-break space, as forums write it'],
  ['半小时前', '2026-03-10T12:15:00', 'half an hour'],
  ['半个小时前', '2026-03-10T12:15:00', 'half an hour, long form'],
  ['1小时20分钟前', '2026-03-10T11:25:00', 'two units'],
  ['1个半小时前', '2026-03-10T11:15:00', 'one and a half'],
  ['十二分钟前', '2026-03-10T12:33:00', 'Chinese numerals'],
  ['两天前', '2026-03-08T12:45:00', '两 is two'],
  ['2周前', '2026-02-24T12:45:00', 'weeks'],
  ['刚刚', '2026-03-10T12:45:00', 'just now'],
  ['昨天 12:30', '2026-03-09T12:30:00', 'yesterday with a time'],
  ['昨天12:30', '2026-03-09T12:30:00', 'without a space'],
  ['昨天', '2026-03-09T00:00:00', 'a day alone is its first instant'],
  ['前天', '2026-03-08T00:00:00', 'two days back'],
  ['前天 23:05', '2026-03-08T23:05:00', 'two days back with a time'],
  ['大前天 06:00', '2026-03-07T06:00:00', 'three days back'],
  ['今天 08:05', '2026-03-10T08:05:00', 'today'],
  ['今天 下午3:05', '2026-03-10T15:05:00', 'afternoon'],
  ['今日08时05分', '2026-03-10T08:05:00', 'hours and minutes in Chinese'],
  ['12:30', '2026-03-10T12:30:00', 'a time alone is today'],
  ['23:50', '2026-03-09T23:50:00', 'a time alone that would be in the future is yesterday'],
  ['3月10日 11:42', '2026-03-10T11:42:00', 'no year'],
  ['3月9日', '2026-03-09T00:00:00', 'no year, no time'],
  ['12月31日 23:59', '2025-12-31T23:59:00', 'no year, last year'],
  ['03-10 05:50', '2026-03-10T05:50:00', 'month and day'],
  ['03-10', '2026-03-10T00:00:00', 'month and day alone'],
  ['2026-03-10 05:50', '2026-03-10T05:50:00', 'ISO day with a time'],
  ['2026-3-10 05:50', '2026-03-10T05:50:00', 'short month'],
  ['2026/3/10 5:50:07', '2026-03-10T05:50:07', 'slashes, seconds'],
  ['2026年3月10日11时42分', '2026-03-10T11:42:00', 'all Chinese'],
  ['2026年03月10日（星期二）11:42', '2026-03-10T11:42:00', 'weekday in brackets'],
  ['26-3-10 05:50', '2026-03-10T05:50:00', 'two-digit year'],
  ['2026-03-10T05:50:00Z', '2026-03-10T13:50:00', 'UTC'],
  ['2026-03-10T05:50:00+08:00', '2026-03-10T05:50:00', 'offset'],
  ['2026-03-10T05:50:00.123-0500', '2026-03-10T18:50:00', 'offset without a colon'],
  ['Tue, 10 Mar 2026 05:50:00 GMT', '2026-03-10T13:50:00', 'RFC 822'],
  ['2 h ago', '2026-03-10T10:45:00', 'short English'],
  ['2h ago', '2026-03-10T10:45:00', 'shorter'],
  ['5 mins ago', '2026-03-10T12:40:00', 'mins'],
  ['an hour ago', '2026-03-10T11:45:00', 'an hour'],
  ['3 months ago', '2025-12-10T12:45:00', 'months are 30 days'],
  ['yesterday', '2026-03-09T00:00:00', 'yesterday'],
  ['Yesterday at 9:05 PM', '2026-03-09T21:05:00', 'with pm'],
  ['Today, 08:05', '2026-03-10T08:05:00', 'today with a comma'],
  ['just now', '2026-03-10T12:45:00', 'just now'],
  ['by Ann » Tue Mar 10, 2026 11:42 am', '2026-03-10T11:42:00', 'phpBB'],
  ['10 Mar 2026', '2026-03-10T00:00:00', 'day first'],
  ['March 9 at 11:42', '2026-03-09T11:42:00', 'no year in English'],
  ['10.03.2026, 05:50', '2026-03-10T05:50:00', 'German'],
  ['10. März 2026', '2026-03-10T00:00:00', 'German month'],
  ['Gestern, 12:30', '2026-03-09T12:30:00', 'German yesterday'],
  ['vor 3 Stunden', '2026-03-10T09:45:00', 'German ago'],
  ['3/9/2026 12:10 PM', '2026-03-09T12:10:00', 'month first because of pm'],
  ['23/02/2026', '2026-02-23T00:00:00', 'only one reading is a day'],
  ['周一 09:30', '2026-03-09T09:30:00', 'weekday with a time'],
  ['Mon 9:30', '2026-03-09T09:30:00', 'English weekday'],
  ['2026-13-45', null, 'not a day'],
  ['价格 12.5', null, 'a price'],
  ['回复 12 查看 340', null, 'counts'],
  ['版本 3.2.1', null, 'a version'],
  ['3月前', '2025-12-10T12:45:00', 'a month count'],
  ['', null, 'nothing'],
  ['以前的事', null, 'before, without a number'],
];

describe('readTime', () => {
  for (const [text, expected, why] of table)
    test(`${text || '(empty)'}: ${why}`, () => {
      const read = readTime(text, { now, zone });
      expect(read === null ? null : new Date(read.at).toISOString()).toBe(
        expected === null ? null : new Date(local(expected)).toISOString(),
      );
    });

  test('the zone of the page decides where the text names none', () => {
    const read = readTime('2026-07-01 12:00', { now: Date.parse('2026-07-02T00:00Z'), zone: 'America/New_York' });
    expect(new Date(read?.at ?? 0).toISOString()).toBe('2026-07-01T16:00:00.000Z');
  });

  test('any minute of ten years is read back as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 * 365 * 1440 }), (minutes) => {
        const at = local('2016-01-01T00:00:00') + minutes * 60_000;
        const written = new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
        expect(readTime(written, { now, zone })?.at).toBe(at);
      }),
    );
  });

  test('a relative time is never in the future', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.constantFrom('秒', '分钟', '小时', '天', '周', '个月'), (n, unit) => {
        expect(readTime(`${n}${unit}前`, { now, zone })?.at).toBeLessThanOrEqual(now);
      }),
    );
  });

  test('no text throws', () => {
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (text) => void readTime(text, { now, zone })));
  });
});
