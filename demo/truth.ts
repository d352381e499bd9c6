/** What is true in a scenario. Read by the scorecard only; Heed and the scripted people never see it. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Level } from '../src/model/assessment.ts';
import type { Instant } from '../src/model/time.ts';
import { asList, asRaw, asText, readInstant } from './scenario.ts';

export interface Bars {
  readonly mainRecall: number;
  readonly mainPrecision: number;
  readonly firstYellowMinutes: number;
  readonly falseAlerts: number;
  readonly plantedVisible: number;
  readonly namesMasked: number;
  readonly smallLevel: Level;
}

export interface Truth {
  /** Label by text id; what has none is ordinary life. */
  readonly labels: ReadonlyMap<string, string>;
  /** Claims a text carries, by text id. */
  readonly claims: ReadonlyMap<string, readonly string[]>;
  readonly copies: readonly (readonly string[])[];
  readonly planted: Readonly<Record<'phones' | 'ids' | 'plates' | 'names', readonly string[]>>;
  readonly onset: ReadonlyMap<string, Instant>;
  /** The label of the main line, of the few posts with much harm, and those that must raise no alert. Empty: not measured. */
  readonly main: string;
  readonly small: string;
  readonly silent: readonly string[];
  readonly bars: Bars;
}

/** The bars of the issue that asked for the demo; a scenario may set its own. */
const BARS: Bars = {
  mainRecall: 0.85,
  mainPrecision: 0.9,
  firstYellowMinutes: 130,
  falseAlerts: 0,
  plantedVisible: 0,
  namesMasked: 0,
  smallLevel: 'yellow',
};

const texts = (value: unknown): string[] => asList(value).map((each) => asText(each));

export async function loadTruth(folder: string): Promise<Truth> {
  const raw = (await readdir(folder)).includes('truth.json') ? asRaw(JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8'))) : {};
  const planted = asRaw(raw.planted);
  return {
    labels: new Map(Object.entries(asRaw(raw.labels)).map(([id, label]) => [id, asText(label)])),
    claims: new Map(Object.entries(asRaw(raw.claims)).map(([id, claims]) => [id, texts(claims)])),
    copies: asList(raw.copies).map(texts),
    planted: { phones: texts(planted.phones), ids: texts(planted.ids), plates: texts(planted.plates), names: texts(planted.names) },
    onset: new Map(Object.entries(asRaw(raw.onset)).map(([label, at]) => [label, readInstant(at, 'truth.json')])),
    main: asText(raw.main),
    small: asText(raw.small),
    silent: texts(raw.silent),
    bars: { ...BARS, ...(asRaw(raw.bars) as Partial<Bars>) },
  };
}
