/**
 * Mozilla's Readability on linkedom as a second opinion on where a page's body is. Slow (30 ms and more a page) and worse than
 * linear on hostile markup, so it is only ever given pages that the light tree has read whole.
 */
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';

/** Characters of markup. Beyond this linkedom and Readability can take more than 2 s. */
const LONGEST = 1_500_000;

/** Readability's own default threshold is met by all but empty pages; a fault in it on odd markup counts as no opinion. */
export function secondOpinion(html: string): string | null {
  if (html.length > LONGEST) return null;
  const { document } = parseHTML(/<html[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`);
  try {
    return new Readability(document as unknown as Document).parse()?.content ?? null;
  } catch {
    // It throws on documents without an element it expects; then there is no second opinion.
    return null;
  }
}
