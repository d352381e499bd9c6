import { describe, expect, test } from 'vitest';
import type { Assessment } from '../model/assessment.ts';
import type { Document } from '../model/document.ts';
import type { Issue } from '../model/issue.ts';
import type { Paper } from '../model/paper.ts';
import type { Source } from '../model/source.ts';
import { HOUR } from '../model/time.ts';
import { JOURNAL } from './journalKinds.ts';
import { buildSpecialReport, type ReportKit } from './specialReport.ts';
import { viewsOf } from './views.ts';

const T = Date.UTC(2026, 2, 9, 22);
const FIRST = '东门这边水龙头出来是黄的，有股味，你们那有没有？';

function documentOf(n: number, sourceId: string, text: string, at = T + n * HOUR, copyOf: string | null = null): Document {
  return {
    id: `d${n}`,
    sourceId,
    title: text.slice(0, 10),
    text,
    kind: sourceId === 'bbs' ? 'post' : 'article',
    pseudonym: sourceId === 'bbs' ? `p${n}` : null,
    publishedAt: at,
    copyOf,
    address: `https://bbs.example/t/${n}`,
  } as unknown as Document;
}
const sourceOf = (id: string, standing: Source['standing'], zh: string): Source =>
  ({ id, standing, name: { zh, en: id } }) as unknown as Source;

const documents: readonly Document[] = [
  documentOf(0, 'bbs', FIRST),
  documentOf(1, 'evening', '南淳晚报：城东多个小区自来水发黄。', T + 5 * HOUR),
  ...Array.from({ length: 7 }, (_, n) => documentOf(10 + n, 'bbs', `为什么停水公告只写了三条街${'。！？'[n % 3]}水到底能不能喝？`)),
  ...Array.from({ length: 6 }, (_, n) => documentOf(30 + n, 'bbs', '供水点的师傅态度很好。')),
  ...Array.from({ length: 4 }, (_, n) => documentOf(40 + n, 'bbs', '只有四个人说的一句独特的话。')),
  ...Array.from({ length: 9 }, (_, n) => documentOf(50 + n, 'bbs', '转发的同一句话说了很多很多遍。', T + n, 'd9')),
];
const hours = [0, 1, 2, 5].map((n) => ({ hour: T + n * HOUR, unique: 3 + n * 6, all: 10 + n * 8, burst: n === 2 }));
const KIT: ReportKit = {
  language: 'zh',
  bodyName: { zh: '澄湾县政府办公室', en: 'County Office' },
  zone: 'Asia/Shanghai',
  mark: null,
  issue: {
    id: 'HD-2026-0031',
    title: '城东片区自来水发黄有异味',
    level: 'orange',
    nMentions: 137,
    nUnique: 61,
    nVoices: 40,
    bySource: { bbs: 118, evening: 24, notes: 3 },
    hours,
    places: ['东门', '滨河路'],
    phase: 'rising',
    openedAt: T + HOUR,
    firstPublishedAt: T,
    firstSeenAt: T + 60_000,
    fewVoices: false,
    topicIds: [],
  } as unknown as Issue,
  assessment: {
    total: 71,
    because: { zh: `${'多个小区居民反映水质异常并提到儿童送医，'.repeat(12)}需尽快核实。`, en: 'Many.' },
    factors: [{ name: 'harm', score: 0.8, weight: 25, because: { zh: '提到儿童、医院。', en: 'Children.' }, evidence: [] }],
    wouldChange: [{ zh: '检测合格并公布。', en: 'Tests pass.' }],
  } as unknown as Assessment,
  documents,
  sources: [sourceOf('bbs', 'community', '湾里论坛'), sourceOf('evening', 'press', '南淳晚报'), sourceOf('notes', 'community', 'Notes')],
  claims: [
    {
      id: 'c',
      issueId: 'HD-2026-0031',
      text: '化工厂泄漏',
      firstDocumentId: null,
      nDocuments: 31,
      nVoices: 20,
      verdict: 'false',
      evidence: [{ what: '无排放', source: '生态环境局', at: 1, by: 'x' }],
      reviewedBy: 'y',
      decidedAt: 1,
      openedBy: 'z',
      openedAt: 1,
      rev: 0,
    },
    {
      id: 'e',
      issueId: 'HD-2026-0031',
      text: '三个孩子送医',
      firstDocumentId: null,
      nDocuments: 3,
      nVoices: 3,
      verdict: 'open',
      evidence: [],
      reviewedBy: null,
      decidedAt: null,
      openedBy: 'z',
      openedAt: 1,
      rev: 0,
    },
  ],
  statements: [],
  clocks: [],
  tasks: [],
  promises: [],
  offices: [],
  entries: [
    {
      seq: 2,
      at: T + 6 * HOUR,
      kind: JOURNAL.levelChanged,
      subject: 'HD-2026-0031',
      by: 'machine',
      data: { from: 'yellow', to: 'orange' },
      previous: '',
      hash: '',
    },
    { seq: 1, at: T + HOUR, kind: JOURNAL.issueOpened, subject: 'HD-2026-0031', by: 'machine', data: {}, previous: '', hash: '' },
  ],
  now: T + 8 * HOUR,
};
const textOf = (paper: Paper): string => JSON.stringify(paper);
const block = <K extends Paper['blocks'][number]['kind']>(paper: Paper, kind: K) =>
  paper.blocks.filter((one): one is Extract<typeof one, { kind: K }> => one.kind === kind);

