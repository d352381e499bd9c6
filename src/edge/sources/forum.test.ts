import { expect, test } from 'vitest';
import { listPage, NOW, ok, source, table } from '../../../test/stubs/sourceKit.ts';
import type { Get } from '../../ports.ts';
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
