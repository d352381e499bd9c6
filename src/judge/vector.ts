/**
 * Sparse vectors over terms, and the inverted index that finds those that share a term. A vector belongs to at most one
 * index; the index holds the weights as well, so that one pass over the postings of a text gives every product at once.
 */

/** A text's own vector: parallel arrays, heaviest first, length 1. */
export interface TextVector {
  readonly terms: readonly string[];
  readonly weights: readonly number[];
}

/** The growing sum of the vectors of many texts. */
export interface SumVector {
  readonly weights: Map<string, number>;
  /** Square of the length, kept up to date. */
  square: number;
  /** Sum of the numbers of terms of the texts in it, and their count, for the merge threshold. */
  nTerms: number;
  nTexts: number;
  /** Its heaviest terms as last asked for; null once it has changed. */
  top: { readonly count: number; readonly heaviest: readonly [string, number][] } | null;
}

export type Postings<Owner> = Map<string, Map<Owner, number>>;

/** A single Han character stands in nearly every sum: it counts in likenesses, but finds nothing. */
function isIndexed(term: string): boolean {
  return term.length > 1 || term.charCodeAt(0) < 0x3400;
}

export function emptySum(): SumVector {
  return { weights: new Map(), square: 0, nTerms: 0, nTexts: 0, top: null };
}

export function lengthOf(sum: SumVector): number {
  return Math.sqrt(Math.max(sum.square, 0));
}

/** Adds (`times` > 0) or takes away (`times` < 0) a text; `index` and `owner` are given when the sum is searchable. */
export function addText<Owner>(sum: SumVector, text: TextVector, times: number, index: Postings<Owner> | null, owner: Owner): void {
  for (let i = 0; i < text.terms.length; i++) {
    const term = text.terms[i] ?? '';
    const before = sum.weights.get(term) ?? 0;
    const after = before + (text.weights[i] ?? 0) * times;
    setWeight(sum, term, before, Math.abs(after) < 1e-9 ? 0 : after, index, owner);
  }
  sum.nTerms += text.terms.length * Math.sign(times);
  sum.nTexts += Math.sign(times);
}

function setWeight<Owner>(sum: SumVector, term: string, before: number, after: number, index: Postings<Owner> | null, owner: Owner): void {
  sum.square += after * after - before * before;
  sum.top = null;
  if (after === 0) sum.weights.delete(term);
  else sum.weights.set(term, after);
  if (index === null || !isIndexed(term)) return;
  let list = index.get(term);
  if (after === 0) {
    list?.delete(owner);
    if (list?.size === 0) index.delete(term);
    return;
  }
  if (list === undefined) {
    list = new Map();
    index.set(term, list);
  }
  list.set(owner, after);
}

/** Adds one sum to another (a merge). */
export function addSum<Owner>(into: SumVector, from: SumVector, times: number, index: Postings<Owner> | null, owner: Owner): void {
  for (const [term, weight] of from.weights) {
    const before = into.weights.get(term) ?? 0;
    setWeight(into, term, before, before + weight * times, index, owner);
  }
  into.nTerms += from.nTerms;
  into.nTexts += from.nTexts;
}

/** Keeps the `keep` heaviest terms when there are more than `above`; equal weights by the order of terms. */
export function cutSum<Owner>(sum: SumVector, above: number, keep: number, index: Postings<Owner> | null, owner: Owner): void {
  if (sum.weights.size <= above) return;
  for (const [term, weight] of sortedTerms(sum, sum.weights.size).slice(keep)) setWeight(sum, term, weight, 0, index, owner);
}

/** Asked of many issues at every look at merges, most of them unchanged since the last one. */
export function heaviest(sum: SumVector, count: number): readonly [string, number][] {
  if (sum.top?.count === count) return sum.top.heaviest;
  const found = sortedTerms(sum, count);
  sum.top = { count, heaviest: found };
  return found;
}

function sortedTerms(sum: SumVector, count: number): [string, number][] {
  const terms = [...sum.weights.keys()];
  const weights = [...sum.weights.values()];
  return heaviestPlaces(terms, weights, count).map((i) => [terms[i] ?? '', weights[i] ?? 0]);
}

