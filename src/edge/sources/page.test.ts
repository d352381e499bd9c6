import { expect, test } from 'vitest';
import { articlePage, listPage, NOW, ok, SENTENCE, source, table } from '../../../test/stubs/sourceKit.ts';
import type { NotGot } from '../../ports.ts';
import collector from './page.ts';

test('follows new entries once, turns pages while everything is new, and reads the article', async () => {
  const get = table({
    'https://site.example/list': ok(listPage([9, 8, 7, 6, 5], '/list?page=2')),
    'https://site.example/list?page=2': ok(listPage([4, 3, 2, 1], ''), undefined, 'https://site.example/list?page=2'),
    'https://site.example/thread/9.html': ok(
      articlePage('东门片区自来水发黄有异味的情况说明第9号'),
      undefined,
      'https://site.example/thread/9.html',
    ),
  });
  const first = await collector.pull(source('page'), null, get, NOW);
  expect(first.follow!.length).toBe(5);
  expect(first.more).toBe(true);
  const second = await collector.pull(source('page'), first.cursor, get, NOW);
  expect(second.follow!.length).toBe(4);
  expect(second.more).toBeUndefined();
  const third = await collector.pull(source('page'), second.cursor, get, NOW);
  expect(third.follow).toEqual([]);
  const read = await collector.read(source('page'), first.follow![0]!, get, NOW);
  expect(read.items[0]).toMatchObject({ key: first.follow![0]!.key, kind: 'article', title: '东门片区自来水发黄有异味的情况说明第9号' });
  expect(read.items[0]!.body).toContain(SENTENCE);
  expect(read.items[0]!.body).not.toContain('首页');
});
test('a later page that fails is given up, so that the next round begins at the front', async () => {
  const get = table({ 'https://site.example/list': ok(listPage([9, 8, 7, 6, 5], '/list?page=2')) });
  const first = await collector.pull(source('page'), null, get, NOW);
  const second = await collector.pull(source('page'), first.cursor, get, NOW);
  expect(second.stopped).toBeUndefined();
  expect(second.notes).toEqual(['page.nextGone']);
  const third = await collector.pull(source('page'), second.cursor, get, NOW);
  expect(third.follow).toEqual([]);
  expect(get.asked.at(-1)).toBe('https://site.example/list');
});
const follow = {
  address: 'https://site.example/a',
  key: 'k',
  known: { title: 't', body: '一段足够长的摘要，写明东门停水的时间和范围，供稍后核对。' },
};
const cases: [answer: NotGot, nItems: number, gone: boolean | undefined, stopped: boolean, why: string][] = [
  [{ kind: 'gone', status: 404 }, 1, true, false, 'a page that is gone says so'],
  [{ kind: 'refused', refusal: { code: 'collect.robotsForbid' } }, 1, undefined, false, 'a forbidden page leaves what was known'],
  [
    { kind: 'failed', because: { zh: '坏', en: 'bad' }, code: 'http500' },
    1,
    undefined,
    true,
    'a broken page leaves what was known, and fails',
  ],
  [{ kind: 'later', at: NOW + 1, because: 'pace' }, 0, undefined, true, 'a page for later gives nothing yet'],
];
for (const [answer, nItems, gone, stopped, why] of cases)
  test(why, async () => {
    const read = await collector.read(source('page'), follow, async () => answer, NOW);
    expect(read.items.length).toBe(nItems);
    expect(read.items[0]?.gone).toBe(gone);
    expect(read.stopped !== undefined).toBe(stopped);
  });
