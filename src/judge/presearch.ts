/**
 * Which of many queries can match a text at all: each query is filed under a few units of which every matching text must hold
 * one. Queries that no unit can stand for are always tried. Never loses a match; `match.test.ts` holds that.
 */
import { isUnspaced } from './foldText.ts';
import { type PreparedText, termUnits } from './preparedText.ts';
import type { QueryNode } from './queryTree.ts';

/** Indexes of the queries to try, in order, for a text. */
export type Presearch = (text: PreparedText) => number[];

/** Units of which one must be there; null when nothing can be said. */
function needles(node: QueryNode): readonly string[] | null {
  switch (node.kind) {
    case 'word':
    case 'phrase':
      return termNeedle(node);
    case 'any': {
      const parts = node.of.map(needles);
      return parts.some((part) => part === null) ? null : parts.flatMap((part) => part ?? []);
    }
    case 'all':
      return fewest(node.of.map(needles));
    case 'near':
      return fewest([needles(node.left), needles(node.right)]);
    case 'field':
      return node.field === 'title' || node.field === 'text' ? needles(node.of) : null;
    default:
      return null;
  }
}

function fewest(parts: readonly (readonly string[] | null)[]): readonly string[] | null {
  return parts.reduce((best, part) => (part !== null && (best === null || part.length < best.length) ? part : best), null);
}

/** The rarest-looking unit of a term: a pair of touching Han characters, else the longest word, else its first character. */
function termNeedle(node: Extract<QueryNode, { kind: 'word' | 'phrase' }>): readonly string[] | null {
  if (node.kind === 'word' && node.text.includes('?')) return null;
  const { units, glued } = termUnits(node.text);
  const isPrefix = node.kind === 'word' && node.prefix;
  // The last word of a prefix term is not whole in the text.
  const whole = isPrefix && !isUnspaced(units.at(-1) ?? '') ? units.slice(0, -1) : units;
  for (let i = 1; i < whole.length; i++) {
    const [before, unit] = [whole[i - 1] ?? '', whole[i] ?? ''];
    if (node.kind === 'phrase' && node.slop !== null) break;
    if (glued[i] === true && isUnspaced(before) && isUnspaced(unit)) return [before + unit];
  }
  const longest = [...whole].sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? null : [longest];
}

export function makePresearch(nodes: readonly QueryNode[]): Presearch {
  const byNeedle = new Map<string, number[]>();
  const always: number[] = [];
  for (const [i, node] of nodes.entries()) {
    const wanted = needles(node);
    if (wanted === null) always.push(i);
    for (const needle of new Set(wanted ?? [])) {
      const list = byNeedle.get(needle);
      if (list === undefined) byNeedle.set(needle, [i]);
      else list.push(i);
    }
  }
  return (text) => {
    const found = new Set(always);
    const look = (unit: string): void => {
      for (const i of byNeedle.get(unit) ?? []) found.add(i);
    };
    for (const [i, unit] of text.units.entries()) {
      look(unit);
      if (i > 0 && text.glued[i] === true && isUnspaced(unit)) look((text.units[i - 1] ?? '') + unit);
    }
    return [...found].sort((a, b) => a - b);
  };
}
