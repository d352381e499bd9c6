/**
 * The day on one page: 500 to 800 Chinese characters, three to five issues, and it says so when nothing happened. It is made from a kit
 * of facts, holds no text of the public, and hides small numbers.
 */
import type { Clock, Task } from '../model/alert.ts';
import { compareLevels, LEVELS, type Level } from '../model/assessment.ts';
import type { Bulletin, BulletinItem } from '../model/bulletin.ts';
import type { Case, PromiseMade } from '../model/case.ts';
import type { Issue, IssueId, TopicId } from '../model/issue.ts';
import type { Entry } from '../model/journal.ts';
import type { Office } from '../model/office.ts';
import { DAY, type Instant } from '../model/time.ts';
import type { Words } from '../model/words.ts';
import { type Say, sayIn, type Values } from '../text/say.ts';
import { JOURNAL } from './journalKinds.ts';
import { dayAndTime } from './localTime.ts';
import { isSmall, printedTitle, shorten, toFives } from './smallNumbers.ts';

/** All a bulletin is made of; `work/closeDay` reads it. */
export interface DayFacts {
  /** The local day it is for, `2026-03-11`, and its running number, e.g. `2026-070`. */
  readonly day: string;
  readonly number: string;
  readonly language: 'zh' | 'en';
  readonly zone: string;
  readonly from: Instant;
  /** End of the window: the moment the facts were read. */
  readonly to: Instant;
  /** Documents in the window and in the one before; `before` null when not known. */
  readonly volume: { readonly now: number; readonly before: number | null; readonly hourly: readonly number[] };
  /** Issues alive in the window: neither merged nor dismissed. */
  readonly issues: readonly Issue[];
  readonly topics: Readonly<Record<TopicId, Words>>;
  readonly cases: readonly Case[];
  readonly clocks: readonly Clock[];
  readonly tasks: readonly Task[];
  readonly promises: readonly PromiseMade[];
  readonly offices: readonly Office[];
  /** Entries of the window. */
  readonly entries: readonly Entry[];
  /** Sources that cannot be read now. */
  readonly dark: readonly { readonly name: Words; readonly since: Instant }[];
}

/** Items a bulletin shows, at least and at most. */
const ITEMS = { least: 3, most: 5 } as const;
/** Lines of a section; the rest is counted. */
const LINES = 4;
/** Characters in Chinese; words in English take the same page at about half. Measured: with the table, the longest one fills one A4 page in the one-page setting of `edge/papers`. */
const PAGE = { zh: 780, en: 400 } as const;
/** Characters of a title in Chinese, in an item and in a line of a list; in English twice as many. Chosen: a line of the page holds both. */
const TITLE = 24;
const SHORT_TITLE = 14;

/** A draft. The same facts always give the same bulletin. */
export function buildBulletin(facts: DayFacts): Bulletin {
  const say = sayIn(facts.language);
  const alive = facts.issues.filter(
    (issue) => compareLevels(issue.level, 'blue') >= 0 && issue.state !== 'merged' && issue.state !== 'dismissed',
  );
  const ranked = [...alive].sort((a, b) => compareLevels(b.level, a.level) || b.total - a.total || (a.id < b.id ? -1 : 1));
  const shared: Omit<Bulletin, 'items' | 'changes' | 'owed' | 'hints'> = {
    id: facts.day,
    number: facts.number,
    language: facts.language,
    title: say('bulletin.title'),
    from: facts.from,
    to: facts.to,
    overview: overviewOf(facts, ranked, say),
    hourly: facts.volume.hourly.map(toFives),
    state: 'draft',
    sentAt: null,
    editedBy: null,
    rev: 0,
  };
  const allItems = ranked.map((issue) => itemOf(issue, facts, say));
  for (let nItems: number = ITEMS.most, nLines = LINES; ; ) {
    const bulletin = {
      ...shared,
      items: allItems.map((item, index) => ({ ...item, chosen: index < nItems })),
      changes: cut(changesOf(facts, say), nLines, say),
      owed: cut(owedOf(facts, say), nLines, say),
      hints: cut(hintsOf(facts, ranked, say), Math.min(3, nLines), say),
    };
    if (bulletinLength(bulletin) <= PAGE[facts.language] || (nItems === ITEMS.least && nLines === 1)) return bulletin;
    // Lines give way before items: a shown issue says more than the fifth line of a list.
    if (nLines > 2 || nItems === ITEMS.least) nLines -= 1;
    else nItems -= 1;
  }
}

