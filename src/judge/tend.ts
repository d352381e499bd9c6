/** What happens to issues when nothing arrives: they fade, are over, are closed, and are forgotten. */
import type { Issue } from '../model/issue.ts';
import { DAY, HOUR, type Instant } from '../model/time.ts';
import { forgetDays, type Script } from './documentVector.ts';
import { issueRow } from './join.ts';
import { phaseOf } from './phase.ts';
import { idleWindow, type JudgeState, type LiveIssue } from './state.ts';
import { NO_BURST } from './tally.ts';
import { enterIndex, unindex } from './vector.ts';

/** An issue that old texts still arrive for (an import) is not closed under them. */
const GRACE = 6 * HOUR;
const SCRIPTS: readonly Script[] = ['han', 'other'];

/** Closes idle issues and brings phases up to date; gives the rows that changed. Cost: one look at each live issue. */
export function tend(state: JudgeState, now: Instant): Issue[] {
  const rows: Issue[] = [];
  forgetDays(state.terms, Math.floor(now / DAY) - state.settings.termDays, state.settings.termDocuments);
  for (const live of state.live.values()) {
    const idle = idleWindow(state, live);
    if (now - live.tally.lastAt > idle && now - live.touchedAt > GRACE) close(state, live);
    if (now - live.tally.lastAt > HOUR) live.tally.burst = NO_BURST;
    if (phaseOf(live.tally.hours, live.tally.lastAt, Math.max(now, live.tally.lastAt), idle) !== live.issue.phase)
      rows.push(issueRow(state, live, now));
  }
  for (const live of state.closed.values()) if (now - live.tally.lastAt > state.settings.linkable) forget(state, live);
  return rows;
}

function close(state: JudgeState, live: LiveIssue): void {
  state.live.delete(live.id);
  state.changed.delete(live.id);
  state.closed.set(live.id, live);
  for (const script of SCRIPTS) {
    unindex(live.sums[script], state.index[script], live);
    enterIndex(live.sums[script], state.closedIndex[script], live);
  }
  for (const member of live.members.values()) {
    state.issueOf.delete(member.mention.id);
    if (state.threads.get(member.thread) === member.mention.id) state.threads.delete(member.thread);
  }
  live.members.clear();
  live.events.clear();
  live.tally.recent = [];
}

function forget(state: JudgeState, live: LiveIssue): void {
  state.closed.delete(live.id);
  for (const script of SCRIPTS) unindex(live.sums[script], state.closedIndex[script], live);
  for (const pair of state.apart) if (pair.split('|').includes(live.id)) state.apart.delete(pair);
}
