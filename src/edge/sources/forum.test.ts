import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listPage, NOW, ok, source, table } from '../../../test/stubs/sourceKit.ts';
import { type Answer, type StubSite, startSite } from '../../../test/stubs/stubSite.ts';
import type { Item } from '../../model/document.ts';
import { HOUR } from '../../model/time.ts';
import type { Json } from '../../model/words.ts';
import type { Follow, Get, Pulled } from '../../ports.ts';
import { makeOutbound } from '../get.ts';
import collector from './forum.ts';

const floor = (n: number, text: string, extra = '') =>
  `<div class="post" id="post_${n}"><div class="author">用户${n}</div><div class="time">2026-03-10 06:0${n % 10}</div><span class="floor">${n}楼</span><div class="content">${text}</div>${extra}</div>`;
const threadPage = (floors: string, next = '') =>
  `<html><head><title>东门水黄</title></head><body><h1>东门水黄</h1><div id="posts">${floors}</div>${next === '' ? '' : `<a class="next" href="${next}">下一页</a>`}</body></html>`;

const board = (replies: (n: number) => number) => listPage([5, 4, 3, 2, 1], '', (n) => `<span class="replies">${replies(n)} 回复</span>`);
const listed =
  (html: string): Get =>
  async () =>
    ok(html);

test('threads are read when new and when their replies change', async () => {
  const first = await collector.pull(source('forum'), null, listed(board(() => 1)), NOW);
  expect(first.follow!.length).toBe(5);
  const second = await collector.pull(source('forum'), first.cursor, listed(board(() => 1)), NOW + 600_000);
  expect(second.follow).toEqual([]);
  const third = await collector.pull(source('forum'), second.cursor, listed(board((n) => (n === 3 ? 2 : 1))), NOW + 1_200_000);
  expect(third.follow!.map((follow) => follow.address)).toEqual(['https://site.example/thread/3.html']);
});
test('a young thread is looked at again for edits and removals, ever more rarely', async () => {
  const first = await collector.pull(source('forum'), null, listed(board(() => 1)), NOW);
  let cursor = first.cursor;
  let nLooks = 0;
  for (let hour = 1; hour <= 100; hour++) {
    const pulled = await collector.pull(source('forum'), cursor, listed(board(() => 1)), NOW + hour * 3_600_000);
    nLooks += pulled.follow!.length;
    cursor = pulled.cursor;
  }
  expect(nLooks).toBe(20);
});
test('floors are items of their thread, over pages, with the removed one marked', async () => {
  const get = table({
    'https://site.example/thread/3.html': ok(
      threadPage(
        floor(1, '水龙头出来是黄的，有股味') + floor(2, '我们三栋也是，早上更明显') + floor(3, '该帖已被删除'),
        '/thread/3-2.html',
      ),
      undefined,
      'https://site.example/thread/3.html',
    ),
    'https://site.example/thread/3-2.html': ok(
      threadPage(floor(4, '打过热线了，说在冲管') + floor(5, '等到几点才能用')),
      undefined,
      'https://site.example/thread/3-2.html',
    ),
  });
  const start = { address: 'https://site.example/thread/3.html', key: 'T3', known: { kind: 'post' as const, title: '东门水黄' } };
  const one = await collector.read(source('forum'), start, get, NOW);
  expect(one.items[0]).toMatchObject({ key: 'T3', kind: 'post', title: '东门水黄' });
  expect(one.items[1]).toMatchObject({ kind: 'reply', thread: 'T3', title: '' });
  expect(one.items.slice(1).every((item) => item.key.startsWith('T3#'))).toBe(true);
  expect(one.items.find((item) => item.gone)).toBeDefined();
  const two = await collector.read(source('forum'), one.follow![0]!, get, NOW);
  expect(two.items.length).toBe(2);
  expect(two.items.every((item) => item.kind === 'reply' && item.thread === 'T3')).toBe(true);
  expect(new Set([...one.items, ...two.items].map((item) => item.key)).size).toBe(5);
});
test('a thread that is gone takes its opening text with it; a later page that is gone takes nothing', async () => {
  const start = { address: 'https://site.example/thread/3.html', key: 'T3', known: {} };
  expect((await collector.read(source('forum'), start, table({}), NOW)).items).toMatchObject([{ key: 'T3', gone: true }]);
  expect((await collector.read(source('forum'), { ...start, nPage: 2 }, table({}), NOW)).items).toEqual([]);
});

