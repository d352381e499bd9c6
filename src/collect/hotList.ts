/**
 * Reads a hot list (what a site says is talked about most): JSON of any shape, a page, or a feed. Gives titles in their order with the
 * heat the list shows. Which field is the title and which the heat is guessed from their names and values unless it is told.
 */
import { parseFeed } from './feed.ts';
import { resolveAddress } from './feedShape.ts';
import { type FlatRecord, flatRecord, lastStep, pathValue, recordLists } from './jsonPaths.ts';
import { readListPage } from './listPage.ts';
import { areaWeight, groupRows, type PageRow, rowElements, rowText } from './pageRows.ts';
import { absoluteAddress, baseOf, elementsOf, foldSpace, isUnseen, type PageElement, parsePage, textOf } from './pageTree.ts';
import { plainText } from './plainText.ts';
import type { TimeKit } from './relativeTime.ts';

export interface HotEntry {
  readonly title: string;
  /** Empty where the entry has no link. */
  readonly address: string;
  /** From 1. */
  readonly rank: number;
  /** 0 where the list tells none. */
  readonly heat: number;
}

export interface HotListSettings {
  /** JSON: path to the list. A page: simple CSS of where the list is. */
  readonly list?: string;
  readonly title?: string;
  readonly heat?: string;
  readonly link?: string;
}

export interface HotListKit extends TimeKit {
  readonly address: string;
  readonly settings?: HotListSettings;
}

export interface HotList {
  readonly entries: readonly HotEntry[];
  readonly notes: readonly string[];
  readonly form: 'json' | 'page' | 'feed';
}

/** Chosen: lists show 10 to 100; what is further down is not hot. */
export const MOST_RANKS = 200;
const LONGEST_TITLE = 200;

const UNITS: Readonly<Record<string, number>> = { 亿: 1e8, 億: 1e8, 万: 1e4, 萬: 1e4, w: 1e4, 千: 1e3, k: 1e3, m: 1e6, b: 1e9 };
const NUMBER = /(\d{1,3}(?:[,，]\d{3})+|\d+(?:\.\d+)?)\s*(亿|億|万|萬|千|[wkmb](?![a-z]))?/giu;

function heatsIn(text: string): number[] {
  return [...text.matchAll(NUMBER)].map(([, digits, unit]) =>
    Math.round(Number(digits!.replace(/[,，]/g, '')) * (unit === undefined ? 1 : (UNITS[unit.toLowerCase()] ?? 1))),
  );
}

/** `3.2万`, `1,234`, `12.5k`, `热度 452万`, or a number; 0 when there is none. */
export function readHeat(raw: unknown): number {
  if (typeof raw === 'number') return Number.isFinite(raw) && raw > 0 ? Math.round(raw) : 0;
  return typeof raw === 'string' ? Math.max(0, ...heatsIn(raw.slice(0, 200))) : 0;
}

const TITLE_NAMES = [
  'title',
  'word',
  'hot_?word',
  'keyword',
  'query',
  'note',
  'topic',
  'name',
  'show_?name',
  'text',
  '标题',
  '热词',
  '名称',
];
const HEAT_NAMES = [
  'heat',
  'hot(?:_?(?:value|score|num|index|val))?',
  'raw_?hot',
  '热度|指数',
  'score',
  'popularity',
  'traffic',
  'num',
  'view_?(?:count|num)|views?',
  'detail_?text',
  'metrics?',
];
const LINK_NAMES = ['url', 'link', 'href', '(?:web|pc|raw|share|target|mobile|app)_?url', '链接'];

/** The path in the records whose last step fits the earliest of the names; of several the shortest. */
function fieldNamed(records: readonly FlatRecord[], names: readonly string[], fits: (value: unknown) => boolean): string | undefined {
  const counts = new Map<string, number>();
  for (const record of records.slice(0, 50))
    for (const [path, value] of Object.entries(record)) if (fits(value)) counts.set(path, (counts.get(path) ?? 0) + 1);
  const paths = [...counts].filter(([, n]) => n * 2 >= Math.min(50, records.length)).map(([path]) => path);
  for (const name of names) {
    const pattern = new RegExp(`^(?:${name})$`, 'i');
    const found = paths.filter((path) => pattern.test(lastStep(path))).sort((a, b) => a.length - b.length)[0];
    if (found !== undefined) return found;
  }
  return undefined;
}

const isTitle = (value: unknown): boolean => typeof value === 'string' && /\p{L}/u.test(value) && !/^https?:/i.test(value);
const isLink = (value: unknown): boolean => typeof value === 'string' && /^(?:https?:)?\/{1,2}\S/i.test(value);
const isHeat = (value: unknown): boolean => readHeat(value) > 0;

interface Fields {
  readonly title: string;
  readonly heat: string | undefined;
  readonly link: string | undefined;
}

function fieldsOf(records: readonly FlatRecord[], { title, heat, link }: HotListSettings): Fields | null {
  const titled = title || fieldNamed(records, TITLE_NAMES, isTitle);
  if (titled === undefined) return null;
  return { title: titled, heat: heat || fieldNamed(records, HEAT_NAMES, isHeat), link: link || fieldNamed(records, LINK_NAMES, isLink) };
}

