/**
 * From the element that holds a body to its lines: what is not body is left out by its element (lists of links, tables of
 * navigation, pieces around a body) or by its line (bylines, credits, calls to share), and the tail is cut at what follows a body.
 */
import { ALSO_LINE, CALL_LINE, FOOT_LINE, NOISE_LINE, PICTURE_LINE, TAIL_HEADING } from './articleHints.ts';
import { type Measure, widthOf } from './articleScore.ts';
import { BLOCKS, elementChildren, elementsOf, foldSpace, isElement, liesIn, type PageElement, textOf, walkPage } from './pageTree.ts';

export interface BodyLine {
  readonly text: string;
  readonly width: number;
  /** Share of the line that is link, 0..1. */
  readonly linkShare: number;
  readonly isHeading: boolean;
  readonly isItem: boolean;
  readonly element: PageElement;
}

const LISTS: ReadonlySet<string> = new Set(['ul', 'ol', 'dl', 'table', 'div', 'section', 'p', 'tr', 'center']);

/** True for a block whose text is mostly links: a menu, a list of other articles, a row of tags. */
function isLinkBlock(element: PageElement, measure: Measure): boolean {
  if (!LISTS.has(element.tag)) return false;
  const width = measure.width[element.order]!;
  const linkWidth = measure.linkWidth[element.order]!;
  if (width === 0) return false;
  const share = linkWidth / width;
  const prose = measure.prose[element.order]!;
  if (element.tag === 'p') return share > 0.9 && width < 200;
  if (element.tag === 'ul' || element.tag === 'ol' || element.tag === 'dl') return share > 0.55 && prose < width * 0.4;
  if (element.tag === 'table') return share > 0.5 && prose < width * 0.3 && !isDataTable(element);
  return share > 0.6 && prose < width * 0.25;
}

/** A table of values: at least three rows that each have three cells or more with something in them. */
function isDataTable(table: PageElement): boolean {
  let nRows = 0;
  for (const element of elementsOf(table)) {
    if (element.tag !== 'tr') continue;
    const cells = elementChildren(element).filter((cell) => (cell.tag === 'td' || cell.tag === 'th') && cell.children.length > 0);
    if (cells.length >= 3 && cells.length < 20 && cells.some((cell) => /^\s*[\d.,:%+-]+\s*$/.test(textOf(cell)))) nRows++;
  }
  return nRows >= 3;
}

/** Lines of the body element, in page order. */
export function bodyLines(body: PageElement, measure: Measure): BodyLine[] {
  const lines: BodyLine[] = [];
  let text = '';
  let linkWidth = 0;
  let nLinks = 0;
  let nPre = 0;
  const blocks: PageElement[] = [body];
  const flush = () => {
    const folded = foldSpace(text);
    if (folded !== '') {
      const element = blocks.at(-1) ?? body;
      const width = widthOf(folded);
      const isHeading = /^h[1-6]$/.test(element.tag);
      const isItem = blocks.some((at) => at.tag === 'li');
      lines.push({
        text: folded,
        width,
        linkShare: Math.min(1, linkWidth / width),
        isHeading,
        isItem,
        element,
      });
    }
    text = '';
    linkWidth = 0;
  };
  walkPage(body, (node, leaving) => {
    if (!isElement(node)) {
      const parts = nPre > 0 ? node.split('\n') : [node];
      for (const [i, part] of parts.entries()) {
        if (i > 0) flush();
        text += part;
        const width = widthOf(part);
        if (nLinks > 0) linkWidth += width;
      }
      return undefined;
    }
    if (!leaving && node !== body && (measure.cut[node.order] === 1 || isLinkBlock(node, measure))) {
      if (BLOCKS.has(node.tag)) flush();
      return false;
    }
    if (node.tag === 'a') nLinks += leaving ? -1 : 1;
    if (node.tag === 'pre') nPre += leaving ? -1 : 1;
    if (node.tag === 'br') {
      if (!leaving) flush();
    } else if (node.tag === 'td' || node.tag === 'th') text += ' ';
    else if (BLOCKS.has(node.tag)) {
      flush();
      if (!leaving) blocks.push(node);
      else if (blocks.length > 1) blocks.pop();
    }
    return undefined;
  });
  flush();
  return lines;
}

