/**
 * Finds the element that holds the body of a page. Paragraphs give their weight to the elements around them, less with each
 * step, as in Readability (Arc90 2009): the weight is 1, plus commas, plus up to 3 for length, times what is not link.
 */
import { FOOT_LINE, isAround, isBodyHint, isComments, isLead } from './articleHints.ts';
import { lastingClasses } from './pageRows.ts';
import { BLOCKS, isElement, isUnseen, type PageElement, type PageTree, textOf, walkPage } from './pageTree.ts';

/** One run of text directly in a block. Widths count a Han character as two. */
export interface Run {
  readonly element: PageElement;
  readonly width: number;
  readonly linkWidth: number;
  readonly nCommas: number;
}

export interface Measure {
  readonly runs: readonly Run[];
  /** Width of all seen text, and of that in links, below each element by its `order`. */
  readonly width: Float64Array;
  readonly linkWidth: Float64Array;
  /** Width of text in runs that read like sentences. */
  readonly prose: Float64Array;
  /** 1 for elements that are left out with all below them. */
  readonly cut: Uint8Array;
}

const COMMAS = /[,，、،;；。]/g;

export function widthOf(text: string): number {
  let width = 0;
  let wasSpace = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isSpace = code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000;
    if (isSpace && wasSpace) continue;
    wasSpace = isSpace;
    width += code >= 0x2e80 && code <= 0xff60 ? 2 : 1;
  }
  return width;
}

interface Frame {
  readonly element: PageElement;
  width: number;
  linkWidth: number;
  nCommas: number;
}

/** A run of at least this width can be a sentence. */
const SENTENCE = 50;

export function isProse(run: Run): boolean {
  return run.width >= SENTENCE && run.linkWidth < run.width * 0.5;
}

/** Measures a page in one walk. Cuts only what is never seen; `cutAround` goes on from there. */
export function measurePage({ root, nElements }: PageTree, isHidden: (element: PageElement) => boolean = isUnseen): Measure {
  const width = new Float64Array(nElements + 1);
  const linkWidth = new Float64Array(nElements + 1);
  const prose = new Float64Array(nElements + 1);
  const cut = new Uint8Array(nElements + 1);
  const runs: Run[] = [];
  const frames: Frame[] = [newFrame(root)];
  let nLinks = 0;
  const close = (frame: Frame | undefined) => {
    if (frame === undefined || frame.width === 0) return;
    const run: Run = { element: frame.element, width: frame.width, linkWidth: frame.linkWidth, nCommas: frame.nCommas };
    runs.push(run);
    if (isProse(run)) prose[frame.element.order]! += run.width - run.linkWidth;
    frame.width = frame.linkWidth = frame.nCommas = 0;
  };
  const read = (text: string, parent: PageElement) => {
    const frame = frames.at(-1);
    const textWidth = widthOf(text);
    if (frame === undefined || textWidth === 0) return;
    frame.width += textWidth;
    width[parent.order]! += textWidth;
    if (textWidth > 1) frame.nCommas += text.match(COMMAS)?.length ?? 0;
    if (nLinks === 0) return;
    frame.linkWidth += textWidth;
    linkWidth[parent.order]! += textWidth;
  };
  let open = root;
  walkPage(root, (node, leaving) => {
    if (!isElement(node)) {
      read(node, open);
      return undefined;
    }
    if (!leaving) {
      if (node.tag !== 'html' && node !== root && isHidden(node)) {
        cut[node.order] = 1;
        return false;
      }
      if (node.tag === 'a') nLinks++;
      if (BLOCKS.has(node.tag) && node.tag !== 'br') {
        close(frames.at(-1));
        frames.push(newFrame(node));
      }
      open = node;
      return undefined;
    }
    if (node.tag === 'a') nLinks--;
    if (BLOCKS.has(node.tag) && node.tag !== 'br') close(frames.pop());
    if (node.parent !== null) {
      width[node.parent.order]! += width[node.order]!;
      linkWidth[node.parent.order]! += linkWidth[node.order]!;
      prose[node.parent.order]! += prose[node.order]!;
      open = node.parent;
    }
    return undefined;
  });
  close(frames[0]);
  return { runs, width, linkWidth, prose, cut };
}

