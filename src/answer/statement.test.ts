import { createHash, generateKeyPairSync, sign as signBytes, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Claim, SignedStatement, Statement } from '../model/case.ts';
import type { Body, Office, Staff } from '../model/office.ts';
import type { Outcome } from '../model/outcome.ts';
import { keepPromise, promiseState, promisesOf } from './promise.ts';
import {
  amend,
  canonicalText,
  DISCLOSED,
  draft,
  edit,
  missingFields,
  review,
  type SignKit,
  type StatementText,
  sendBack,
  sign,
  submit,
} from './statement.ts';

const TEXT: StatementText = {
  title: '关于城东片区自来水发黄有异味的情况通报',
  language: 'zh',
  empathy: '给大家生活带来不便，我们深表歉意。',
  known: '3月9日22:30至10日4:50县水务公司冲洗东门主管。',
  unknown: '异味的具体成分。',
  doing: '9个点位取样，今天17:00前公布。',
  nextUpdateAt: 5000,
  nextUpdate: '',
  contact: '12345',
  claimIds: [],
  promises: [{ what: '减免两天水费', officeId: 'water', dueAt: 9000 }],
  machineDrafted: false,
};
const keys = generateKeyPairSync('ed25519');
const BODY = { spokespersonIds: ['chen', 'lin'] } as unknown as Body;
const CHEN: Staff = {
  id: 'chen',
  name: '陈妍',
  login: 'chen',
  secret: '',
  roles: ['spokesperson'],
  officeId: 'gov',
  title: { zh: '新闻发言人', en: 'spokesperson' },
  email: '',
  language: 'zh',
  active: true,
  rev: 0,
};
const KIT: SignKit = {
  body: BODY,
  office: { id: 'gov', name: { zh: '澄湾县人民政府办公室', en: 'County Office' } } as unknown as Office,
  claims: [],
  reviewerNames: { xu: '徐岚' },
  previous: null,
  why: '',
  signer: { keyId: 'k1', sign: (text) => signBytes(null, Buffer.from(text), keys.privateKey).toString('base64') },
};