const ENDS = /[.!?。！？…;；:：”"’'」』)）]$/u;

function isSentence(line: BodyLine): boolean {
  return line.width >= 40 && ENDS.test(line.text) && line.linkShare < 0.6;
}

/** Lines that are not body, wherever they stand. */
function isNoise(line: BodyLine): boolean {
  if (line.width < 400 && (NOISE_LINE.test(line.text) || ALSO_LINE.test(line.text) || CALL_LINE.test(line.text))) return true;
  if (line.width < 260 && PICTURE_LINE.test(line.text)) return true;
  // A line that is one link: a pointer to another article. Headings and items may be links.
  return (
    line.linkShare > 0.9 &&
    !line.isHeading &&
    !/^https?:/.test(line.text) &&
    line.width < 240 &&
    !(line.isItem && line.width < 60 && ENDS.test(line.text))
  );
}

function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Takes out noise, the title and what comes before the first sentence, and what follows the body. */
export function pruneLines(all: readonly BodyLine[], title: string, measure: Measure): BodyLine[] {
  let lines = all.filter((line) => !isNoise(line));
  const key = squeezed(title);
  const firstSentence = lines.findIndex(isSentence);
  if (firstSentence > 0) {
    // Before the first sentence only headings right before it and lines that end like sentences are body.
    lines = lines.filter((line, i) => i >= firstSentence || (squeezed(line.text) !== key && !isHead(line, i, firstSentence)));
  }
  lines = lines.filter((line, i) => i > 3 || key === '' || squeezed(line.text) !== key);
  lines = cutTail(lines, measure);
  return dropLoneHeadings(lines);
}

const DATE_LINE =
  /\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\b\d{1,2}:\d\d\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-zä]*\.?,? \d{1,4}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}/i;

function isHead(line: BodyLine, i: number, firstSentence: number): boolean {
  if (line.isHeading) return i < firstSentence - 1;
  if (DATE_LINE.test(line.text) && line.width < 100) return true;
  return line.width < 50 && !/[,，]$/.test(line.text) && !ENDS.test(line.text);
}

/** Each costs a pass over all lines. */
const MOST_HEADINGS = 30;

/** Takes out what follows a heading such as "related": its container, or all the rest when little of the text is behind it. */
function cutTail(lines: readonly BodyLine[], measure: Measure): BodyLine[] {
  const total = lines.reduce((sum, line) => sum + line.width, 0);
  let kept = [...lines];
  let before = 0;
  let nHeadings = 0;
  for (const line of lines) {
    before += line.width;
    if (line.width > 120 || before < total * 0.1 || !TAIL_HEADING.test(line.text)) continue;
    const i = kept.indexOf(line);
    if (i < 0 || ++nHeadings > MOST_HEADINGS) continue;
    const prose = kept.slice(i + 1).reduce((sum, at) => sum + (isSentence(at) ? at.width : 0), 0);
    if (prose < total * 0.12 && before > total * 0.4) return trimEnd(kept.slice(0, i));
    const container = containerOf(line.element, measure, total * 0.3);
    kept = kept.filter((at, n) => n !== i && !(n > i && container !== null && liesIn(at.element, container)));
  }
  return trimEnd(kept);
}

/** The largest element around a heading that holds at most `most` of text, or null when the heading stands among the body. */
function containerOf(heading: PageElement, measure: Measure, most: number): PageElement | null {
  let container: PageElement | null = null;
  for (let at = heading.parent; at !== null && measure.width[at.order]! <= most; at = at.parent) container = at;
  return container;
}

const LETTER_DAY = /^(?:20\d\d|二[〇○零]\S{2})\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*日$/;

/** Without the last lines that stand at the foot of every page of a publisher. */
function withoutFeet(lines: readonly BodyLine[]): readonly BodyLine[] {
  let end = lines.length;
  for (let line = lines[end - 1]; end > 1 && line !== undefined && line.width < 200 && FOOT_LINE.test(line.text); line = lines[end - 1])
    end--;
  return lines.slice(0, end);
}

/** Short lines at the very end that are no sentences and no list items: names, tags, dates. */
function trimEnd(given: readonly BodyLine[]): BodyLine[] {
  const lines = withoutFeet(given);
  // An official letter ends with who wrote it and the day; the day alone on the last line tells.
  if (LETTER_DAY.test(lines.at(-1)?.text ?? '')) return [...lines];
  let end = lines.length;
  for (let n = 0; n < 6 && end > 1; n++) {
    const line = lines[end - 1];
    if (line === undefined) break;
    const before = lines[end - 3];
    if (before !== undefined && before.element === line.element && n === 0) break;
    const isShort = line.width < 60 && !ENDS.test(line.text) && !line.isItem;
    if (!line.isHeading && !isShort) break;
    end--;
  }
  // A page of nothing but short lines is kept as it is.
  return end <= lines.length / 2 ? [...lines] : lines.slice(0, end);
}

function dropLoneHeadings(lines: readonly BodyLine[]): BodyLine[] {
  return lines.filter((line, i) => !line.isHeading || TAIL_HEADING.test(line.text) === false || i < lines.length - 1);
}

/** The share of prose that the body elements hold of the whole page, 0..1. */
export function proseShare(bodies: readonly PageElement[], measure: Measure): number {
  const all = measure.prose[0]!;
  return all === 0 ? 0 : bodies.reduce((sum, body) => sum + measure.prose[body.order]!, 0) / all;
}
