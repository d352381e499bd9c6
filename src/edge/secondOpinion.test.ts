import { expect, test } from 'vitest';
import { readArticle } from '../collect/article.ts';
import { isWorthAsking, secondOpinion } from './secondOpinion.ts';

const SENTENCE = '县水务公司今天上午对东门片区的九个点位进行了取样，结果将在下午五点前公布，请居民先放水再用。';
const page = (body: string) => `<html><head><title>t</title></head><body>${body}</body></html>`;
const kit = { address: 'https://site.example/a', now: 0, zone: 'Asia/Shanghai', secondOpinion };
const ordinary = page(`<nav><a href="/">首页</a></nav><article><h1>东门供水</h1>${`<p>${SENTENCE}</p>`.repeat(8)}</article>`);

test('gives the body of an ordinary page', () => {
  expect(secondOpinion(ordinary)).toContain(SENTENCE);
});
test('a long page of everyday depth is asked about', () => {
  expect(isWorthAsking(page('<div>'.repeat(30) + `<p>${SENTENCE}</p>`.repeat(3000)))).toBe(true);
});

/** Each of these costs seconds when it is asked about. */
const hostile: [why: string, html: string][] = [
  ['5,000 nested tags', page('<div>'.repeat(5000) + SENTENCE)],
  ['3,000 times four unclosed tags', page(`${'<b><i><a><font>'.repeat(3000)}${SENTENCE}`)],
  ['80 nested tables', page('<table><tr><td>'.repeat(80) + SENTENCE)],
  ['240 levels and four hundred siblings', page(`${'<div>'.repeat(240)}${`<p>${SENTENCE}</p>`.repeat(400)}`)],
  ['81 levels', page('<div>'.repeat(81) + SENTENCE)],
  ['70 levels and 2,500 siblings', page('<div>'.repeat(70) + `<p>${SENTENCE}</p>`.repeat(2500))],
  ['13,000 elements side by side', page(`<p>${SENTENCE}</p>`.repeat(13_000))],
  ['1.6 million characters', page(`<p>${'水'.repeat(1_600_000)}</p>`)],
];
for (const [why, html] of hostile)
  test(`a page of ${why} gets no second opinion, and its text is read all the same`, () => {
    expect(isWorthAsking(html)).toBe(false);
    expect(secondOpinion(html)).toBeNull();
    expect(readArticle(html, kit).text).toContain(html.includes(SENTENCE) ? SENTENCE : '水水水');
  });
test('nothing gives no opinion', () => {
  expect(secondOpinion('')).toBeNull();
});
