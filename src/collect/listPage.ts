/**
 * Reads a list page (news list, forum board) without knowing the site: the repeated rows whose links have the longest
 * titles, outside navigation and margins, are the list. A row gives its title link, the earliest time it shows and its replies.
 */
import { DAY, type Instant } from '../model/time.ts';
import { areaWeight, groupRows, lastingClasses, type PageRow, type RowGroup, rowElements, rowText, rowTimes } from './pageRows.ts';
import {
  absoluteAddress,
  baseOf,
  elementsOf,
  findElement,
  foldSpace,
  isUnseen,
  liesIn,
  type PageElement,
  parsePage,
  textOf,
} from './pageTree.ts';
import { nextPage } from './pageNext.ts';
import type { TimeKit } from './relativeTime.ts';

export interface ListSettings {
  /** Where the list is, in simple CSS: tag, .class, #id, and steps down parted by spaces. Found nowhere: the whole page is read, with a note. */
  readonly list?: string;
}

export interface PageKit extends TimeKit {
  /** The page's own address, from which relative links start. */
  readonly address: string;
}

export interface ListKit extends PageKit {
  readonly settings?: ListSettings;
}

export interface ListEntry {
  readonly address: string;
  /** Lasting key of the entry: its address without page number, session and tracking. */
  readonly key: string;
  readonly title: string;
  readonly publishedAt?: Instant;
  /** The latest time the row shows: of the last reply, where the list tells one. */
  readonly lastAt?: Instant;
  readonly nReplies?: number;
}

export interface ListPage {
  readonly entries: readonly ListEntry[];
  /** The following page of the list. */
  readonly next?: string;
  readonly notes: readonly string[];
}

interface Link {
  readonly anchor: PageElement;
  readonly address: string;
  readonly title: string;
  readonly weight: number;
}

const PASSING = /^(?:utm_\w+|spm|from|fbclid|gclid|sid|s|phpsessid|jsessionid|extra|page|p|start|orderby|highlight|ref)$/i;

/** The part of an address that stays when the page number, sort order or session changes. Forum rewriting `thread-8-2-1.html` too. */
export function entryKey(address: string): string {
  const url = new URL(address);
  for (const name of [...url.searchParams.keys()]) if (PASSING.test(name)) url.searchParams.delete(name);
  const path = url.pathname.replace(/\b(thread-\d+)-\d+-\d+(?=\.html?$)/, '$1').replace(/;jsessionid=[^/?]*/i, '');
  return `${url.host}${path}${url.searchParams.size > 0 ? `?${url.searchParams}` : ''}`;
}

/** Width of a text in half-width columns: a Han character tells as much as two letters. */
function width(text: string): number {
  return text.length + (text.match(/[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]/gu)?.length ?? 0);
}

const TITLE_HINT = /title|subject|headline|topic|xst|thread/;
const OTHER_HINT = /author|user|\bby\b|last|avatar|cat|tag|member|poster|reply|comment|more|forum-?name|page|\btps\b/;

function titleOf(anchor: PageElement): string {
  const heading = findElement(anchor, (at) => /^h[1-6]$/.test(at.tag));
  const text = textOf(heading ?? anchor);
  const full = foldSpace(anchor.attributes.title ?? '');
  return /(?:…|\.\.\.)$/.test(text) && full.length > text.length - 3 && full.startsWith(text.slice(0, 4)) ? full : text;
}

