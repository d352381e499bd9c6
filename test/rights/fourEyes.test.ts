/** S-4EYES: no statement goes out by one person alone, whatever roles that person holds, and no verdict of false rests on one. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/model/office.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import { hashPassword } from '../../src/http/passwords.ts';
import {
  amendSigned,
  draftStatement,
  editStatement,
  reviewStatement,
  sendBackStatement,
  signStatement,
  submitStatement,
} from '../../src/work/workStatement.ts';
import { addEvidenceTo, decideClaim, openClaimOn } from '../../src/work/workClaim.ts';
import type { Who } from '../../src/work/who.ts';
import { issue } from '../http/rows.ts';
import { codeOf, openRights, type Rights } from './world.ts';

let rights: Rights;
let ISSUE = '';
let nIssues = 0;
beforeAll(async () => {
  rights = await openRights();
});
beforeEach(async () => {
  ISSUE = `HD-2026-${900 + ++nIssues}`;
  await rights.world.put({ issue: [issue(ISSUE, { language: 'zh' })] });
  for (const id of ['one', 'two', 'three']) await hold(id, ['analyst', 'dutyOfficer', 'spokesperson', 'leader']);
});
afterAll(() => rights.end());

/** A person with these roles, all of them spokespersons of the body. */
async function hold(id: string, roles: readonly Role[], officeId = 'gov'): Promise<void> {
  const { store, io } = rights;
  const before = await store.get('staff', id);
  const staff = {
    id,
    name: `人员${id}`,
    login: id,
    secret: 'x',
    roles,
    officeId,
    title: { zh: '发言人', en: 'Spokesperson' },
    email: '',
    language: 'zh' as const,
    active: true,
    rev: before?.rev ?? 0,
  };
  const body = (await store.get('body', 'body'))!;
  await io.store.commit({ put: { staff: [staff], body: [{ ...body, spokespersonIds: [...new Set([...body.spokespersonIds, id])] }] } });
}

const who = (id: string): Who => ({ staffId: id, actor: id, officeId: 'gov', roles: ['analyst', 'dutyOfficer', 'spokesperson'], name: id });

const TEXT = {
  title: '关于城东自来水的情况通报',
  language: 'zh' as const,
  empathy: '给大家带来不便，深表歉意。',
  known: '九个点位检测合格。',
  unknown: '异味来源尚未查明。',
  doing: '正在冲洗管网。',
  nextUpdateAt: null,
  nextUpdate: 'none',
  contact: '12345',
  claimIds: [],
  promises: [],
  machineDrafted: false,
};

/** A step as its letter and who takes it: `d1` drafts, `e` edits, `s` submits, `r` reviews, `b` sends back, `g` signs. */
type Step = `${'d' | 'e' | 'n' | 's' | 'r' | 'b' | 'g' | 'a'}${1 | 2 | 3}`;
const NAMES = { 1: 'one', 2: 'two', 3: 'three' } as const;

async function take(step: Step): Promise<Outcome<unknown>> {
  const { io } = rights;
  const by = who(NAMES[Number(step[1]) as 1 | 2 | 3]);
  const id = `${ISSUE}-1`;
  if (step[0] === 'd') return draftStatement(io, by, ISSUE, TEXT);
  if (step[0] === 'e') return editStatement(io, by, id, { known: '十个点位检测合格。' });
  if (step[0] === 'n') return editStatement(io, by, id, {});
  if (step[0] === 's') return submitStatement(io, by, id);
  if (step[0] === 'r') return reviewStatement(io, by, id);
  if (step[0] === 'b') return sendBackStatement(io, by, id, { why: '改' });
  if (step[0] === 'a') return amendSigned(io, by, `${id}.v1`);
  return signStatement(io, by, id, { why: '改正' });
}

async function walk(steps: string): Promise<{ readonly refused: string | null; readonly published: number }> {
  let refused: string | null = null;
  for (const step of steps.split(' ') as Step[]) {
    const outcome = await take(step);
    if (!outcome.ok) refused = outcome.refusal.code;
  }
  return { refused, published: await rights.store.count('signed', { equal: { issueId: ISSUE } }) };
}

/** Thirty ways in which one person would be enough, or two would be one. */
const ALONE: readonly [steps: string, why: string][] = [
  ['d1 s1 r1 g1', 'one person does it all'],
  ['d1 s1 g1', 'without a review'],
  ['d1 g1', 'straight from the draft'],
  ['d1 r1 g1', 'reviewed before it is handed in'],
  ['d1 r2 g2', 'reviewed by another before it is handed in'],
  ['d1 s1 r1 g2', 'the drafter reviews, another signs'],
  ['d1 s1 r2 g1', 'another reviews, the drafter signs'],
  ['d1 s2 r1 g2', 'handed in by another, reviewed by the drafter'],
  ['d1 s2 r2 g1', 'handed in and reviewed by another, signed by the drafter'],
  ['d1 s1 g2', 'another signs without a review'],
  ['d1 s2 g2', 'another hands in and signs without a review'],
  ['d1 g2', 'another signs the draft'],
  ['d1 s1 r2 e1 g2', 'edited after the review'],
  ['d1 s1 r2 e1 g1', 'edited and signed after the review'],
  ['d1 s1 r2 e2 g2', 'the reviewer edits and signs'],
  ['d1 s1 r2 e2 s2 r2 g1', 'the reviewer edits and reviews again'],
  ['d1 s1 r2 n1 g2', 'an empty edit takes the review back too'],
  ['d1 s1 r2 n2 g2', 'an empty edit by the reviewer'],
  ['d1 s1 r2 b1 g2', 'sent back after the review'],
  ['d1 s1 r2 b2 s1 g2', 'sent back and handed in again, not reviewed again'],
  ['d1 s1 b2 r2 g2', 'reviewed after it was sent back'],
  ['d1 e2 s1 r2 g1', 'the last editor reviews'],
  ['d1 e2 s2 r1 g2', 'the last editor signs'],
  ['d1 e2 s2 r2 g1', 'the last editor reviews their own edit'],
  ['d1 e2 e1 s1 r1 g2', 'the first drafter edits last and reviews'],
  ['d1 e2 e1 s1 r2 g1', 'the first drafter edits last and signs'],
  ['d1 n2 s2 r2 g1', 'an empty edit makes a drafter, who reviews'],
  ['d1 s1 r3 g1', 'three people, the drafter signs'],
  ['d1 e3 s1 r3 g2', 'three people, the last editor reviews'],
  ['d1 e3 s1 r2 g3', 'three people, the last editor signs'],
];

