/** From an alert and the offices that shall hear to queued notices with their links, their jobs and their times of leaving. */
import type { Io } from '../io.ts';
import type { Alert, Notice } from '../model/alert.ts';
import type { Issue } from '../model/issue.ts';
import type { Office } from '../model/office.ts';
import type { Instant } from '../model/time.ts';
import type { Words } from '../model/words.ts';
import type { NewJob } from '../ports.ts';
import { sayIn } from '../text/say.ts';
import { leavesAt, notices } from '../warn/notice.ts';
import { planOf } from '../warn/plan.ts';
import type { Organisation } from './organisation.ts';

/** The secret of a notice's one-time link: made again from the key when it is sent, so that it is nowhere at rest. */
export function linkToken(io: Io, noticeId: string): string {
  return io.digest(io.signer.sign(`sign-for:${noticeId}`));
}

export interface Queued {
  readonly notices: readonly Notice[];
  readonly jobs: readonly NewJob[];
}

export interface QueueFor {
  readonly alert: Alert;
  readonly issue: Issue;
  readonly offices: readonly Office[];
  readonly step: number;
  readonly staffId: string | null;
  readonly because: Words | null;
  readonly ackBy: Instant | null;
}

/** Notices that exist already are left out: repeats are harmless. */
export async function queueNotices(io: Io, organisation: Organisation, wanted: QueueFor, now: Instant): Promise<Queued> {
  const { body, channels, plans } = organisation;
  const { alert, issue, offices, step, staffId, because, ackBy } = wanted;
  const personal = new Set([...io.notifiers.values()].filter((notifier) => notifier.personal).map((notifier) => notifier.kind));
  const call = { issue, step, staffId, because, ackBy, language: body.language, zone: body.calendar.zone };
  const made = notices(alert, offices, channels, personal, call, sayIn(body.language), now);
  const shared = new Set(channels.filter((channel) => channel.officeId === null).map((channel) => channel.id));
  const once = made.filter(
    (notice, i) => !shared.has(notice.channelId) || made.findIndex((other) => other.channelId === notice.channelId) === i,
  );
  const known = new Set(
    (
      await io.store.many(
        'notice',
        once.map((notice) => notice.id),
      )
    ).map((notice) => notice.id),
  );
  const earlier = await io.store.list('notice', { equal: { issueId: issue.id } });
  const leaves = step > 0 ? now : leavesAt(alert.level, planOf(alert.level, plans), earlier, body.calendar.zone, now);
  if (leaves === null) return { notices: [], jobs: [] };
  const fresh = once
    .filter((notice) => !known.has(notice.id))
    .map((notice) => ({ ...notice, linkHash: io.digest(linkToken(io, notice.id)) }));
  const jobs = fresh.map((notice) => ({
    run: 'sendNotice',
    key: `sendNotice:${notice.id}`,
    payload: { noticeId: notice.id },
    due: leaves,
    lane: `channel:${notice.channelId}`,
  }));
  return { notices: fresh, jobs };
}
