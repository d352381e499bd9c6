import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Alert, Notice } from '../model/alert.ts';
import type { Assessment, Level } from '../model/assessment.ts';
import type { Issue } from '../model/issue.ts';
import type { Channel, Office } from '../model/office.ts';
import { HOUR, MINUTE } from '../model/time.ts';
import { evaluate } from './evaluate.ts';
import { type Call, digest, leavesAt, type NoticeSay, notices, overLimit, repeatsAt, shortTitle } from './notice.ts';
import { planOf } from './plan.ts';
import harmNamed from './rules/harmNamed.ts';
import levelReached from './rules/levelReached.ts';

const ZONE = 'Asia/Shanghai';
const NOW = Date.UTC(2026, 2, 10, 3, 40);
const issue = {
  id: 'HD-2026-0031',
  title: '城东片区自来水异味',
  nMentions: 137,
  nUnique: 61,
  nVoices: 40,
  bySource: { a: 1, b: 2 },
} as unknown as Issue;

function assessed(level: Level, harm = 0): Assessment {
  const because = { zh: '东门多人说水黄。', en: 'Many near East Gate say the water is yellow.' };
  const factor = {
    name: 'harm',
    score: harm,
    weight: 25,
    because: { zh: '提到儿童、医院。', en: 'Children and hospital are named.' },
    evidence: [],
  } as const;
  return {
    id: 'a',
    issueId: issue.id,
    at: NOW,
    factors: [factor],
    total: 50,
    computed: level,
    level,
    nature: 'health',
    overrideId: null,
    because,
    wouldChange: [],
  };
}

const rises: [before: Level | null, after: Level, fires: boolean, why: string][] = [
  [null, 'none', false, 'no colour'],
  [null, 'blue', false, 'blue never alerts: it stands in the bulletin'],
  ['none', 'blue', false, 'nor when it rises to it'],
  [null, 'yellow', true, 'yellow at once'],
  ['blue', 'yellow', true, 'blue to yellow'],
  ['yellow', 'yellow', false, 'the same again'],
  ['yellow', 'orange', true, 'higher'],
  ['red', 'orange', false, 'lower'],
  ['none', 'red', true, 'a jump'],
];
describe('levelReached', () => {
  for (const [before, after, fires, why] of rises) {
    test(`${before} to ${after} ${fires ? 'fires' : 'is silent'}: ${why}`, () => {
      expect(levelReached.fires(before === null ? null : assessed(before), assessed(after)) !== null).toBe(fires);
    });
  }
  test('says from where to where, and why', () => {
    expect(levelReached.fires(assessed('blue'), assessed('yellow'))?.zh).toBe('等级由蓝色升为黄色：东门多人说水黄');
  });
});

describe('harmNamed', () => {
  const changes: [was: number, is: number, fires: boolean, why: string][] = [
    [0, 0.5, true, 'grave at once'],
    [0.1, 0.6, true, 'a nuisance turned grave'],
    [0, 0.4, false, 'a nuisance, or one unsure voice'],
    [0.5, 0.9, false, 'told before'],
    [0.6, 0.4, false, 'it fell'],
  ];
  for (const [was, is, fires, why] of changes)
    test(`harm ${was} to ${is}, whatever the colour: ${why}`, () =>
      expect(harmNamed.fires(assessed('none', was), assessed('none', is)) !== null).toBe(fires));
  test('is silent without harm', () => expect(harmNamed.fires(null, assessed('red'))).toBeNull());
});

test('evaluate: ids come from the cause, so the same cause never alerts twice', () => {
  const rules = [levelReached, harmNamed];
  const first = evaluate(rules, null, assessed('orange', 0.5), issue, NOW);
  const again = evaluate(rules, null, assessed('orange', 0.5), issue, NOW + HOUR);
  expect(first.map((alert) => alert.id)).toEqual(['HD-2026-0031:levelReached:orange', 'HD-2026-0031:harmNamed:orange']);
  expect(again.map((alert) => alert.id)).toEqual(first.map((alert) => alert.id));
});

const office = (id: string): Office => ({ id, name: { zh: `${id}局`, en: id }, headId: 'head' }) as unknown as Office;
const channel = (id: string, kind: string, officeId: string | null, active = true): Channel => ({
  id,
  name: id,
  kind,
  officeId,
  settings: {},
  active,
  rev: 0,
});
const alertOf = (level: Level): Alert => ({ ...evaluate([levelReached], null, assessed('red'), issue, NOW)[0]!, id: `x:${level}`, level });
const say: NoticeSay = (key, values = {}) => `${key} ${Object.values(values).join(' ')}`;
const call: Call = { issue, step: 0, staffId: null, because: null, ackBy: NOW + 15 * MINUTE, language: 'zh', zone: ZONE };
const channels = [channel('all', 'webhook', null), channel('mail', 'email', 'water'), channel('old', 'email', 'water', false)];
const personal = new Set(['email']);