function newFrame(element: PageElement): Frame {
  return { element, width: 0, linkWidth: 0, nCommas: 0 };
}

/** A piece around the body that holds more of the page's prose than this is no such piece, whatever it is called. */
const LARGEST_CUT = 0.35;
/** Comments may be longer than what they are on: they are cut while so much prose is left. */
const LEAST_LEFT = 250;

/** Tags that pages wrap whole articles in, with classes that say much else. */
const WRAPPERS: ReadonlySet<string> = new Set(['html', 'body', 'main', '#page']);

/** Text that is not in links, in a piece named or tagged as a body: so little is an article, on a page that has no more. */
const LEAST_BODY = 20;
/** Width of the longest foot of a page that is told by its words. */
const LARGEST_FOOT = 400;

/** Widest unlinked text of one piece that says it is a body, or holds the main heading, and is not the whole page. */
function namedBody({ root }: PageTree, measure: Measure): number {
  let most = 0;
  walkPage(root, (node, leaving) => {
    if (!isElement(node) || leaving) return undefined;
    if (measure.cut[node.order] === 1 || MARGINS.has(node.tag)) return false;
    const isNamed = node.tag === 'article' || node.tag === 'main' || (isBodyHint(node) && !WRAPPERS.has(node.tag) && !isAround(node));
    const holder = node.tag === 'h1' ? node.parent : isNamed ? node : null;
    if (holder === null || holder.tag === 'body' || holder.tag === '#page') return undefined;
    const heading = node.tag === 'h1' ? measure.width[node.order]! : 0;
    most = Math.max(most, measure.width[holder.order]! - measure.linkWidth[holder.order]! - heading);
    return undefined;
  });
  return most;
}

const MARGINS: ReadonlySet<string> = new Set(['aside', 'nav', 'footer']);

/** What every page of a publisher ends with, even where it is longer than the notice above it. */
function isFoot(node: PageElement, measure: Measure): boolean {
  return measure.width[node.order]! < LARGEST_FOOT && FOOT_LINE.test(textOf(node));
}

/** Marks the pieces around a body as cut. */
export function cutAround(tree: PageTree, measure: Measure): void {
  const { root } = tree;
  const all = measure.prose[0]!;
  // On a page of few words the foot may hold most of the prose; then the names decide.
  const isShort = all <= LEAST_LEFT * 3 && namedBody(tree, measure) >= LEAST_BODY;
  walkPage(root, (node, leaving) => {
    if (!isElement(node) || leaving) return undefined;
    if (measure.cut[node.order] === 1) return false;
    if (WRAPPERS.has(node.tag)) return undefined;
    const prose = measure.prose[node.order]!;
    // A standfirst is called a teaser, or stands in a header: it is kept while it is a paragraph of text.
    if (isLead(node) && prose >= 60 && prose < 1500 && linkShareOf(node, measure) < 0.2 && !isComments(node)) return undefined;
    if (
      MARGINS.has(node.tag) &&
      ((prose < all * 0.5 && all - prose > LEAST_LEFT) || (isShort && measure.width[node.order]! < LARGEST_FOOT))
    ) {
      measure.cut[node.order] = 1;
      return false;
    }
    const isLarge = (prose > all * LARGEST_CUT || (isBodyHint(node) && prose > all * 0.1)) && !(isShort && isFoot(node, measure));
    if ((isAround(node) && !isLarge) || (isComments(node) && all - prose > LEAST_LEFT)) {
      measure.cut[node.order] = 1;
      return false;
    }
    return undefined;
  });
}

function isCut(element: PageElement, measure: Measure): boolean {
  for (let at: PageElement | null = element; at !== null; at = at.parent) if (measure.cut[at.order] === 1) return true;
  return false;
}

export interface Candidate {
  readonly element: PageElement;
  readonly score: number;
}

/** Steps that a paragraph's weight goes up. */
const STEPS = 5;
const OWN_PARENT: ReadonlySet<string> = new Set(['p', 'pre', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'dd', 'blockquote']);

