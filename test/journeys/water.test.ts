/** One matter through the whole house: published, collected, judged, warned of, signed for, answered, accounted for. */
import { expect, test } from 'vitest';
import { timeToAck, timeToAlert, timeToFirstWord } from '../../src/account/retrospective.ts';
import { HOUR, MINUTE } from '../../src/model/time.ts';
import { bulletinOf, sendBulletin } from '../../src/work/closeDay.ts';
import { overrideLevel } from '../../src/work/overrule.ts';
import { bulletinPaper, reportPaper } from '../../src/work/papers.ts';
import { receiptView, receiveReport } from '../../src/work/receive.ts';
import { linkView, signByLink } from '../../src/work/signFor.ts';
import { moveCase, openCaseFor } from '../../src/work/workCase.ts';
import { addEvidenceTo, decideClaim, openClaimOn } from '../../src/work/workClaim.ts';
import { draftStatement, reviewStatement, signStatement, submitStatement } from '../../src/work/workStatement.ts';
import { finishTask, sendTask, signTask } from '../../src/work/workTask.ts';
import { feedOf, type House, openHouse } from './house.ts';

const LINES = [
  '自来水是黄的，有股铁锈味，孩子喝了拉肚子，送医院了',
  '早上起来自来水发黄发臭，孩子喝了肚子疼，去了医院',
  '我们楼自来水也是黄的，一股怪味，老人喝了呕吐住院',
  '东河小区自来水浑浊有异味，不敢给孩子喝，有人中毒吗',
  '自来水黄得像茶，超市桶装水抢光了，孩子拉肚子',
  '请问自来水能喝吗？水发黄有味，三楼孩子送医院',
];

function publish(house: House, hours: number): void {
  for (const [s, id] of (['board', 'fedi', 'press'] as const).entries()) {
    const items = LINES.flatMap((line, i) => {
      const at = house.at('06:10') + (i * 3 + s) * 8 * MINUTE;
      return at > house.at('06:00') + hours * HOUR
        ? []
        : [
            {
              id: `${id}-${i}`,
              title: `${line.slice(0, 12)}（${id}${i}）`,
              body: `${line}，${id}第${i + 1}栋住户反映，电话13800001234`,
              at,
              author: `user-${id}-${i}`,
            },
          ];
    });
    house.site(`http://${id}.example/feed.xml`, feedOf(items));
  }
}

function got<T>(outcome: { ok: true; value: T } | { ok: false; refusal: unknown }): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
  return outcome.value;
}

