/** Plans: per colour, the clocks that start, and who hears next when one runs out. */
import type { Alert, Clock, Lane, Plan } from '../model/alert.ts';
import type { Level } from '../model/assessment.ts';
import type { Issue } from '../model/issue.ts';
import type { OfficeId, StaffId } from '../model/office.ts';
import { type Calendar, DAY, HOUR, type Instant, MINUTE, type Span } from '../model/time.ts';
import type { Words } from '../model/words.ts';
import { type Organisation, outsideOf, rungsAbove } from './organisation.ts';
import { dueAt } from './workingTime.ts';

const NOTHING = { ack: null, verify: null, upward: null, tasks: null, firstWord: null, full: null } as const;

/**
 * The `heed-default` template (rights document, section 3; anchors: 国办发〔2016〕61号 and 80号: facts in 5 h, a press conference in 24 h,
 * other matters in 48 h). In working time a whole day means one working day. Installations edit their copies.
 */
export const DEFAULT_PLANS: readonly Plan[] = [
  { id: 'none', ...NOTHING, workingTime: true, push: false, roles: [], rev: 0 },
  {
    id: 'blue',
    ...NOTHING,
    ack: 4 * HOUR,
    verify: 8 * HOUR,
    tasks: DAY,
    full: 5 * DAY,
    returnWithin: DAY,
    workingTime: true,
    push: false,
    roles: ['dutyOfficer'],
    rev: 0,
  },
  {
    id: 'yellow',
    ack: 30 * MINUTE,
    verify: 2 * HOUR,
    upward: 4 * HOUR,
    tasks: 4 * HOUR,
    firstWord: DAY,
    full: 2 * DAY,
    returnWithin: 2 * HOUR,
    updateEvery: DAY,
    workingTime: true,
    push: true,
    roles: ['dutyOfficer', 'liaison'],
    rev: 0,
  },
  {
    id: 'orange',
    ack: 15 * MINUTE,
    verify: HOUR,
    upward: HOUR,
    tasks: HOUR,
    firstWord: 5 * HOUR,
    full: DAY,
    returnWithin: 30 * MINUTE,
    updateEvery: 6 * HOUR,
    workingTime: false,
    push: true,
    roles: ['dutyOfficer', 'liaison', 'spokesperson', 'leader'],
    rev: 0,
  },
  {
    id: 'red',
    ack: 5 * MINUTE,
    verify: 15 * MINUTE,
    upward: 30 * MINUTE,
    upwardEvery: 2 * HOUR,
    tasks: 30 * MINUTE,
    firstWord: HOUR,
    facts: 5 * HOUR,
    full: DAY,
    returnWithin: 15 * MINUTE,
    updateEvery: 3 * HOUR,
    workingTime: false,
    push: true,
    roles: ['dutyOfficer', 'liaison', 'spokesperson', 'leader'],
    rev: 0,
  },
];

/** The plan of a colour: the installation's own, else the default one. */
export function planOf(level: Level, plans: readonly Plan[]): Plan {
  return plans.find((plan) => plan.id === level) ?? DEFAULT_PLANS.find((plan) => plan.id === level)!;
}

/** When a span of this plan is over: in working time for a plan that says so, else on the wall clock. */
export function planDue(plan: Plan, start: Instant, span: Span, calendar: Calendar): Instant {
  return plan.workingTime ? dueAt(start, span, calendar) : start + span;
}

/**
 * The clocks an alert starts. ACK and VERIFY run from `now` (alerted), UPWARD and ANSWER from when the colour was reached
 * (`judgedAt`; when not told, the alert's time). The first of `officeIds` holds them. A clock that already exists under the same id
 * must be left as it is (`newClocks`): nothing resets a clock. Task clocks start with their tasks (`taskClock`).
 */
export function clocksFor(
  plan: Plan,
  issue: Pick<Issue, 'id'>,
  alert: Alert,
  officeIds: readonly OfficeId[],
  calendar: Calendar,
  now: Instant,
  judgedAt: Instant = alert.at,
): readonly Clock[] {
  const officeId = officeIds[0];
  if (officeId === undefined) return [];
  const clocks: Clock[] = [];
  const start = (lane: Lane, startedAt: Instant, span: Span | null | undefined, part?: Clock['part']): void => {
    if (span === null || span === undefined) return;
    const id = `${issue.id}:${lane}:${alert.level}${part === undefined || part === 'full' ? '' : `:${part}`}`;
    const due = planDue(plan, startedAt, span, calendar);
    const clock = { id, issueId: issue.id, lane, level: alert.level, officeId, startedAt, dueAt: due };
    clocks.push({ ...clock, metAt: null, metBy: null, step: 0, cancelled: false, ...(part === undefined ? {} : { part }) });
  };
  start('ack', now, plan.ack);
  start('verify', now, plan.verify);
  start('upward', judgedAt, plan.upward);
  start('answer', judgedAt, plan.firstWord, 'firstWord');
  start('answer', judgedAt, plan.facts, 'facts');
  start('answer', judgedAt, plan.full, 'full');
  return clocks;
}

