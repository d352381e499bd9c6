/** Every text the desk shows a person, in English. */
import { enDesk } from './enDesk.ts';
import { enRooms } from './enRooms.ts';
import { enSet } from './enSet.ts';
import { enWork } from './enWork.ts';
import type { zh } from './zh.ts';

export const en: Readonly<Record<keyof typeof zh, string>> = { ...enDesk, ...enWork, ...enRooms, ...enSet };
