/**
 * A light tree of a page, built from htmlparser2's events. No function here calls itself, so depth cannot overflow the stack,
 * and a page that is too deep or has too many attributes stops the reading at once (measured: closing 100,000 nested tags
 * is quadratic in htmlparser2, so deeper tags must not merely be left out).
 */
import { Parser } from 'htmlparser2';

/** Attribute names are lower case; a class or id is also in `hint`. */
export interface PageElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Class and id in lower case, parted by a space; inner capitals become hyphens. */
  readonly hint: string;
  /** Place in page order among all elements, from 0. */
  readonly order: number;
  readonly children: PageNode[];
  parent: PageElement | null;
}
export type PageNode = PageElement | string;

export interface PageTree {
  readonly root: PageElement;
  /** False when a limit stopped the reading: the tree then holds only the beginning. */
  readonly whole: boolean;
  /** Elements read; their `order` runs from 1 to it, and the root has 0. */
  readonly nElements: number;
}

/** Limits: chosen so that no page of everyday use meets them (the deepest of 700 measured had 120 levels). */
export const MAX_DEPTH = 256;
export const MAX_ATTRIBUTES = 1000;
/** Elements of one page; 1 s of work at most on one slow core. */
export const MAX_ELEMENTS = 40_000;
/** Characters of markup; the largest of 700 pages of everyday use had 1.4 million. */
const MAX_LENGTH = 2_000_000;
/** Signs that could begin a tag: more than elements, their ends and comments can come to. */
const MAX_SIGNS = 5 * MAX_ELEMENTS;

/** The beginning of a page that is read at all; all of nearly every page. */
export function readablePart(html: string): string {
  let end = -1;
  for (let n = 0; n < MAX_SIGNS; n++) {
    end = html.indexOf('<', end + 1);
    if (end < 0) return html.slice(0, MAX_LENGTH);
  }
  return html.slice(0, Math.min(end, MAX_LENGTH));
}

/** Elements whose text is never read by a person. JSON-LD scripts are kept in the tree, and skipped by the text functions. */
export const UNSEEN: ReadonlySet<string> = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'math',
  'iframe',
  'object',
  'embed',
  'canvas',
  'head',
  'title',
  'select',
  'textarea',
  'button',
  'input',
  'video',
  'audio',
  'map',
  'datalist',
]);

/** Elements that begin and end a line of text. */
export const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 ' +
    'h5 h6 header hr html legend li main menu nav ol option p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
);

export function isElement(node: PageNode | null | undefined): node is PageElement {
  return typeof node === 'object' && node !== null;
}

export function newElement(tag: string, attributes: Record<string, string>, parent: PageElement | null, order = 0): PageElement {
  const names = attributes.id === undefined ? (attributes.class ?? '') : `${attributes.class ?? ''} ${attributes.id}`;
  // articleShareBar and article-share-bar say the same.
  const hint = (/[a-z][A-Z]/.test(names) ? names.replace(/([a-z])([A-Z])/g, '$1-$2') : names).trim().toLowerCase();
  return { tag, attributes, hint, order, children: [], parent };
}

function keepsText(element: PageElement): boolean {
  if (element.tag === 'style') return false;
  if (element.tag !== 'script') return true;
  return /json/i.test(element.attributes.type ?? '');
}

/** Reads a page. Linear in its length; comments are dropped, scripts too unless they hold JSON. */
export function parsePage(html: string): PageTree {
  const root = newElement('#page', {}, null);
  let open = root;
  let depth = 0;
  let nAttributes = 0;
  let nElements = 0;
  let whole = true;
  const stop = () => {
    whole = false;
    parser.pause();
  };
  const parser = new Parser(
    {
      onopentagname() {
        nAttributes = 0;
      },
      onattribute() {
        if (++nAttributes > MAX_ATTRIBUTES) stop();
      },
      onopentag(tag, attributes) {
        if (!whole) return;
        const element = newElement(tag, attributes, open, ++nElements);
        open.children.push(element);
        open = element;
        if (++depth > MAX_DEPTH || nElements > MAX_ELEMENTS) stop();
      },
      ontext(text) {
        if (!whole || !keepsText(open)) return;
        const last = open.children.length - 1;
        const before = open.children[last];
        if (typeof before === 'string') open.children[last] = before + text;
        else open.children.push(text);
      },
      onclosetag() {
        if (!whole || open.parent === null) return;
        open = open.parent;
        depth--;
      },
    },
    { decodeEntities: true },
  );
  const part = readablePart(html);
  parser.write(part);
  if (part.length < html.length) whole = false;
  if (whole) parser.end();
  return { root, whole, nElements };
}

