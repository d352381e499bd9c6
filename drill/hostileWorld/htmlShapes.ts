/** Pages made to hurt an HTML reader, each at most the 5 MB that are taken from a page. */
import type { Shape } from './xmlShapes.ts';

const MOST = 5_000_000;
const fill = (piece: string) => piece.repeat(Math.floor(MOST / Buffer.byteLength(piece)));
const page = (body: string) => `<!doctype html><html><head><title>Water in North Street</title></head><body>${body}</body></html>`;
const of = (name: string, body: () => string): Shape => ({
  name,
  bytes: () => Buffer.from(page(body())),
  contentType: 'text/html; charset=utf-8',
});

/** A cheap sequence that looks like chance and is the same in every run. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 12_345;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = state >>> 16;
  }
  return bytes;
}

const PROSE = 'The water of North Street is back and clear again, as the works said on Tuesday. ';

export const HTML_SHAPES: readonly Shape[] = [
  of('100,000 nested div', () => '<div>'.repeat(100_000)),
  of('5,000 nested div', () => '<div>'.repeat(5_000)),
  of('3,000 times <b><i><a><font>', () => '<b><i><a href=x><font>'.repeat(3_000)),
  of('4,000 nested tables', () => '<table><tr><td>'.repeat(4_000)),
  of('100,000 attributes', () => `<div ${Array.from({ length: 100_000 }, (_, n) => `a${n}=1`).join(' ')}>`),
  of('5 MB of paragraphs', () => fill(`<p>${PROSE}</p>`)),
  of('5 MB of links with dates', () => fill('<li><a href="/n/1.html">Water of North Street is back</a> <span>2026-03-03</span></li>')),
  { name: '2 MB of noise', bytes: () => noise(2_000_000), contentType: 'text/html' },
  of('5 MB of <', () => fill('<')),
  of('a comment without end', () => `<p>${PROSE}</p><!--${fill('--!')}`),
  of('250 levels, 200 times', () => `${'<div>'.repeat(250)}${PROSE}${'</div>'.repeat(250)}`.repeat(200)),
  of('5 MB without a tag', () => fill(PROSE)),
  of('5 MB of Chinese without a tag', () => fill('停水通知：北街今日恢复供水，水质清澈。')),
  of('59,000 floors with dates', () => '<div class="post"><i>a</i> 2026-03-03 08:00 #1 <p>北街恢复供水了没有</p></div>'.repeat(19_000)),
  of('5 MB of entities', () => fill('&#65;&amp;')),
  of('5 MB of white space', () => fill(' \n\t')),
  of('11,000 elements, 80 deep', () => `${'<div>'.repeat(70)}<p>${PROSE}</p>${'</div>'.repeat(70)}`.repeat(150)),
  of('digits for times', () => fill('<p>2026年3月3日3小时前 1-2-3 4:5:6 </p>')),
];
