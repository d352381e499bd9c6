/**
 * Notices: one message to one office by one channel, with an id from its cause, so that repeats are harmless. A notice holds the issue's
 * machine-made title, counts, the reason and the clock; no text of the public and no personal data.
 */
import type { Alert, Notice, Plan } from '../model/alert.ts';
import { compareLevels, type Level } from '../model/assessment.ts';
import type { Issue } from '../model/issue.ts';
import type { Channel, Office, StaffId } from '../model/office.ts';
import { HOUR, type Instant, MINUTE, type Span } from '../model/time.ts';
import type { Words } from '../model/words.ts';
import { hourOfDay, instantOf, dayOf, shortTime } from './workingTime.ts';

/** The sentences a notice is made of; their words stand in `text/words/`. */
export const NOTICE_KEYS = [
  'notice.subject',
  'notice.why',
  'notice.counts',
  'notice.countsFew',
  'notice.offices',
  'notice.ackBy',
  'notice.step',
  'notice.digest',
] as const;
export type NoticeKey = (typeof NOTICE_KEYS)[number];

/** Says one sentence in the language of the notice (`sayIn` of `text/say.ts`). */
export type NoticeSay = (key: NoticeKey | `level.${Level}`, values?: Readonly<Record<string, string | number>>) => string;

/** What all notices of one call share. */
export interface Call {
  readonly issue: Pick<Issue, 'id' | 'title' | 'nMentions' | 'nUnique' | 'nVoices' | 'bySource'>;
  readonly step: number;
  /** Whom the call is for from step 1 on; null: the office. */
  readonly staffId: StaffId | null;
  /** Why a later step is called; null for the first call. */
  readonly because: Words | null;
  readonly ackBy: Instant | null;
  readonly language: 'zh' | 'en';
  readonly zone: string;
}

/** Longest title in a notice, in characters. Chosen: one line on a telephone, and too short to be a quotation. */
const TITLE = 60;

/**
 * One notice per office and channel that serves it (its own channels and those for all), as `queued`. `personalKinds` are the kinds of
 * channel that reach one person: only there is `staffId` set, so that a link in it may be personal. Blue and lower give none.
 * `linkHash` is null: who queues the notice makes the link.
 */
export function notices(
  alert: Alert,
  offices: readonly Office[],
  channels: readonly Channel[],
  personalKinds: ReadonlySet<string>,
  call: Call,
  say: NoticeSay,
  now: Instant,
): readonly Notice[] {
  if (compareLevels(alert.level, 'yellow') < 0) return [];
  const subject = subjectOf(alert, call, say);
  const text = textOf(alert, offices, call, say);
  const made: Notice[] = [];
  for (const office of offices) {
    for (const channel of channels) {
      if (!channel.active || (channel.officeId !== null && channel.officeId !== office.id)) continue;
      made.push({
        id: `${alert.id}:${office.id}:${call.step}:${channel.id}`,
        alertId: alert.id,
        issueId: alert.issueId,
        officeId: office.id,
        channelId: channel.id,
        step: call.step,
        staffId: personalKinds.has(channel.kind) ? call.staffId : null,
        subject,
        text,
        level: alert.level,
        ackBy: call.ackBy,
        linkHash: null,
        state: 'queued',
        result: '',
        createdAt: now,
        sentAt: null,
        nTries: 0,
      });
    }
  }
  return made;
}

/** The title cut to its length, on one line. */
export function shortTitle(title: string, longest = TITLE): string {
  const characters = Array.from(title.replace(/\s+/gu, ' ').trim());
  return characters.length <= longest ? characters.join('') : `${characters.slice(0, longest - 1).join('')}…`;
}

function subjectOf(alert: Alert, call: Call, say: NoticeSay): string {
  return say('notice.subject', { level: say(`level.${alert.level}`), issue: alert.issueId, title: shortTitle(call.issue.title) });
}

