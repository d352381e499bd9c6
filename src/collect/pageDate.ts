/**
 * When a page was published. Rules in this order, the first that gives a possible day wins: meta, JSON-LD, the address, time
 * elements, elements that a class or property names, and at last the text. Days are as the page writes them, in its own zone.
 */
import { DAY, type Instant, type Span } from '../model/time.ts';
import { isComments } from './articleHints.ts';
import type { PageKit } from './listPage.ts';
import { articleData, type PageMeta } from './pageMeta.ts';
import { elementsOf, foldSpace, isUnseen, type PageElement, textOf } from './pageTree.ts';
import { readTime } from './relativeTime.ts';

export interface PageDate {
  /** `YYYY-MM-DD` as written. */
  readonly day: string;
  readonly at: Instant;
  readonly grain: Span;
  /** The page names an offset other than UTC: its day is sure. */
  readonly hasOffset?: boolean;
  readonly isUtc?: boolean;
  readonly how: 'meta' | 'linked' | 'address' | 'time' | 'hint' | 'text';
}

const PUBLISHED_NAMES = [
  'article:published_time',
  'article:published',
  'og:published_time',
  'og:article:published_time',
  'datepublished',
  'rnews:datepublished',
  'originalpublicationdate',
  'date.issued',
  'dcterms.issued',
  'dc.date.issued',
  'dcterms.created',
  'dc.date.created',
  'dcterms.date',
  'dc.date',
  'dc:date',
  'publication_date',
  'publicationdate',
  'publication-date',
  'pubdate',
  'publish_date',
  'publishdate',
  'publish-date',
  'published-date',
  'article_date_original',
  'article.published',
  'article.created',
  'cxenseparse:recs:publishtime',
  'sailthru.date',
  'parsely-pub-date',
  'citation_publication_date',
  'citation_date',
  'bt:pubdate',
  'shareaholic:article_published_time',
  'timestamp',
  'datecreated',
  'datum',
  'release_date',
  'apub:time',
  'date',
  'created',
  'time',
];
const MODIFIED_NAMES = [
  'article:modified_time',
  'datemodified',
  'dcterms.modified',
  'dc.date.modified',
  'og:updated_time',
  'last-modified',
  'lastmod',
  'modified',
  'revision_date',
  'revised',
];

/** Told by pages that live on, such as those of an encyclopedia. */
const CHANGED_NAMES = ['dateupdate', 'last-modified', 'lastmod', 'revised'];

/** Nothing on the web is older. */
const FIRST_DAY = Date.UTC(1995, 0, 1);

/** The first written time of a text as a day of its own zone, if it is a possible day of publication. */
function dayOf(text: string, kit: PageKit, how: PageDate['how']): PageDate | undefined {
  const read = readTime(text, kit);
  if (read === null) return epochOf(text, kit, how);
  // A time of day alone names no day of publication.
  if (/^\D{0,4}\d{1,2}[:：]\d\d/.test(read.text) && read.text.length < 12) return undefined;
  if (read.grain > DAY || read.at < FIRST_DAY || read.at > kit.now + DAY) return undefined;
  // The offset is taken off, so that the day is the one written.
  const written = read.text.replace(/\s*(?:Z|(?:GMT|UTC)?\s?[+-]\d\d:?\d\d|GMT|UTC|[CEP][SED]+T)$/i, '');
  const isRelative = /ago|前|昨|今|刚|yesterday|today|gestern|heute|\bvor\b/i.test(read.text);
  const local = isRelative ? null : readTime(written, { ...kit, zone: 'UTC' });
  const day = new Date(local?.at ?? read.at).toISOString().slice(0, 10);
  const zone = read.grain < DAY ? /(?:Z|GMT|UTC|[+-]\d\d:?\d\d)$/i.exec(read.text)?.[0] : undefined;
  const isUtc = zone !== undefined && /^(?:Z|GMT|UTC|[+-]00:?00)$/i.test(zone);
  return { day, at: read.at, grain: read.grain, how, ...(isUtc ? { isUtc } : zone === undefined ? {} : { hasOffset: true }) };
}

