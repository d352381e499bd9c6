/** What a page says about itself: title, author, language, canonical address, and its JSON-LD. */
import { absoluteAddress, elementsOf, findElement, foldSpace, type PageElement, textStart } from './pageTree.ts';

type LinkedData = Readonly<Record<string, unknown>>;

export interface PageMeta {
  readonly title: string;
  readonly author?: string;
  /** BCP 47 primary code as the page declares it, lower case. */
  readonly language?: string;
  /** Only when it lies on the page's own host (or a host above or below it). */
  readonly canonical?: string;
  /** Values of `<meta>` by lower-case name or property, first one wins. */
  readonly named: ReadonlyMap<string, string>;
  /** Every JSON-LD object of the page, nested ones too, in page order. */
  readonly linked: readonly LinkedData[];
}

/** Objects looked at in one page's JSON-LD. */
const MAX_LINKED = 500;

function parseLoosely(text: string): unknown {
  const clean = text.replace(/^\s*(?:<!--|\/\*?<!\[CDATA\[\*?\/?)|(?:-->|\/?\*?\]\]>\*?\/?)\s*;?\s*$/g, '').trim();
  for (const candidate of [clean, clean.replace(/[\u0000-\u001f]+/g, ' '), clean.replace(/,\s*([\]}])/g, '$1').replace(/;\s*$/, '')]) {
    try {
      return JSON.parse(candidate) as unknown;
    } catch {
      // Not JSON in this form: the next reading is tried, and none is also an answer.
    }
  }
  return undefined;
}

function linkedData(told: readonly PageElement[]): LinkedData[] {
  const found: LinkedData[] = [];
  for (const element of told) {
    if (element.tag !== 'script' || !/ld\+json/i.test(element.attributes.type ?? '')) continue;
    const text = element.children.filter((child) => typeof child === 'string').join('');
    if (text.length > 1_000_000) continue;
    const queue: unknown[] = [parseLoosely(text)];
    for (let i = 0; i < queue.length && found.length < MAX_LINKED; i++) {
      const value = queue[i];
      if (typeof value !== 'object' || value === null) continue;
      if (!Array.isArray(value)) found.push(value as LinkedData);
      for (const inner of Object.values(value)) if (typeof inner === 'object') queue.push(inner);
    }
  }
  return found;
}

function namedValues(told: readonly PageElement[]): Map<string, string> {
  const named = new Map<string, string>();
  for (const { tag, attributes } of told) {
    if (tag !== 'meta') continue;
    const value = attributes.content;
    if (value === undefined || value === '') continue;
    for (const name of [attributes.property, attributes.name, attributes.itemprop, attributes['http-equiv']]) {
      const key = name?.toLowerCase().trim();
      if (key !== undefined && !named.has(key)) named.set(key, value);
    }
  }
  return named;
}

const ARTICLE_TYPES = /Article|Posting|Report|WebPage$|Review$|Recipe$/;

/** JSON-LD objects that describe an article, best kinds first. */
export function articleData(linked: readonly LinkedData[]): LinkedData[] {
  const typed = linked.filter((data) => [data['@type']].flat().some((type) => typeof type === 'string' && ARTICLE_TYPES.test(type)));
  const isPage = (data: LinkedData) => [data['@type']].flat().includes('WebPage');
  return [...typed.filter((data) => !isPage(data)), ...typed.filter(isPage)];
}

const LONGEST_TITLE = 1000;

/** The part of `<title>` before or after the site's name. */
function withoutSite(title: string, siteName: string | undefined): string {
  const pieces = title
    .split(/\s+[|–—·»:-]\s+|\s*[|_｜]\s*|\s*[-—]{1,2}\s*(?=[^-—]*$)(?=[\u3000-\u9fff])/u)
    .filter((piece) => piece.trim() !== '');
  if (pieces.length < 2) return title;
  if (siteName !== undefined) {
    const rest = pieces.filter((piece) => foldSpace(piece) !== siteName);
    if (rest.length > 0 && rest.length < pieces.length) return foldSpace(rest[0] ?? title);
  }
  const longest = pieces.reduce((best, piece) => (piece.length > best.length ? piece : best));
  return foldSpace(longest);
}

function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

