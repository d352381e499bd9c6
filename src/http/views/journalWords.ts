/** What a journal entry says to people. Only references are in the journal, so that is all a sentence can name. */
import { JOURNAL } from '../../account/journalKinds.ts';
import type { Entry } from '../../model/journal.ts';
import type { Words } from '../../model/words.ts';
import { both, type WordKey } from '../../text/say.ts';

const PLAIN: Readonly<Record<string, Words>> = {
  [JOURNAL.issueOpened]: { zh: '发现新事件', en: 'A new issue' },
  [JOURNAL.dismissed]: { zh: '不予关注', en: 'Dismissed' },
  [JOURNAL.merged]: { zh: '事件合并', en: 'Issues merged' },
  [JOURNAL.queryRefused]: { zh: '一条查询式被拒绝', en: 'A query was refused' },
  [JOURNAL.acked]: { zh: '已签收', en: 'Signed for' },
  [JOURNAL.clockMet]: { zh: '按时限办到', en: 'A clock was met' },
  [JOURNAL.clockCancelled]: { zh: '时限取消', en: 'A clock was cancelled' },
  [JOURNAL.taskSigned]: { zh: '交办已签收', en: 'A task was signed for' },
  [JOURNAL.taskReturned]: { zh: '交办被退回', en: 'A task was returned' },
  [JOURNAL.taskDone]: { zh: '交办已办理', en: 'A task was done' },
  [JOURNAL.caseOpened]: { zh: '立单处置', en: 'A case was opened' },
  [JOURNAL.caseClosed]: { zh: '办结', en: 'The case was closed' },
  [JOURNAL.caseReopened]: { zh: '重新办理', en: 'The case was reopened' },
  [JOURNAL.published]: { zh: '情况通报已公开', en: 'A statement was published' },
  [JOURNAL.promised]: { zh: '作出承诺', en: 'A promise was made' },
  [JOURNAL.promiseKept]: { zh: '承诺兑现', en: 'A promise was kept' },
  [JOURNAL.promiseBroken]: { zh: '承诺未兑现', en: 'A promise was broken' },
  [JOURNAL.sourceDark]: { zh: '信源中断', en: 'A source went dark' },
  [JOURNAL.sourceQuiet]: { zh: '信源异常安静', en: 'A source went unusually quiet' },
  [JOURNAL.sourceChanged]: { zh: '信源版式有变', en: 'A source changed its layout' },
  [JOURNAL.sourceBack]: { zh: '信源恢复', en: 'A source is back' },
  [JOURNAL.clockJumped]: { zh: '本机时钟跳变', en: "The machine's clock jumped" },
  [JOURNAL.bulletinSent]: { zh: '日报已发送', en: 'The bulletin was sent' },
  'answer.submitted': { zh: '稿件提交审核', en: 'A statement was handed in for review' },
  'answer.sentBack': { zh: '稿件退回修改', en: 'A statement was sent back' },
  'answer.instructed': { zh: '领导批示', en: 'An instruction was given' },
  'warn.reportedUp': { zh: '快报已上报', en: 'An express report went to the tier above' },
  'warn.channelTested': { zh: '渠道已试发', en: 'A channel was tested' },
  'collect.sourceAdded': { zh: '新增信源', en: 'A source was added' },
  'collect.sourcePaused': { zh: '信源暂停', en: 'A source was paused' },
  'collect.sourceResumed': { zh: '信源恢复采集', en: 'A source was resumed' },
  'collect.sourceRead': { zh: '信源立即读取', en: 'A source was read at once' },
  'judge.topicAdded': { zh: '新增监测专题', en: 'A topic was added' },
  'judge.topicChanged': { zh: '监测专题修改', en: 'A topic was changed' },
  'account.forgotten': { zh: '到期文档已清除', en: 'Expired documents were forgotten' },
  'admin.body': { zh: '单位信息修改', en: 'The body was changed' },
  'admin.tiers': { zh: '层级修改', en: 'The tiers were changed' },
  'admin.office': { zh: '单位修改', en: 'An office was changed' },
  'admin.officeDropped': { zh: '单位删除', en: 'An office was dropped' },
  'admin.duty': { zh: '职责修改', en: 'A duty was changed' },
  'admin.dutyDropped': { zh: '职责删除', en: 'A duty was dropped' },
  'admin.staff': { zh: '人员修改', en: 'A member of staff was changed' },
  'admin.plan': { zh: '时限修改', en: 'A plan was changed' },
  'admin.channel': { zh: '渠道修改', en: 'A channel was changed' },
  'admin.channelDropped': { zh: '渠道删除', en: 'A channel was dropped' },
  'admin.places': { zh: '地名修改', en: 'The places were changed' },
  'admin.setUp': { zh: '设置完成', en: 'The set-up was finished' },
  'admin.firstAdmin': { zh: '建立首个管理员', en: 'The first admin was made' },
  'http.invited': { zh: '发出邀请', en: 'An invitation was made' },
  'http.invitationTaken': { zh: '邀请已接受', en: 'An invitation was taken' },
  'http.passwordChanged': { zh: '密码已修改', en: 'A password was changed' },
  'work.setAside': { zh: '作业搁置', en: 'A job was set aside' },
  'work.retried': { zh: '作业重试', en: 'A job was tried again' },
  'answer.reviewed': { zh: '稿件已审核', en: 'A statement was reviewed' },
};