/** Of the wanted clocks, those that do not run or have not run yet: late stays late for ever. */
export function newClocks(existing: readonly Clock[], wanted: readonly Clock[]): readonly Clock[] {
  const known = new Set(existing.map((clock) => clock.id));
  return wanted.filter((clock) => !known.has(clock.id));
}

/** The clock of a task: signed for by its office. Null where the plan sets none. */
export function taskClock(
  plan: Plan,
  task: { readonly id: string; readonly issueId: string; readonly officeId: OfficeId },
  level: Level,
  calendar: Calendar,
  now: Instant,
): Clock | null {
  if (plan.tasks === null) return null;
  const { issueId, officeId } = task;
  const due = planDue(plan, now, plan.tasks, calendar);
  const id = `${issueId}:tasks:${task.id}`;
  return { id, issueId, lane: 'tasks', level, officeId, startedAt: now, dueAt: due, metAt: null, metBy: null, step: 0, cancelled: false };
}

/** Outside the ack lane an hour passes between two steps at least: less would call people who are at work on it. Chosen. */
const PAUSE_AT_LEAST = HOUR;

/** When the next step of an unmet clock is due: step 1 at the due time, each later one after another pause. */
export function stepDueAt(clock: Clock, plan: Plan, calendar: Calendar): Instant {
  const ack = plan.ack ?? PAUSE_AT_LEAST;
  const pause = clock.lane === 'ack' ? ack : Math.max(ack, PAUSE_AT_LEAST);
  let due = clock.dueAt;
  for (let step = 0; step < clock.step; step++) due = planDue(plan, due, pause, calendar);
  return due;
}

/** Who hears next. `step` as in a notice: 1 the backup, 2 the head, 3 and more the tiers above, one by one. */
export interface NextStep {
  readonly step: number;
  readonly officeId: OfficeId;
  /** The person the call is for; null: the office as a whole. */
  readonly staffId: StaffId | null;
  readonly because: Words;
}

/** `complainedOf`: offices named as having failed; their own people are passed over. */
export interface Ladder extends Organisation {
  readonly complainedOf: readonly OfficeId[];
}

const SAYS: Readonly<Record<'backup' | 'head' | 'above', (office: Words) => Words>> = {
  backup: (office) => ({ zh: `时限已过，转${office.zh}备岗人员`, en: `time ran out: the backup of ${office.en} is called` }),
  head: (office) => ({ zh: `备岗未响应，转${office.zh}负责人`, en: `no response from the backup: the head of ${office.en} is called` }),
  above: (office) => ({ zh: `本级未响应，上报${office.zh}`, en: `no response here: escalated to ${office.en}` }),
};

/**
 * Who hears when an unmet clock ran out: backup, head, then the tiers above in order, then the overseer. Steps without a person are
 * skipped, and so are the people of an office complained of. Null when everybody has been told or the clock is met or cancelled.
 */
export function nextStep(clock: Clock, ladder: Ladder): NextStep | null {
  if (clock.metAt !== null || clock.cancelled) return null;
  const office = ladder.offices.find((one) => one.id === clock.officeId);
  const outside = outsideOf(ladder.offices, ladder.complainedOf);
  if (office !== undefined && outside(office)) {
    const name = office.name;
    if (clock.step < 1 && office.deputyId !== null) {
      return { step: 1, officeId: office.id, staffId: office.deputyId, because: SAYS.backup(name) };
    }
    if (clock.step < 2 && office.headId !== null) {
      return { step: 2, officeId: office.id, staffId: office.headId, because: SAYS.head(name) };
    }
  }
  const above = rungsAbove(office?.tierId, ladder).filter((rung) => rung.id !== clock.officeId && outside(rung));
  const rung = above[Math.max(0, clock.step - 2)];
  if (rung === undefined) return null;
  const step = Math.max(3, clock.step + 1);
  return { step, officeId: rung.id, staffId: null, because: SAYS.above(rung.name) };
}