/** What is on the page: characters without white space in Chinese, words in English. */
export function bulletinLength(bulletin: Pick<Bulletin, 'language' | 'overview' | 'items' | 'changes' | 'owed' | 'hints'>): number {
  const shown = bulletin.items.filter((item) => item.chosen).flatMap((item) => [item.title, item.text]);
  const text = [bulletin.overview, ...shown, ...bulletin.changes, ...bulletin.owed, ...bulletin.hints].join('\n');
  return bulletin.language === 'zh' ? Array.from(text.replace(/\s+/gu, '')).length : text.split(/\s+/u).length;
}

function overviewOf({ volume }: DayFacts, ranked: readonly Issue[], say: Say): string {
  const about = toFives(volume.now);
  const count = about === 0 ? say('bulletin.few') : say('bulletin.about', { count: about });
  const change: Values = volume.before === null || volume.before < 20 ? {} : { change: changeOf(volume.now, volume.before, say) };
  const highest = ranked[0]?.level;
  if (highest === undefined) return say('bulletin.overviewQuiet', { count, ...change });
  const levels = [...LEVELS]
    .reverse()
    .map((level) => [level, ranked.filter((issue) => issue.level === level).length] as const)
    .filter(([, n]) => n > 0)
    .map(([level, n]) => say('bulletin.levelCount', { level: say(`level.${level}`), count: n }))
    .join(say('paper.listMark'));
  return say('bulletin.overview', { count, ...change, issues: ranked.length, levels, highest: say(`level.${highest}`) });
}

/** Whole tens of a percent: an exact share would give the exact numbers back. */
function changeOf(now: number, before: number, say: Say): string {
  const percent = Math.round((Math.abs(now - before) / before) * 10) * 10;
  return percent === 0 ? say('bulletin.same') : say(now > before ? 'bulletin.up' : 'bulletin.down', { percent });
}

function titleOf(issue: Issue, facts: DayFacts, longest: number): string {
  return printedTitle(issue, facts.topics, facts.language, facts.language === 'zh' ? longest : 2 * longest);
}

function officeOf(id: string | undefined, { offices, language }: DayFacts, say: Say): string {
  return offices.find((office) => office.id === id)?.name[language] ?? say('paper.none');
}

function nextClock(issueId: IssueId, { clocks }: DayFacts): Clock | undefined {
  const running = clocks.filter((clock) => clock.issueId === issueId && clock.metAt === null && !clock.cancelled);
  return running.sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1))[0];
}

function itemOf(issue: Issue, facts: DayFacts, say: Say): BulletinItem {
  const kase = facts.cases.find((one) => one.issueId === issue.id);
  const clock = nextClock(issue.id, facts);
  const small = isSmall(issue);
  const nMentions = small ? 0 : toFives(issue.nMentions);
  const nUnique = small ? 0 : toFives(issue.nUnique);
  const nSources = Object.keys(issue.bySource).length;
  const heat = small || nUnique === 0 ? say('bulletin.heatFew', { nSources }) : say('bulletin.heat', { nSources, nMentions, nUnique });
  const office = officeOf(kase?.leadOfficeId ?? clock?.officeId, facts, say);
  const progress = kase === undefined ? say('bulletin.noCase') : say(`bulletin.case.${kase.state}`, { office });
  const phase = say(`phase.${issue.phase}`);
  const text = say('bulletin.item', {
    level: say(`level.${issue.level}`),
    heat,
    phase,
    progress,
    advice: adviceOf(kase, clock, facts, say),
  });
  const deadline = clock?.dueAt ?? null;
  return {
    issueId: issue.id,
    level: issue.level,
    title: titleOf(issue, facts, TITLE),
    text,
    office,
    deadline,
    nUnique,
    nMentions,
    chosen: false,
  };
}

function laneOf(clock: Clock, say: Say): string {
  return clock.part === undefined ? say(`lane.${clock.lane}`) : say(`part.${clock.part}`);
}

function adviceOf(kase: Case | undefined, clock: Clock | undefined, facts: DayFacts, say: Say): string {
  if (clock !== undefined && clock.dueAt < facts.to) return say('bulletin.advice.late', { lane: laneOf(clock, say) });
  if (clock !== undefined) return say('bulletin.advice.due', { lane: laneOf(clock, say), time: when(clock.dueAt, facts) });
  if (kase === undefined) return say('bulletin.advice.open');
  return say(kase.state === 'published' ? 'bulletin.advice.follow' : 'bulletin.advice.watch');
}

function when(instant: Instant, { zone, language }: DayFacts): string {
  return dayAndTime(instant, zone, language);
}

