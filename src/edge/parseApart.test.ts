import { describe, expect, test } from 'vitest';
import { parseApart, stripApart } from './parseApart.ts';
import { runParse } from './parseTasks.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const html = 'text/html; charset=utf-8';
const kit = { address: 'https://a.example/1', now: Date.UTC(2026, 2, 3), zone: 'UTC' };
const paragraph = '<p>The water in the east of the town runs yellow again, neighbours say, and nobody answers the telephone.</p>';
const page = (n: number): Uint8Array => bytesOf(`<html><body><article>${paragraph.repeat(n)}</article></body></html>`);
const list = { bytes: page(3), contentType: html, kit };

describe('texts of strangers, parsed apart', () => {
  test('give what the same task gives in place', async () => {
    const here = runParse({ kind: 'article', input: list }) as { readonly text: string };
    expect(await parseApart('article', list)).toEqual({ ok: true, value: here });
    expect(here.text).toContain('runs yellow');
  });

  // 512 kB is large; nothing else is waiting, and nothing small comes after it.
  test('a large one that stands alone is taken', async () => {
    const result = await parseApart('article', { ...list, bytes: page(6000) });
    expect(result.ok).toBe(true);
  });

  test('of several large ones all are answered, and a small one behind them does not wait for the last', async () => {
    const order: string[] = [];
    const note = (name: string) => () => order.push(name);
    const large = [1, 2, 3].map((n) => parseApart('article', { ...list, bytes: page(6000 + n) }).then(note('large')));
    await Promise.all([...large, parseApart('article', list).then(note('small'))]);
    expect(order).toHaveLength(4);
    expect(order.indexOf('small')).toBeLessThan(2);
  });

  test('what breaks a limit is given up; the next text is read all the same, and the fallback keeps its words', async () => {
    const heavy = bytesOf(`{"version":"https://jsonfeed.org/version/1.1","items":[${'{"a":[]},'.repeat(1_200_000)}{}]}`);
    const broken = await parseApart('feed', { bytes: heavy, contentType: 'application/feed+json', address: kit.address, headers: {} });
    // On a slow machine the time is over before the memory.
    expect(broken.ok).toBe(false);
    expect((await parseApart('article', list)).ok).toBe(true);
    expect((await stripApart(page(6000), html)).text).toContain('runs yellow');
  });
});
