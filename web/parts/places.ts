/** The pages of the desk in the order of the flow: the rail, the palette and the `g` keys are drawn from this one list. */
import type { May } from './may.ts';
import type { Key } from './words.tsx';

export interface Place {
  readonly to: string;
  readonly name: Key;
  readonly letter: string;
  readonly may?: May;
}

export interface Room {
  readonly name: Key | null;
  readonly places: readonly Place[];
}

export const ROOMS: readonly Room[] = [
  { name: null, places: [{ to: '/today', name: 'nav.today', letter: 't' }] },
  {
    name: 'room.collect',
    places: [
      { to: '/stream', name: 'nav.stream', letter: 's', may: 'desk' },
      { to: '/sources', name: 'nav.sources', letter: 'o', may: 'desk' },
      { to: '/topics', name: 'nav.topics', letter: 'q', may: 'desk' },
      { to: '/desk', name: 'nav.desk', letter: 'c', may: 'clerk' },
      { to: '/field', name: 'nav.field', letter: 'f', may: 'field' },
    ],
  },
  { name: 'room.judge', places: [{ to: '/issues', name: 'nav.issues', letter: 'i', may: 'desk' }] },
  { name: 'room.warn', places: [{ to: '/due', name: 'nav.due', letter: 'r', may: 'desk' }] },
  { name: 'room.answer', places: [{ to: '/answers', name: 'nav.answers', letter: 'a', may: 'desk' }] },
  {
    name: 'room.account',
    places: [
      { to: '/bulletins', name: 'nav.bulletins', letter: 'b', may: 'desk' },
      { to: '/account', name: 'nav.account', letter: 'n', may: 'desk' },
    ],
  },
  { name: 'room.admin', places: [{ to: '/admin', name: 'nav.admin', letter: 'd', may: 'admin' }] },
];