function titleOf(root: PageElement, named: ReadonlyMap<string, string>, linked: readonly LinkedData[]): string {
  const element = findElement(root, (at) => at.tag === 'title' && at.parent?.tag !== 'svg');
  const whole = foldSpace(
    element?.children
      .filter((child) => typeof child === 'string')
      .join('')
      .slice(0, LONGEST_TITLE) ?? '',
  );
  const squeezedWhole = squeezed(whole);
  const headings: string[] = [];
  for (const at of elementsOf(root)) {
    if (headings.length >= 12) break;
    if (/^h[1-3]$/.test(at.tag) || /(?:^|\s)(?:title|headline|subject|article-?title|main-?title)(?:\s|$)/.test(at.hint)) {
      const text = textStart(at, 251);
      if (text.length > 1 && text.length < 250) headings.push(text);
    }
  }
  // The heading that the title of the window repeats is the headline.
  const repeated = headings.filter((text) => squeezedWhole.includes(squeezed(text)) && squeezed(text).length > 3);
  const best = repeated.sort((a, b) => b.length - a.length)[0];
  if (best !== undefined && squeezed(best).length * 4 > squeezedWhole.length) return best;
  const told = foldSpace(named.get('og:title')?.slice(0, LONGEST_TITLE) ?? '') || headlineOf(linked);
  const siteName = named.get('og:site_name');
  if (told !== '') return withoutSite(told, siteName);
  if (whole !== '') return withoutSite(whole, siteName);
  return headings[0] ?? '';
}

function headlineOf(linked: readonly LinkedData[]): string {
  for (const data of articleData(linked)) if (typeof data.headline === 'string') return foldSpace(data.headline);
  return '';
}

function nameOf(value: unknown): string | undefined {
  for (const one of [value].flat()) {
    if (typeof one === 'string' && one !== '' && !/^https?:/.test(one)) return foldSpace(one);
    if (typeof one === 'object' && one !== null && 'name' in one && typeof one.name === 'string' && one.name !== '')
      return foldSpace(one.name);
  }
  return undefined;
}

const BYLINE = /(?:^|[\s_-])(?:author|byline|writer|editor-name|article-author|zuozhe)(?:$|[\s_-])/;

function authorOf(root: PageElement, named: ReadonlyMap<string, string>, linked: readonly LinkedData[]): string | undefined {
  for (const data of articleData(linked)) {
    const name = nameOf(data.author);
    if (name !== undefined && name.length < 100) return name;
  }
  for (const key of ['author', 'article:author', 'dc.creator', 'sailthru.author', 'parsely-author', 'byl']) {
    const value = foldSpace(named.get(key) ?? '');
    if (value !== '' && value.length < 100 && !/^https?:/.test(value)) return value.replace(/^by\s+/i, '');
  }
  for (const element of elementsOf(root)) {
    if (!BYLINE.test(element.hint) && element.attributes.rel !== 'author' && element.attributes.itemprop !== 'author') continue;
    const text = textStart(element, 80).replace(/^(?:by|von|作者|记者|撰文|文)\s*[:：/]?\s*/i, '');
    if (text.length > 1 && text.length < 60) return text;
  }
  return undefined;
}

function sameSite(a: string, b: string): boolean {
  const strip = (address: string) => new URL(address).host.replace(/^(?:www|m|mobile|amp)\./, '');
  const [x, y] = [strip(a), strip(b)];
  return x === y || x.endsWith(`.${y}`) || y.endsWith(`.${x}`);
}

/** Elements that tell something of the whole page. */
const TELLERS: ReadonlySet<string> = new Set(['html', 'base', 'meta', 'link', 'script']);

export function pageMeta(root: PageElement, address: string): PageMeta {
  const tellers: PageElement[] = [];
  for (const element of elementsOf(root)) if (TELLERS.has(element.tag)) tellers.push(element);
  const named = namedValues(tellers);
  const linked = linkedData(tellers);
  const base = absoluteAddress(tellers.find((at) => at.tag === 'base')?.attributes.href, address) ?? address;
  const html = tellers.find((at) => at.tag === 'html');
  const link = tellers.find((at) => at.tag === 'link' && /(?:^|\s)canonical(?:\s|$)/i.test(at.attributes.rel ?? ''));
  const told = absoluteAddress(link?.attributes.href ?? named.get('og:url'), base);
  const canonical = told !== undefined && sameSite(told, address) ? told : undefined;
  const declared = html?.attributes.lang ?? html?.attributes['xml:lang'] ?? named.get('content-language') ?? named.get('og:locale');
  const language = /^[a-z]{2,3}(?![a-z])/i.exec(declared?.trim() ?? '')?.[0]?.toLowerCase();
  const author = authorOf(root, named, linked);
  return {
    title: titleOf(root, named, linked),
    ...(author === undefined ? {} : { author }),
    ...(language === undefined ? {} : { language }),
    ...(canonical === undefined ? {} : { canonical }),
    named,
    linked,
  };
}
