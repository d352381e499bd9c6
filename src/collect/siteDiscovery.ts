/** Where else a site can be read from: feeds and hubs that a page names, usual places to try, and sitemaps. */
import { absoluteAddress, baseOf, elementsOf, foldSpace, isUnseen, parsePage, textOf } from './pageTree.ts';

export interface FoundFeed {
  readonly address: string;
  readonly title: string;
  readonly kind: 'rss' | 'atom' | 'json';
  /** `told` by a link element of the page, `linked` from its text, `usual` is only a place worth trying. */
  readonly how: 'told' | 'linked' | 'usual';
}

const TYPES: readonly [type: RegExp, kind: FoundFeed['kind']][] = [
  [/application\/(?:rss|rdf)\+xml|text\/(?:rss\+)?xml|application\/xml/, 'rss'],
  [/application\/atom\+xml/, 'atom'],
  [/application\/(?:feed\+)?json/, 'json'],
];
const USUAL: readonly [path: string, kind: FoundFeed['kind']][] = [
  ['/feed', 'rss'],
  ['/rss.xml', 'rss'],
  ['/atom.xml', 'atom'],
  ['/feed.xml', 'rss'],
  ['/index.xml', 'rss'],
  ['/feed.json', 'json'],
];
const LINKED =
  /(?:\/(?:rss|feed|atom)(?:\.xml|\.php|\/)?|\.(?:rss|atom|rdf)|\/feed\.json|[?&](?:mod|feed|format|type)=(?:rss2?|atom))(?:$|[?#&])/i;
/** Feeds of comments are a stream of other people's words under one article, not what the page offers as its own. */
const COMMENTS = /comments?|评论|kommentare/i;

/** Feeds of a page, those it tells of first, each address once. */
export function discoverFeeds(html: string, address: string): FoundFeed[] {
  const { root } = parsePage(html);
  const base = baseOf(root, address);
  const found = new Map<string, FoundFeed>();
  const add = (feed: FoundFeed) => {
    if (!found.has(feed.address)) found.set(feed.address, feed);
  };
  const linked: FoundFeed[] = [];
  for (const element of elementsOf(root)) {
    const { rel, type, href, title } = element.attributes;
    const target = absoluteAddress(href, base);
    if (target === undefined) continue;
    if (element.tag === 'link' && /(?:^|\s)(?:alternate|feed)(?:\s|$)/i.test(rel ?? '')) {
      const kind = TYPES.find(([pattern]) => pattern.test(type?.toLowerCase() ?? ''))?.[1];
      if (kind !== undefined && !/oembed|wp-json/.test(target)) add({ address: target, title: foldSpace(title ?? ''), kind, how: 'told' });
    } else if (element.tag === 'a' && LINKED.test(target) && !isUnseen(element) && new URL(target).host === new URL(base).host) {
      linked.push({
        address: target,
        title: textOf(element),
        kind: /atom/i.test(target) ? 'atom' : /json/i.test(target) ? 'json' : 'rss',
        how: 'linked',
      });
    }
  }
  linked.forEach(add);
  if (found.size === 0)
    for (const [path, kind] of USUAL) {
      const target = absoluteAddress(path, base);
      if (target !== undefined) add({ address: target, title: '', kind, how: 'usual' });
    }
  const isComments = (feed: FoundFeed) => COMMENTS.test(`${feed.title} ${feed.address}`);
  return [...found.values()].sort((a, b) => Number(isComments(a)) - Number(isComments(b)));
}

export interface Hub {
  readonly hub?: string;
  readonly self?: string;
}

/** WebSub: hub and topic from a Link header (RFC 8288), which comes before what the body says. */
export function hubOfHeader(link: string, address: string): Hub {
  let hub: string | undefined;
  let self: string | undefined;
  for (const match of link.matchAll(/<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~-]+\s*=\s*(?:"[^"]*"|[^\s",;]+))*)/g)) {
    const rels = (
      /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))/i
        .exec(match[2] ?? '')
        ?.slice(1)
        .find(Boolean) ?? ''
    )
      .toLowerCase()
      .split(/\s+/);
    const target = absoluteAddress(match[1], address);
    if (rels.includes('hub')) hub ??= target;
    if (rels.includes('self')) self ??= target;
  }
  return { ...(hub === undefined ? {} : { hub }), ...(self === undefined ? {} : { self }) };
}

/** Sitemaps that robots.txt names; without one the usual place. */
export function sitemapsOfRobots(robots: string, address: string): string[] {
  const found = new Set<string>();
  for (const line of robots.split(/\r\n?|\n/)) {
    const target = absoluteAddress(/^[\s\ufeff]*sitemap\s*:\s*(\S+)/i.exec(line)?.[1], address);
    if (target !== undefined) found.add(target);
    if (found.size >= 50) break;
  }
  if (found.size === 0) found.add(new URL('/sitemap.xml', address).href);
  return [...found];
}
