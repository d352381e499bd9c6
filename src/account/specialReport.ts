/**
 * One major issue in full: a summary of at most 200 characters with the judgement in its first sentence, then what happened, how it
 * spread, what people say with the critical views kept, the claims, the assessment and the advice. A private first post is not in it
 * the chain begins with the first organisation that published.
 */
import type { Clock, Task } from '../model/alert.ts';
import { type Assessment, LEVELS } from '../model/assessment.ts';
import type { Claim, PromiseMade, SignedStatement } from '../model/case.ts';
import type { Document } from '../model/document.ts';
import type { Issue } from '../model/issue.ts';
import type { Entry } from '../model/journal.ts';
import type { Office } from '../model/office.ts';
import type { Paper, PaperBlock } from '../model/paper.ts';
import type { Source } from '../model/source.ts';
import { HOUR, type Instant } from '../model/time.ts';
import { type Say, sayIn } from '../text/say.ts';
import type { PageKit } from './bulletinPage.ts';
import { JOURNAL } from './journalKinds.ts';
import { dayAndTime, fullDay, hourName } from './localTime.ts';
import { FEWEST, isSmall, printedTitle, shorten, toFives } from './smallNumbers.ts';
import { viewsOf } from './views.ts';

/** All a report is made of, besides the page's own kit. */
export interface ReportKit extends PageKit {
  readonly language: 'zh' | 'en';
  readonly issue: Issue;
  readonly assessment: Assessment;
  /** Documents of the issue; copies may be among them. */
  readonly documents: readonly Document[];
  readonly sources: readonly Source[];
  readonly claims: readonly Claim[];
  /** Newest first. */
  readonly statements: readonly SignedStatement[];
  readonly clocks: readonly Clock[];
  readonly tasks: readonly Task[];
  readonly promises: readonly PromiseMade[];
  readonly offices: readonly Office[];
  /** The issue's journal. */
  readonly entries: readonly Entry[];
  readonly now: Instant;
}

const SUMMARY = 200;
const VIEWS = 4;

export function buildSpecialReport(kit: ReportKit): Paper {
  const { language, issue } = kit;
  const say = sayIn(language);
  const title = printedTitle(issue, {}, language, 60);
  const body = kit.bodyName[language];
  return {
    language,
    title: say('report.title', { title }),
    masthead: [
      say('report.number', { issue: issue.id }),
      say('bulletin.issuer', { body }),
      fullDay(kit.now, kit.zone, language),
      say('paper.internal'),
    ],
    blocks: [
      summaryOf(kit, say),
      ...overviewOf(kit, say),
      ...spreadOf(kit, say),
      ...viewBlocks(kit, say),
      ...claimBlocks(kit, say),
      ...assessmentOf(kit, say),
      heading(say('report.adviceHead')),
      { kind: 'list', items: adviceOf(kit, say) },
    ],
    closing: [say('paper.closing', { body, time: time(kit.now, kit) })],
    onePage: false,
    mark: kit.mark,
  };
}

function heading(text: string, depth: 1 | 2 = 1): PaperBlock {
  return { kind: 'heading', depth, text };
}

function time(instant: Instant, kit: ReportKit): string {
  return dayAndTime(instant, kit.zone, kit.language);
}

function withoutStop(text: string): string {
  return text.replace(/[。.\s]+$/u, '');
}

/** Judgement and text together stay within 200 characters: the reason gives way. */
function summaryOf(kit: ReportKit, say: Say): PaperBlock {
  const { issue, assessment, claims, statements, language } = kit;
  const decided = claims.filter((claim) => claim.verdict !== 'open').length;
  const latest = statements[0];
  const values = {
    first: time(issue.firstPublishedAt, kit),
    nSources: Object.keys(issue.bySource).length,
    nMentions: toFives(issue.nMentions),
    nUnique: toFives(issue.nUnique),
    phase: say(`phase.${issue.phase}`),
    claims: claims.length === 0 ? '' : say('report.claimsShort', { count: claims.length, decided }),
    answer:
      latest === undefined
        ? say('report.notAnswered')
        : say('report.answered', { count: statements.length, time: time(latest.publishedAt, kit) }),
  };
  const text = say(isSmall(issue) ? 'report.summaryFew' : 'report.summary', values).replace(/ {2,}/gu, ' ');
  const level = say(`level.${issue.level}`);
  const room = SUMMARY - Array.from(text).length - Array.from(say('report.judgement', { level, why: '' })).length;
  const why = shorten(withoutStop(assessment.because[language]), Math.max(10, room));
  return { kind: 'summary', judgement: say('report.judgement', { level, why }), text };
}

