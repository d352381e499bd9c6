/** whoever spoke first is not traced. No paper and no export holds the private post an issue began with. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assessment } from '../../src/model/assessment.ts';
import type { Document } from '../../src/model/document.ts';
import type { Issue } from '../../src/model/issue.ts';
import type { Source, Standing } from '../../src/model/source.ts';
import { HOUR, MINUTE } from '../../src/model/time.ts';
import { bulletinPaper, reportPaper } from '../../src/work/papers.ts';
import { document, issue, mention, signed } from '../http/rows.ts';
import { openRights, type Rights } from './world.ts';

const N = 40;
let rights: Rights;

/** Where a private person may speak first, and as what. The last three stand on an organisation’s site, by a reader. */
const FIRST: readonly (readonly [standing: Standing, kind: Document['kind']])[] = [
  ['community', 'post'],
  ['community', 'reply'],
  ['desk', 'request'],
  ['field', 'report'],
  ['import', 'post'],
  ['press', 'reply'],
  ['press', 'post'],
  ['official', 'post'],
];

/** Odd minutes, so that the time of a post is told apart from every other time. */
const firstAt = (n: number, now: number): number => now - 30 * HOUR + n * 7 * MINUTE;

function canaryOf(n: number): string {
  return `灰雀首发第${n}帖`;
}

function source(id: string, standing: Standing): Source {
  return {
    id,
    name: { zh: `信源${id}`, en: `Source ${id}` },
    kind: 'feed',
    address: `http://${id}.example/`,
    settings: {},
    standing,
    family: id,
    audience: 0,
    manners: { robots: true, pollAtLeast: 1, pollAtMost: 1, pause: 1 },
    paused: false,
    addedBy: 'admin',
    addedAt: 0,
    rev: 0,
  };
}

function assessmentOf(id: string, at: number, first: string): Assessment {
  return {
    id: `${id}:a`,
    issueId: id,
    at,
    factors: [{ name: 'harm', score: 0.5, weight: 30, because: { zh: '有人不适', en: 'people fell ill' }, evidence: [first] }],
    total: 66,
    computed: 'orange',
    level: 'orange',
    nature: 'safety',
    overrideId: null,
    because: { zh: '得分 66', en: '66 points' },
    wouldChange: [],
  };
}

function rowsOf(
  n: number,
  now: number,
): { readonly issue: Issue; readonly documents: readonly Document[]; readonly assessment: Assessment } {
  const id = `HD-2026-${2000 + n}`;
  const [standing, kind] = FIRST[n % FIRST.length]!;
  const at = firstAt(n, now);
  const first = document(`first${n}`, {
    sourceId: `s-${standing}`,
    kind,
    title: '',
    text: `${canaryOf(n)}：我第一个看到，自来水是黄的。`,
    address: `http://s-${standing}.example/t/${canaryOf(n)}`,
    language: 'zh',
    pseudonym: `f1f2f3f4f5f6${String(1000 + n)}` as Document['pseudonym'],
    place: `首发地${n}号`,
    publishedAt: at,
    seenAt: at + MINUTE,
  });
  const press = document(`press${n}`, {
    sourceId: 's-press',
    kind: 'article',
    title: `本报讯 ${n}`,
    text: '记者了解到情况。',
    publishedAt: at + 3 * HOUR,
  });
  const others = Array.from({ length: 8 }, (_, i) =>
    document(`other${n}-${i}`, {
      sourceId: 's-community',
      kind: 'post',
      text: '我家的水也是黄的。为什么没有通知？',
      language: 'zh',
      pseudonym: `${n}a${i}`.padStart(16, '0') as Document['pseudonym'],
      publishedAt: at + HOUR + i * MINUTE,
    }),
  );
  return {
    issue: issue(id, {
      title: `城东自来水发黄 ${n}`,
      titleFrom: `press${n}`,
      language: 'zh',
      firstPublishedAt: at,
      firstSeenAt: at + MINUTE,
      openedAt: at + 2 * MINUTE,
      lastAt: now - MINUTE,
      nMentions: 10,
      nUnique: 10,
      nVoices: 10,
      bySource: { [`s-${standing}`]: 1, 's-press': 1, 's-community': 8 },
      assessmentId: `${id}:a`,
      hours: [{ hour: Math.floor(at / HOUR) * HOUR, unique: 1, all: 1, burst: false }],
      rev: 0,
    }),
    documents: [first, press, ...others],
    assessment: assessmentOf(id, now, first.id),
  };
}