/** Elements by their score, best first, at most eight. */
export function candidates(measure: Measure): Candidate[] {
  const scores = new Map<PageElement, number>();
  for (const run of measure.runs) {
    if (run.width < 30 || isCut(run.element, measure)) continue;
    const linkShare = run.linkWidth / run.width;
    const weight =
      (1 + Math.min(run.nCommas, 12) + Math.min(run.width / 100, 3)) * (1 - linkShare) ** 2 * (run.element.tag === 'li' ? 0.4 : 1);
    let at = OWN_PARENT.has(run.element.tag) ? run.element.parent : run.element;
    for (let step = 0; step < STEPS && at !== null && at.tag !== 'html' && at.parent !== null; step++, at = at.parent) {
      const share = step === 0 ? 1 : step === 1 ? 0.5 : 1 / (step * 3);
      scores.set(at, (scores.get(at) ?? 0) + weight * share);
    }
  }
  const found: Candidate[] = [];
  for (const [element, score] of scores) {
    const width = measure.width[element.order]!;
    const linkShare = width === 0 ? 0 : measure.linkWidth[element.order]! / width;
    const hinted = isBodyHint(element) || element.tag === 'article' ? 1.2 : 1;
    found.push({ element, score: score * (1 - linkShare) * hinted });
  }
  return found.sort((a, b) => b.score - a.score).slice(0, 8);
}

/** How far up from the best element its continuation is looked for. */
const CLIMB = 6;

function linkShareOf(element: PageElement, measure: Measure): number {
  const width = measure.width[element.order]!;
  return width === 0 ? 0 : measure.linkWidth[element.order]! / width;
}

/** True when a sibling goes on where the body stops: it looks the same, or is much prose, or leads in to it. */
function continues(sibling: PageElement, chosen: PageElement, measure: Measure, all: number): boolean {
  if (measure.cut[sibling.order] === 1 || linkShareOf(sibling, measure) > 0.3) return false;
  const isBefore = sibling.order < chosen.order;
  if (isAround(sibling) && !(isBefore && isLead(sibling))) return false;
  const prose = measure.prose[sibling.order]!;
  const width = measure.width[sibling.order]!;
  if (prose < width * 0.4) return false;
  const look = lastingClasses(sibling);
  if (look !== '' && sibling.tag === chosen.tag && look === lastingClasses(chosen) && prose > 0) return true;
  if (sibling.tag === 'p' || sibling.tag === 'blockquote') return prose >= 80 && !FOOT_LINE.test(textOf(sibling));
  if (!isBefore && width < 1200 && FOOT_LINE.test(textOf(sibling))) return false;
  if (prose >= all * 0.25 && prose >= width * 0.6 && linkShareOf(sibling, measure) < 0.12) return true;
  return isBefore && isLead(sibling) && prose >= 60;
}

/** A page without one sentence: the element named as a body that holds most text. */
function withoutProse(measure: Measure): PageElement[] {
  let best: PageElement | undefined;
  for (const run of measure.runs)
    for (let at: PageElement | null = run.element; at !== null; at = at.parent) {
      if (measure.cut[at.order] === 1) break;
      if (!isBodyHint(at) && at.tag !== 'article' && at.tag !== 'main') continue;
      if (best === undefined || measure.width[at.order]! > measure.width[best.order]!) best = at;
    }
  return best === undefined ? [] : [best];
}

/** The elements that make up the body, in page order: the best one, and on the way up those that continue it. */
export function chooseBody(measure: Measure, found: readonly Candidate[]): PageElement[] {
  const [best] = found;
  if (best === undefined) return withoutProse(measure);
  const chosen = new Set([best.element]);
  let at = best.element;
  let all = measure.prose[at.order]!;
  for (let step = 0; step < CLIMB && at.parent !== null && at.tag !== 'body' && at.tag !== 'html' && at.parent.tag !== '#page'; step++) {
    const parent: PageElement = at.parent;
    let added = 0;
    const joining: PageElement[] = [];
    for (const sibling of parent.children) {
      if (!isElement(sibling) || sibling === at || !continues(sibling, at, measure, all)) continue;
      joining.push(sibling);
      added += measure.prose[sibling.order]!;
    }
    for (const element of joining) chosen.add(element);
    all += added;
    at = parent;
  }
  return [...chosen].sort((a, b) => a.order - b.order);
}
