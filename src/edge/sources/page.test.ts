import { expect, test } from 'vitest';
import { articlePage, listPage, NOW, ok, SENTENCE, source, table } from '../../../test/stubs/sourceKit.ts';
import type { Follow, NotGot } from '../../ports.ts';
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
const known = { title: '通告', body: follow.known.body };
const cases: [
  why: string,
  answer: NotGot,
  known: Follow['known'],
  readBefore: boolean,
  wanted: 'kept' | 'gone' | 'nothing',
  notes: string[],
][] = [
  ['a dead link leaves what was told', { kind: 'gone', status: 404 }, known, false, 'kept', ['page.gone 404']],
  ['a dead link of a text read before leaves what is told now', { kind: 'gone', status: 404 }, known, true, 'kept', ['page.gone 404']],
  ['a page gone for good that was never read leaves what was told', { kind: 'gone', status: 410 }, known, false, 'kept', ['page.gone 410']],
  ['a page read before and now gone for good says so', { kind: 'gone', status: 410 }, known, true, 'gone', ['page.gone 410']],
  [
    'a short notice is kept',
    { kind: 'gone', status: 404 },
    { title: '停水通知', body: '今晚十点起' + '停' },
    false,
    'kept',
    ['page.gone 404'],
  ],
  ['less than ten characters are not', { kind: 'gone', status: 404 }, { title: '停水', body: '今晚' }, false, 'nothing', ['page.gone 404']],
  [
    'a title alone does not replace a text',
    { kind: 'gone', status: 404 },
    { title: '东门片区停水通知（更新）' },
    true,
    'nothing',
    ['page.gone 404'],
  ],
  [
    'a forbidden page leaves what was told',
    { kind: 'refused', refusal: { code: 'collect.robotsForbid' } },
    known,
    false,
    'kept',
    ['page.refused collect.robotsForbid'],
  ],
  [
    'a broken page leaves what was told, and fails',
    { kind: 'failed', because: { zh: '坏', en: 'bad' }, code: 'http500' },
    known,
    false,
    'kept',
    [],
  ],
  ['a page for later gives nothing yet', { kind: 'later', at: NOW + 1, because: 'pace' }, known, false, 'nothing', []],
];
for (const [why, answer, told, readBefore, wanted, notes] of cases)
  test(why, async () => {
    const read = await collector.read(source('page'), { ...follow, known: told, readBefore }, async () => answer, NOW);
    const [item] = read.items;
    expect(item === undefined ? 'nothing' : item.gone === true ? 'gone' : 'kept').toBe(wanted);
    if (wanted === 'kept') expect(item).toMatchObject({ key: 'k', ...told, marks: ['page.summaryOnly'] });
    expect(read.notes).toEqual(notes);
    expect(read.stopped).toEqual(answer.kind === 'failed' || answer.kind === 'later' ? answer : undefined);
  });
test('an entry whose title changed is followed as one read before', async () => {
  const first = await collector.pull(source('page'), null, async () => ok(listPage([3, 2, 1])), NOW);
  expect(first.follow!.map((each) => each.readBefore)).toEqual([undefined, undefined, undefined]);
  const second = await collector.pull(source('page'), first.cursor, async () => ok(listPage([3, 2, 1]).replace('第2号', '第2号更正')), NOW);
  expect(second.follow).toMatchObject([{ address: 'https://site.example/thread/2.html', readBefore: true }]);
});
