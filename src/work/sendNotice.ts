/** Hand one notice to one channel and remember the result. At least once: the receiver drops repeats by the key. */
import type { Io } from '../io.ts';
import { compareLevels } from '../model/assessment.ts';
import type { Notice } from '../model/alert.ts';
import { DAY, HOUR, type Instant, MINUTE, SECOND, type Span } from '../model/time.ts';
import type { Job, Message, Sent } from '../ports.ts';
import { linkToken } from './queueNotices.ts';
import { NOTHING, type Piece, textOf } from './piece.ts';

/** REL-08: orange and red are tried again soon and often; others by the ladder of Standard Webhooks. */
const SOON: readonly Span[] = [5 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE];
const LADDER: readonly Span[] = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, DAY];
const MOST_TRIES_SOON = 60;

export function messageOf(io: Io, notice: Notice): Message {
  return {
    key: notice.id,
    issueId: notice.issueId,
    level: notice.level,
    subject: notice.subject,
    text: notice.text,
    link: notice.linkHash === null ? null : `${io.publicAddress}/ack/${linkToken(io, notice.id)}`,
    pageLink: `${io.publicAddress}/desk/issues/${encodeURIComponent(notice.issueId)}`,
    ackBy: notice.ackBy,
    threadKey: `issue:${notice.issueId}`,
    demo: io.demo,
  };
}

/** When to try again, or null to give up: then the notice stands as failed on the board. */
function retryAt(notice: Notice, sent: Sent, now: Instant): Instant | null {
  if (sent.result === 'never') return null;
  const isUrgent = compareLevels(notice.level, 'orange') >= 0;
  if (notice.nTries + 1 >= (isUrgent ? MOST_TRIES_SOON : LADDER.length)) return null;
  const pause = isUrgent ? SOON[Math.min(notice.nTries, SOON.length - 1)]! : LADDER[notice.nTries]!;
  return now + Math.max(pause, sent.after ?? 0);
}

/** How long until the channel's limit a minute lets one more pass; 0 now. */
async function waitOfLimit(io: Io, notice: Notice, perMinute: number, now: Instant): Promise<Span> {
  const last = await io.store.list('notice', {
    equal: { channelId: notice.channelId },
    by: 'sentAt',
    from: now - MINUTE,
    order: 'down',
    limit: perMinute,
  });
  const oldest = last.length < perMinute ? null : (last.at(-1)?.sentAt ?? null);
  return oldest === null ? 0 : oldest + MINUTE - now;
}

export async function sendNotice(io: Io, job: Job): Promise<Piece> {
  const now = io.now();
  const notice = await io.store.get('notice', textOf(job, 'noticeId'));
  if (notice === undefined || notice.state !== 'queued') return NOTHING;
  const channel = await io.store.get('channel', notice.channelId);
  const notifier = channel === undefined ? undefined : io.notifiers.get(channel.kind);
  if (channel === undefined || !channel.active || notifier === undefined) {
    return { change: { put: { notice: [{ ...notice, state: 'dropped', result: 'the channel is gone' }] } } };
  }
  const wait = await waitOfLimit(io, notice, notifier.perMinute, now);
  if (wait > 0) return { change: { putBack: { jobId: job.id, due: now + wait } } };
  const sent = await notifier.send(messageOf(io, notice), channel.settings, io.hands, now);
  const nTries = notice.nTries + 1;
  const tell = (): void => io.tell({ kind: 'notice', id: notice.issueId });
  if (sent.result === 'sent')
    return { change: { put: { notice: [{ ...notice, state: 'sent', result: sent.why, sentAt: now, nTries }] } }, after: tell };
  const again = retryAt(notice, sent, now);
  const put = { notice: [{ ...notice, state: again === null ? ('failed' as const) : notice.state, result: sent.why, nTries }] };
  return { change: again === null ? { put } : { put, putBack: { jobId: job.id, due: again } }, after: tell };
}
