import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountView, DocumentView, IssuePage, IssueRow, SourceRow, StreamPage, TodayBoard } from '../../src/model/desk.ts';
import type { Topic } from '../../src/model/issue.ts';
import { alert, clock, document, issue, mention, settle } from './rows.ts';
import { type Browser, browserFor, makeWorld, NOW, type World } from './testIo.ts';

const HOUR = 3_600_000;
let world: World;
let duty: Browser;
beforeAll(async () => {
  world = await makeWorld();
  await settle(world);
  duty = await browserFor(world, 'duty');
});
afterAll(() => world.end());

async function get<T>(url: string, browser = duty): Promise<T> {
  const reply = await browser.send('GET', url);
  expect([url, reply.statusCode]).toEqual([url, 200]);
  return reply.json() as T;
}

const TOPIC: Topic = {
  id: 't1',
  name: { zh: '供水', en: 'Water' },
  query: 'brown AND water',
  duty: 'water',
  purpose: { why: 'w', legalBasis: 'l', officeId: 'county', askedBy: 'a', approvedBy: 'b', use: 'u', reviewAt: NOW, endsAt: NOW + 1e9 },
  mustMatch: [],
  mustNotMatch: [],
  startsAt: NOW - 1,
  rev: 0,
};

describe('today', () => {
  test('what needs a person, most urgent first, with its reason and due time', async () => {
    const board = await get<TodayBoard>('/api/today');
    expect(board.needs.map((need) => need.kind)).toEqual(['ack', 'late']);
    expect(board.needs[0]).toMatchObject({
      issueId: 'HD-2026-0001',
      title: 'Issue HD-2026-0001',
      level: 'orange',
      dueAt: NOW + 300_000,
      officeId: 'waterCo',
    });
    expect(board.needs[1]!.because).toEqual({ zh: '“全面答复”已超时', en: expect.stringMatching(/is late$/) });
  });

  test('numbers of the day come from running counts', async () => {
    const { last24h } = await get<TodayBoard>('/api/today');
    expect(last24h).toMatchObject({ nDocuments: 3, nIssues: 1, nOffTopic: 1 });
    expect(last24h.hourly).toHaveLength(24);
    expect(last24h.hourly.reduce((a, b) => a + b, 0)).toBe(3);
  });

  test('issues stand by colour, then points; over ones are left out', async () => {
    await world.put({
      issue: [
        issue('B', { level: 'yellow', total: 50 }),
        issue('A', { level: 'red', total: 81 }),
        issue('C', { level: 'none' }),
        issue('Z', { level: 'red', state: 'closed' }),
      ],
    });
    const { issues } = await get<TodayBoard>('/api/today');
    expect(issues.map((row) => row.id)).toEqual(['A', 'HD-2026-0001', 'B', 'C']);
    await world.store.commit({ remove: { issue: ['A', 'B', 'C', 'Z'] } });
  });

  test('a liaison sees what waits for the own office; a clerk sees no issues', async () => {
    const other = alert('HD-2026-0001', { id: 'HD-2026-0001:harmNamed:orange', officeIds: ['oversight'] });
    await world.put({ alert: [other] });
    const mine = await get<TodayBoard>('/api/today', await browserFor(world, 'liaison'));
    expect(mine.needs.filter((need) => need.kind === 'ack').map((need) => need.officeId)).toEqual(['waterCo']);
    const clerk = await get<TodayBoard>('/api/today', await browserFor(world, 'clerk'));
    expect([clerk.needs, clerk.issues, clerk.changes]).toEqual([[], [], []]);
    await world.store.commit({ remove: { alert: [other.id] } });
  });
});

