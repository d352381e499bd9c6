import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Clock } from '../model/alert.ts';
import { LEVELS, type Level } from '../model/assessment.ts';
import type { Case } from '../model/case.ts';
import { type Issue, PHASES } from '../model/issue.ts';
import type { Entry } from '../model/journal.ts';
import type { Office } from '../model/office.ts';
import { DAY, HOUR } from '../model/time.ts';
import { buildBulletin, bulletinLength, type DayFacts } from './bulletin.ts';
import { bulletinPage } from './bulletinPage.ts';
import { JOURNAL } from './journalKinds.ts';

const TO = Date.UTC(2026, 2, 10, 23, 30);
const PRIVATE = '我家孩子昨天喝了东门的水';

function issueOf(id: string, level: Level, more: Partial<Issue> = {}): Issue {
  const base = {
    nMentions: 137,
    nUnique: 61,
    nVoices: 40,
    bySource: { a: 9, b: 3, c: 1 },
    phase: 'fading',
    total: 50,
    state: 'open',
    topicIds: ['water'],
  };
  return { id, level, title: `${id}城东水黄有味`, ...base, ...more } as unknown as Issue;
}
const OFFICES = [{ id: 'water', name: { zh: '县水务公司', en: 'Water Co.' } }] as unknown as Office[];
const clockOf = (issueId: string, dueAt: number, more: Partial<Clock> = {}): Clock => ({
  id: `${issueId}:ack:x`,
  issueId,
  lane: 'ack',
  level: 'orange',
  officeId: 'water',
  startedAt: 0,
  dueAt,
  metAt: null,
  metBy: null,
  step: 0,
  cancelled: false,
  ...more,
});
const entryOf = (kind: string, subject: string, data: Entry['data'] = {}): Entry => ({
  seq: 1,
  at: TO - HOUR,
  kind,
  subject,
  by: 'machine',
  data,
  previous: '',
  hash: '',
});
const caseOf = (issueId: string, state: Case['state']): Case => ({ issueId, state, leadOfficeId: 'water' }) as unknown as Case;

const QUIET: DayFacts = {
  day: '2026-03-11',
  number: '2026-070',
  language: 'zh',
  zone: 'Asia/Shanghai',
  from: TO - DAY,
  to: TO,
  volume: { now: 412, before: 294, hourly: Array.from({ length: 24 }, (_, n) => (n * 7) % 23) },
  issues: [],
  topics: { water: { zh: '供水', en: 'water supply' } },
  cases: [],
  clocks: [],
  tasks: [],
  promises: [],
  offices: OFFICES,
  entries: [],
  dark: [],
};
const ids = ['HD-1', 'HD-2', 'HD-3', 'HD-4', 'HD-5', 'HD-6', 'HD-7'];
const BUSY: DayFacts = {
  ...QUIET,
  issues: ids.map((id, n) => issueOf(id, LEVELS[1 + (n % 4)]!, { phase: PHASES[n % 4]!, total: 90 - n })),
  cases: ids.slice(0, 4).map((id, n) => caseOf(id, (['verifying', 'published', 'answering', 'reopened'] as const)[n]!)),
  clocks: [clockOf('HD-1', TO - HOUR), clockOf('HD-2', TO + HOUR), clockOf('HD-4', TO + 2 * HOUR, { lane: 'answer', part: 'firstWord' })],
  promises: [
    {
      id: 'p',
      issueId: 'HD-1',
      statementId: 's',
      what: '减免两天水费',
      officeId: 'water',
      dueAt: TO - 1,
      keptAt: null,
      proof: '',
      broken: false,
      rev: 0,
    },
  ],
  entries: [
    entryOf(JOURNAL.issueOpened, 'HD-4'),
    entryOf(JOURNAL.levelChanged, 'HD-2', { from: 'blue', to: 'yellow' }),
    entryOf(JOURNAL.levelChanged, 'HD-3', { from: 'yellow', to: 'orange' }),
    entryOf(JOURNAL.caseClosed, 'HD-7', { answered: true }),
  ],
  dark: [{ name: { zh: '湾里论坛', en: 'Wanli BBS' }, since: TO - HOUR }],
};

describe('a quiet day', () => {
  const quiet = buildBulletin(QUIET);
  test('says that nothing happened', () => {
    expect(quiet.overview).toContain('过去一日无重大舆情');
    expect([quiet.items, quiet.changes, quiet.owed, quiet.hints]).toEqual([
      [],
      ['无新增、无升级。'],
      ['无超期，今日无到期事项。'],
      ['信源读取正常，无特别提示。'],
    ]);
  });
  test('says so in English', () => expect(buildBulletin({ ...QUIET, language: 'en' }).overview).toContain('Nothing significant'));
});