function overviewOf(kit: ReportKit, say: Say): readonly PaperBlock[] {
  const { issue, language } = kit;
  const join = (names: readonly string[]): string => (names.length === 0 ? say('paper.none') : names.join(say('paper.listMark')));
  const offices = kit.offices.map((office) => office.name[language]);
  const text = say('report.overview', {
    published: time(issue.firstPublishedAt, kit),
    seen: time(issue.firstSeenAt, kit),
    opened: time(issue.openedAt, kit),
    places: join(isSmall(issue) ? [] : issue.places.slice(0, 6)),
    offices: join(offices),
  });
  return [heading(say('report.overviewHead')), { kind: 'paragraph', text }];
}

function spreadOf(kit: ReportKit, say: Say): readonly PaperBlock[] {
  const { issue, sources, language } = kit;
  const rows = Object.entries(issue.bySource)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([sourceId, count]) => {
      const source = sources.find((one) => one.id === sourceId);
      const cell = count < FEWEST ? say('report.fewer') : String(toFives(count));
      return [source?.name[language] ?? sourceId, source === undefined ? '' : say(`standing.${source.standing}`), cell];
    });
  return [
    heading(say('report.spreadHead')),
    volumeOf(kit, say),
    {
      kind: 'table',
      caption: say('report.platforms'),
      head: [say('report.colSource'), say('report.colStanding'), say('report.colMentions')],
      rows,
    },
    heading(say('report.nodesHead'), 2),
    { kind: 'list', items: nodesOf(kit, say) },
  ];
}

/** Hours without a mention are drawn too: a gap is part of the story. At most the last 96 hours up to the last mention. */
function volumeOf({ issue, zone }: ReportKit, say: Say): PaperBlock {
  const byHour = new Map(issue.hours.map((row) => [row.hour, row]));
  const last = issue.hours.at(-1)?.hour ?? issue.openedAt;
  const start = Math.max(issue.hours[0]?.hour ?? last, last - 95 * HOUR);
  const hours = [];
  for (let hour = start; hour <= last; hour += HOUR) {
    const row = byHour.get(hour);
    hours.push({ label: hourName(hour, zone), count: isSmall(issue) ? 0 : toFives(row?.unique ?? 0), burst: row?.burst ?? false });
  }
  const peak = hours.reduce((most, hour) => (hour.count > most.count ? hour : most), { label: '', count: 0, burst: false });
  const nBursts = hours.filter((hour) => hour.burst).length;
  const bursts = nBursts === 0 ? say('report.noBursts') : say('report.bursts', { count: nBursts });
  const said = peak.count === 0 ? say('bulletin.volumeFlat') : say('report.volumeSaid', { hour: peak.label, count: peak.count, bursts });
  return { kind: 'volume', caption: say('report.volumeCaption'), said, hours, burstWord: say('paper.burst') };
}

/** True when an organisation speaks there under its own name. A forum, a timeline, the desk and an import carry private voices. */
function isOrganisation(source: Source | undefined): boolean {
  return source !== undefined && (source.standing === 'official' || source.standing === 'press' || source.organisation !== undefined);
}

/** A reader's post or answer on an organisation's site is the reader's; only a declared channel posts for the organisation. */
function speaksItself({ kind }: Document, source: Source | undefined): boolean {
  return kind === 'article' || kind === 'listing' || (kind === 'post' && source?.organisation !== undefined);
}

function nodesOf(kit: ReportKit, say: Say): readonly string[] {
  const { documents, sources, language, entries } = kit;
  const nodes: [at: Instant, line: string][] = [];
  const published = documents
    .map((document) => ({ document, source: sources.find((one) => one.id === document.sourceId) }))
    .filter(({ document, source }) => isOrganisation(source) && speaksItself(document, source))
    .sort((a, b) => a.document.publishedAt - b.document.publishedAt)[0];
  if (published !== undefined) {
    const at = published.document.publishedAt;
    nodes.push([at, say('report.node.firstOrganisation', { time: time(at, kit), source: published.source!.name[language] })]);
  }
  for (const entry of entries) {
    const line = nodeOf(entry, kit, say);
    if (line !== null) nodes.push([entry.at, line]);
  }
  return nodes.sort((a, b) => a[0] - b[0]).map(([, line]) => line);
}