beforeAll(async () => {
  rights = await openRights();
  const now = rights.io.now();
  const rows = Array.from({ length: N }, (_, n) => rowsOf(n, now));
  await rights.world.put({
    source: (['community', 'desk', 'field', 'import', 'press', 'official'] as const).map((standing) => source(`s-${standing}`, standing)),
    issue: rows.map((row) => row.issue),
    document: rows.flatMap((row) => row.documents),
    mention: rows.flatMap((row) => row.documents.map((one) => ({ ...mention(one.id, row.issue.id), at: one.seenAt }))),
    assessment: rows.map((row) => row.assessment),
    claim: rows.map((row, n) => ({
      id: `c${n}`,
      issueId: row.issue.id,
      text: '自来水不能喝',
      firstDocumentId: `first${n}`,
      nDocuments: 9,
      nVoices: 9,
      verdict: 'false' as const,
      evidence: [{ what: '检测合格', source: '检测报告', at: now, by: 'analyst' }],
      reviewedBy: 'duty',
      decidedAt: now,
      openedBy: 'analyst',
      openedAt: now,
      rev: 0,
    })),
    signed: rows.slice(0, 5).map((row, n) => ({ ...signed(1), id: `st${n}.v1`, statementId: `st${n}`, issueId: row.issue.id })),
  });
});
afterAll(() => rights.end());

/** What of a first post stands in a text. */
function tracesIn(text: string, n: number): readonly string[] {
  const { documents } = rowsOf(n, rights.io.now());
  const first = documents[0]!;
  const traces = [canaryOf(n), encodeURIComponent(canaryOf(n)), first.id, first.pseudonym!, first.place!, '我第一个看到'];
  return traces.filter((trace) => text.includes(trace));
}

test('a trace is found when one is there', () => {
  expect(tracesIn(`x ${canaryOf(3)} y`, 3)).toEqual([canaryOf(3)]);
  expect(tracesIn('首发地7号', 7)).toEqual(['首发地7号']);
});

test('forty special reports, in both languages, omit it', async () => {
  for (let n = 0; n < N; n++)
    for (const language of ['zh', 'en'] as const) {
      const paper = await reportPaper(rights.io, `HD-2026-${2000 + n}`, language);
      if (!paper.ok) throw new Error(paper.refusal.code);
      expect([n, tracesIn(JSON.stringify(paper.value), n)]).toEqual([n, []]);
    }
});

/** The list of how it spread: which organisation published first. */
function firstNode(paper: object): string {
  return /"([^"]*(?:最先|首发|首先|率先|first organisation|first published|First)[^"]*)"/i.exec(JSON.stringify(paper))?.[1] ?? '';
}

test('the chain begins with an organisation, not with a reader who wrote on its site', async () => {
  for (let n = 0; n < N; n++) {
    const [standing] = FIRST[n % FIRST.length]!;
    const paper = await reportPaper(rights.io, `HD-2026-${2000 + n}`, 'zh');
    if (!paper.ok) throw new Error(paper.refusal.code);
    const text = JSON.stringify(paper.value);
    const at = new Date(firstAt(n, rights.io.now()) + 8 * HOUR + 3 * HOUR);
    const clock = `${String(at.getUTCHours()).padStart(2, '0')}:${String(at.getUTCMinutes()).padStart(2, '0')}`;
    // The press article came three hours after the private post: the node tells its time.
    expect([n, standing, text.includes(clock), firstNode(paper.value)]).toEqual([n, standing, true, expect.any(String)]);
  }
});

test('printed reports, bulletins and public pages omit it', async () => {
  const duty = await rights.as('duty');
  for (let n = 0; n < N; n += 4) {
    const reply = await duty.send('GET', `/issues/HD-2026-${2000 + n}/report.html`);
    expect([reply.statusCode, tracesIn(reply.body, n)]).toEqual([200, []]);
  }
  await rights.house.until(rights.house.at('07:31'));
  const day = (await rights.store.list('bulletin'))[0];
  const paper = await bulletinPaper(rights.io, day?.id ?? '');
  if (!paper.ok) throw new Error(paper.refusal.code);
  const rest = ['/answers', '/answers.json', '/answers.atom', '/about', '/open311/v2/requests.json', '/openapi.json'];
  const pages = await Promise.all(rest.map(async (url) => (await rights.outside.send('GET', url)).body));
  const bulletins = await Promise.all(
    ['/api/bulletins', `/api/bulletins/${day?.id}`, `/bulletins/${day?.id}.html`, '/api/account', '/api/journal?limit=5000'].map(
      async (url) => (await duty.send('GET', url)).body,
    ),
  );
  for (let n = 0; n < N; n++) {
    const inBulletins = [JSON.stringify(paper.value), ...bulletins, ...pages].flatMap((text) => tracesIn(text, n));
    // A request to the desk is listed in Open311 by its number alone.
    expect([n, inBulletins.filter((trace) => trace !== `first${n}` || FIRST[n % FIRST.length]![0] !== 'desk')]).toEqual([n, []]);
  }
});
