import { describe, expect, test } from 'vitest';
import { discoverFeeds, hubOfHeader, sitemapsOfRobots } from './siteDiscovery.ts';

const address = 'http://site.test/news/';

describe('discoverFeeds', () => {
  test('told feeds come first, comment feeds last, relative to base', () => {
    const html = `<head><base href="/x/"><link rel="alternate" type="application/rss+xml" title="Comments" href="comments.xml">
      <link rel="alternate" type="application/atom+xml" title="新闻" href="atom.xml"><link rel="alternate" hreflang="en" href="/en">
      <link rel="alternate" type="application/json+oembed" href="/oembed"></head><a href="/rss.xml">RSS</a>`;
    expect(discoverFeeds(html, address).map(({ address: at, how, kind }) => [at, how, kind])).toEqual([
      ['http://site.test/x/atom.xml', 'told', 'atom'],
      ['http://site.test/rss.xml', 'linked', 'rss'],
      ['http://site.test/x/comments.xml', 'told', 'rss'],
    ]);
  });
  test('without any, the usual places are named as such', () => {
    const feeds = discoverFeeds('<p>x</p>', address);
    expect(feeds.every((feed) => feed.how === 'usual')).toBe(true);
    expect(feeds[0]?.address).toBe('http://site.test/feed');
  });
  test('no address but http(s)', () => {
    expect(
      discoverFeeds('<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">', address).every(
        (feed) => feed.how === 'usual',
      ),
    ).toBe(true);
  });
});

test('hub and self of a Link header, in any order and spelling', () => {
  const link = '<https://hub.test/>; rel="hub", <http://site.test/feed>; title="a, b"; rel=self, </next>; rel="next"';
  expect(hubOfHeader(link, address)).toEqual({ hub: 'https://hub.test/', self: 'http://site.test/feed' });
  expect(hubOfHeader('nonsense <', address)).toEqual({});
});

test('sitemaps of robots.txt, else the usual place', () => {
  expect(sitemapsOfRobots('User-agent: *\r\nSITEMAP : http://site.test/a.xml\nSitemap: /b.xml', address)).toEqual([
    'http://site.test/a.xml',
    'http://site.test/b.xml',
  ]);
  expect(sitemapsOfRobots('', address)).toEqual(['http://site.test/sitemap.xml']);
});