/** Seconds or milliseconds since 1970, as some meta elements and data attributes hold. */
function epochOf(text: string, kit: PageKit, how: PageDate['how']): PageDate | undefined {
  const digits = /^\s*(1[0-9]{9})(\d{3})?\s*$/.exec(text);
  if (digits === null) return undefined;
  const at = Number(digits[1]) * 1000 + Number(digits[2] ?? 0);
  return at > kit.now + DAY ? undefined : { day: new Date(at).toISOString().slice(0, 10), at, grain: 1000, how };
}

function fromMeta(meta: PageMeta, kit: PageKit, names: readonly string[]): PageDate | undefined {
  for (const name of names) {
    const value = meta.named.get(name);
    const found = value === undefined ? undefined : dayOf(value, kit, 'meta');
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Names that publishing systems make up themselves. */
function fromMadeUp(meta: PageMeta, kit: PageKit): PageDate | undefined {
  for (const [name, value] of meta.named) {
    if (!/publi(?:sh|c)\w*[-_:. ]?(?:time|date)|pub-?date|date[-_:. ]?publi|erschein/.test(name) || value.length > 60) continue;
    const found = dayOf(value, kit, 'meta');
    if (found !== undefined) return found;
  }
  return undefined;
}

function fromLinked(meta: PageMeta, kit: PageKit, fields: readonly string[]): PageDate | undefined {
  const articles = articleData(meta.linked);
  for (const field of fields)
    for (const data of [...articles, ...meta.linked.filter((one) => !articles.includes(one) && 'headline' in one)]) {
      const value = data[field];
      const found = typeof value === 'string' ? dayOf(value, kit, 'linked') : undefined;
      if (found !== undefined) return found;
    }
  return undefined;
}

function fromAddress(address: string, kit: PageKit): PageDate | undefined {
  const path = decodeURI(new URL(address).pathname.replace(/%(?![0-9a-f]{2})/gi, ''));
  const parts =
    /(?<!\d)((?:19|20)\d\d)[/_-](0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?!\d)/.exec(path) ??
    /(?<![\da-f])(20[0-3]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\da-f])/.exec(path);
  return parts === null ? undefined : dayOf(`${parts[1]}-${parts[2]}-${parts[3]}`, kit, 'address');
}

const ELSEWHERE =
  /(?:^|[\s_-])(?:related\w*|recommend\w*|sidebar\w*|widgets?|footer\w*|comments?\w*|kommentar\w*|teasers?|latest|popular|recent\w*|archive\w*|calendar|ticker|similar|promo\w*|most|more|trending|carousel|embed\w*|tweet)(?:$|[\s_-])/;
const MODIFIED = /modif|updat|revis|changed|aktualisiert|geändert|更新|修改|edited|last/i;

/** Around the headline nothing is elsewhere, whatever the wrappers of the page are called. */
type Place = (element: PageElement) => boolean;

function placesElsewhere(root: PageElement): Place {
  const around = new Set<PageElement>();
  for (const element of elementsOf(root))
    if (element.tag === 'h1') {
      for (let at: PageElement | null = element; at !== null; at = at.parent) around.add(at);
      break;
    }
  return (element) => {
    for (let at: PageElement | null = element; at !== null && at.tag !== 'body'; at = at.parent) {
      if (around.has(at)) return false;
      if (at.tag === 'aside' || at.tag === 'footer' || at.tag === 'nav' || at.tag === 'blockquote' || isComments(at)) return true;
      if (at.tag !== 'article' && at.tag !== 'main' && ELSEWHERE.test(at.hint)) return true;
    }
    return false;
  };
}

/** What an element says of a time: its attribute before its text. */
function toldBy(element: PageElement): string {
  const { datetime, content, title } = element.attributes;
  const data =
    element.attributes['data-datetime'] ??
    element.attributes['data-date'] ??
    element.attributes['data-time'] ??
    element.attributes['data-utime'] ??
    element.attributes['data-timestamp'];
  if (datetime !== undefined && /\d{4}|\d{2}/.test(datetime)) return datetime;
  if (content !== undefined && element.tag !== 'meta' && /\d{4}/.test(content)) return content;
  if (data !== undefined) return data;
  if (title !== undefined && /\d/.test(title) && title.length < 60) return title;
  return textOf(element);
}

/** Time elements named as published rank 4, plain ones 2, those of changes 1; elsewhere on the page 1.5 less. */
function fromTimes(root: PageElement, kit: PageKit, isElsewhere: Place, least: number): PageDate | undefined {
  let best: PageDate | undefined;
  let bestRank = least - 0.1;
  for (const element of elementsOf(root)) {
    if (element.tag !== 'time' && !(element.tag === 'abbr' && element.attributes.title !== undefined)) continue;
    const hints = `${element.hint} ${element.attributes.itemprop ?? ''} ${element.parent?.hint ?? ''}`;
    let rank = 2;
    if (element.attributes.pubdate !== undefined || /publish|pub-?date|datePublished|entry-date|posted|post-date|created/i.test(hints))
      rank = 4;
    if (MODIFIED.test(`${element.hint} ${element.attributes.itemprop ?? ''}`) && !/publish/i.test(element.hint)) rank = 1;
    if (isElsewhere(element)) rank -= 1.5;
    if (rank <= bestRank) continue;
    const found = dayOf(toldBy(element), kit, 'time');
    if (found === undefined) continue;
    best = found;
    bestRank = rank;
  }
  return best;
}

const DATE_HINT =
  /(?:^|[\s_-])(?:date\w*|datum|time|timestamp|time-?stamp|pubdate|pub-?time|published\w*|publish\w*|posted\w*|post-?date|entry-?date|dateline|fecha|data|created|submitted|stand|shijian|riqi|meta|info|infos|byline|by-?line|author\w*|source|headline-?info|details?)(?:$|[\s_-]|\d)/;
const STRONG_HINT = /dat(?:e|um)|time|publish|posted|fecha|created|pubdate|shijian|riqi|submitted|\bstand\b/;

/** Elements whose class or property speaks of a date; `strong` keeps to those that can mean nothing else. */
function fromHints(root: PageElement, kit: PageKit, isElsewhere: Place, strong: boolean): PageDate | undefined {
  let weak: PageDate | undefined;
  let modified: PageDate | undefined;
  for (const element of elementsOf(root, isUnseen)) {
    const isProperty =
      /datePublished|dateCreated/i.test(element.attributes.itemprop ?? '') || element.attributes.property === 'datePublished';
    if (!isProperty && !DATE_HINT.test(element.hint)) continue;
    if (isElsewhere(element)) continue;
    const text = toldBy(element);
    if (text.length > 200) continue;
    const found = dayOf(text, kit, 'hint');
    if (found === undefined) continue;
    const isChange = MODIFIED.test(element.hint) || /^\W*(?:updated|last|aktualisiert|zuletzt|更新)/i.test(text);
    if (isChange) modified ??= found;
    else if (isProperty || STRONG_HINT.test(element.hint)) return found;
    else weak ??= found;
  }
  return strong ? undefined : (weak ?? modified);
}

const SAID =
  /(?:published|posted|created|written|erstellt|veröffentlicht|publiziert|eingestellt|geschrieben|erschienen|datum|date|wurde am|publié|paru|publicado|pubblicato|发布(?:时间|日期|于)?|发表(?:时间|日期|于)?|时间|日期)\W{0,6}(?:on|am|le|el|il|at|by)?\W{0,4}(?=\d|\p{L}{3,9}\.? \d)/iu;

/** Dates in short seen texts: first what says so, then the one nearest below the title, then any; last of all the margins. */
function fromText(root: PageElement, meta: PageMeta, kit: PageKit, isElsewhere: Place): PageDate | undefined {
  const found: { said?: PageDate; near?: PageDate; any?: PageDate; margin?: PageDate } = {};
  let heading: PageElement | undefined;
  let n = 0;
  for (const element of elementsOf(root, isUnseen)) {
    if (element.tag === 'h1') heading = element;
    for (const child of element.children) {
      if (typeof child !== 'string' || !/\d{2}/.test(child)) continue;
      if (++n > 3000) break;
      const text = foldSpace(child);
      const said = SAID.exec(text);
      const date = fullDay(said === null ? text : text.slice(said.index + said[0].length), kit);
      if (date === undefined) continue;
      if (isElsewhere(element)) {
        if (said !== null) found.margin ??= date;
      } else if (said !== null) found.said ??= date;
      else if (heading !== undefined && text.length < 120 && element.order - heading.order < 40) found.near ??= date;
      else if (text.length < 200 || /^\W*\d/.test(text)) found.any ??= date;
    }
  }
  return found.said ?? found.near ?? fromMeta(meta, kit, CHANGED_NAMES) ?? found.any ?? found.margin;
}

/** A day with its year, near the beginning of a text. */
function fullDay(text: string, kit: PageKit): PageDate | undefined {
  const read = readTime(text, kit);
  if (read === null || read.index > 60 || !/\d{4}|\d\.\d+\.\d\d|\d年/.test(read.text)) return undefined;
  return dayOf(read.text, kit, 'text');
}

/** Every day that time elements and strongly named elements show near the article. */
function daysSeen(root: PageElement, kit: PageKit, isElsewhere: Place): Set<string> {
  const days = new Set<string>();
  for (const element of elementsOf(root, isUnseen)) {
    if (element.tag !== 'time' && !(DATE_HINT.test(element.hint) && STRONG_HINT.test(element.hint))) continue;
    if (days.size > 50 || isElsewhere(element)) continue;
    const text = toldBy(element);
    const found = text.length > 200 ? undefined : dayOf(text, kit, 'hint');
    if (found !== undefined) days.add(found.day);
  }
  return days;
}

/** A UTC time of 10:00 is the same day everywhere that many people live; only one near midnight can be another day to readers. */
function canShift(told: PageDate, seen: PageDate): boolean {
  if (!told.isUtc) return true;
  const hour = new Date(told.at).getUTCHours();
  return seen.day < told.day ? hour < 9 : hour >= 11;
}

/**
 * A time told in UTC, or a bare day of a content system, can lie a day beside the day readers see. The day that the address or
 * a seen date names wins when it is exactly the day before or after, and nothing seen names the told day itself.
 */
function asSeen(
  told: PageDate,
  address: PageDate | undefined,
  root: PageElement,
  meta: PageMeta,
  kit: PageKit,
  isElsewhere: Place,
): PageDate {
  if (told.hasOffset || address?.day === told.day || (told.how === 'linked' && !told.isUtc)) return told;
  const linked = fromLinked(meta, kit, ['datePublished']);
  const isBeside = (other: PageDate | undefined) => other !== undefined && Math.abs(Date.parse(other.day) - Date.parse(told.day)) === DAY;
  if (linked?.hasOffset && isBeside(linked)) return linked;
  if (isBeside(address)) return { ...told, day: address?.day ?? told.day };
  if (daysSeen(root, kit, isElsewhere).has(told.day)) return told;
  const changed = (fromMeta(meta, kit, MODIFIED_NAMES) ?? fromLinked(meta, kit, ['dateModified']))?.day;
  const seen = [fromTimes(root, kit, isElsewhere, 2), fromHints(root, kit, isElsewhere, true)].find(isBeside);
  if (seen === undefined || !canShift(told, seen)) return told;
  const isOnlyChange = seen.day === changed && seen.day > told.day && Math.abs(seen.at - told.at) >= DAY / 2 && seen.grain < DAY;
  return isOnlyChange ? told : { ...told, day: seen.day };
}

/** The day a page was published, or undefined when it does not say. */
export function pageDate(root: PageElement, meta: PageMeta, kit: PageKit): PageDate | undefined {
  const isElsewhere = placesElsewhere(root);
  const told =
    fromMeta(meta, kit, PUBLISHED_NAMES) ?? fromMadeUp(meta, kit) ?? fromLinked(meta, kit, ['datePublished', 'dateCreated', 'uploadDate']);
  const address = fromAddress(kit.address, kit);
  if (told !== undefined) {
    if (address !== undefined && Math.abs(Date.parse(address.day) - Date.parse(told.day)) > DAY) return address;
    return asSeen(told, address, root, meta, kit, isElsewhere);
  }
  return (
    address ??
    fromTimes(root, kit, isElsewhere, 4) ??
    fromHints(root, kit, isElsewhere, true) ??
    fromTimes(root, kit, isElsewhere, 2) ??
    fromHints(root, kit, isElsewhere, false) ??
    fromText(root, meta, kit, isElsewhere) ??
    fromTimes(root, kit, isElsewhere, 0.5) ??
    fromMeta(meta, kit, MODIFIED_NAMES) ??
    fromLinked(meta, kit, ['dateModified'])
  );
}
