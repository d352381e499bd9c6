import { describe, expect, test } from 'vitest';
import { NOW, ok, source, table } from '../../../test/stubs/sourceKit.ts';
import type { Item } from '../../model/document.ts';
import type { Json } from '../../model/words.ts';
import collector from './jsonApi.ts';

const ADDRESS = 'https://site.example/list';
const TEXT = '东门片区自来水发黄，居民请求检测水质并公布结果。';
const json = (value: unknown) => ok(JSON.stringify(value), { 'content-type': 'application/json' });
const pull = async (value: unknown, settings: { readonly [key: string]: Json } = {}, cursor: Json = null) =>
  collector.pull(source('jsonApi', { settings }), cursor, async () => json(value), NOW);

describe('shapes', () => {
  const at = '2026-03-09T08:00:00+08:00';
  const wanted: Partial<Item> = { key: '7', title: '水质', body: TEXT, address: 'https://site.example/a/7', publishedAt: Date.parse(at) };
  const plain = { id: 7, title: '水质', content: TEXT, url: '/a/7', created_at: at };
  const cases: readonly [why: string, value: unknown, settings: { readonly [key: string]: Json }, wanted: Partial<Item>][] = [
    ['a bare list', [plain], {}, wanted],
    ['a list in a wrapper', { code: 0, data: { total: 1, items: [plain] } }, {}, wanted],
    [
      'told paths',
      { r: [{ a: { b: 7 }, t: '水质', x: { y: TEXT }, u: '/a/7', d: at }] },
      { list: 'r', key: 'a.b', title: 't', body: 'x.y', address: 'u', publishedAt: 'd' },
      wanted,
    ],
    [
      'fields under attributes',
      { data: [{ type: 'node', id: 7, attributes: { title: '水质', body: TEXT, url: '/a/7', created: at } }] },
      {},
      { ...wanted },
    ],
    [
      'rendered fields',
      [
        {
          id: 7,
          title: { rendered: '水质' },
          content: { rendered: `<p>${TEXT}</p>` },
          link: 'https://site.example/a/7',
          date: '2026-03-09T08:00:00',
        },
      ],
      { title: 'title.rendered', body: 'content.rendered' },
      wanted,
    ],
    ['seconds since 1970', [{ ...plain, created_at: Date.parse(at) / 1000 }], {}, wanted],
    ['a list beside a longer one, told', { tags: [{ a: 1 }, { a: 2 }, { a: 3 }], posts: [plain] }, { list: 'posts' }, wanted],
    [
      'without a key: the link',
      [{ title: '水质', content: TEXT, url: 'https://site.example/a/7' }],
      {},
      { key: 'https://site.example/a/7' },
    ],
  ];
  test.each(cases)('%s', async (_why, value, settings, item) => {
    const { items, notes, stopped } = await pull(value, settings);
    expect([stopped, notes]).toEqual([undefined, []]);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject(item);
  });
  test('what columns about persons hold is not in the texts', async () => {
    const { items } = await pull([
      { id: 1, title: '投诉', content: '王小明反映水黄，电话 13900000000', 联系人姓名: '王小明', phone: '13900000000' },
    ]);
    expect(JSON.stringify(items)).not.toMatch(/王小明|13900000000/);
  });
  test.each([
    ['a page', '<html>', 'failed'],
    ['a number', 5, 'failed'],
    ['records without text', [{ a: 1 }, { a: 2 }], 'refused'],
    ['a path to nothing', { x: [plain] }, 'failed'],
  ])('%s is no list', async (_why, value, kind) => {
    const { stopped, cursor, items } = await pull(value, { list: kind === 'failed' ? 'nowhere' : '' }, { kept: 1 });
    expect([stopped?.kind, cursor, items]).toEqual([kind, { kept: 1 }, []]);
  });
  test('an empty list is read, and a told field that is not there is said', async () => {
    expect((await pull({ items: [] }, { list: 'items' })).stopped).toBeUndefined();
    expect((await pull([plain], { place: 'no.such' })).notes).toEqual(['field not found: place']);
  });
});

describe('pages', () => {
  const page = (from: number, next?: unknown) =>
    json({ items: [from, from + 1].map((id) => ({ id, title: `第${id}条`, content: TEXT })), next });
  async function walk(answers: Parameters<typeof table>[0], settings: { readonly [key: string]: Json }, cursor: Json = null) {
    const get = table(answers);
    const keys: string[] = [];
    let at = cursor;
    for (let n = 0; n < 10; n++) {
      const pulled = await collector.pull(source('jsonApi', { settings }), at, get, NOW);
      keys.push(...pulled.items.map((item) => item.key));
      at = pulled.cursor;
      if (pulled.more !== true) break;
    }
    return { keys, asked: get.asked, cursor: at };
  }
  test('by the address the answer gives', async () => {
    const { keys, asked } = await walk({ [ADDRESS]: page(1, '/list?after=2'), [`${ADDRESS}?after=2`]: page(3, null) }, { next: 'next' });
    expect([keys, asked]).toEqual([
      ['1', '2', '3', '4'],
      [ADDRESS, `${ADDRESS}?after=2`],
    ]);
  });
  test('by a mark for a parameter, and by number', async () => {
    expect(
      (await walk({ [ADDRESS]: page(1, 'abc'), [`${ADDRESS}?cursor=abc`]: page(3) }, { next: 'next', pageParam: 'cursor' })).keys,
    ).toEqual(['1', '2', '3', '4']);
    expect(
      (
        await walk(
          { [ADDRESS]: page(1), [`${ADDRESS}?page=2`]: page(3), [`${ADDRESS}?page=3`]: page(5), [`${ADDRESS}?page=4`]: page(7) },
          { pageParam: 'page' },
        )
      ).asked,
    ).toHaveLength(3);
  });
  test('never to another host; not beyond what is known; a missing page ends the walk', async () => {
    expect((await walk({ [ADDRESS]: page(1, 'https://inside.example/x') }, { next: 'next' })).asked).toEqual([ADDRESS]);
    const first = await walk({ [ADDRESS]: page(1), [`${ADDRESS}?page=2`]: page(3) }, { pageParam: 'page', pages: 2 });
    const second = await walk({ [ADDRESS]: page(1) }, { pageParam: 'page' }, first.cursor);
    expect([second.keys, second.asked]).toEqual([[], [ADDRESS]]);
    const broken = await walk({ [ADDRESS]: page(1) }, { pageParam: 'page' });
    expect(broken.cursor).toMatchObject({ place: null });
  });
});
