/**
 * Reads an article page: the body without what surrounds it, and what the page says about itself. The own scorer reads first;
 * only where it is unsure a second opinion is asked, and the overlap of the two texts decides (lengths alone mislead).
 */
import type { Instant } from '../model/time.ts';
import { type BodyLine, bodyLines, proseShare, pruneLines } from './articleLines.ts';
import { candidates, chooseBody, cutAround, measurePage, widthOf } from './articleScore.ts';
import type { PageKit } from './listPage.ts';
import { pageDate } from './pageDate.ts';
import { markupOf } from './pageMarkup.ts';
import { type PageMeta, pageMeta } from './pageMeta.ts';
import { leadLines, squeeze } from './articleLead.ts';
import { overlap } from './articleOverlap.ts';
import { isUnseen, liesIn, readablePart, type PageElement, type PageTree, parsePage } from './pageTree.ts';
import { plainText } from './plainText.ts';

export interface ArticleKit extends PageKit {
  /** Given the page as clean markup: the body's markup as another extractor sees it, or null when it finds none. Slow; called only where the scorer is unsure. */
  readonly secondOpinion?: (html: string) => string | null;
}

export interface Article {
  readonly title: string;
  /** Paragraphs parted by \n; empty when the page has no text. */
  readonly text: string;
  readonly publishedAt?: Instant;
  readonly author?: string;
  readonly language?: string;
  readonly canonical?: string;
  /** `page.stripped`: a limit stopped the reading, the text is the whole page without its tags. */
  readonly marks: readonly string[];
  /** False when the scorer doubted and nothing confirmed it. */
  readonly isSure: boolean;
}

function textOfLines(lines: readonly BodyLine[]): string {
  return lines.map((line) => line.text).join('\n');
}

interface Reading {
  readonly text: string;
  /** Why the scorer is unsure; empty when it is sure. */
  readonly doubts: readonly string[];
}

function descriptionOf(meta: PageMeta): string {
  return meta.named.get('description') ?? meta.named.get('og:description') ?? '';
}

/** Nothing seen reads like text: pages that show it only by script often keep it in noscript. */
const LITTLE = 300;

function readBody(tree: PageTree, meta: PageMeta): Reading {
  let measure = measurePage(tree);
  if (measure.prose[0]! < LITTLE) {
    const withNoscript = measurePage(tree, (element) => element.tag !== 'noscript' && isUnseen(element));
    if (withNoscript.prose[0]! > measure.prose[0]! + LITTLE) measure = withNoscript;
  }
  cutAround(tree, measure);
  const found = candidates(measure);
  const bodies = chooseBody(measure, found);
  const all = bodies.flatMap((body) => bodyLines(body, measure));
  const body = textOfLines(pruneLines(all, meta.title, measure));
  const inBody = squeeze(body);
  const leads = leadLines(tree, measure, bodies, descriptionOf(meta)).filter((lead) => !inBody.includes(squeeze(lead).slice(0, 60)));
  const text = [...leads, body].join('\n');
  const doubts: string[] = [];
  const width = widthOf(text);
  if (width < 300) doubts.push('short');
  if (proseShare(bodies, measure) < 0.45) doubts.push('share');
  if (width < all.reduce((sum, line) => sum + line.width, 0) * 0.5) doubts.push('pruned');
  const [best] = found;
  const isRival = (element: PageElement) => !bodies.some((body) => liesIn(element, body) || liesIn(body, element));
  if (best !== undefined && found.some((other) => other.score > best.score * 0.85 && isRival(other.element))) doubts.push('rival');
  return { text, doubts };
}

/** The lines of what another extractor kept, pruned like our own. */
function readOpinion(markup: string, title: string): string {
  const tree = parsePage(markup);
  if (!tree.whole) return plainText(markup);
  const measure = measurePage(tree);
  cutAround(tree, measure);
  return textOfLines(pruneLines(bodyLines(tree.root, measure), title, measure));
}

/** Elements of a page that a second opinion is asked on: it is slow, and worse than linear. */
const MOST_ASKED = 15_000;

/** A text narrower than this is no body to hold on to. */
const NO_BODY = 120;
const START = 30;

/**
 * Which of two readings of a page to keep. Measured: where both find a body our own is as complete and cleaner, so the other is
 * taken only when we found next to nothing, or when only the other holds what the page's own description begins with.
 */
export function decide(own: string, other: string, told: string): { readonly text: string; readonly isSure: boolean } {
  if (other === '') return { text: own, isSure: false };
  if (widthOf(own) < NO_BODY) return { text: other.length > own.length ? other : own, isSure: false };
  const shared = overlap(own, other);
  if (shared > 0.5) return { text: own, isSure: shared > 0.8 };
  const start = squeeze(told).slice(0, START);
  const onlyOther = start.length === START && squeeze(other).includes(start) && !squeeze(own).includes(start);
  return { text: onlyOther ? other : own, isSure: false };
}

export function readArticleTree(tree: PageTree, html: string, kit: ArticleKit): Article {
  const meta = pageMeta(tree.root, kit.address);
  const published = pageDate(tree.root, meta, kit);
  const told = {
    title: meta.title,
    ...(published === undefined ? {} : { publishedAt: published.at }),
    ...(meta.author === undefined ? {} : { author: meta.author }),
    ...(meta.language === undefined ? {} : { language: meta.language }),
    ...(meta.canonical === undefined ? {} : { canonical: meta.canonical }),
  };
  if (!tree.whole) return { ...told, text: plainText(readablePart(html)), marks: ['page.stripped'], isSure: false };
  const own = readBody(tree, meta);
  if (own.doubts.length === 0 || kit.secondOpinion === undefined || tree.nElements > MOST_ASKED)
    return { ...told, text: own.text, marks: [], isSure: own.doubts.length === 0 };
  const markup = kit.secondOpinion(markupOf(tree.root));
  const chosen = decide(own.text, markup === null ? '' : readOpinion(markup, meta.title), descriptionOf(meta));
  return { ...told, ...chosen, marks: [] };
}

export function readArticle(html: string, kit: ArticleKit): Article {
  return readArticleTree(parsePage(html), html, kit);
}
