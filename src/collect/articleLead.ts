/** The standfirst of an article where it stands outside the element that holds the body: in the header, above the picture. */
import { FOOT_LINE, isComments, isLead } from './articleHints.ts';
import { isProse, type Measure, type Run } from './articleScore.ts';
import { elementsOf, type PageElement, type PageTree, textOf } from './pageTree.ts';

/** Widths of a standfirst: a sentence to a long paragraph. */
const LEAST = 60;
const MOST = 1200;
const MOST_LEADS = 3;
const START = 30;

export function squeeze(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

function titleHeading(root: PageElement, before: number): PageElement | undefined {
  let heading: PageElement | undefined;
  for (const element of elementsOf(root)) {
    if (element.order >= before) break;
    if (element.tag === 'h1') heading = element;
  }
  return heading;
}

function isNamedLead(element: PageElement): boolean {
  for (let at: PageElement | null = element, n = 0; at !== null && n < 3; at = at.parent, n++) if (isLead(at)) return true;
  return false;
}

const MARGINS: ReadonlySet<string> = new Set(['nav', 'footer', 'aside', 'figure', 'figcaption', 'form', 'li']);

function inMargin(element: PageElement, measure: Measure, mayBeCut: boolean): boolean {
  for (let at: PageElement | null = element; at !== null; at = at.parent) {
    if (MARGINS.has(at.tag) || isComments(at)) return true;
    if (!mayBeCut && measure.cut[at.order] === 1) return true;
  }
  return false;
}

/** Lines to put before the body, in page order. `told` is the page's own description. */
export function leadLines(tree: PageTree, measure: Measure, bodies: readonly PageElement[], told: string): string[] {
  const first = bodies[0]?.order;
  if (first === undefined) return [];
  const heading = titleHeading(tree.root, first);
  const start = squeeze(told).slice(0, START);
  const found: { run: Run; text: string }[] = [];
  for (const run of measure.runs) {
    const { element } = run;
    if (element.order >= first || run.width < LEAST || run.width > MOST || !isProse(run) || run.linkWidth > run.width * 0.2) continue;
    const text = textOf(element);
    if (text.length > MOST || FOOT_LINE.test(text)) continue;
    const isTold = start.length === START && squeeze(text).startsWith(start);
    const isNamed = isNamedLead(element) && heading !== undefined && element.order > heading.order - 40;
    const isBetween = heading !== undefined && element.order > heading.order && /[.!?。！？…”"»]$/u.test(text);
    if (isTold ? inMargin(element, measure, true) : !(isNamed || isBetween) || inMargin(element, measure, isNamed)) continue;
    found.push({ run, text });
  }
  const ordered = found.sort((a, b) => a.run.element.order - b.run.element.order).map(({ text }) => text);
  return [...new Set(ordered)].slice(-MOST_LEADS);
}
