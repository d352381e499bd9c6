import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Body, Duty, Office, Staff, Tier } from '../model/office.ts';
import { outsideOf } from './organisation.ts';
import { checkSetup, type RouteKit, route } from './route.ts';

function office(id: string, more: Partial<Office> = {}): Office {
  const base = {
    aliases: [],
    kind: 'office',
    tierId: 'county',
    parentId: 'gov',
    headId: null,
    deputyId: null,
    hotline: '',
    rev: 0,
  } as const;
  return { id, name: { zh: id, en: id }, ...base, ...more };
}

const TIERS: readonly Tier[] = [
  { id: 'county', name: { zh: '县', en: 'county' }, rank: 1, officeId: null },
  { id: 'city', name: { zh: '市', en: 'city' }, rank: 2, officeId: 'cityRoom' },
];
const BODY: Body = {
  id: 'body',
  name: { zh: '县', en: 'county' },
  calendar: { zone: 'Asia/Shanghai', opens: 540, closes: 1050, holidays: [], workedWeekends: [], validThrough: '2026-12-31' },
  language: 'zh',
  oversightId: 'watch',
  operatingId: 'gov',
  dutyOfficeId: 'dutyRoom',
  spokespersonIds: [],
  contact: '',
  rev: 0,
};
const OFFICES: readonly Office[] = [
  office('gov', { kind: 'operating', parentId: null, headId: 'mayor' }),
  office('dutyRoom', { headId: 'chief' }),
  office('water', { headId: 'wang', deputyId: 'li' }),
  office('waterTeam', { parentId: 'water', headId: 'zhao' }),
  office('parks', { headId: 'wang' }),
  office('health', { headId: 'xu' }),
  office('watch', { kind: 'oversight', parentId: null, headId: 'he' }),
  office('cityRoom', { kind: 'upper', tierId: 'city', parentId: null }),
];
const DUTIES: readonly Duty[] = [
  { id: 'tapWater', name: { zh: '供水', en: 'water' }, officeId: 'water' },
  { id: 'health', name: { zh: '卫生', en: 'health' }, officeId: 'health' },
  { id: 'pipes', name: { zh: '管网', en: 'pipes' }, officeId: 'waterTeam' },
];
const STAFF = [{ id: 'he', officeId: 'watch', active: true }].map((one) => one as unknown as Staff);

function kit(topicDuties: string[], complainedOf: string[], more: Partial<RouteKit> = {}): RouteKit {
  return { topicDuties, complainedOf, offices: OFFICES, duties: DUTIES, tiers: TIERS, body: BODY, ...more };
}

const table: [duties: string[], complainedOf: string[], expected: string[], why: string][] = [
  [['tapWater'], [], ['water'], 'an ordinary matter goes to the office of the duty'],
  [['tapWater', 'health'], [], ['water', 'health'], 'two duties, two offices, in order'],
  [['tapWater', 'tapWater'], [], ['water'], 'each office once'],
  [['tapWater'], ['water'], ['water', 'gov'], 'the office complained of never hears alone: the body above hears too'],
  [['pipes'], ['waterTeam'], ['waterTeam', 'water'], 'a sub-office complained of: its parent hears'],
  [['pipes'], ['water'], ['waterTeam', 'gov'], 'a sub-office of the one complained of does not count as outside'],
  [['health'], ['water'], ['health', 'gov'], 'a peer has no power over it, so the body above hears'],
  [['tapWater'], ['wang'], ['water', 'gov'], 'a person named counts as the offices this person leads'],
  [[], [], ['dutyRoom', 'watch'], 'no duty: the duty office and the overseer'],
  [['unheardOf'], [], ['dutyRoom', 'watch'], 'an unknown duty: the duty office and the overseer'],
  [['tapWater'], ['nobodyKnows'], ['water', 'watch'], 'an office nobody knows: the overseer'],
  [['tapWater'], ['gov'], ['cityRoom'], 'the operating body complained of: the next tier instead'],
  [['tapWater'], ['mayor'], ['cityRoom'], 'its head complained of: the same'],
  [['tapWater'], ['gov', 'cityRoom'], ['watch'], 'the next tier too: the overseer'],
  [['tapWater'], ['watch'], ['water', 'gov'], 'the overseer complained of: the operating body'],
  [[], ['dutyRoom'], ['gov', 'watch'], 'the duty office complained of is not the one to hear of it'],
];
describe('route', () => {
  for (const [duties, complainedOf, expected, why] of table) {
    test(`${duties} against ${complainedOf} -> ${expected}: ${why}`, () => {
      expect(route(kit(duties, complainedOf)).map((one) => one.id)).toEqual(expected);
    });
  }
  test('without a next tier the overseer hears of the operating body', () => {
    const offices = OFFICES.filter((one) => one.id !== 'cityRoom');
    expect(route(kit(['tapWater'], ['gov'], { offices })).map((one) => one.id)).toEqual(['watch']);
  });
});

