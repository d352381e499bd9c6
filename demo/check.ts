/**
 * The scorecard: what Heed made of a scenario against what is true. Reads Heed's API and public pages, the truth, and, where it is
 * given, the bytes of the data folder. Whoever calls decides what a missed bar means.
 */
import type { StepResult } from './actors.ts';
import { type Client, signIn } from './client.ts';
import { asList, asRaw, asText } from './scenario.ts';
import type { Scenario } from './scenarioShape.ts';
import { type Canonical, canonicalOf } from './score/canonical.ts';
import { type CopyScore, scoreCopies } from './score/copies.ts';
import {
  type AlertLine,
  alertLines,
  firstAt,
  highestLevel,
  type LabelScore,
  rankOf,
  type ScoredIssue,
  scoreIssues,
  scoreLabel,
} from './score/issueScore.ts';
import { findPlanted, maskedNames, type PlantedFind } from './score/planted.ts';
import { readAll, type Reading } from './score/readAll.ts';
import type { Credentials } from './setUp.ts';
import type { Sites } from './sites.ts';
import type { Stubs } from './stubs.ts';
import { makeTextMatcher } from './textMatch.ts';
import { loadTruth, type Truth } from './truth.ts';

export interface CheckOptions {
  readonly address: string;
  /** An administrator or analyst: somebody who may read everything. A client that is signed in serves as well. */
  readonly session: Credentials | Client;
  readonly scenario: Scenario;
  readonly sites: Sites;
  readonly stubs: Stubs;
  /** Heed's source ids by site id, as `runDemo` gives them. */
  readonly sourceIds: ReadonlyMap<string, string>;
  readonly steps?: readonly StepResult[];
  /** Heed's data folder, to look for planted data in its files. */
  readonly dataFolder?: string;
}

export interface Bar {
  readonly name: string;
  /** Null: it never came about. */
  readonly value: number | string | null;
  readonly bar: string;
  readonly held: boolean;
}

export interface Scorecard {
  /** Every bar held. */
  readonly ok: boolean;
  readonly bars: readonly Bar[];
  readonly main: LabelScore | null;
  readonly labels: Readonly<Record<string, LabelScore>>;
  readonly levels: Readonly<Record<string, string>>;
  readonly claims: {
    readonly opened: number;
    readonly decidedFalse: number;
    readonly textsInMain: number;
    readonly texts: number;
    readonly drafts: readonly string[];
  };
  readonly copies: CopyScore;
  readonly alerts: readonly AlertLine[];
  readonly falseAlerts: readonly AlertLine[];
  /** Share of noise texts that stand in an issue at all. */
  readonly noiseInIssues: number;
  readonly planted: readonly PlantedFind[];
  readonly names: { readonly masked: readonly string[]; readonly shown: readonly string[] };
  readonly pushes: number;
  readonly read: { readonly documents: number; readonly texts: number; readonly unknown: number; readonly of: number };
  readonly steps: { readonly done: number; readonly refused: readonly StepResult[] };
  readonly canonical: Canonical;
  readonly sha256: string;
}

const MINUTE = 60_000;

function barsOf(
  truth: Truth,
  found: { main: LabelScore | null; yellow: number | null; small: string; nFalse: number; nPlanted: number; nMasked: number },
): Bar[] {
  const { bars } = truth;
  const all: Bar[] = [];
  if (found.main !== null) {
    const { recall, precision } = found.main;
    all.push({
      name: `recall of ${truth.main}`,
      value: Number(recall.toFixed(3)),
      bar: `>= ${bars.mainRecall}`,
      held: recall >= bars.mainRecall,
    });
    all.push({
      name: `precision of ${truth.main}`,
      value: Number(precision.toFixed(3)),
      bar: `>= ${bars.mainPrecision}`,
      held: precision >= bars.mainPrecision,
    });
    const onset = truth.onset.get(truth.main);
    if (onset !== undefined) {
      const minutes = found.yellow === null ? null : Math.round((found.yellow - onset) / MINUTE);
      all.push({
        name: `first yellow on ${truth.main}, minutes after onset`,
        value: minutes,
        bar: `<= ${bars.firstYellowMinutes}`,
        held: minutes !== null && minutes <= bars.firstYellowMinutes,
      });
    }
  }
  if (truth.small !== '')
    all.push({
      name: `highest level of ${truth.small}`,
      value: found.small,
      bar: `>= ${bars.smallLevel}`,
      held: rankOf(found.small) >= rankOf(bars.smallLevel),
    });
  all.push({
    name: `alerts on ${truth.silent.join(', ') || 'nothing'}`,
    value: found.nFalse,
    bar: `<= ${bars.falseAlerts}`,
    held: found.nFalse <= bars.falseAlerts,
  });
  all.push({
    name: 'planted numbers visible',
    value: found.nPlanted,
    bar: `<= ${bars.plantedVisible}`,
    held: found.nPlanted <= bars.plantedVisible,
  });
  all.push({
    name: `names masked of ${truth.planted.names.length}`,
    value: found.nMasked,
    bar: `>= ${bars.namesMasked}`,
    held: found.nMasked >= bars.namesMasked,
  });
  return all;
}

