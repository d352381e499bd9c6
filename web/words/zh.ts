/** Every text the desk shows a person, in Chinese: the list of keys that English must match. */
import { zhDesk } from './zhDesk.ts';
import { zhRooms } from './zhRooms.ts';
import { zhSet } from './zhSet.ts';
import { zhWork } from './zhWork.ts';

export const zh = { ...zhDesk, ...zhWork, ...zhRooms, ...zhSet } as const;