/** Every element below (and with) `root`, in the order of the page. `skip` leaves out an element with all below it. */
export function* elementsOf(root: PageElement, skip?: (element: PageElement) => boolean): Generator<PageElement> {
  const stack: PageElement[] = [root];
  for (let element = stack.pop(); element !== undefined; element = stack.pop()) {
    if (skip?.(element)) continue;
    yield element;
    for (let i = element.children.length - 1; i >= 0; i--) {
      const child = element.children[i];
      if (isElement(child)) stack.push(child);
    }
  }
}

export function elementChildren(element: PageElement): PageElement[] {
  return element.children.filter(isElement);
}

export function findElement(root: PageElement, fits: (element: PageElement) => boolean): PageElement | undefined {
  for (const element of elementsOf(root)) if (fits(element)) return element;
  return undefined;
}

export function findElements(root: PageElement, fits: (element: PageElement) => boolean): PageElement[] {
  const found: PageElement[] = [];
  for (const element of elementsOf(root)) if (fits(element)) found.push(element);
  return found;
}

/** True when `element` is `ancestor` or lies below it. */
export function liesIn(element: PageElement | null, ancestor: PageElement): boolean {
  for (let at = element; at !== null; at = at.parent) if (at === ancestor) return true;
  return false;
}

export function isUnseen(element: PageElement): boolean {
  if (UNSEEN.has(element.tag)) return true;
  const { hidden, style } = element.attributes;
  if (hidden !== undefined && hidden !== 'until-found') return true;
  return style !== undefined && /display\s*:\s*none/i.test(style);
}

/** One step of a walk in page order: a text, or an element as it is entered or left. */
type Visit = (node: PageNode, leaving: boolean) => boolean | undefined;

/** Calls `visit` for texts and, twice, for elements; false on entering keeps out of the element. */
export function walkPage(root: PageElement, visit: Visit): void {
  const stack: { element: PageElement; next: number }[] = [];
  if (visit(root, false) === false) return;
  stack.push({ element: root, next: 0 });
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const child = top.element.children[top.next++];
    if (child === undefined) {
      visit(top.element, true);
      stack.pop();
    } else if (typeof child === 'string') visit(child, false);
    else if (visit(child, false) !== false) stack.push({ element: child, next: 0 });
  }
}

/** White space folded to single spaces, ends trimmed. No-break and ideographic spaces count as white space. */
export function foldSpace(text: string): string {
  return text.replace(/[\s\u200b\ufeff]+/gu, ' ').trim();
}

/** The seen text below an element, on one line. */
export function textOf(element: PageElement, skip?: (element: PageElement) => boolean): string {
  return foldSpace(linesOf(element, skip).join(' '));
}

/**
 * The seen text below an element, one line per block, none empty. Cells of one table row share a line.
 * Line ends inside `pre` are kept.
 */
export function linesOf(root: PageElement, skip?: (element: PageElement) => boolean): string[] {
  const lines: string[] = [];
  let line = '';
  let nPre = 0;
  const flush = () => {
    const folded = foldSpace(line);
    if (folded !== '') lines.push(folded);
    line = '';
  };
  walkPage(root, (node, leaving) => {
    if (typeof node === 'string') {
      if (nPre === 0 || !node.includes('\n')) line += node;
      else
        for (const [i, part] of node.split('\n').entries()) {
          if (i > 0) flush();
          line += part;
        }
      return undefined;
    }
    if (!leaving && node !== root && (isUnseen(node) || skip?.(node))) return false;
    if (node.tag === 'td' || node.tag === 'th') line += ' ';
    else if (BLOCKS.has(node.tag)) flush();
    if (node.tag === 'pre') nPre += leaving ? -1 : 1;
    return undefined;
  });
  flush();
  return lines;
}

/** The beginning of the seen text of an element, at least `length` characters where there are so many; cheap on large elements. */
export function textStart(root: PageElement, length: number): string {
  let text = '';
  walkPage(root, (node, leaving) => {
    const isFull = text.length > length * 3;
    if (typeof node === 'string') {
      if (!isFull) text += node.slice(0, length * 3);
      return undefined;
    }
    if (!leaving && (isFull || (node !== root && isUnseen(node)))) return false;
    if (BLOCKS.has(node.tag)) text += ' ';
    return undefined;
  });
  return foldSpace(text);
}

/** An absolute http(s) address, or undefined. */
export function absoluteAddress(href: string | undefined, base: string): string | undefined {
  if (href === undefined || href.trim() === '') return undefined;
  const url = URL.parse(href.trim(), base);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : undefined;
}

/** The address that relative links of the page start from: `<base href>`, else its own. */
export function baseOf(root: PageElement, address: string): string {
  const base = findElement(root, (element) => element.tag === 'base' && element.attributes.href !== undefined);
  return absoluteAddress(base?.attributes.href, address) ?? address;
}
