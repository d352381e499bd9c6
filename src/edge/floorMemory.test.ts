import { expect, test } from 'vitest';
import type { Json } from '../model/words.ts';
import { type FloorPage, floorMemory } from './floorMemory.ts';

const page = (nPage: number, floors: string, over: Partial<FloorPage> = {}): FloorPage => ({
  nPage,
  floors: [...floors],
  nShown: floors.length + (nPage === 1 ? 1 : 0),
  isWhole: true,
  isLast: true,
  nReplies: null,
  ...over,
});
const open = { isLast: false };

/** Each page is taken in by a memory that was written and read again in between, as a cursor is. */
function vanishedOver(pages: readonly FloorPage[]): string[] {
  let kept: Json = null;
  return pages.map((each) => {
    const memory = floorMemory(kept);
    const { vanished, isDoubtful } = memory.take('T', each);
    kept = JSON.parse(JSON.stringify(memory.toJson())) as Json;
    return isDoubtful ? '?' : vanished.join('');
  });
}

const cases: [why: string, pages: readonly FloorPage[], vanished: string[]][] = [
  ['the first reading removes nothing', [page(1, 'abc')], ['']],
  ['a missing floor of a whole reading vanished, once', [page(1, 'abc'), page(1, 'ac'), page(1, 'ac')], ['', 'b', '']],
  ['a floor that came back can vanish again', [page(1, 'abc'), page(1, 'ac'), page(1, 'abc'), page(1, 'bc')], ['', 'b', '', 'a']],
  ['over pages only the last one tells', [page(1, 'ab', open), page(2, 'cd'), page(1, 'ac', open), page(2, 'd')], ['', '', '', 'b']],
  ['a page cut off by a limit tells nothing', [page(1, 'abc'), page(1, 'ab', { isWhole: false }), page(1, 'abc')], ['', '', '']],
  [
    'a first page cut off spoils the reading',
    [page(1, 'ab', open), page(2, 'cd'), page(1, 'a', { ...open, isWhole: false }), page(2, 'cd')],
    ['', '', '', ''],
  ],
  ['a missed page spoils the reading', [page(1, 'abcd'), page(1, 'a', open), page(3, 'd')], ['', '', '']],
  ['a reading that never ended tells nothing', [page(1, 'abc'), page(1, 'ab', open), page(1, 'abc')], ['', '', '']],
  ['what an unfinished reading met is remembered', [page(1, 'ab', open), page(1, 'b')], ['', 'a']],
  ['more than half missing is doubtful, and stays known', [page(1, 'abcde'), page(1, 'ab'), page(1, 'abcd')], ['', '?', 'e']],
  ['more than half missing, as the list says', [page(1, 'abcde'), page(1, 'ab', { nReplies: 2 })], ['', 'cde']],
  ['removed floors that are still shown count as shown', [page(1, 'abcde'), page(1, 'ab', { nReplies: 5, nShown: 6 })], ['', 'cde']],
];
for (const [why, pages, vanished] of cases) test(why, () => expect(vanishedOver(pages)).toEqual(vanished));

test('threads do not mix, and a forgotten one tells nothing', () => {
  const memory = floorMemory(null);
  memory.take('T', page(1, 'abc'));
  memory.take('U', page(1, 'xyz'));
  expect(memory.take('U', page(1, 'xy')).vanished).toEqual(['z']);
  memory.forget('T');
  expect(memory.take('T', page(1, 'a')).vanished).toEqual([]);
});
test('the cursor stays small: threads read longest ago are forgotten', () => {
  const memory = floorMemory(null);
  for (let n = 0; n < 40; n++) {
    const floors = Array.from({ length: 500 }, (_, at) => `post_${n}_${at}`);
    memory.take(`T${n}`, { ...page(1, ''), floors, nShown: 501 });
  }
  const rows = memory.toJson() as Json[][];
  expect(rows.length).toBe(11);
  expect(rows.at(-1)![0]).toBe('T39');
});
test('a cursor of another shape reads as empty', () => {
  for (const kept of [3, 'x', [[1]], { floors: [] }, [['T', 'abc', null, 'x', []]]] as Json[])
    expect(floorMemory(kept).take('T', page(1, 'a')).vanished).toEqual([]);
});