function textAt(entry: Entry, name: string): string {
  const value = entry.data[name];
  return typeof value === 'string' ? value : '';
}

function named(prefix: string, value: string): Words {
  const key = `${prefix}.${value}`;
  return ALL.has(key) ? both(key as WordKey) : { zh: value, en: value };
}

const ALL: ReadonlySet<string> = new Set([
  ...['none', 'blue', 'yellow', 'orange', 'red'].map((level) => `level.${level}`),
  ...['ack', 'verify', 'upward', 'tasks', 'answer'].map((lane) => `lane.${lane}`),
  ...['open', 'verifying', 'answering', 'signed', 'published', 'closed', 'reopened'].map((state) => `case.${state}`),
  ...['open', 'true', 'false', 'partly', 'unknowable'].map((verdict) => `verdict.${verdict}`),
]);

function change(entry: Entry, prefix: string, before: Words): Words {
  const [from, to] = [named(prefix, textAt(entry, 'from')), named(prefix, textAt(entry, 'to'))];
  return { zh: `${before.zh}：${from.zh} → ${to.zh}`, en: `${before.en}: ${from.en} → ${to.en}` };
}

/** `offices`: names of offices by id. */
export function entryWords(entry: Entry, offices: Readonly<Record<string, Words>>): Words {
  const office = offices[textAt(entry, 'officeId')];
  switch (entry.kind) {
    case JOURNAL.levelChanged:
      return change(entry, 'level', { zh: '等级', en: 'Level' });
    case JOURNAL.overridden:
      return textAt(entry, 'to') === 'computed'
        ? { zh: '人工改判解除', en: 'The override was lifted' }
        : change(entry, 'level', { zh: '人工改判', en: 'Overridden' });
    case JOURNAL.caseMoved:
      return change(entry, 'case', { zh: '处置', en: 'Case' });
    case JOURNAL.alerted: {
      const level = named('level', textAt(entry, 'level'));
      return { zh: `发出${level.zh}预警`, en: `Alert: ${level.en}` };
    }
    case JOURNAL.claimDecided: {
      const verdict = named('verdict', textAt(entry, 'verdict'));
      return { zh: `核查结论：${verdict.zh}`, en: `Verdict: ${verdict.en}` };
    }
    case JOURNAL.clockStarted: {
      const lane = named('lane', textAt(entry, 'lane'));
      return { zh: `“${lane.zh}”开始计时`, en: `Clock started: ${lane.en}` };
    }
    case JOURNAL.escalated: {
      const lane = named('lane', textAt(entry, 'lane'));
      return {
        zh: `“${lane.zh}”超时，上报${office?.zh ?? ''}`,
        en: `${lane.en} is late: escalated${office === undefined ? '' : ` to ${office.en}`}`,
      };
    }
    case JOURNAL.taskSent:
      return { zh: `交办${office?.zh ?? ''}`, en: `Task sent${office === undefined ? '' : ` to ${office.en}`}` };
    default: {
      const plain = PLAIN[entry.kind] ?? { zh: entry.kind, en: entry.kind };
      return office === undefined ? plain : { zh: `${plain.zh}（${office.zh}）`, en: `${plain.en} (${office.en})` };
    }
  }
}

/** What the board and a timeline leave out: inner steps nobody has to know. */
export function isForPeople(entry: Entry): boolean {
  return entry.kind !== JOURNAL.clockStarted && entry.kind !== JOURNAL.clockMet && entry.kind !== JOURNAL.clockCancelled;
}