function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code}`);
  return outcome.value;
}
const code = (outcome: Outcome<unknown>): string | null => (outcome.ok ? null : outcome.refusal.code);
const made = (changes: Partial<StatementText> = {}): Statement => draft('s1', 'HD-1', 1, { ...TEXT, ...changes }, 'lin', 10);
const reviewed = (statement = made()): Statement => value(review(value(submit(statement)), 'xu', 20));

const gaps: [changes: Partial<StatementText>, code: string, why: string][] = [
  [{ title: ' ' }, 'answer.fieldMissing', 'no title'],
  [{ known: '' }, 'answer.fieldMissing', 'nothing known'],
  [{ unknown: '' }, 'answer.fieldMissing', 'not said what is unknown'],
  [{ doing: '' }, 'answer.fieldMissing', 'nothing done'],
  [{ contact: '' }, 'answer.fieldMissing', 'nowhere to ask'],
  [{ nextUpdateAt: null }, 'answer.nextUpdateMissing', 'no next update, and not the last'],
  [{ promises: [{ what: '减免', officeId: '', dueAt: 9 }] }, 'answer.promiseIncomplete', 'a promise without an owner'],
  [{ promises: [{ what: '减免', officeId: 'water', dueAt: 0 }] }, 'answer.promiseIncomplete', 'a promise without a date'],
  [{ promises: [{ what: '', officeId: 'water', dueAt: 9 }] }, 'answer.promiseIncomplete', 'a promise of nothing'],
  [{ known: '王某电话13800001111' }, 'answer.personalData', 'a telephone number of a person'],
];
describe('submit', () => {
  for (const [changes, expected, why] of gaps) test(`refused: ${why}`, () => expect(code(submit(made(changes)))).toBe(expected));
  test('the last word needs no next update', () => expect(submit(made({ nextUpdateAt: null, nextUpdate: 'none' })).ok).toBe(true));
});

describe('two people (S-4EYES)', () => {
  test('nobody reviews their own draft', () => expect(code(review(value(submit(made())), 'lin', 20))).toBe('answer.reviewerIsDrafter'));
  test('nobody signs their own draft, spokesperson or not', () => {
    expect(code(sign(reviewed(), { ...CHEN, id: 'lin' }, KIT, 30))).toBe('answer.signerIsDrafter');
  });
  test('whoever edits last is the drafter, so an editor cannot sign', () => {
    const edited = value(edit(reviewed(), { doing: '已取样。' }, 'chen', 25));
    expect([edited.state, edited.reviewedBy]).toEqual(['draft', null]);
    expect(code(sign(value(review(value(submit(edited)), 'xu', 26)), CHEN, KIT, 30))).toBe('answer.signerIsDrafter');
  });
  test('an unreviewed draft is not signed', () => expect(code(sign(value(submit(made())), CHEN, KIT, 30))).toBe('answer.wrongStep'));
  test('a forged review by the drafter does not pass', () => {
    expect(code(sign({ ...reviewed(), reviewedBy: 'lin' }, CHEN, KIT, 30))).toBe('answer.reviewerIsDrafter');
  });
  const strangers: [Partial<Staff>, string][] = [
    [{ id: 'luo' }, 'not on the register'],
    [{ roles: ['leader'] }, 'without the role'],
    [{ active: false }, 'who has left'],
  ];
  for (const [changes, why] of strangers) {
    test(`nobody signs ${why}`, () =>
      expect(code(sign(reviewed(), { ...CHEN, ...changes }, KIT, 30))).toBe('answer.signerNotSpokesperson'));
  }
  test('sent back it is a draft again, with a reason', () => {
    expect(value(sendBack(reviewed(), '缺时间')).state).toBe('draft');
    expect(code(sendBack(reviewed(), ''))).toBe('answer.reasonMissing');
  });
  test('a published statement is not edited in place', () => {
    expect(code(edit({ ...made(), state: 'published' }, { title: 'x' }, 'lin', 1))).toBe('answer.wrongStep');
  });
});

const signedOnce = (): SignedStatement => value(sign(reviewed(), CHEN, KIT, 30));
describe('sign', () => {
  test('an outside program verifies the signature, and one changed character breaks it', () => {
    const signed = signedOnce();
    const holds = (text: string): boolean => verify(null, Buffer.from(text), keys.publicKey, Buffer.from(signed.signature, 'base64'));
    expect(holds(canonicalText(signed))).toBe(true);
    expect(holds(canonicalText({ ...signed, statement: { ...signed.statement, known: `${signed.statement.known} ` } }))).toBe(false);
    expect(holds(canonicalText({ ...signed, signerName: '别人' }))).toBe(false);
  });
  test('the canonical text does not depend on the order of fields and survives JSON', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (known, why) => {
        const signed = { ...signedOnce(), why };
        const turned = Object.fromEntries(
          Object.entries({ ...signed, statement: { ...signed.statement, known } }).reverse(),
        ) as unknown as SignedStatement;
        const straight = { ...signed, statement: { ...signed.statement, known } };
        const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
        expect(digest(canonicalText(turned))).toBe(digest(canonicalText(straight)));
        expect(canonicalText(JSON.parse(JSON.stringify(straight)) as SignedStatement)).toBe(canonicalText(straight));
      }),
    );
  });
  const claim: Claim = {
    id: 'c1',
    issueId: 'HD-1',
    text: '化工厂泄漏',
    firstDocumentId: null,
    nDocuments: 3,
    nVoices: 3,
    verdict: 'false',
    evidence: [{ what: '厂区检查无排放。', source: '生态环境局', at: 1, by: 'x' }],
    reviewedBy: 'xu',
    decidedAt: 2,
    openedBy: 'lin',
    openedAt: 1,
    rev: 0,
  };
  test('a correction carries fact, evidence and reviewer', () => {
    const signed = value(sign(reviewed(made({ claimIds: ['c1'] })), CHEN, { ...KIT, claims: [claim] }, 30));
    expect(signed.corrections).toEqual([
      { claimId: 'c1', claim: '化工厂泄漏', verdict: 'false', fact: '厂区检查无排放', evidence: ['生态环境局'], reviewedBy: '徐岚' },
    ]);
  });
  test('a correction without evidence, verdict or claim is refused', () => {
    for (const claims of [[{ ...claim, evidence: [] }], [{ ...claim, verdict: 'open' as const }], []]) {
      expect(code(sign(reviewed(made({ claimIds: ['c1'] })), CHEN, { ...KIT, claims }, 30))).toBe('answer.evidenceMissing');
    }
    expect(code(sign(reviewed(made({ claimIds: ['c1'] })), CHEN, { ...KIT, claims: [{ ...claim, reviewedBy: null }] }, 30))).toBe(
      'answer.fieldMissing',
    );
  });
});

describe('amendment', () => {
  const again = (why: string) => {
    const previous = signedOnce();
    const statement = value(review(value(submit(amend(previous, { known: '更正：冲洗范围为5条街。' }, 'lin', 40))), 'xu', 50));
    return sign(statement, CHEN, { ...KIT, previous, why }, 60);
  };
  test('is the next version under the same statement, with why', () => {
    const second = value(again('冲洗范围写错'));
    expect([second.id, second.version, second.statementId, second.why]).toEqual(['s1.v2', 2, 's1', '冲洗范围写错']);
  });
  test('without why it is refused', () => expect(code(again(''))).toBe('answer.reasonMissing'));
  test('needs a review of its own', () => {
    const previous = signedOnce();
    expect(code(sign(amend(previous, {}, 'lin', 40), CHEN, { ...KIT, previous, why: '改' }, 60))).toBe('answer.wrongStep');
  });
  test('keeps the ids of its promises', () => {
    expect(promisesOf(value(again('改'))).map((one) => one.id)).toEqual(promisesOf(signedOnce()).map((one) => one.id));
  });
});

describe('the twelve fields (R-18)', () => {
  const none: Record<(typeof DISCLOSED)[number], (signed: SignedStatement) => SignedStatement> = {
    office: (s) => ({ ...s, officeName: { zh: '', en: '' } }),
    signer: (s) => ({ ...s, signerName: '' }),
    signerTitle: (s) => ({ ...s, signerTitle: { zh: ' ', en: ' ' } }),
    signedAt: (s) => ({ ...s, signedAt: 0 }),
    issueNumber: (s) => ({ ...s, issueId: '' }),
    known: (s) => ({ ...s, statement: { ...s.statement, known: '' } }),
    unknown: (s) => ({ ...s, statement: { ...s.statement, unknown: '' } }),
    doing: (s) => ({ ...s, statement: { ...s.statement, doing: '' } }),
    nextUpdate: (s) => ({ ...s, statement: { ...s.statement, nextUpdateAt: null, nextUpdate: '' } }),
    history: (s) => ({ ...s, version: 2, why: '' }),
    signature: (s) => ({ ...s, signature: '' }),
    link: (s) => ({ ...s, id: '' }),
  };
  test('a signed statement misses none, and there are twelve', () => {
    expect(missingFields(signedOnce())).toEqual([]);
    expect(DISCLOSED.length).toBe(12);
  });
  for (const field of DISCLOSED) test(`${field} missing is found`, () => expect(missingFields(none[field](signedOnce()))).toEqual([field]));
  test('a spokesperson without a name or title cannot sign', () => {
    expect(code(sign(reviewed(), { ...CHEN, name: '' }, KIT, 30))).toBe('answer.fieldMissing');
    expect(code(sign(reviewed(), { ...CHEN, title: { zh: '', en: '' } }, KIT, 30))).toBe('answer.fieldMissing');
  });
});

test('a promise: due, kept, kept late, late; kept with proof only, and once', () => {
  const promise = promisesOf(signedOnce())[0]!;
  expect(promiseState(promise, 9000)).toBe('due');
  expect(promiseState(promise, 9001)).toBe('late');
  expect(promiseState(value(keepPromise(promise, '公告', 9000)), 99_999)).toBe('kept');
  expect(promiseState(value(keepPromise(promise, '公告', 9001)), 99_999)).toBe('keptLate');
  expect(code(keepPromise(promise, ' ', 1))).toBe('answer.fieldMissing');
  expect(code(keepPromise(value(keepPromise(promise, '公告', 1)), '公告', 2))).toBe('answer.alreadyClosed');
});