describe('the stream', () => {
  test('newest first, in pages that neither lose nor repeat, whatever shares an instant', async () => {
    const many = Array.from({ length: 130 }, (_, n) => document(`p${n}`, { publishedAt: NOW - 10 * HOUR - Math.floor(n / 7) * 1000 }));
    await world.put({ document: many });
    const seen: string[] = [];
    let before: number | null = NOW - 9 * HOUR;
    while (before !== null) {
      const page: StreamPage = await get(`/api/stream?filter=all&limit=10&before=${before}`);
      seen.push(...page.rows.map((row) => row.id));
      before = page.next;
    }
    expect(seen).toHaveLength(130);
    expect(new Set(seen).size).toBe(130);
    await world.store.commit({ remove: { document: many.map((one) => one.id) } });
  });

  test.each([
    ['all', ['d1', 'd2', 'd3']],
    ['loose', ['d3']],
    ['sent', ['d1', 'd2']],
  ])('%s', async (filter, ids) => {
    const page = await get<StreamPage>(`/api/stream?filter=${filter}`);
    expect(page.rows.map((row) => row.id).sort()).toEqual(ids);
    expect(page.counts).toEqual({ all: 3, new: 3, loose: 1, sent: 2 });
    expect(page.next).toBeNull();
  });

  test('new: until somebody decided', async () => {
    await duty.send('POST', '/api/triage', { documentIds: ['d3'], action: 'done' });
    expect((await get<StreamPage>('/api/stream?filter=new')).rows.map((row) => row.id).sort()).toEqual(['d1', 'd2']);
  });

  test('by a query; a wrong one is refused with the place', async () => {
    const hit = document('q1', { title: 'Brown water', text: 'It is brown.' });
    await world.store.commit({
      put: { document: [hit] },
      terms: [{ documentId: 'q1', title: ['brown', 'water'], text: ['it', 'is', 'brown'] }],
    });
    expect((await get<StreamPage>('/api/stream?q=brown%20AND%20water')).rows.map((row) => row.id)).toEqual(['q1']);
    expect((await get<StreamPage>('/api/stream?q=brown%20AND%20moon')).rows).toEqual([]);
    const reply = await duty.send('GET', '/api/stream?q=brown%20AND%20(');
    expect([reply.statusCode, (reply.json() as { code: string; details: { position: number } }).details.position > 0]).toEqual([400, true]);
  });
});

describe('a document', () => {
  test('shows its issue, why, its copies, and where a topic’s words stand', async () => {
    await world.put({ topic: [TOPIC] });
    const view = await get<DocumentView>('/api/documents/q1');
    expect(view.matches).toEqual([
      { topicId: 't1', terms: ['brown', 'water'], ranges: expect.arrayContaining([{ inTitle: true, from: 0, to: 5 }]) },
    ]);
    const first = await get<DocumentView>('/api/documents/d1');
    expect(first).toMatchObject({
      because: { en: 'The same matter' },
      nCopies: 1,
      copies: [{ id: 'd2', how: 'exact' }],
      issue: { id: 'HD-2026-0001', level: 'orange' },
    });
    expect((await duty.send('GET', '/api/documents/none')).statusCode).toBe(404);
  });
});

describe('issues', () => {
  test.each([
    ['', ['HD-2026-0001', 'quiet']],
    ['?level=orange', ['HD-2026-0001']],
    ['?level=red,none', ['quiet']],
    ['?state=closed', ['over']],
    ['?state=all', ['HD-2026-0001', 'over', 'quiet']],
    ['?q=0001', ['HD-2026-0001']],
    ['?q=ISSUE%20QUIET', ['quiet']],
    ['?topic=t9', ['quiet']],
    ['?q=nothing', []],
  ])('the list %s', async (query, ids) => {
    await world.put({ issue: [issue('quiet', { level: 'none', topicIds: ['t9'] }), issue('over', { state: 'closed' })] });
    expect((await get<IssueRow[]>(`/api/issues${query}`)).map((row) => row.id).sort()).toEqual(ids);
    await world.store.commit({ remove: { issue: ['quiet', 'over'] } });
  });

  test('a row tells the lead, the earliest clock, and whether it was answered', async () => {
    const [row] = await get<IssueRow[]>('/api/issues');
    expect(row).toMatchObject({
      leadOfficeId: 'waterCo',
      acked: false,
      answered: true,
      overridden: false,
      nSources: 1,
      nextClock: { lane: 'answer', left: -1000 },
    });
    expect(row!.spark.reduce((a, b) => a + b, 0)).toBe(2);
    expect(row!.spark).toHaveLength(24);
  });

  test('the page has every part', async () => {
    await world.store.commit({
      journal: [{ at: NOW - 500, kind: 'warn.alerted', subject: 'HD-2026-0001', by: 'machine', data: { level: 'orange' } }],
    });
    const page = await get<IssuePage>('/api/issues/HD-2026-0001');
    expect(page.documents.map((row) => row.id).sort()).toEqual(['d1', 'd2']);
    expect(page.timeline.map((row) => row.text.en)).toContain('Alert: orange');
    expect(page.marks.map((mark) => mark.kind).sort()).toEqual(['alert', 'statement', 'statement']);
    expect(page.recipients.length).toBeGreaterThan(0);
    expect(page.published.map((one) => one.version)).toEqual([2, 1]);
    expect(page.clocks).toHaveLength(2);
  });

  test('few voices: their texts are not listed (R-09)', async () => {
    await world.put({ issue: [issue('few', { fewVoices: true })], document: [document('f1')], mention: [mention('f1', 'few')] });
    const page = await get<IssuePage>('/api/issues/few');
    expect([page.fewVoices, page.documents]).toEqual([true, []]);
    expect((await duty.send('GET', '/api/issues/none')).statusCode).toBe(404);
  });
});