describe('a busy day', () => {
  const busy = buildBulletin(BUSY);
  const chosen = busy.items.filter((item) => item.chosen);
  test('shows three to five issues, the highest colour first', () => {
    expect(chosen.length).toBeGreaterThanOrEqual(3);
    expect(chosen.length).toBeLessThanOrEqual(5);
    expect(busy.items.map((item) => item.level)).toEqual(['red', 'orange', 'orange', 'yellow', 'yellow', 'blue', 'blue']);
  });
  test('is one page of 500 to 800 characters', () => {
    expect(bulletinLength(busy)).toBeGreaterThanOrEqual(500);
    expect(bulletinLength(busy)).toBeLessThanOrEqual(800);
  });
  test('tells new and raised, owed and overdue, and what is dark', () => {
    expect(busy.changes[0]).toBe('新增：HD-4城东水黄有味（红色）');
    expect(busy.changes).toContain('升级：HD-3城东水黄有味，黄色转橙色');
    expect(busy.owed[0]).toBe('超期：HD-1城东水黄有味，签收（县水务公司，应于3月11日06:30）');
    expect(busy.owed.join()).toContain('承诺逾期：减免两天水费');
    expect(busy.hints.join()).toContain('湾里论坛');
  });
  test('each item says heat, what is done, and what to do', () => {
    const item = busy.items.find((one) => one.issueId === 'HD-4')!;
    expect(item.text).toBe(
      '红色。3个来源约135条（去重约60条），平息。当事人称未解决，由县水务公司重新办理。建议：3月11日09:30前完成首次发声。',
    );
  });
  test('the same facts give the same bulletin', () => expect(buildBulletin(BUSY)).toEqual(busy));
  test('in English it holds no Chinese but the titles of documents', () => {
    const english = buildBulletin({
      ...BUSY,
      language: 'en',
      issues: BUSY.issues.map((issue) => ({ ...issue, title: 'Tap water' })),
      promises: [],
    });
    expect(JSON.stringify(english)).not.toMatch(/\p{Script=Han}/u);
    expect(bulletinLength(english)).toBeLessThanOrEqual(400);
  });
});

const issues = fc.record({
  level: fc.constantFrom(...LEVELS),
  phase: fc.constantFrom(...PHASES),
  nVoices: fc.integer({ min: 1, max: 60 }),
  nMentions: fc.integer({ min: 1, max: 300 }),
  total: fc.integer({ min: 0, max: 100 }),
  title: fc.constantFrom(PRIVATE, '城东水黄有味，居民反映强烈，多个小区停水超过十小时'),
});
describe('laws of the bulletin', () => {
  test('no number under five voices and no title of a few voices is printed; counts are fives; the page is kept', () => {
    fc.assert(
      fc.property(fc.array(issues, { maxLength: 30 }), fc.constantFrom('zh' as const, 'en' as const), (made, language) => {
        const all = made.map((one, n) => issueOf(`HD-${n}`, one.level, { ...one, nUnique: Math.ceil(one.nMentions / 2) }));
        const entries = all.map((issue) => entryOf(JOURNAL.issueOpened, issue.id));
        const bulletin = buildBulletin({
          ...QUIET,
          language,
          issues: all,
          entries,
          clocks: all.map((issue, n) => clockOf(issue.id, TO + (n - 5) * HOUR)),
        });
        for (const item of bulletin.items) {
          expect(item.nMentions % 5).toBe(0);
          const issue = all.find((one) => one.id === item.issueId)!;
          if (issue.nVoices >= 5) continue;
          expect([item.nMentions, item.nUnique]).toEqual([0, 0]);
          expect(item.title).not.toContain(issue.title.slice(0, 6));
          expect(item.text).not.toMatch(/\d+条|\d+ mentions/u);
        }
        expect(bulletin.hourly.every((count) => count % 5 === 0)).toBe(true);
        const nChosen = bulletin.items.filter((item) => item.chosen).length;
        expect(nChosen).toBeLessThanOrEqual(5);
        expect(nChosen).toBeGreaterThanOrEqual(Math.min(3, bulletin.items.length));
        if (all.every((issue) => issue.nVoices < 5)) expect(JSON.stringify(bulletin)).not.toContain(PRIVATE.slice(0, 6));
        expect(bulletinLength(bulletin)).toBeLessThanOrEqual(language === 'zh' ? 800 : 400);
      }),
      { numRuns: 150 },
    );
  });
});

test('the page: five sections, a table row per chosen item, small numbers in words', () => {
  const small = { ...BUSY, issues: BUSY.issues.map((issue) => ({ ...issue, nVoices: 3 })) };
  const paper = bulletinPage(buildBulletin(small), { bodyName: { zh: '澄湾县', en: 'Chengwan' }, zone: 'Asia/Shanghai', mark: 'DEMO' });
  const headings = paper.blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []));
  expect(headings).toEqual(['一、总体情况', '二、重点关注', '三、新增与升级', '四、待办与超期', '五、今日提示']);
  const table = paper.blocks.find((block) => block.kind === 'table')!;
  expect(table.kind === 'table' && table.rows.every((row) => row[2] === '不足5')).toBe(true);
  expect(paper.masthead).toContain('第2026-070期');
  expect(paper.mark).toBe('DEMO');
});
