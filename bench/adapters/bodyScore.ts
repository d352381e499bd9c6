/**
 * How well bodies were read, by the published rule of each kind of set: 4-word (or 4-character) shingles averaged over pages,
 * or the share of wanted and unwanted chunks that stand in the text.
 */
import type { GoldPage } from './pageSet.ts';

export interface BodyScore {
  readonly f1: number;
  readonly precision: number;
  readonly recall: number;
}

const HAN = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}`;
const WORDS = /[\p{L}\p{N}_]+/gu;
const CHARACTERS = new RegExp(`[${HAN}]|(?:(?![${HAN}])[\\p{L}\\p{N}_])+`, 'gu');

function shingles(text: string, pattern: RegExp): Map<string, number> {
  const tokens = text.match(pattern) ?? [];
  const counts = new Map<string, number>();
  for (let i = 0; i < Math.max(1, tokens.length - 3); i++) {
    const key = tokens.slice(i, i + 4).join('\u0001');
    if (key !== '') counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
const f1Of = (precision: number, recall: number): BodyScore => ({
  precision,
  recall,
  f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
});

function byShingles(pages: readonly GoldPage[], texts: ReadonlyMap<string, string>, pattern: RegExp): BodyScore {
  const precisions: number[] = [];
  const recalls: number[] = [];
  for (const page of pages) {
    const gold = shingles(page.text ?? '', pattern);
    const read = shingles(texts.get(page.id) ?? '', pattern);
    let shared = 0;
    for (const [key, n] of gold) shared += Math.min(n, read.get(key) ?? 0);
    const nGold = [...gold.values()].reduce((a, b) => a + b, 0);
    const nRead = [...read.values()].reduce((a, b) => a + b, 0);
    if (nRead > 0) precisions.push(shared / nRead);
    if (nGold > 0) recalls.push(shared / nGold);
  }
  return f1Of(mean(precisions), mean(recalls));
}

function byChunks(pages: readonly GoldPage[], texts: ReadonlyMap<string, string>): BodyScore {
  const fold = (text: string) => text.replace(/\s+/gu, ' ').trim();
  let right = 0;
  let wrong = 0;
  let wanted = 0;
  for (const page of pages) {
    const text = fold(texts.get(page.id) ?? '');
    right += (page.with ?? []).filter((chunk) => text.includes(fold(chunk))).length;
    wrong += (page.without ?? []).filter((chunk) => text.includes(fold(chunk))).length;
    wanted += page.with?.length ?? 0;
  }
  return f1Of(right / Math.max(1, right + wrong), right / Math.max(1, wanted));
}

export function scoreBodies(pages: readonly GoldPage[], texts: ReadonlyMap<string, string>, byCharacter: boolean): BodyScore {
  if (pages[0]?.with !== undefined) return byChunks(pages, texts);
  return byShingles(pages, texts, byCharacter ? CHARACTERS : WORDS);
}