/** Random organisations, accepted only when the set-up check accepts them; the generator knows nothing of the check, nor of oversight. */
const someKind = fc.constantFrom<Office['kind']>('operating', 'office', 'office', 'office', 'oversight', 'oversight', 'upper');
const anyOf = fc.nat({ max: 99 });
const maybe = fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: anyOf });
const organisations = fc
  .record({
    rows: fc.array(fc.record({ kind: someKind, parent: maybe, head: maybe, deputy: maybe, tier: fc.nat({ max: 2 }) }), {
      minLength: 2,
      maxLength: 10,
    }),
    duties: fc.array(anyOf, { maxLength: 4 }),
    body: fc.record({ oversight: anyOf, operating: anyOf, dutyOffice: anyOf }),
    works: fc.array(anyOf, { minLength: 4, maxLength: 12 }),
    tierOffice: maybe,
  })
  .map(({ rows, duties, body, works, tierOffice }) => {
    const id = (n: number | null): string => `o${(n ?? 0) % rows.length}`;
    const person = (n: number | null): string | null => (n === null ? null : `p${n % 14}`);
    const offices = rows.map(({ kind, parent, head, deputy, tier }, n) =>
      office(`o${n}`, {
        kind,
        parentId: parent === null ? null : id(parent),
        headId: person(head),
        deputyId: person(deputy),
        tierId: `t${tier}`,
      }),
    );
    return {
      offices,
      duties: duties.map((n, i): Duty => ({ id: `d${i}`, name: { zh: '', en: '' }, officeId: id(n) })),
      body: { ...BODY, oversightId: id(body.oversight), operatingId: id(body.operating), dutyOfficeId: id(body.dutyOffice) },
      tiers: [0, 1, 2].map(
        (rank): Tier => ({
          id: `t${rank}`,
          name: { zh: '', en: '' },
          rank,
          officeId: rank === 0 && tierOffice !== null ? id(tierOffice) : null,
        }),
      ),
      staff: works.map((n, i) => ({ id: `p${i}`, officeId: id(n), active: true }) as unknown as Staff),
    };
  });
const someName = fc.oneof(
  anyOf.map((n) => `o${n % 10}`),
  anyOf.map((n) => `p${n % 14}`),
  fc.constant('ghost'),
);

describe('laws of routing', () => {
  test('whatever organisation the check lets pass, somebody outside the complaint with power hears, unless all power is complained of', () => {
    let nPassed = 0;
    let nComplaints = 0;
    fc.assert(
      fc.property(organisations, fc.array(someName, { maxLength: 3 }), (made, complainedOf) => {
        if (checkSetup(made).length > 0) return;
        nPassed += 1;
        const found = route({ ...made, topicDuties: ['d0', 'd1', 'd9'], complainedOf });
        expect(found.length).toBeGreaterThan(0);
        expect(new Set(found).size).toBe(found.length);
        const outside = outsideOf(made.offices, complainedOf);
        const oversight = made.offices.find((one) => one.id === made.body.oversightId)!;
        const operating = made.offices.find((one) => one.id === made.body.operatingId)!;
        if (complainedOf.length > 0) nComplaints += 1;
        if (outside(oversight) || outside(operating)) expect(found.some(outside)).toBe(true);
        if (!outside(operating) && outside(oversight)) expect(found.every(outside)).toBe(true);
      }),
      { numRuns: 30_000 },
    );
    // The law would be empty if the check let nothing pass.
    expect(nPassed).toBeGreaterThan(300);
    expect(nComplaints).toBeGreaterThan(100);
  });
  test('an accepted set-up has an overseer whom no other office touches', () => {
    fc.assert(
      fc.property(organisations, (made) => {
        if (checkSetup(made).length > 0) return;
        const everyOther = made.offices
          .filter((one) => one.id !== made.body.oversightId && one.kind !== 'upper' && one.kind !== 'oversight')
          .map((one) => one.id);
        const oversight = made.offices.find((one) => one.id === made.body.oversightId)!;
        expect(outsideOf(made.offices, everyOther)(oversight)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });
});

const setups: [change: (setup: Parameters<typeof checkSetup>[0]) => Parameters<typeof checkSetup>[0], code: string | null, why: string][] =
  [
    [(setup) => setup, null, 'the county as it is'],
    [(setup) => ({ ...setup, offices: setup.offices.filter((one) => one.id !== 'watch') }), 'warn.noOversight', 'no overseer'],
    [(setup) => ({ ...setup, staff: [] }), 'warn.noOversight', 'an overseer without a person'],
    [(setup) => ({ ...setup, body: { ...BODY, oversightId: 'gov' } }), 'warn.noOversight', 'the operating body without its own overseer'],
    [change('watch', { parentId: 'gov' }), 'warn.oversightInside', 'under the operating body'],
    [change('watch', { headId: 'wang' }), 'warn.oversightInside', 'led by the head of another office'],
    [change('watch', { kind: 'office' }), 'warn.oversightInside', 'an ordinary office'],
    [change('water', { parentId: 'watch' }), 'warn.oversightInside', 'an office under it'],
    [change('health', { deputyId: 'he' }), 'warn.oversightInside', 'its head helps out in another office'],
    [change('water', { parentId: 'gone' }), 'warn.officeUnknown', 'a parent that is not there'],
    [change('gov', { parentId: 'water' }), 'warn.officeLoop', 'a circle'],
    [(setup) => ({ ...setup, body: { ...BODY, calendar: { ...BODY.calendar, closes: 540 } } }), 'warn.calendarWrong', 'never open'],
  ];
function change(id: string, more: Partial<Office>) {
  return (setup: Parameters<typeof checkSetup>[0]) => ({
    ...setup,
    offices: setup.offices.map((one) => (one.id === id ? { ...one, ...more } : one)),
  });
}
describe('checkSetup', () => {
  for (const [make, code, why] of setups) {
    test(`${why}: ${code ?? 'may be saved'}`, () => {
      const codes = checkSetup(make({ offices: OFFICES, duties: DUTIES, body: BODY, tiers: TIERS, staff: STAFF })).map((one) => one.code);
      if (code === null) expect(codes).toEqual([]);
      else expect(codes).toContain(code);
    });
  }
});
