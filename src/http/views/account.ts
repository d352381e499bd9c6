/** GET /api/account and the journal's proof. Times, overrides and promises come from the journal alone. */
import { JOURNAL } from '../../account/journalKinds.ts';
import { figures, timeToAck, timeToAlert, timeToAnswer, timeToFirstWord } from '../../account/retrospective.ts';
import type { Io } from '../../io.ts';
import { LANES, type Task } from '../../model/alert.ts';
import type { AccountView } from '../../model/desk.ts';
import type { Entry } from '../../model/journal.ts';
import { DAY, type Instant, MINUTE } from '../../model/time.ts';
import type { Door } from '../door.ts';
import { byUrgency } from './issueRows.ts';

const WINDOW = 31 * DAY;
const MOST_ISSUES = 200;
/** The whole chain is read to prove it; a busy page does not do that at each look. */
const PROOF_LASTS = MINUTE;

type Proof = AccountView['journal'];

/** Read anew when it is a minute old. */
export async function verifiedJournal(door: Door): Promise<Proof> {
  const known = door.io.memory.get('journalProof') as { at: Instant; proof: Proof } | undefined;
  const at = door.real();
  if (known !== undefined && at - known.at < PROOF_LASTS) return known.proof;
  const proof = await door.io.store.verifyJournal();
  door.io.memory.set('journalProof', { at, proof });
  return proof;
}

function officeRows(tasks: readonly Task[], now: Instant): AccountView['offices'] {
  return [...Map.groupBy(tasks, (task) => task.officeId)].map(([officeId, own]) => ({
    officeId,
    nTasks: own.length,
    signedInTime: own.filter((task) => task.signedAt !== null && task.signedAt <= task.dueAt).length,
    doneInTime: own.filter((task) => task.doneAt !== null && task.doneAt <= task.dueAt).length,
    nReturned: own.filter((task) => task.nReturns > 0 || (task.state === 'returned' && task.dueAt < now)).length,
  }));
}

async function lateClocks(io: Io): Promise<AccountView['lateClocks']> {
  const now = io.now();
  const clocks = await io.store.list('clock', { equal: { cancelled: false }, by: 'dueAt', from: now - WINDOW, to: now });
  return LANES.map((lane) => ({ lane, n: clocks.filter((clock) => clock.lane === lane && (clock.metAt ?? now) > clock.dueAt).length }));
}

async function issueTimes(io: Io, entries: readonly Entry[]): Promise<AccountView['issues']> {
  const told = new Set(
    entries.filter((entry) => entry.kind === JOURNAL.alerted || entry.kind === JOURNAL.published).map((entry) => entry.subject),
  );
  const issues = await io.store.many('issue', [...told].slice(-MOST_ISSUES));
  const own = Map.groupBy(entries, (entry) => entry.subject);
  return issues.sort(byUrgency).map(({ id, title, level }) => {
    const about = own.get(id) ?? [];
    return {
      id,
      title,
      level,
      toAlert: timeToAlert(about, id),
      toAck: timeToAck(about, id),
      toFirstWord: timeToFirstWord(about, id),
      toAnswer: timeToAnswer(about, id),
    };
  });
}

/** The last 31 days. */
export async function accountView(door: Door): Promise<AccountView> {
  const { io } = door;
  const now = io.now();
  const [entries, tasks, late, journal] = await Promise.all([
    io.store.journal({ from: now - WINDOW }),
    io.store.list('task', { by: 'createdAt', from: now - WINDOW }),
    lateClocks(io),
    verifiedJournal(door),
  ]);
  const all = figures(entries, now);
  const { made, kept, keptLate, late: overdue, broken } = all.promises;
  return {
    issues: await issueTimes(io, entries),
    medians: {
      toAlert: all.toAlert.median,
      toAck: all.toAck.median,
      toFirstWord: all.toFirstWord.median,
      toAnswer: all.toAnswer.median,
    },
    promises: { made, kept: kept + keptLate, late: overdue, broken },
    offices: officeRows(tasks, now),
    overrides: all.overrides,
    lateClocks: late,
    journal,
  };
}