describe('notices', () => {
  const made = notices(alertOf('orange'), [office('water'), office('gov')], channels, personal, call, say, NOW);
  test('one per office and channel that serves it', () => {
    expect(made.map((one) => one.id)).toEqual(['x:orange:water:0:all', 'x:orange:water:0:mail', 'x:orange:gov:0:all']);
  });
  test('made twice they are equal', () => {
    expect(notices(alertOf('orange'), [office('water'), office('gov')], channels, personal, call, say, NOW)).toEqual(made);
  });
  test('a personal link only where the channel reaches one person', () => {
    const later = notices(alertOf('orange'), [office('water')], channels, personal, { ...call, step: 1, staffId: 'li' }, say, NOW);
    expect(later.map((one) => one.staffId)).toEqual([null, 'li']);
  });
  test('blue never pushes', () => expect(notices(alertOf('blue'), [office('water')], channels, personal, call, say, NOW)).toEqual([]));
  test('holds title, counts, why, offices and the clock in local time', () => {
    expect(made[0]?.subject).toContain('城东片区自来水异味');
    for (const part of ['东门多人说水黄', '2 137 61', 'water局、gov局', '03-10 11:55']) expect(made[0]?.text).toContain(part);
  });
  test('under five voices no count is told', () => {
    const [few] = notices(alertOf('orange'), [office('water')], channels, personal, { ...call, issue: { ...issue, nVoices: 4 } }, say, NOW);
    expect(few?.text).not.toMatch(/137|61/u);
  });
  test('a title is one line of at most 60 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) => {
        expect(Array.from(shortTitle(title)).length).toBeLessThanOrEqual(60);
        expect(shortTitle(title)).not.toMatch(/\n/u);
      }),
    );
  });
});

const at = (hour: number, minute = 0): number => Date.UTC(2026, 2, 10, hour - 8, minute);
const sent = (level: Level, createdAt: number) => ({ level, createdAt });
const leaves: [level: Level, before: { level: Level; createdAt: number }[], now: number, expected: number | null, why: string][] = [
  ['blue', [], at(10), null, 'blue never'],
  ['orange', [], at(10), at(10), 'the first notice of an issue leaves at once'],
  ['orange', [sent('yellow', at(10))], at(10, 1), at(10, 1), 'the first of a colour too'],
  ['orange', [sent('orange', at(10))], at(10, 1), at(10, 5), 'a later one waits for the group'],
  ['orange', [sent('orange', at(10))], at(10, 30), at(10, 30), 'but not longer'],
  ['yellow', [], at(21, 59), at(21, 59), 'yellow before the quiet hours'],
  ['yellow', [], at(22), at(31), 'yellow in the quiet hours waits for seven'],
  ['yellow', [], at(26), at(31), 'also after midnight'],
  ['yellow', [], at(7), at(7), 'at seven the day begins'],
  ['orange', [], at(26), at(26), 'orange rings at night'],
  ['red', [], at(26), at(26), 'red too'],
];
describe('leavesAt', () => {
  for (const [level, before, now, expected, why] of leaves)
    test(why, () => expect(leavesAt(level, planOf(level, []), before, ZONE, now)).toBe(expected));
});

test('an alert is told again until it is signed for: red 15 min, orange 1 h, yellow 4 h by day', () => {
  expect((['red', 'orange', 'yellow'] as const).map((level) => repeatsAt(alertOf(level), at(10), ZONE))).toEqual([
    at(10, 15),
    at(11),
    at(14),
  ]);
  expect(repeatsAt({ ...alertOf('red'), ackedAt: NOW }, at(10), ZONE)).toBeNull();
  expect(repeatsAt(alertOf('yellow'), at(20), ZONE)).toBe(at(31));
});

test('the seventh yellow push of a shift goes into the digest, orange always rings', () => {
  const six = Array.from({ length: 6 }, (_, n) => ({ sentAt: at(8, n) }));
  expect(overLimit('yellow', six, at(8))).toBe(true);
  expect(overLimit('yellow', six.slice(1), at(8))).toBe(false);
  expect(overLimit('yellow', six, at(8, 1))).toBe(false);
  expect(overLimit('orange', six, at(8))).toBe(false);
});

test('a digest has a line per notice, the highest colour first', () => {
  const waiting = (['yellow', 'red', 'orange'] as const).map(
    (level): Notice => ({ ...notices(alertOf(level), [office('w')], channels, personal, call, say, NOW)[0]!, subject: level }),
  );
  expect(digest(waiting, say)).toEqual({ subject: 'notice.digest 3', text: 'red\norange\nyellow' });
});