/** After a first version is out. */
const AMENDED: readonly [steps: string, why: string][] = [
  ['a1 g1', 'an amendment is signed by its drafter'],
  ['a1 g2', 'an amendment is signed without a review'],
  ['a1 s1 r1 g2', 'an amendment is reviewed by its drafter'],
  ['a2 s2 r1 g2', 'an amendment is signed by its drafter after a review'],
  ['g2', 'signed twice'],
  ['e1 s1 r2 g2', 'a published text is edited in place'],
];

describe('a statement needs two people (S-4EYES)', () => {
  test.each(ALONE)('%s: %s', async (steps) => {
    const { refused, published } = await walk(steps);
    expect(refused).not.toBeNull();
    expect(published).toBe(0);
  });

  test.each(AMENDED)('after publication, %s: %s', async (steps) => {
    expect((await walk('d1 s1 r2 g2')).published).toBe(1);
    const { refused, published } = await walk(steps);
    expect([refused === null, published]).toEqual([false, 1]);
  });

  test('two people are enough, so the refusals above are about the people', async () => {
    expect(await walk('d1 s1 r2 g2')).toEqual({ refused: null, published: 1 });
    expect(await walk('a2 s2 r1 g1')).toEqual({ refused: null, published: 2 });
  });

  test('a person of every role is one person', async () => {
    await hold(
      'one',
      ROLES.filter((role) => role !== 'oversight'),
    );
    expect((await walk('d1 s1 r1 g1')).published).toBe(0);
  });

  test('who is no spokesperson signs nothing, by role or by list', async () => {
    const body = (await rights.store.get('body', 'body'))!;
    await rights.io.store.commit({ put: { body: [{ ...body, spokespersonIds: ['one'] }] } });
    expect(await walk('d1 s1 r3 g2')).toEqual({ refused: 'answer.signerNotSpokesperson', published: 0 });
    await hold('two', ['analyst', 'leader']);
    expect((await take('g2')).ok).toBe(false);
    await rights.io.store.commit({
      put: { staff: [{ ...(await rights.store.get('staff', 'two'))!, roles: ['spokesperson'], active: false }] },
    });
    expect((await take('g2')).ok).toBe(false);
  });

  test('nor over HTTP, where nobody can say who drafted or reviewed', async () => {
    const secret = await hashPassword('correct horse 9 staple');
    await rights.io.store.commit({ put: { staff: [{ ...(await rights.store.get('staff', 'one'))!, secret }] } });
    const one = await rights.as('one');
    const forged = { ...TEXT, draftedBy: 'two', reviewedBy: 'two', state: 'reviewed', reviewedAt: 1, id: 'x', rev: 9 };
    const made = await one.send('POST', `/api/issues/${ISSUE}/statements`, forged);
    const { statement } = made.json() as { statement: { id: string; draftedBy: string; reviewedBy: null; state: string } };
    expect([statement.draftedBy, statement.reviewedBy, statement.state]).toEqual(['one', null, 'draft']);
    const codes = [];
    for (const [method, step] of [
      ['PUT', ''],
      ['POST', '/submit'],
      ['POST', '/review'],
      ['POST', '/sign'],
    ] as const)
      codes.push(
        codeOf(await one.send(method, `/api/statements/${statement.id}${step}`, { ...forged, password: 'correct horse 9 staple' })),
      );
    expect(codes.slice(2)).toEqual(['answer.reviewerIsDrafter', 'answer.wrongStep']);
    expect(await rights.store.count('signed', { equal: { issueId: ISSUE } })).toBe(0);
  });
});

describe('a verdict of false needs a second person who is there', () => {
  const REVIEWERS: readonly [why: string, reviewedBy: string | null][] = [
    ['nobody', null],
    ['an empty name', ''],
    ['oneself', 'one'],
    ['oneself with a blank', 'one '],
    ['somebody made up', 'Mr Nobody'],
  ];
  test.each(REVIEWERS)('not by %s', async (_why, reviewedBy) => {
    const claim = await openClaimOn(rights.io, who('one'), ISSUE, { text: '化工厂昨晚泄漏了' });
    if (!claim.ok) throw new Error(claim.refusal.code);
    await addEvidenceTo(rights.io, who('one'), claim.value.id, { what: '化工厂没有泄漏', source: '现场检查' });
    for (const verdict of ['false', 'partly'] as const) {
      const decided = await decideClaim(rights.io, who('one'), claim.value.id, { verdict, reviewedBy });
      expect(decided.ok).toBe(false);
    }
    expect((await rights.store.get('claim', claim.value.id))?.verdict).toBe('open');
    expect((await decideClaim(rights.io, who('one'), claim.value.id, { verdict: 'false', reviewedBy: 'two' })).ok).toBe(true);
  });
});