function linkOf(anchor: PageElement, base: string, own: string): Link | null {
  const href = anchor.attributes.href;
  if (href === undefined || href.startsWith('#')) return null;
  const address = absoluteAddress(href, base);
  if (address === undefined) return null;
  const title = titleOf(anchor);
  if (title === '' || /^\W*\d*\W*$/u.test(title.replace(/\p{L}/gu, 'x')) || address.replace(/#.*$/, '') === own) return null;
  let weight = Math.min(width(title), 60);
  let hints = anchor.hint;
  for (let at = anchor.parent, n = 0; at !== null && n < 3; at = at.parent, n++) {
    if (/^h[1-6]$/.test(at.tag)) weight *= 1.5;
    if (n < 2) hints += ` ${at.hint}`;
  }
  if (TITLE_HINT.test(anchor.hint)) weight *= 1.5;
  else if (OTHER_HINT.test(hints)) weight *= 0.4;
  return { anchor, address, title, weight };
}

/** How an anchor lies in its row: tags down to it, with the column of table cells. */
function placeIn(row: PageRow, anchor: PageElement): string {
  const steps: string[] = [lastingClasses(anchor)];
  for (let at: PageElement | null = anchor; at !== null && at !== row.head.parent; at = at.parent) {
    const column = at.tag === 'td' || at.tag === 'th' ? cellIndex(at) : '';
    steps.push(`${at.tag}${column}${at === row.head ? `.${lastingClasses(at)}` : ''}`);
  }
  return steps
    .reverse()
    .join('>')
    .replace(/th(?=\d)/g, 'td');
}

function cellIndex(cell: PageElement): number {
  return cell.parent?.children.filter((at) => typeof at === 'object').indexOf(cell) ?? 0;
}

interface Reading {
  readonly group: RowGroup;
  readonly links: readonly (Link | undefined)[];
  readonly score: number;
}

function linksIn(row: PageRow, byAnchor: ReadonlyMap<PageElement, Link>): Link[] {
  const links: Link[] = [];
  for (const element of rowElements(row)) {
    const link = byAnchor.get(element);
    if (link !== undefined) links.push(link);
    if (links.length >= 40) break;
  }
  return links;
}

/** Which link of each row is its title: the place in the row that holds the longest titles over all rows. */
function readGroup(group: RowGroup, byAnchor: ReadonlyMap<PageElement, Link>): Reading {
  const votes = new Map<string, number>();
  const perRow = group.rows.map((row) => {
    const places = new Map<string, Link>();
    for (const link of linksIn(row, byAnchor)) {
      const place = placeIn(row, link.anchor);
      if (places.has(place)) continue;
      places.set(place, link);
      votes.set(place, (votes.get(place) ?? 0) + link.weight);
    }
    return places;
  });
  const [best] = [...votes].sort((a, b) => b[1] - a[1])[0] ?? [''];
  const nWith = perRow.filter((places) => places.has(best)).length;
  const isRule = nWith * 2 >= perRow.length;
  const heaviest = (places: ReadonlyMap<string, Link>) => [...places.values()].sort((a, b) => b.weight - a.weight)[0];
  const links = perRow.map((places) => places.get(best) ?? (isRule ? heaviest(places) : undefined));
  const seen = new Set<string>();
  let score = 0;
  for (const [i, link] of links.entries()) {
    if (link === undefined || seen.has(link.address)) continue;
    seen.add(link.address);
    score += Math.min(link.weight, 80) * (i < 100 ? 1 : 0);
  }
  const width = links.length === 0 ? 0 : score / links.length;
  const area = areaWeight(group.rows[0]?.head ?? ({} as PageElement));
  // Longer titles matter more than more rows: a menu has many short ones.
  return { group, links, score: score * (nWith / perRow.length) * Math.min(1, width / 16) * area };
}

interface RowTimes {
  /** The earliest time that is not of a last reply. */
  readonly publishedAt?: Instant;
  /** The latest time of all. */
  readonly lastAt?: Instant;
}

function timesOfRow(row: PageRow, link: Link, kit: TimeKit): RowTimes {
  const isTitle = (at: PageElement) => at === link.anchor && !findElement(at, (inner) => inner.tag === 'time');
  const times = rowTimes(row, kit, isTitle).filter((time) => time.at <= kit.now + DAY);
  if (times.length === 0) return {};
  const ofPost = times.filter((time) => !LAST.test(time.line) && !LAST.test(hintsUpTo(time.element, row)));
  const lastAt = Math.max(...times.map((time) => time.at));
  return ofPost.length === 0 ? { lastAt } : { publishedAt: Math.min(...ofPost.map((time) => time.at)), lastAt };
}
const LAST = /last|latest|最后|最新|回复时间|updated/i;

function hintsUpTo(element: PageElement, row: PageRow): string {
  let hints = '';
  for (let at: PageElement | null = element; at !== null && at !== row.head.parent && at !== row.head; at = at.parent)
    hints += ` ${at.hint}`;
  return hints;
}

const REPLY_WORDS = '(?:回复|回帖|跟帖|评论|replies|reply|comments?|Antworten|Kommentare?)';
const REPLIES = new RegExp(
  String.raw`${REPLY_WORDS}\s*[（(:：]?\s*(?<after>\d[\d,]*)(?![\d:-])|(?<![\d:：.-])(?<before>\d[\d,]*)\s?(?:条|个)?${REPLY_WORDS}`,
  'i',
);
/(?:^|\D)(\d[\d,]*)\s*(?:条|个)?(?:回复|回帖|跟帖|评论(?!\s*[（(:：]?\s*\d)|replies|reply|comments?|Antworten|Kommentare?)|(?:回复|回帖|跟帖|评论|replies|comments?)\s*[（(:：]?\s*(\d[\d,]*)/i;
const REPLY_HINT = /repl|comment|answers|posts\b|回复|\bnum\b/;

/** Replies as a row says them: in words, in a cell named so, or in a column whose heading says so. */
function repliesOf(row: PageRow, column: number): number | undefined {
  const read = (text: string | undefined) => {
    const digits = /^\D{0,4}(\d[\d,]*)/.exec(text ?? '')?.[1];
    return digits === undefined ? undefined : Number(digits.replaceAll(',', ''));
  };
  if (column >= 0) {
    const cells = [...rowElements(row)].filter((at) => at.tag === 'td' || at.tag === 'th');
    const count = read(cells[column] === undefined ? undefined : firstText(cells[column]));
    if (count !== undefined) return count;
  }
  const words = REPLIES.exec(rowText(row));
  if (words !== null) return Number((words.groups?.after ?? words.groups?.before ?? '').replaceAll(',', ''));
  for (const element of rowElements(row)) {
    if (!REPLY_HINT.test(element.hint)) continue;
    const text = textOf(element);
    if (text.length <= 20 && /^\D{0,6}\d[\d,]*(?:\s|\D|$)/.test(text) && !/\d[:-]\d/.test(text)) return read(text);
  }
  return undefined;
}

/** The first text in an element: 12 of `<a>12</a><em>360</em>`. */
function firstText(element: PageElement): string {
  for (const at of elementsOf(element))
    for (const child of at.children) if (typeof child === 'string' && child.trim() !== '') return foldSpace(child);
  return '';
}

/** The column of a table whose heading speaks of replies, or -1. */
function replyColumn(row: PageRow): number {
  let table: PageElement | null = row.head;
  while (table !== null && table.tag !== 'table') table = table.parent;
  if (table === null) return -1;
  const heading = findElement(table, (at) => at.tag === 'tr');
  if (heading === undefined || liesIn(heading, row.head)) return -1;
  const cells = heading.children.filter((at) => typeof at === 'object');
  return cells.findIndex((cell) => /^(?:回复|回帖|跟帖|评论|replies|comments|posts|Antworten)/i.test(textOf(cell)));
}

/** Elements that a simple selector names; `a b` means b somewhere below a. */
export function selectElements(root: PageElement, selector: string): PageElement[] {
  const steps = selector.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const last = steps.pop();
  if (last === undefined) return [];
  const fits = (element: PageElement, step: string) =>
    (step.match(/[.#]?[^.#]+/g) ?? []).every((piece) => {
      if (piece.startsWith('#')) return element.attributes.id?.toLowerCase() === piece.slice(1);
      if (piece.startsWith('.')) return ` ${element.attributes.class?.toLowerCase()} `.includes(` ${piece.slice(1)} `);
      return element.tag === piece;
    });
  const found: PageElement[] = [];
  for (const element of elementsOf(root)) {
    if (!fits(element, last)) continue;
    let left = steps.length;
    for (let at = element.parent; at !== null && left > 0; at = at.parent) if (fits(at, steps[left - 1] ?? '')) left--;
    if (left === 0) found.push(element);
  }
  return found;
}

function bestReading(roots: readonly PageElement[], base: string, own: string, kit: TimeKit): Reading | undefined {
  const byAnchor = new Map<PageElement, Link>();
  for (const root of roots)
    for (const element of elementsOf(root, isUnseen)) {
      if (element.tag !== 'a' || byAnchor.size >= 2000) continue;
      const link = linkOf(element, base, own);
      if (link !== null) byAnchor.set(element, link);
    }
  const readings = groupRows([...byAnchor.keys()]).map((group) => readGroup(group, byAnchor));
  const first = readings.sort((a, b) => b.score - a.score).slice(0, 6);
  const judged = first.map((reading) => {
    let nTimed = 0;
    for (const [i, link] of reading.links.slice(0, 20).entries()) {
      const row = reading.group.rows[i];
      if (link !== undefined && row !== undefined && timesOfRow(row, link, kit).lastAt !== undefined) nTimed++;
    }
    return { reading, score: reading.score * (1 + (2 * nTimed) / Math.max(1, Math.min(20, reading.links.length))) };
  });
  return judged.sort((a, b) => b.score - a.score)[0]?.reading;
}

/** Never fails: a page without a list gives no entries and a note. Entries in page order, each address once. */
export function readListPage(html: string, kit: ListKit): ListPage {
  const { root, whole } = parsePage(html);
  const notes: string[] = whole ? [] : ['page.tooDeep'];
  const base = baseOf(root, kit.address);
  const own = kit.address.replace(/#.*$/, '');
  let roots = kit.settings?.list === undefined ? [root] : selectElements(root, kit.settings.list);
  if (roots.length === 0) {
    notes.push('page.listNotFound');
    roots = [root];
  }
  const reading = bestReading(roots, base, own, kit);
  const entries = reading === undefined ? [] : entriesOf(reading, kit);
  if (entries.length === 0) notes.push('page.noEntries');
  const next = nextPage(root, base, own);
  return { entries, notes, ...(next === undefined ? {} : { next }) };
}

function entriesOf(reading: Reading, kit: TimeKit): ListEntry[] {
  const entries = new Map<string, ListEntry>();
  const [firstRow] = reading.group.rows;
  const column = firstRow === undefined ? -1 : replyColumn(firstRow);
  for (const [i, link] of reading.links.entries()) {
    const row = reading.group.rows[i];
    if (link === undefined || row === undefined) continue;
    const key = entryKey(link.address);
    if (entries.has(key)) continue;
    const nReplies = repliesOf(row, column);
    entries.set(key, {
      address: link.address,
      key,
      title: link.title,
      ...timesOfRow(row, link, kit),
      ...(nReplies === undefined ? {} : { nReplies }),
    });
  }
  return [...entries.values()];
}
