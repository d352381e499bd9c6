/**
 * Repeated rows of a page: the entries of a list, the floors of a thread. A row is an element that has siblings of the same tag;
 * rows whose parents look alike (same tags and classes all the way up) form one group, so a list cut in several pieces is one.
 */
import { elementsOf, foldSpace, isElement, isUnseen, liesIn, type PageElement, type PageNode, textOf } from './pageTree.ts';
import { type ReadTime, readTime, type TimeKit } from './relativeTime.ts';

export interface PageRow {
  readonly head: PageElement;
  /** The head, and for rows that are only a heading what follows up to the next one. */
  readonly parts: readonly PageNode[];
}

export interface RowGroup {
  readonly rows: readonly PageRow[];
}

/** How far above a leaf its row may begin. */
const LEVELS = 14;
/** Tags that hold their whole row; every other row goes on until the next head. */
const WHOLE: ReadonlySet<string> = new Set([
  'li',
  'tr',
  'tbody',
  'article',
  'div',
  'section',
  'td',
  'table',
  'ul',
  'ol',
  'dl',
  'main',
  'body',
]);
const STATES = /^(?:odd|even|first|last|active|current|alt|bg|new|hot|sticky|top|common|lock|read|unread|global|clearfix|cl|row|on|r|\W*)$/;

/** The classes that say what an element is: without digits and without those that change from row to row. */
export function lastingClasses(element: PageElement): string {
  const text = element.attributes.class;
  if (text === undefined) return '';
  const names = text
    .toLowerCase()
    .replace(/[\d_-]+/g, ' ')
    .split(/\s+/);
  return names.filter((name) => name !== '' && !STATES.test(name)).join('.');
}

/** Numbers for paths, equal for elements that look alike. */
function signer(): (element: PageElement | null) => number {
  const known = new Map<PageElement, number>();
  const numbers = new Map<string, number>();
  return (element) => {
    const path: PageElement[] = [];
    let at = element;
    while (at !== null && !known.has(at)) {
      path.push(at);
      at = at.parent;
    }
    let number = at === null ? 0 : (known.get(at) ?? 0);
    for (const step of path.reverse()) {
      const key = `${number}>${step.tag}.${lastingClasses(step)}`;
      number = numbers.get(key) ?? numbers.size + 1;
      numbers.set(key, number);
      known.set(step, number);
    }
    return number;
  };
}

function partsOf(head: PageElement): PageNode[] {
  if (WHOLE.has(head.tag) || head.parent === null) return [head];
  const siblings = head.parent.children;
  const from = siblings.indexOf(head);
  const parts: PageNode[] = [head];
  for (let i = from + 1; i < siblings.length && i < from + 12; i++) {
    const next = siblings[i];
    if (next === undefined || (isElement(next) && next.tag === head.tag)) break;
    parts.push(next);
  }
  return parts;
}

/** Groups of rows around the given leaves, largest rows first, rows in page order. */
export function groupRows(leaves: readonly PageElement[]): RowGroup[] {
  const sign = signer();
  const groups = new Map<string, Set<PageElement>>();
  for (const leaf of leaves) {
    let at: PageElement | null = leaf;
    for (let level = 0; level < LEVELS && at?.parent != null; level++, at = at.parent) {
      if (at.tag === 'body' || at.tag === 'html') break;
      const key = `${sign(at.parent)} ${at.tag}`;
      const heads = groups.get(key) ?? new Set();
      groups.set(key, heads.add(at));
    }
  }
  const found: RowGroup[] = [];
  for (const heads of groups.values()) {
    const rows = [...heads].sort((a, b) => a.order - b.order).map((head) => ({ head, parts: partsOf(head) }));
    found.push({ rows });
  }
  return found.sort((a, b) => (a.rows[0]?.head.order ?? 0) - (b.rows[0]?.head.order ?? 0));
}

export function* rowElements(row: PageRow, skip?: (element: PageElement) => boolean): Generator<PageElement> {
  for (const part of row.parts) if (isElement(part)) yield* elementsOf(part, skip);
}

export function rowText(row: PageRow): string {
  return foldSpace(row.parts.map((part) => (isElement(part) ? textOf(part) : part)).join(' '));
}

/** How much a piece of the page looks like its main part: 1, or less in navigation, margins and footers. */
export function areaWeight(element: PageElement): number {
  let weight = 1;
  for (let at: PageElement | null = element; at !== null; at = at.parent) {
    if (/^(?:nav|footer|aside|header)$/.test(at.tag)) weight *= 0.2;
    else if (at.tag !== 'body' && at.tag !== 'html' && MARGIN.test(at.hint)) weight *= 0.4;
    if (weight < 0.05) break;
  }
  return weight;
}
const MARGIN =
  /(?:^|[\s_-])(?:nav\w*|menu|foot\w*|side\w*|sd|bread\w*|crumbs?|toolbar|friend\w*|links?|related|recommend\w*|rank\w*|tags?|ads?|login|search|copyright|pager?|pages|pagination)(?:$|[\s_-])/;

/** A short line of a row with the element it stands in. */
interface Line {
  readonly text: string;
  readonly element: PageElement;
}

/** Texts of at most 80 characters, each with its element; also those of title and datetime attributes, first. */
function* shortLines(row: PageRow, skip: (element: PageElement) => boolean): Generator<Line> {
  const parent = row.head.parent;
  for (const part of row.parts) {
    if (!isElement(part)) {
      if (parent !== null && part.length <= 200) yield { text: foldSpace(part), element: parent };
      continue;
    }
    for (const element of elementsOf(part, (at) => isUnseen(at) || skip(at))) {
      const { datetime, title } = element.attributes;
      if (datetime !== undefined) yield { text: datetime, element };
      else if (title !== undefined && title.length <= 40 && element.tag !== 'a') yield { text: title, element };
      for (const child of element.children) {
        if (isElement(child)) continue;
        const text = foldSpace(child);
        if (text !== '' && text.length <= 80) yield { text, element };
      }
      if (element.children.length > 1 && element.children.length < 12) {
        const text = shortText(element);
        if (text !== '') yield { text, element };
      }
    }
  }
}

/** The text of a small element made of several pieces (3<i>分钟</i>前), or nothing when it is long. */
function shortText(element: PageElement): string {
  let text = '';
  for (const child of element.children) {
    text += isElement(child) ? child.children.filter((inner) => typeof inner === 'string').join('') : child;
    if (text.length > 80) return '';
  }
  return foldSpace(text);
}

export interface RowTime extends ReadTime {
  readonly element: PageElement;
  readonly line: string;
}

/** Looser readings are dropped: of one element or of one inside another, the finer and innermost time stays. */
function finest(times: readonly RowTime[]): RowTime[] {
  return times.filter(
    (time) =>
      !times.some((other) => {
        if (other === time) return false;
        if (other.element === time.element)
          return other.grain < time.grain || (other.grain === time.grain && times.indexOf(other) < times.indexOf(time));
        return other.grain <= time.grain && liesIn(other.element, time.element);
      }),
  );
}

/** At most so many times of one row are compared. */
const MAX_TIMES = 40;

/** Every time written in a row, in page order; `skip` keeps out of elements such as the title or the body. */
export function rowTimes(row: PageRow, kit: TimeKit, skip: (element: PageElement) => boolean): RowTime[] {
  const times: RowTime[] = [];
  for (const { text, element } of shortLines(row, skip)) {
    const read = readTime(text, kit);
    if (read !== null) times.push({ ...read, element, line: text });
    if (times.length >= MAX_TIMES) break;
  }
  return finest(times);
}
