/**
 * Made streams of 0 to 20 texts a day for the rule of small counts: independent texts, and texts in clumps (one text draws others within
 * hours, often of its own family), each steady or with quiet nights. Seeded, so that every run sees the same streams.
 */
import { falseOnsets, leastIn } from '../../src/judge/burst.ts';
import { DAY, HOUR, type Instant } from '../../src/model/time.ts';

export interface MadeText {
  readonly at: Instant;
  readonly family: string;
}

export interface MadeStream {
  readonly kind: 'poisson' | 'clustered';
  readonly perDay: number;
  /** Mean texts per clump; 1 for independent texts. */
  readonly clump: number;
  readonly hasNights: boolean;
  readonly begin: Instant;
  readonly days: number;
  readonly texts: readonly MadeText[];
}

export type Chance = () => number;

/** Mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}

const BEGIN = Date.UTC(2026, 0, 5);
const DAYS = 60;
const N_FAMILIES = 6;

/** Few families write most: the first takes half of what is left, and so on. */
function familyOf(chance: Chance): string {
  let i = 0;
  while (i < N_FAMILIES - 1 && chance() < 0.5) i++;
  return `f${i}`;
}

function wait(mean: number, chance: Chance): number {
  return -Math.log(1 - chance()) * mean;
}

/** Nights from 22 to 6 are quiet in streams that have them; the day takes their share. */
function isNight(at: Instant): boolean {
  const hour = Math.floor(at / HOUR) % 24;
  return hour < 6 || hour >= 22;
}

export function madeStream(seed: number): MadeStream {
  const chance = chanceOf(seed * 7919 + 1);
  const kind = seed % 2 === 0 ? 'poisson' : 'clustered';
  const hasNights = seed % 4 >= 2;
  const perDay = 0.2 * 100 ** chance();
  const clump = kind === 'poisson' ? 1 : 2 + 2 * chance();
  const texts: MadeText[] = [];
  const gap = (DAY / perDay) * clump * (hasNights ? 2 / 3 : 1);
  for (let at = BEGIN + wait(gap, chance); at < BEGIN + DAYS * DAY; at += wait(gap, chance)) {
    if (hasNights && isNight(at)) continue;
    const family = familyOf(chance);
    texts.push({ at: Math.floor(at), family });
    let next = at;
    while (chance() < 1 - 1 / clump) {
      next += wait(HOUR, chance);
      texts.push({ at: Math.floor(next), family: chance() < 0.5 ? family : familyOf(chance) });
    }
  }
  texts.sort((a, b) => a.at - b.at);
  return { kind, perDay, clump, hasNights, begin: BEGIN, days: DAYS, texts };
}

export interface Planted {
  readonly at: Instant;
  readonly hours: number;
  readonly k: number;
  readonly s: number;
  readonly texts: readonly MadeText[];
}

/**
 * One event in the later half: k texts of s families within h hours, spread evenly at random, on top of the stream. k is the smallest
 * count that the rule would have to tell if it knew the true rate and clumps of the stream, and never under `least`.
 */
export function plant(stream: MadeStream, seed: number, perWindow: number, least: number, factor = 1): Planted {
  const chance = chanceOf(seed * 104_729 + 3);
  const hours = [1, 3, 6][seed % 3] ?? 1;
  let at = stream.begin + Math.floor((stream.days / 2 + (chance() * stream.days) / 2 - 1) * DAY);
  if (stream.hasNights && isNight(at)) at += 10 * HOUR;
  // Sizes of clumps are geometric: variance over mean of a window that holds whole clumps is 2m - 1.
  const clump = 2 * stream.clump - 1;
  const mean = ((stream.perDay * (stream.hasNights ? 1.5 : 1)) / 24) * hours;
  let k = leastIn(hours, least);
  while (falseOnsets(k, hours, { mean, variance: mean * clump, clump }) > perWindow) k++;
  k = Math.ceil(k * factor);
  const s = 2 + Math.floor(chance() * 3);
  const texts = Array.from({ length: k }, (_, i) => ({ at: at + Math.floor(chance() * hours * HOUR), family: `e${i % s}` }));
  return { at, hours, k, s, texts: texts.sort((a, b) => a.at - b.at) };
}