describe('the special report', () => {
  const paper = buildSpecialReport(KIT);
  test('has a summary of at most 200 characters on top, its first sentence the judgement', () => {
    const [summary] = block(paper, 'summary');
    expect(paper.blocks[0]).toBe(summary);
    expect(summary?.judgement).toMatch(/^橙色：.+。$/u);
    expect(Array.from(`${summary?.judgement}${summary?.text}`).length).toBeLessThanOrEqual(200);
  });
  test('omits the private first post (R-31): the chain begins with the first organisation', () => {
    expect(textOf(paper)).not.toContain('水龙头出来是黄的');
    expect(textOf(paper)).not.toContain('bbs.example');
    const nodes = block(paper, 'list')[0]!.items;
    expect(nodes[0]).toContain('形成事件');
    expect(nodes[1]).toBe('3月10日11:00　南淳晚报首次报道或发布');
    expect(nodes.join()).not.toContain('湾里论坛');
  });
  test('keeps critical views, and counts no copy', () => {
    expect(textOf(paper)).toContain('批评：为什么停水公告只写了三条街');
    expect(textOf(paper)).toContain('供水点的师傅态度很好');
    expect(textOf(paper)).not.toContain('只有四个人');
    expect(textOf(paper)).not.toContain('很多很多遍');
  });
  test('shows the hours with bursts marked, gaps drawn, and counts in fives', () => {
    const [volume] = block(paper, 'volume');
    expect(volume?.hours.map((hour) => hour.count)).toEqual([0, 5, 15, 0, 0, 30]);
    expect(volume?.hours.filter((hour) => hour.burst).map((hour) => hour.label)).toEqual(['08:00']);
  });
  test('tables: sources with small cells hidden, claims with verdict and evidence', () => {
    const [platforms, claims] = block(paper, 'table');
    expect(platforms?.rows).toEqual([
      ['湾里论坛', '社区论坛', '115'],
      ['南淳晚报', '媒体', '20'],
      ['Notes', '社区论坛', '少于5'],
    ]);
    expect(claims?.rows).toEqual([
      ['化工厂泄漏', '30', '不属实', '无排放（生态环境局）'],
      ['三个孩子送医', '少于5', '核查中', '无'],
    ]);
  });
  test('advises what follows from what is open', () => {
    expect(
      block(paper, 'list')
        .at(-1)
        ?.items.map((item) => item.slice(0, 6)),
    ).toEqual(['尚未公开答复', '还有1条说法', '声量仍在上升']);
  });
  test('of few voices neither title nor texts nor counts are printed', () => {
    const few = textOf(buildSpecialReport({ ...KIT, issue: { ...KIT.issue, nVoices: 4 } }));
    expect(few).not.toMatch(/城东片区|三条街|师傅|137|61/u);
  });
  test('in English it is English', () => {
    const english = buildSpecialReport({
      ...KIT,
      language: 'en',
      issue: { ...KIT.issue, title: 'Tap water', places: [] },
      documents: [],
      claims: [],
    });
    expect(textOf(english)).not.toMatch(/\p{Script=Han}/u);
  });
});

test('a view needs five voices, however often one of them speaks', () => {
  const same = (n: number, voice: string) => ({ ...documentOf(n, 'bbs', '水费应该退给我们大家。'), pseudonym: voice }) as Document;
  expect(
    viewsOf(
      Array.from({ length: 20 }, (_, n) => same(n, `p${n % 4}`)),
      4,
    ),
  ).toEqual([]);
  expect(
    viewsOf(
      Array.from({ length: 20 }, (_, n) => same(n, `p${n % 6}`)),
      4,
    ),
  ).toEqual([{ text: '水费应该退给我们大家。', nVoices: 5, critical: false }]);
});