function changesOf(facts: DayFacts, say: Say): readonly string[] {
  const lines: [rank: number, line: string][] = [];
  const known = (id: string): Issue | undefined => facts.issues.find((issue) => issue.id === id);
  const levelName = (value: unknown): string => say(`level.${LEVELS.find((level) => level === value) ?? 'none'}`);
  for (const [issueId, entries] of Map.groupBy(facts.entries, (entry) => entry.subject)) {
    const issue = known(issueId);
    if (issue === undefined) continue;
    const title = titleOf(issue, facts, SHORT_TITLE);
    const steps = entries.filter((entry) => entry.kind === JOURNAL.levelChanged || entry.kind === JOURNAL.overridden);
    const isNew = entries.some((entry) => entry.kind === JOURNAL.issueOpened);
    const from = LEVELS.find((level) => level === steps[0]?.data.from) ?? 'none';
    const to = LEVELS.find((level) => level === steps.at(-1)?.data.to) ?? issue.level;
    if (isNew && compareLevels(issue.level, 'blue') >= 0)
      lines.push([rankOf(issue.level), say('bulletin.new', { title, level: levelName(issue.level) })]);
    else if (steps.length > 0 && from !== to) {
      const key = compareLevels(to, from) > 0 ? 'bulletin.raised' : 'bulletin.lowered';
      lines.push([rankOf(to), say(key, { title, from: levelName(from), to: levelName(to) })]);
    }
    if (entries.some((entry) => entry.kind === JOURNAL.caseClosed)) lines.push([-1, say('bulletin.closed', { title })]);
  }
  if (lines.length === 0) return [say('bulletin.noChanges')];
  return lines.sort((a, b) => b[0] - a[0] || (a[1] < b[1] ? -1 : 1)).map(([, line]) => line);
}

function rankOf(level: Level): number {
  return LEVELS.indexOf(level);
}

/** Overdue first, the longest overdue on top; then what falls due within a day. */
function owedOf(facts: DayFacts, say: Say): readonly string[] {
  const lines: [dueAt: Instant, line: string][] = [];
  const titles = (issueId: IssueId): string => {
    const issue = facts.issues.find((one) => one.id === issueId);
    return issue === undefined ? issueId : titleOf(issue, facts, SHORT_TITLE);
  };
  const soon = facts.to + DAY;
  for (const clock of facts.clocks) {
    if (clock.metAt !== null || clock.cancelled || clock.dueAt >= soon || clock.lane === 'tasks') continue;
    const values = {
      title: titles(clock.issueId),
      lane: laneOf(clock, say),
      office: officeOf(clock.officeId, facts, say),
      time: when(clock.dueAt, facts),
    };
    lines.push([clock.dueAt, say(clock.dueAt < facts.to ? 'bulletin.late' : 'bulletin.due', values)]);
  }
  for (const task of facts.tasks) {
    const open = task.state === 'sent' || task.state === 'signed' || task.state === 'overdue';
    if (!open || task.dueAt >= facts.to) continue;
    const values = { office: officeOf(task.officeId, facts, say), title: titles(task.issueId), time: when(task.dueAt, facts) };
    lines.push([task.dueAt, say('bulletin.taskLate', values)]);
  }
  for (const promise of facts.promises) {
    if (promise.keptAt !== null || promise.broken || promise.dueAt >= soon) continue;
    const values = { what: shorten(promise.what, 30), office: officeOf(promise.officeId, facts, say), time: when(promise.dueAt, facts) };
    lines.push([promise.dueAt, say(promise.dueAt < facts.to ? 'bulletin.promiseLate' : 'bulletin.promiseDue', values)]);
  }
  if (lines.length === 0) return [say('bulletin.nothingOwed')];
  return lines.sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1)).map(([, line]) => line);
}

function hintsOf(facts: DayFacts, ranked: readonly Issue[], say: Say): readonly string[] {
  const hints = ranked
    .filter((issue) => issue.phase === 'rising')
    .map((issue) => say('bulletin.stillRising', { title: titleOf(issue, facts, SHORT_TITLE) }));
  const dark = [...facts.dark].sort((a, b) => a.since - b.since);
  hints.push(
    ...dark.slice(0, 2).map(({ name, since }) => say('bulletin.sourceDark', { source: name[facts.language], time: when(since, facts) })),
  );
  if (dark.length > 2) hints.push(say('bulletin.sourcesDark', { count: dark.length - 2 }));
  return hints.length === 0 ? [say('bulletin.nothingToHint')] : hints;
}

function cut(lines: readonly string[], most: number, say: Say): readonly string[] {
  return lines.length <= most ? lines : [...lines.slice(0, most), say('bulletin.more', { count: lines.length - most })];
}
