/**
 * Mozilla's Readability on linkedom as a second opinion on where a page's body is. Slow (30 ms and more a page) and worse than
 * linear on hostile markup, so a page is counted first: one with too many or too deep elements gets no second opinion.
 */
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { elementsOf, isElement, type PageElement, parsePage } from '../collect/pageTree.ts';

/** Characters of markup. */
const LONGEST = 1_500_000;
/** Of 420 pages of everyday use measured, the largest had 10,110 elements, the deepest 41 levels. */
const MOST_ELEMENTS = 12_000;
const DEEPEST = 80;
/** Levels of all elements together, which the cost follows best. Measured: 157,850 at most; 200,000 take up to 5 s of one slow core. */
const MOST_LEVELS = 160_000;

/** True when the page is small and flat enough; linear in its length. */
export function isWorthAsking(html: string): boolean {
  if (html.length > LONGEST) return false;
  const { root, whole, nElements } = parsePage(html);
  if (!whole || nElements > MOST_ELEMENTS) return false;
  const levels = new Map<PageElement | null, number>();
  let sum = 0;
  for (const element of elementsOf(root)) {
    const level = (levels.get(element.parent) ?? -1) + 1;
    if (element.children.some(isElement)) levels.set(element, level);
    sum += level;
    if (level > DEEPEST || sum > MOST_LEVELS) return false;
  }
  return true;
}

/** Readability's own default threshold is met by all but empty pages; a fault in it on odd markup counts as no opinion. */
export function secondOpinion(html: string): string | null {
  if (!isWorthAsking(html)) return null;
  const { document } = parseHTML(/<html[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`);
  try {
    return new Readability(document as unknown as Document).parse()?.content ?? null;
  } catch {
    // It throws on documents without an element it expects; then there is no second opinion.
    return null;
  }
}