describe('over HTTP', () => {
  let site: StubSite;
  let now = NOW;
  beforeEach(async () => {
    site = await startSite();
    now = NOW;
  });
  afterEach(() => site.close());

  const boardOf = (rows: readonly [thread: number, replies: number, last: string][]) =>
    listPage(
      rows.map(([thread]) => thread),
      '',
      (n) => {
        const [, replies, last] = rows.find(([thread]) => thread === n)!;
        return `<span class="replies">${replies} 回复</span> <span class="last">最后回复 ${last}</span>`;
      },
    );
  const page = (body: string): Answer => ({ headers: { 'content-type': 'text/html; charset=utf-8' }, body });
  /** Floors of a thread, on pages of at most three. */
  function setThread(n: number, floors: readonly number[], pageSize = 3): void {
    const nPages = Math.ceil(floors.length / pageSize);
    for (let at = 0; at < nPages; at++) {
      const some = floors.slice(at * pageSize, (at + 1) * pageSize).map((each) => floor(each, `第${each}楼说东门的水还是黄的，孩子不敢喝`));
      const next = at + 1 < nPages ? `/thread/${n}-${at + 2}.html` : '';
      site.set(`/thread/${n}${at === 0 ? '' : `-${at + 1}`}.html`, page(threadPage(some.join(''), next)));
    }
  }

  /** One round as `work/` makes it: the list, then whatever is to be followed, with the cursor committed after each step. */
  function reader() {
    const { get } = makeOutbound({ allowLoopback: true, userAgent: 'Heed/test', now: () => now });
    const board = source('forum', { address: `${site.address}/board`, standing: 'community' });
    let cursor: Json = null;
    const commit = (pulled: Pulled): Pulled => {
      cursor = JSON.parse(JSON.stringify(pulled.cursor ?? cursor)) as Json;
      return pulled;
    };
    return async () => {
      const items: Item[] = [];
      const notes: string[] = [];
      const addresses: string[] = [];
      const follow: Follow[] = [];
      const step = async (ask: () => Promise<Pulled>): Promise<void> => {
        let pulled = await ask();
        while (pulled.stopped?.kind === 'later') {
          now = pulled.stopped.at;
          pulled = await ask();
        }
        commit(pulled);
        items.push(...pulled.items);
        notes.push(...pulled.notes);
        follow.push(...(pulled.follow ?? []));
      };
      await step(() => collector.pull(board, cursor, get, now));
      for (let next = follow.shift(); next !== undefined; next = follow.shift()) {
        const one = next;
        addresses.push(new URL(one.address).pathname);
        await step(() => collector.read(board, one, get, now, cursor));
      }
      return {
        items,
        notes,
        addresses,
        gone: items.filter((item) => item.gone === true).map((item) => item.key.replace(site.address, '')),
      };
    };
  }

  test('a thread is read again when its replies or its last time change, over all its pages', async () => {
    for (const n of [3, 2, 1]) setThread(n, [1, 2, 3, 4]);
    site.set(
      '/board',
      page(
        boardOf([
          [3, 3, '2026-03-10 07:00'],
          [2, 3, '2026-03-10 07:00'],
          [1, 3, '2026-03-10 07:00'],
        ]),
      ),
    );
    const round = reader();
    const first = await round();
    expect(first.addresses.sort()).toEqual([
      '/thread/1-2.html',
      '/thread/1.html',
      '/thread/2-2.html',
      '/thread/2.html',
      '/thread/3-2.html',
      '/thread/3.html',
    ]);
    expect(first.items.length).toBe(12);
    expect(new Set(first.items.map((item) => item.key)).size).toBe(12);
    expect((await round()).addresses).toEqual([]);
    setThread(2, [1, 2, 3, 4, 5]);
    site.set(
      '/board',
      page(
        boardOf([
          [2, 4, '2026-03-10 08:00'],
          [1, 3, '2026-03-10 11:30'],
          [3, 3, '2026-03-10 07:00'],
        ]),
      ),
    );
    const third = await round();
    expect(third.addresses.sort()).toEqual(['/thread/1-2.html', '/thread/1.html', '/thread/2-2.html', '/thread/2.html']);
    expect(third.gone).toEqual([]);
  });
  test('a floor that vanished is gone once the thread was read to its end, even where pages shift', async () => {
    setThread(3, [1, 2, 3, 4, 5, 6, 7]);
    site.set('/board', page(boardOf([[3, 6, '2026-03-10 07:00']])));
    const round = reader();
    expect((await round()).gone).toEqual([]);
    setThread(3, [1, 3, 4, 5, 6, 7]);
    site.set('/board', page(boardOf([[3, 5, '2026-03-10 07:00']])));
    const second = await round();
    expect(second.gone).toEqual([expect.stringMatching(/#.*2$/)]);
    expect(second.items.find((item) => item.gone)).toMatchObject({ kind: 'reply', thread: expect.any(String) });
    now += 2 * HOUR;
    const look = await round();
    expect(look.addresses.length).toBe(2);
    expect(look.gone).toEqual([]);
  });
  test('a floor is not gone while a later page could not be read', async () => {
    setThread(3, [1, 2, 3, 4, 5]);
    site.set('/board', page(boardOf([[3, 4, '2026-03-10 07:00']])));
    const round = reader();
    await round();
    setThread(3, [1, 3, 4, 5]);
    site.set('/thread/3-2.html', { status: 500 });
    now += 2 * HOUR;
    expect((await round()).gone).toEqual([]);
    setThread(3, [1, 3, 4, 5]);
    now += 4 * HOUR;
    expect((await round()).gone).toEqual([expect.stringMatching(/#.*2$/)]);
  });
  test('a wall before the replies removes nothing, and is told', async () => {
    setThread(3, [1, 2, 3, 4, 5], 9);
    site.set('/board', page(boardOf([[3, 4, '2026-03-10 07:00']])));
    const round = reader();
    await round();
    setThread(3, [1, 2], 9);
    now += 2 * HOUR;
    const walled = await round();
    expect(walled.gone).toEqual([]);
    expect(walled.notes).toContain('forum.manyMissing');
  });
  test('a purge that the list confirms is believed', async () => {
    setThread(3, [1, 2, 3, 4, 5], 9);
    site.set('/board', page(boardOf([[3, 4, '2026-03-10 07:00']])));
    const round = reader();
    await round();
    setThread(3, [1, 2], 9);
    site.set('/board', page(boardOf([[3, 1, '2026-03-10 07:00']])));
    expect((await round()).gone.length).toBe(3);
  });
  test('a taken-down opening post takes the thread with it, and what stands below is not taken in again', async () => {
    setThread(3, [1, 2, 3], 9);
    site.set('/board', page(boardOf([[3, 2, '2026-03-10 07:00']])));
    const round = reader();
    const { items } = await round();
    site.set('/thread/3.html', page(threadPage(floor(1, '该帖已被删除') + floor(2, '我们三栋也是，早上更明显') + floor(3, '打过热线了'))));
    now += 2 * HOUR;
    const after = await round();
    expect(after.items).toMatchObject([{ key: items[0]!.key, gone: true }]);
    expect(after.notes).toContain('forum.openingGone');
  });
});
