import type { ClockView } from '../../src/model/desk.ts';
import { ago, ahead, MIN } from './fixtureTimes.ts';

export const clock = (
  id: string,
  lane: ClockView['lane'],
  startedMinutesAgo: number,
  dueIn: number,
  metAgo: number | null,
  part?: ClockView['part'],
): ClockView => ({
  id,
  issueId: 'HD-2026-0031',
  lane,
  level: 'orange',
  officeId: 'water',
  startedAt: ago(startedMinutesAgo),
  dueAt: ahead(dueIn),
  metAt: metAgo === null ? null : ago(metAgo),
  metBy: metAgo === null ? null : 's-zhou',
  step: 0,
  cancelled: false,
  left: dueIn * MIN,
  ...(part === undefined ? {} : { part }),
});
