import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CASE_STATES, type Case, type CaseState } from '../model/case.ts';
import { type Act, CASE_STEPS, move, openCase, takesFastTrack } from './caseFlow.ts';

const ACT: Act = { now: 1000, because: '已核实并答复', byOfficeId: 'gov', complainedOf: ['water'], leadOfficeId: 'watch' };
const fresh = (fastTrack = false): Case => openCase('HD-1', 'water', fastTrack, 'zhou', 500);

function walk(states: readonly CaseState[], fastTrack = false): Case | string {
  let kase = fresh(fastTrack);
  for (const to of states) {
    const moved = move(kase, to, ACT);
    if (!moved.ok) return moved.refusal.code;
    kase = moved.value;
  }
  return kase;
}

const table: [path: CaseState[], fastTrack: boolean, ends: CaseState | string, why: string][] = [
  [['verifying', 'answering', 'signed', 'published', 'closed'], false, 'closed', 'the ordinary way'],
  [
    ['answering', 'signed', 'published', 'answering', 'signed', 'published', 'closed'],
    true,
    'closed',
    'the fast track: a holding statement first',
  ],
  [['answering'], false, 'answer.wrongStep', 'the short way only on the fast track'],
  [['verifying', 'published'], false, 'answer.wrongStep', 'nothing is published unsigned'],
  [['verifying', 'answering', 'published'], false, 'answer.wrongStep', 'not even when drafted'],
  [['verifying', 'answering', 'signed', 'answering'], false, 'answering', 'a signature can be taken back before publishing'],
  [['verifying', 'answering', 'signed', 'closed'], false, 'answer.wrongStep', 'a signed answer is published, not buried'],
  [['closed', 'verifying'], false, 'answer.alreadyClosed', 'closed is closed'],
  [['closed', 'reopened', 'verifying', 'closed'], false, 'closed', 'but can be reopened'],
  [['verifying', 'verifying'], false, 'answer.wrongStep', 'a step is taken once'],
];
describe('move', () => {
  for (const [path, fastTrack, ends, why] of table) {
    test(`${path.join(' > ')}: ${why}`, () => {
      const end = walk(path, fastTrack);
      expect(typeof end === 'string' ? end : end.state).toBe(ends);
    });
  }
  test('closing and reopening need a reason', () => {
    const silent = { ...ACT, because: '  ' };
    expect(move(fresh(), 'closed', silent)).toMatchObject({ refusal: { code: 'answer.reasonMissing' } });
    expect(move(walk(['closed']) as Case, 'reopened', silent)).toMatchObject({ refusal: { code: 'answer.reasonMissing' } });
  });
  test('nobody closes a case about their own office', () => {
    expect(move(fresh(), 'closed', { ...ACT, byOfficeId: 'water' })).toMatchObject({ refusal: { code: 'answer.ownOffice' } });
  });
  test('a reopened case goes to another lead', () => {
    expect(walk(['closed', 'reopened'])).toMatchObject({ leadOfficeId: 'watch', closedAt: null, closedBecause: '' });
    const { leadOfficeId: _, ...nobody } = ACT;
    expect(move(walk(['closed']) as Case, 'reopened', nobody)).toMatchObject({ refusal: { code: 'answer.fieldMissing' } });
  });
  test('the first word keeps its time', () => {
    const once = walk(['answering', 'signed', 'published'], true) as Case;
    expect(once.firstWordAt).toBe(1000);
    const back = move(once, 'answering', { ...ACT, now: 2000 });
    const signed = back.ok ? move(back.value, 'signed', { ...ACT, now: 2000 }) : back;
    const twice = signed.ok ? move(signed.value, 'published', { ...ACT, now: 2000 }) : signed;
    expect(twice.ok && twice.value.firstWordAt).toBe(1000);
  });
});

describe('laws of the case', () => {
  test('from every state a path ends in closed', () => {
    for (const start of CASE_STATES) {
      const seen = new Set<CaseState>([start]);
      for (const state of seen) for (const next of CASE_STEPS[state]) seen.add(next);
      expect(seen.has('closed')).toBe(true);
    }
  });
  test('whatever is tried, published comes right after signed, and a refused step changes nothing', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(fc.constantFrom(...CASE_STATES), { maxLength: 40 }), (fastTrack, tries) => {
        let kase = fresh(fastTrack);
        for (const to of tries) {
          const moved = move(kase, to, ACT);
          if (!moved.ok) continue;
          if (to === 'published') expect(kase.state).toBe('signed');
          expect(moved.value.state).toBe(to);
          kase = moved.value;
        }
        expect(kase.firstWordAt !== null).toBe(kase.state === 'published' || kase.firstWordAt !== null);
      }),
      { numRuns: 500 },
    );
  });
});

test('harm, orange and red take the fast track', () => {
  expect([takesFastTrack('yellow', 0), takesFastTrack('yellow', 0.1), takesFastTrack('orange', 0), takesFastTrack('red', 0)]).toEqual([
    false,
    true,
    true,
    true,
  ]);
});