function nodeOf(entry: Entry, kit: ReportKit, say: Say): string | null {
  const at = time(entry.at, kit);
  const level = (name: string): string => say(`level.${LEVELS.find((one) => one === entry.data[name]) ?? 'none'}`);
  switch (entry.kind) {
    case JOURNAL.issueOpened:
      return say('report.node.opened', { time: at });
    case JOURNAL.levelChanged:
      return say('report.node.level', { time: at, from: level('from'), to: level('to') });
    case JOURNAL.overridden:
      return say('report.node.override', { time: at, to: level('to') });
    case JOURNAL.alerted:
      return say('report.node.alerted', { time: at, level: level('level') });
    case JOURNAL.acked:
      return say('report.node.acked', { time: at });
    case JOURNAL.escalated:
      return say('report.node.escalated', { time: at });
    case JOURNAL.published:
      return say('report.node.published', { time: at, version: Number(entry.data.version ?? 1) });
    case JOURNAL.caseClosed:
      return say('report.node.closed', { time: at });
    case JOURNAL.caseReopened:
      return say('report.node.reopened', { time: at });
    default:
      return null;
  }
}

function viewBlocks({ issue, documents }: ReportKit, say: Say): readonly PaperBlock[] {
  const views = isSmall(issue) || issue.fewVoices ? [] : viewsOf(documents, VIEWS);
  const items = views.map((view) => say(view.critical ? 'report.viewCritical' : 'report.view', { text: view.text, voices: view.nVoices }));
  return [
    heading(say('report.viewsHead')),
    ...(items.length === 0 ? [{ kind: 'paragraph', text: say('report.noViews') } as const] : [{ kind: 'list', items } as const]),
    { kind: 'paragraph', text: say('report.equalTexts') },
  ];
}

function claimBlocks({ claims }: ReportKit, say: Say): readonly PaperBlock[] {
  if (claims.length === 0) return [heading(say('report.claimsHead')), { kind: 'paragraph', text: say('report.noClaims') }];
  const rows = claims.map((claim) => [
    shorten(claim.text, 60),
    claim.nVoices < FEWEST ? say('report.fewer') : String(toFives(claim.nDocuments)),
    say(`verdict.${claim.verdict}`),
    claim.evidence.map((one) => `${one.what}（${one.source}）`).join('；') || say('paper.none'),
  ]);
  const head = [say('report.colClaim'), say('report.colCount'), say('report.colVerdict'), say('report.colEvidence')];
  return [heading(say('report.claimsHead')), { kind: 'table', caption: '', head, rows }];
}

function assessmentOf({ assessment, issue, language }: ReportKit, say: Say): readonly PaperBlock[] {
  const why = withoutStop(assessment.because[language]);
  const factors = [...assessment.factors].filter((factor) => factor.score > 0).sort((a, b) => b.score * b.weight - a.score * a.weight);
  const items = factors.map((factor) =>
    say('report.factor', {
      name: say(`factor.${factor.name}`),
      points: Math.round(factor.score * factor.weight),
      max: factor.weight,
      why: withoutStop(factor.because[language]),
    }),
  );
  items.push(...assessment.wouldChange.map((what) => say('report.change', { what: withoutStop(what[language]) })));
  const text = say('report.assess', { total: Math.round(assessment.total), level: say(`level.${issue.level}`), why });
  return [heading(say('report.assessHead')), { kind: 'paragraph', text }, { kind: 'list', items }];
}

/** What follows from what is open; the analyst edits it. Never empty. */
function adviceOf(kit: ReportKit, say: Say): readonly string[] {
  const { claims, tasks, clocks, statements, issue, language, now } = kit;
  const advice: string[] = [];
  const undecided = claims.filter((claim) => claim.verdict === 'open').length;
  const open = tasks.filter((task) => task.state !== 'done' && task.state !== 'cancelled');
  const late = clocks.filter((clock) => clock.metAt === null && !clock.cancelled && clock.dueAt < now).length;
  if (statements.length === 0) advice.push(say('report.advice.answer'));
  if (undecided > 0) advice.push(say('report.advice.claims', { count: undecided }));
  if (open.length > 0) {
    const names = new Set(open.map((task) => kit.offices.find((office) => office.id === task.officeId)?.name[language] ?? task.officeId));
    advice.push(say('report.advice.tasks', { count: open.length, offices: [...names].join(say('paper.listMark')) }));
  }
  if (late > 0) advice.push(say('report.advice.late', { count: late }));
  if (issue.phase === 'rising') advice.push(say('report.advice.rising'));
  if (kit.promises.some((promise) => promise.keptAt === null && !promise.broken)) advice.push(say('report.advice.promises'));
  return advice.length === 0 ? [say('report.advice.watch')] : advice;
}
