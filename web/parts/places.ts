/** The pages of the desk in the order of the flow: the rail, the palette and the `g` keys are drawn from this one list. */
import type { May } from './may.ts';
import type { Key } from './words.tsx';

export interface Place {
  readonly to: string;
  readonly name: Key;
  readonly key: string;
  readonly letter: string;
  readonly may?: May;
}

export interface Room {
  readonly name: Key | null;
  readonly places: readonly Place[];
}

export const ROOMS: readonly Room[] = [
  { name: null, places: [{ to: '/today', name: 'nav.today', key: 'KeyT', letter: 't' }] },
  {
    name: 'room.collect',
    places: [
      { to: '/stream', name: 'nav.stream', key: 'KeyS', letter: 's', may: 'desk' },
      { to: '/sources', name: 'nav.sources', key: 'KeyO', letter: 'o', may: 'desk' },
      { to: '/topics', name: 'nav.topics', key: 'KeyQ', letter: 'q', may: 'desk' },
      { to: '/desk', name: 'nav.desk', key: 'KeyC', letter: 'c', may: 'clerk' },
      { to: '/field', name: 'nav.field', key: 'KeyF', letter: 'f', may: 'field' },
    ],
  },
  { name: 'room.judge', places: [{ to: '/issues', name: 'nav.issues', key: 'KeyI', letter: 'i', may: 'desk' }] },
  { name: 'room.warn', places: [{ to: '/due', name: 'nav.due', key: 'KeyR', letter: 'r', may: 'desk' }] },
  { name: 'room.answer', places: [{ to: '/answers', name: 'nav.answers', key: 'KeyA', letter: 'a', may: 'desk' }] },
  {
    name: 'room.account',
    places: [
      { to: '/bulletins', name: 'nav.bulletins', key: 'KeyB', letter: 'b', may: 'desk' },
      { to: '/account', name: 'nav.account', key: 'KeyN', letter: 'n', may: 'desk' },
    ],
  },
  { name: 'room.admin', places: [{ to: '/admin', name: 'nav.admin', key: 'KeyD', letter: 'd', may: 'admin' }] },
];