function claimsOf(truth: Truth, main: ScoredIssue | undefined): Scorecard['claims'] {
  const claims = asList(main?.issue.page.claims).map(asRaw);
  const drafts = asList(main?.issue.page.claimDrafts).map((each) => asText(asRaw(each).text));
  const inside = new Set(main?.textIds ?? []);
  const texts = [...truth.claims.keys()];
  return {
    opened: claims.length,
    decidedFalse: claims.filter((claim) => claim.verdict === 'false').length,
    textsInMain: texts.filter((id) => inside.has(id)).length,
    texts: texts.length,
    drafts,
  };
}

function noiseShare(truth: Truth, reading: Reading): number {
  const silent = new Set(truth.silent);
  const read = reading.documents.filter((document) => silent.has(truth.labels.get(document.textId ?? '') ?? ''));
  return read.length === 0 ? 0 : read.filter((document) => document.issueId !== null).length / read.length;
}

function readCounts(reading: Reading, scenario: Scenario): Scorecard['read'] {
  const texts = new Set(reading.documents.map((document) => document.textId).filter((id) => id !== null));
  const unknown = reading.documents.filter((document) => document.textId === null).length;
  return {
    documents: reading.documents.length,
    texts: texts.size,
    unknown,
    of: scenario.texts.filter((text) => text.gone === null && text.at <= scenario.setting.end).length,
  };
}

export async function check(options: CheckOptions): Promise<Scorecard> {
  const { scenario, sites, stubs, steps = [] } = options;
  const client =
    'send' in options.session ? options.session : await signIn(options.address, options.session.login, options.session.password);
  const truth = await loadTruth(scenario.folder);
  const siteOf = new Map([...options.sourceIds].map(([site, id]) => [id, site]));
  const reading = await readAll({ client, matcher: makeTextMatcher(scenario, sites), siteOf });
  const issues = scoreIssues(reading, truth);
  const labels = Object.fromEntries(
    [...new Set(truth.labels.values())].sort().map((label) => [label, scoreLabel(label, issues, truth, scenario)]),
  );
  const main = labels[truth.main] ?? null;
  const levels = Object.fromEntries(
    Object.keys(labels).map((label) => {
      // Only issues that are about the label: a few texts lost in a large red issue have not been heard.
      const own = issues.filter((each) => each.label === label).map((each) => highestLevel(each.issue));
      return [label, own.toSorted((a, b) => rankOf(b) - rankOf(a))[0] ?? 'none'];
    }),
  );
  const alerts = alertLines(issues);
  const falseAlerts = alerts.filter((alert) => truth.silent.includes(alert.label));
  const planted = await findPlanted(truth, reading, options.dataFolder ?? null);
  const names = maskedNames(truth, reading);
  const bars = barsOf(truth, {
    main,
    yellow: main === null ? null : firstAt('yellow', main.issueId, issues),
    small: levels[truth.small] ?? 'none',
    nFalse: falseAlerts.length,
    nPlanted: planted.length,
    nMasked: names.masked.length,
  });
  return {
    ok: bars.every((bar) => bar.held),
    bars,
    main,
    labels,
    levels,
    claims: claimsOf(
      truth,
      issues.find((each) => each.issue.id === main?.issueId),
    ),
    copies: scoreCopies(truth, reading, scenario),
    alerts,
    falseAlerts,
    noiseInIssues: noiseShare(truth, reading),
    planted,
    names,
    pushes: stubs.messages.filter((message) => message.channel === 'bot').length,
    read: readCounts(reading, scenario),
    steps: { done: steps.filter((step) => step.ok).length, refused: steps.filter((step) => !step.ok) },
    ...canonicalOf(issues, reading),
  };
}