/** Of all lists in the answer the longest whose entries have titles; one with a heat counts double. */
function listIn(value: unknown, settings: HotListSettings): { readonly records: readonly FlatRecord[]; readonly fields: Fields } | null {
  const lists = settings.list ? [pathValue(value, settings.list)].filter(Array.isArray) : recordLists(value);
  let best: { readonly records: readonly FlatRecord[]; readonly fields: Fields; readonly weight: number } | null = null;
  for (const list of lists as readonly (readonly unknown[])[]) {
    const records = list.slice(0, MOST_RANKS).map(flatRecord);
    const fields = fieldsOf(records, settings);
    if (fields === null) continue;
    const weight = records.length * (fields.heat === undefined ? 1 : 2);
    if (best === null || weight > best.weight) best = { records, fields, weight };
  }
  return best;
}

type Found = Omit<HotEntry, 'rank'>;

function jsonEntries(value: unknown, kit: HotListKit): Found[] | null {
  const found = listIn(value, kit.settings ?? {});
  if (found === null) return null;
  const { records, fields } = found;
  return records.map((record) => ({
    title: plainText(String(record[fields.title] ?? '')),
    address: fields.link === undefined ? '' : resolveAddress(String(record[fields.link] ?? ''), kit.address),
    heat: fields.heat === undefined ? 0 : readHeat(record[fields.heat]),
  }));
}

function titleOfRow(row: PageRow, wanted: ReadonlySet<string> | null, base: string): { anchor: PageElement; address: string } | null {
  let best: { anchor: PageElement; address: string; length: number } | null = null;
  for (const element of rowElements(row)) {
    const address = element.tag === 'a' ? absoluteAddress(element.attributes.href, base) : undefined;
    if (address === undefined || isUnseen(element) || (wanted !== null && !wanted.has(address))) continue;
    const { length } = textOf(element);
    if (best === null || length > best.length) best = { anchor: element, address, length };
  }
  return best;
}

/** What the row says beside its title: the first number is its rank when it is its place, the largest other one is the heat. */
function entryOfRow(row: PageRow, at: number, wanted: ReadonlySet<string> | null, base: string): Found | null {
  const link = titleOfRow(row, wanted, base);
  if (link === null) return null;
  const whole = textOf(link.anchor);
  const own = foldSpace(link.anchor.attributes.title ?? '');
  const inAnchor = own !== '' && whole.includes(own) ? own : whole.replace(/^\s*\d{1,3}[\s.、:：]+(?=\D)/, '');
  const rest = heatsIn(rowText(row).replace(inAnchor, ' '));
  if (rest[0] === at + 1 || rest[0] === at) rest.shift();
  return { title: inAnchor, address: link.address, heat: Math.max(0, ...rest) };
}

function pageEntries(text: string, kit: HotListKit): Found[] {
  const { root } = parsePage(text);
  const base = baseOf(root, kit.address);
  const { list = '' } = kit.settings ?? {};
  const wanted = list === '' ? null : new Set(readListPage(text, { ...kit, settings: { list } }).entries.map((entry) => entry.address));
  const anchors = [...elementsOf(root)].filter((element) => element.tag === 'a' && !isUnseen(element) && /\p{L}/u.test(textOf(element)));
  let best: { readonly entries: Found[]; readonly weight: number } = { entries: [], weight: 0 };
  for (const group of groupRows(anchors)) {
    if (group.rows.length < 3) continue;
    const entries = group.rows.flatMap((row, at) => entryOfRow(row, at, wanted, base) ?? []);
    const nTitles = new Set(entries.map((entry) => entry.title)).size;
    const nHeats = entries.filter((entry) => entry.heat > 0).length;
    // Menus are rows too, but have no numbers; a list of news has dates in some rows and long titles in all.
    const weight = (nTitles + 2 * nHeats) * areaWeight(group.rows[0]!.head);
    if (weight > best.weight) best = { entries, weight };
  }
  return best.entries;
}

function feedEntries(text: string, kit: HotListKit): Found[] | null {
  const feed = parseFeed(text, { address: kit.address });
  return feed.isFeed ? feed.entries.map((entry) => ({ title: entry.title, address: entry.link, heat: 0 })) : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: it is read as a page or feed.
    return undefined;
  }
}

/** Ranks are the order of the list without entries that have no title; one title counts once. */
function ranked(found: readonly Found[], form: HotList['form']): HotList {
  const entries: HotEntry[] = [];
  const titles = new Set<string>();
  for (const { title: raw, address, heat } of found) {
    const title = foldSpace(raw).slice(0, LONGEST_TITLE);
    if (title === '' || titles.has(title) || entries.length >= MOST_RANKS) continue;
    titles.add(title);
    entries.push({ title, address, heat, rank: entries.length + 1 });
  }
  return { entries, form, notes: entries.length === 0 ? ['hotlist.noList'] : [] };
}

export function readHotList(text: string, kit: HotListKit): HotList {
  if (/^[\ufeff\s]*[[{]/.test(text)) {
    const value = jsonOf(text.replace(/^\ufeff/, ''));
    if (value !== undefined) return ranked(jsonEntries(value, kit) ?? [], 'json');
  }
  if (/^[\ufeff\s]*<(?:\?xml|rss|feed|rdf)/i.test(text)) {
    const feed = feedEntries(text, kit);
    if (feed !== null) return ranked(feed, 'feed');
  }
  return ranked(pageEntries(text, kit), 'page');
}