/**
 * Places of the `count` heaviest, heaviest first, equal weights by the order of terms; terms differ. Only those that can be among them
 * are put in order: sorting bare numbers is many times cheaper than asking a comparison.
 */
export function heaviestPlaces(terms: readonly string[], weights: readonly number[], count: number): number[] {
  if (count <= 0) return [];
  const least = count < weights.length ? (new Float64Array(weights).sort()[weights.length - count] ?? 0) : Number.NEGATIVE_INFINITY;
  const places: number[] = [];
  for (let i = 0; i < weights.length; i++) if ((weights[i] ?? 0) >= least) places.push(i);
  places.sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || ((terms[a] ?? '') < (terms[b] ?? '') ? -1 : 1));
  return places.length > count ? places.slice(0, count) : places;
}

/** Takes the sum out of the index; the sum itself stays whole. */
export function unindex<Owner>(sum: SumVector, index: Postings<Owner>, owner: Owner): void {
  for (const term of sum.weights.keys()) {
    const list = index.get(term);
    list?.delete(owner);
    if (list?.size === 0) index.delete(term);
  }
}

export function enterIndex<Owner>(sum: SumVector, index: Postings<Owner>, owner: Owner): void {
  for (const [term, weight] of sum.weights) {
    if (!isIndexed(term)) continue;
    const list = index.get(term);
    if (list === undefined) index.set(term, new Map([[owner, weight]]));
    else list.set(owner, weight);
  }
}

/** What can be found by the index. */
export interface Findable {
  /** Place among the products of the search under way; -1 outside of one. */
  slot: number;
}

export interface Products<Owner> {
  readonly owners: readonly Owner[];
  /** Beside `owners`. */
  readonly products: readonly number[];
}

/** Products of the given weights with every indexed sum that shares a term. Cost: the postings of the terms. */
export function productsWith<Owner extends Findable>(
  terms: readonly string[],
  weights: readonly number[],
  index: Postings<Owner>,
): Products<Owner> {
  const owners: Owner[] = [];
  const products: number[] = [];
  for (let i = 0; i < terms.length; i++) {
    const list = index.get(terms[i] ?? '');
    if (list === undefined) continue;
    const own = weights[i] ?? 0;
    for (const [owner, weight] of list) {
      if (owner.slot < 0) {
        owner.slot = owners.length;
        owners.push(owner);
        products.push(own * weight);
      } else products[owner.slot] = (products[owner.slot] ?? 0) + own * weight;
    }
  }
  for (const owner of owners) owner.slot = -1;
  return { owners, products };
}

/** The part of a text that the index does not hold. */
export function unindexedPart(text: TextVector): TextVector {
  const kept = text.terms.map((_, i) => i).filter((i) => !isIndexed(text.terms[i] ?? ''));
  return { terms: kept.map((i) => text.terms[i] ?? ''), weights: kept.map((i) => text.weights[i] ?? 0) };
}

export function cosineText(text: TextVector, sum: SumVector): number {
  const length = lengthOf(sum);
  if (length === 0) return 0;
  let product = 0;
  for (let i = 0; i < text.terms.length; i++) product += (text.weights[i] ?? 0) * (sum.weights.get(text.terms[i] ?? '') ?? 0);
  return product / length;
}

export function cosineSums(a: SumVector, b: SumVector): number {
  const [small, large] = a.weights.size <= b.weights.size ? [a, b] : [b, a];
  let product = 0;
  for (const [term, weight] of small.weights) product += weight * (large.weights.get(term) ?? 0);
  const lengths = lengthOf(a) * lengthOf(b);
  return lengths === 0 ? 0 : product / lengths;
}

/** The terms that count most in what text and sum share, heaviest first. */
export function sharedTerms(text: TextVector, sum: SumVector, count: number): string[] {
  return text.terms
    .map((term, i): [string, number] => [term, (text.weights[i] ?? 0) * (sum.weights.get(term) ?? 0)])
    .filter(([, product]) => product > 0)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, count)
    .map(([term]) => term);
}