describe('sources, admin and figures', () => {
  test('a source shows its state and its day; what was deleted since was read all the same', async () => {
    const rows = await get<SourceRow[]>('/api/sources');
    const desk = rows.find((row) => row.source.id === 'desk')!;
    expect(desk).toMatchObject({ health: 'new', nDay: 135 });
  });

  test('a channel’s secrets are masked, and a mask sent back keeps them', async () => {
    const admin = await browserFor(world, 'admin');
    const mail = { name: 'mail', kind: 'email', settings: { host: 'mail.test', password: 'SECRET', to: 'a@b.test' } };
    expect((await admin.send('PUT', '/api/admin/channels/m', mail)).statusCode).toBe(200);
    const shown = await admin.send('GET', '/api/admin');
    expect(shown.body).not.toContain('SECRET');
    const { channels } = shown.json() as { channels: { settings: Record<string, string>; rev: number }[] };
    expect(
      (
        await admin.send('PUT', '/api/admin/channels/m', {
          ...mail,
          ...channels[0]!,
          settings: { ...channels[0]!.settings, host: 'new.test' },
        })
      ).statusCode,
    ).toBe(200);
    expect((await world.store.get('channel', 'm'))?.settings).toEqual({ host: 'new.test', password: 'SECRET', to: 'a@b.test' });
  });

  test('figures come from the journal', async () => {
    await world.put({ clock: [clock('HD-2026-0001', 'verify', { dueAt: NOW - 5, metAt: NOW - 9 })] });
    const view = await get<AccountView>('/api/account');
    expect(view.journal.brokenAt).toBeNull();
    expect(view.issues.map((row) => row.id)).toEqual(['HD-2026-0001']);
    expect(view.lateClocks).toContainEqual({ lane: 'answer', n: 1 });
    expect(view.lateClocks).toContainEqual({ lane: 'verify', n: 0 });
  });

  test('the last admin cannot give the role away', async () => {
    const admin = await browserFor(world, 'admin');
    const { secret: _, id: __, ...rest } = (await world.store.get('staff', 'admin'))!;
    expect((await admin.send('PUT', '/api/admin/staff/admin', { ...rest, roles: ['clerk'] })).statusCode).toBe(400);
  });
});

test('metrics have the fixed names and parse', async () => {
  const reply = await world.app.inject({ url: '/metrics' });
  const names = new Set(Array.from(reply.body.matchAll(/^# TYPE (\S+)/gm), ([, name]) => name));
  for (const name of [
    'heed_items_collected_total',
    'heed_source_up',
    'heed_source_lag_seconds',
    'heed_pipeline_seconds',
    'heed_items_duplicate_total',
    'heed_issues_open',
    'heed_clock_overdue',
    'heed_clock_seconds_to_ack',
    'heed_notifications_total',
    'heed_queue_depth',
    'heed_audit_chain_ok',
  ])
    expect(names).toContain(name);
  expect(reply.body).toContain('heed_issues_open{level="orange"} 2');
  expect(reply.body).toContain('heed_clock_overdue{lane="answer"} 1');
  for (const line of reply.body.split('\n').filter((one) => one !== ''))
    expect(line).toMatch(/^(?:# |\w+(?:\{[^}]*\})? -?[\d.e+]+$|\w+(?:\{[^}]*\})? \+?Inf|\w+_bucket)/);
});

test('metrics are not for strangers', async () => {
  const ask = (headers: Record<string, string>) => world.app.inject({ url: '/metrics', headers, remoteAddress: '203.0.113.5' });
  expect((await ask({})).statusCode).toBe(401);
  expect((await world.app.inject({ url: '/metrics', headers: { 'x-forwarded-for': '1.2.3.4' } })).statusCode).toBe(401);
  expect((await ask({ cookie: (await browserFor(world, 'admin')).cookie })).statusCode).toBe(200);
  expect((await ask({ cookie: duty.cookie })).statusCode).toBe(403);
});
