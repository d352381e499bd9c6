import { describe, expect, test } from 'vitest';
import type { Case, Receipt } from '../model/case.ts';
import type { Office } from '../model/office.ts';
import { openCase } from './caseFlow.ts';
import { addMessage, type ReceiptKit, type ReceiptState, reopen, viewReceipt, withdraw } from './receipt.ts';

const RECEIPT: Receipt = {
  id: 'hash',
  documentId: 'd',
  givenAt: 1,
  officeId: 'water',
  messages: [],
  reopened: false,
  withdrawn: false,
  rev: 0,
};
const OFFICE = { id: 'water', name: { zh: '县水务公司', en: 'the Water Co.' } } as unknown as Office;
const kase = (state: Case['state']): Case => ({
  ...openCase('HD-1', 'water', false, 'x', 1),
  state,
  closedBecause: state === 'closed' ? '已复测合格' : '',
});
const KIT: ReceiptKit = { kase: null, office: null, dueAt: null, statements: [], time: () => ({ zh: '3月10日14:40', en: '10 Mar 14:40' }) };
const SIGNED = [{ id: 's1.v1', issueId: 'HD-1', publishedAt: 5 }];

const table: [receipt: Partial<Receipt>, kit: Partial<ReceiptKit>, state: ReceiptState, zh: string, why: string][] = [
  [{}, {}, 'received', '已收到，正在确定由哪个单位办理。', 'just given'],
  [{}, { office: OFFICE, dueAt: 50 }, 'withOffice', '已转县水务公司办理，将于3月10日14:40前答复。', 'routed'],
  [{}, { office: OFFICE, kase: kase('open') }, 'withOffice', '已转县水务公司办理。', 'a case without a clock'],
  [{}, { office: OFFICE, kase: kase('verifying'), dueAt: 50 }, 'checking', '县水务公司正在核查，将于3月10日14:40前答复。', 'being checked'],
  [{}, { office: OFFICE, kase: kase('signed') }, 'checking', '县水务公司正在核查。', 'signed is not yet said in public'],
  [
    {},
    { office: OFFICE, kase: kase('published'), statements: SIGNED },
    'answered',
    '已公开答复，请看下面的通报。您仍可补充情况。',
    'answered',
  ],
  [
    {},
    { office: OFFICE, kase: kase('closed'), statements: SIGNED },
    'closed',
    '已办结：已复测合格。如果问题没有解决，您可以要求重新办理一次，由监督单位办理。',
    'closed',
  ],
  [
    { reopened: true },
    { office: OFFICE, kase: kase('reopened') },
    'reopened',
    '已重新办理，由县水务公司负责，不再由原单位单独办理。',
    'taken up again',
  ],
  [{ reopened: true }, { office: OFFICE, kase: kase('closed') }, 'closed', '重新办理后已办结：已复测合格。', 'closed for good'],
  [{ withdrawn: true }, { office: OFFICE, kase: kase('open') }, 'withdrawn', '您已撤回这件反映。', 'withdrawn'],
];
describe('viewReceipt', () => {
  for (const [receipt, kit, state, zh, why] of table) {
    test(why, () => {
      const view = viewReceipt({ ...RECEIPT, ...receipt }, { ...KIT, ...kit }, 10);
      expect([view.state, view.sentence.zh]).toEqual([state, zh]);
      expect(view.sentence.en).not.toMatch(/[{}[\]]/u);
      expect(view.canReopen).toBe(state === 'closed' && receipt.reopened !== true);
    });
  }
  test('late is said, and only while something is owed', () => {
    const late = { ...KIT, office: OFFICE, kase: kase('verifying'), dueAt: 50 };
    expect(viewReceipt(RECEIPT, late, 51).late).not.toBeNull();
    expect(viewReceipt(RECEIPT, late, 50).late).toBeNull();
    expect(viewReceipt(RECEIPT, { ...late, kase: kase('closed') }, 51).late).toBeNull();
  });
  test('it holds no level and no colour', () => {
    expect(JSON.stringify(viewReceipt(RECEIPT, { ...KIT, kase: kase('open'), office: OFFICE }, 10))).not.toMatch(
      /blue|yellow|orange|"red"|[蓝黄橙红]色/u,
    );
  });
});

describe('what the raiser can do', () => {
  test('object once, to the supervising office', () => {
    const again = reopen(RECEIPT, kase('closed'), 'watch', '水还是黄的', 20);
    expect(again).toMatchObject({
      ok: true,
      value: { receipt: { reopened: true, officeId: 'watch' }, kase: { state: 'reopened', leadOfficeId: 'watch' } },
    });
    if (again.ok)
      expect(reopen(again.value.receipt, kase('closed'), 'watch', '还是', 30)).toMatchObject({ refusal: { code: 'answer.reopenedOnce' } });
  });
  test('not back to the office that closed it', () => {
    expect(reopen(RECEIPT, kase('closed'), 'water', '水还是黄的', 20)).toMatchObject({ refusal: { code: 'answer.ownOffice' } });
  });
  test('not without a reason, and not while it is open', () => {
    expect(reopen(RECEIPT, kase('closed'), 'watch', ' ', 20).ok).toBe(false);
    expect(reopen(RECEIPT, kase('verifying'), 'watch', '慢', 20)).toMatchObject({ refusal: { code: 'answer.wrongStep' } });
  });
  test('add to it, and withdraw once', () => {
    expect(addMessage(RECEIPT, 'raiser', ' 三栋也是 ', 5)).toMatchObject({
      value: { messages: [{ from: 'raiser', text: '三栋也是', at: 5 }] },
    });
    expect(addMessage(RECEIPT, 'raiser', '', 5).ok).toBe(false);
    expect(addMessage(RECEIPT, 'raiser', '水'.repeat(4001), 5).ok).toBe(false);
    expect(withdraw(RECEIPT)).toMatchObject({ value: { withdrawn: true } });
    expect(withdraw({ ...RECEIPT, withdrawn: true }).ok).toBe(false);
  });
});