function textOf(alert: Alert, offices: readonly Office[], call: Call, say: NoticeSay): string {
  const { issue, language } = call;
  const nSources = Object.keys(issue.bySource).length;
  const lines = [say('notice.why', { why: alert.because[language] })];
  if (call.because !== null) lines.unshift(say('notice.step', { why: call.because[language] }));
  // Under five voices no count is told.
  if (issue.nVoices < 5) lines.push(say('notice.countsFew', { nSources }));
  else lines.push(say('notice.counts', { nSources, nMentions: issue.nMentions, nUnique: issue.nUnique }));
  const names = offices.map((office) => office.name[language]).join(language === 'zh' ? '、' : ', ');
  lines.push(say('notice.offices', { offices: names }));
  if (call.ackBy !== null) lines.push(say('notice.ackBy', { time: shortTime(call.ackBy, call.zone) }));
  return lines.join('\n');
}

/** Later notices of an issue wait for each other this long (the group interval; workflow document, 2.4). */
export const GROUP_PAUSE: Span = 5 * MINUTE;

/** Until it is signed for, an alert is told again after this pause. */
export const REPEAT: Readonly<Partial<Record<Level, Span>>> = { yellow: 4 * HOUR, orange: HOUR, red: 15 * MINUTE };

/** Pushes to one person in one shift; beyond it yellow waits in one digest. Orange and red always ring. */
export const PUSHES_PER_SHIFT = 6;

/** Local hours in which yellow does not ring. */
export const QUIET = { from: 22, to: 7 } as const;

/**
 * When a notice of this level may leave; null: never as a push. `sent` are earlier notices of the same issue. The first of an issue
 * or of a colour leaves at once, later ones within the group; yellow waits out the quiet hours.
 */
export function leavesAt(
  level: Level,
  plan: Plan,
  sent: readonly Pick<Notice, 'level' | 'createdAt'>[],
  zone: string,
  now: Instant,
): Instant | null {
  if (!plan.push || compareLevels(level, 'yellow') < 0) return null;
  let at = now;
  if (sent.some((notice) => notice.level === level)) {
    const last = Math.max(...sent.map((notice) => notice.createdAt));
    at = Math.max(now, last + GROUP_PAUSE);
  }
  return level === 'yellow' ? afterQuiet(at, zone) : at;
}

function afterQuiet(at: Instant, zone: string): Instant {
  const hour = hourOfDay(at, zone);
  if (hour >= QUIET.to && hour < QUIET.from) return at;
  const day = dayOf(at, zone);
  const morning = instantOf(day, QUIET.to * 60, zone);
  return morning >= at ? morning : instantOf(dayOf(at + 12 * HOUR, zone), QUIET.to * 60, zone);
}

/** When an alert that nobody signed for is told again; null when it is not. */
export function repeatsAt(alert: Alert, lastSentAt: Instant, zone: string): Instant | null {
  const pause = REPEAT[alert.level];
  if (alert.ackedAt !== null || pause === undefined) return null;
  return alert.level === 'yellow' ? afterQuiet(lastSentAt + pause, zone) : lastSentAt + pause;
}

/** True when one more yellow push to this person in this shift would be too many: it goes into the digest. */
export function overLimit(level: Level, sentToPerson: readonly Pick<Notice, 'sentAt'>[], shiftStart: Instant): boolean {
  if (compareLevels(level, 'orange') >= 0) return false;
  return sentToPerson.filter((notice) => notice.sentAt !== null && notice.sentAt >= shiftStart).length >= PUSHES_PER_SHIFT;
}

/** Several waiting notices to one channel as one message: the count, then a line each, the highest colour first. */
export function digest(waiting: readonly Notice[], say: NoticeSay): { readonly subject: string; readonly text: string } {
  const lines = [...waiting].sort((a, b) => compareLevels(b.level, a.level) || a.createdAt - b.createdAt).map((notice) => notice.subject);
  return { subject: say('notice.digest', { count: waiting.length }), text: lines.join('\n') };
}