test('a text on a page becomes an issue, a colour, a notice, a signed answer and a line of the bulletin', async () => {
  const house = await openHouse();
  const { io } = house;
  const raised = got(
    await receiveReport(io, {
      kind: 'desk',
      title: '',
      text: '来电反映家中自来水发黄有异味，孩子腹泻就医',
      place: '东河小区',
      service: '供水',
      sure: null,
      author: '13900001111',
    }),
  );
  for (let half = 1; half <= 8; half++) {
    publish(house, half / 2);
    await house.until(house.at('06:00') + (half / 2) * HOUR);
  }
  const issues = (await io.store.list('issue')).filter((issue) => issue.state !== 'merged');
  const issue = issues.sort((a, b) => b.nMentions - a.nMentions)[0]!;
  expect(issue.nMentions).toBeGreaterThanOrEqual(15);
  expect(['yellow', 'orange', 'red']).toContain(issue.level);

  // Nothing stored names an author or a telephone number.
  const documents = await io.store.list('document');
  expect(JSON.stringify(documents)).not.toMatch(/user-|13800001234|13900001111/);

  // The office in charge has been told, with a link that shows and then signs.
  const alerts = await io.store.list('alert', { equal: { issueId: issue.id } });
  expect(alerts[0]?.officeIds[0]).toBe('water');
  await house.until(house.at('10:05'));
  const posted = house.posts.map((post) => JSON.parse(post.body) as { link?: string; data?: { link?: string } });
  const link = /\/ack\/([0-9a-f]+)/.exec(JSON.stringify(posted))?.[1] ?? '';
  expect(got(await linkView(io, link)).signed).toBeNull();
  expect((await signByLink(io, link, ' ')).ok).toBe(false);
  got(await signByLink(io, link, '值班 周'));
  expect(await signByLink(io, link, '值班 周')).toMatchObject({ ok: false, refusal: { code: 'warn.linkUsed' } });

  // Case, task, claim.
  got(await openCaseFor(io, house.who('duty'), issue.id));
  got(await moveCase(io, house.who('analyst'), issue.id, { to: 'verifying', because: '' }));
  const task = got(await sendTask(io, house.who('duty'), issue.id, { officeId: 'water', what: '九个点位取样', isLead: true }));
  got(await signTask(io, house.who('water'), task.id));
  got(await finishTask(io, house.who('water'), task.id, { finding: '管道冲洗所致' }));
  const claim = got(await openClaimOn(io, house.who('analyst'), issue.id, { text: '有孩子因饮水住院' }));
  expect(await decideClaim(io, house.who('analyst'), claim.id, { verdict: 'false', reviewedBy: 'leader' })).toMatchObject({
    refusal: { code: 'answer.evidenceMissing' },
  });
  got(await addEvidenceTo(io, house.who('analyst'), claim.id, { what: '县医院急诊今日无因饮水就诊', source: '县医院' }));
  expect(await decideClaim(io, house.who('analyst'), claim.id, { verdict: 'false', reviewedBy: 'analyst' })).toMatchObject({
    refusal: { code: 'answer.reviewerIsDrafter' },
  });
  got(await decideClaim(io, house.who('analyst'), claim.id, { verdict: 'false', reviewedBy: 'leader' }));

  // Statement: three people.
  const text = {
    title: '关于东河片区自来水发黄的情况通报',
    language: 'zh' as const,
    empathy: '给大家带来不便，我们深表歉意。',
    known: '5月12日凌晨县供水公司冲洗东河主管，水中铁锈被冲起。',
    unknown: '异味成分尚未核实。',
    doing: '九个点位正在取样，县供水公司设四个供水点。',
    nextUpdateAt: house.at('17:00'),
    nextUpdate: '今天17:00',
    contact: '12345',
    claimIds: [claim.id],
    promises: [{ what: '减免两天水费', officeId: 'water', dueAt: house.at('+9 18:00') }],
    machineDrafted: false,
  };
  const drafted = got(await draftStatement(io, house.who('analyst'), issue.id, text));
  got(await submitStatement(io, house.who('analyst'), drafted.statement.id));
  expect(await reviewStatement(io, house.who('analyst'), drafted.statement.id)).toMatchObject({
    refusal: { code: 'answer.reviewerIsDrafter' },
  });
  got(await reviewStatement(io, house.who('leader'), drafted.statement.id));
  expect(await signStatement(io, house.who('leader'), drafted.statement.id, { why: '' })).toMatchObject({
    refusal: { code: 'answer.signerNotSpokesperson' },
  });
  const signed = got(await signStatement(io, house.who('speaker'), drafted.statement.id, { why: '' }));
  expect(signed.signerName).toBe('陈发言');
  expect(signed.corrections).toHaveLength(1);

  // The raiser sees it; a person may override with a reason.
  expect(got(await receiptView(io, raised.receipt)).state).toBe('answered');
  expect(await overrideLevel(io, house.who('leader'), issue.id, { level: 'blue', reason: ' ' })).toMatchObject({
    refusal: { code: 'judge.overrideNeedsReason' },
  });
  got(await overrideLevel(io, house.who('leader'), issue.id, { level: 'blue', reason: '已公开回应，就诊传言不实' }));
  expect((await io.store.get('issue', issue.id))?.level).toBe('blue');

  // The account: from the journal alone.
  await house.until(house.at('+1 08:00'));
  const entries = await io.store.journal({ subject: issue.id });
  expect(timeToAlert(entries, issue.id)).not.toBeNull();
  expect(timeToAck(entries, issue.id)).toBeGreaterThan(0);
  expect(timeToFirstWord(entries, issue.id)).toBeGreaterThan(0);
  const bulletin = got(await bulletinOf(io, '2026-05-13'));
  expect(bulletin.items.map((item) => item.issueId)).toContain(issue.id);
  got(await sendBulletin(io, house.who('analyst'), '2026-05-13'));
  expect(got(await bulletinPaper(io, '2026-05-13')).blocks.length).toBeGreaterThan(3);
  expect(got(await reportPaper(io, issue.id, 'en')).blocks.length).toBeGreaterThan(5);
  expect(await io.store.verifyJournal()).toMatchObject({ brokenAt: null });
  expect(await io.store.jobsSetAside()).toEqual([]);
  await house.close();
});
