import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowed, crawlDelay, parseRobots } from './robots.ts';

describe('rules', () => {
  const table: [robots: string, product: string, path: string, expected: boolean, why: string][] = [
    ['', 'Heed', '/x', true, 'no file, no rule'],
    ['User-agent: *\nDisallow: /', 'Heed', '/x', false, 'all are shut out'],
    ['User-agent: *\nDisallow: /\nUser-agent: heed\nAllow: /', 'Heed', '/x', true, 'an own group replaces that of all'],
    [
      'User-agent: heed\nDisallow: /a\n\nUser-agent: b\nDisallow: /\n\nUser-agent: HEED\nDisallow: /c',
      'Heed',
      '/c',
      false,
      'groups of one product are merged',
    ],
    ['User-agent: a\nUser-agent: heed\nDisallow: /', 'Heed', '/x', false, 'one group for two'],
    ['User-agent: *\nDisallow: /a\nAllow: /a/b', 'Heed', '/a/b/c', true, 'the longest wins'],
    ['User-agent: *\nAllow: /a\nDisallow: /a', 'Heed', '/a', true, 'allow wins a tie'],
    ['User-agent: *\nDisallow: /*.pdf$', 'Heed', '/x/y.pdf', false, 'star and end'],
    ['User-agent: *\nDisallow: /*.pdf$', 'Heed', '/x/y.pdf?z', true, 'not at the end'],
    ['User-agent: *\nDisallow: /*?sort=', 'Heed', '/t?sort=1', false, 'the query counts'],
    ['User-agent: *\nDisallow:', 'Heed', '/x', true, 'an empty rule says nothing'],
    ['\ufeffUser-agent: *\nDisallow: /x # why', 'Heed', '/x', false, 'mark and comment'],
    ['user agent: *\ndissallow: /x', 'Heed', '/x', false, 'misspelt'],
    ['Disallow: /x', 'Heed', '/x', true, 'a rule without a group'],
    ['User-agent: Heedless\nDisallow: /', 'Heed', '/x', true, 'another product with a like name'],
    ['User-agent: Heed/2.0\nDisallow: /', 'Heed', '/x', false, 'a version behind the name'],
    ['User-agent: *\nDisallow: /停水', 'Heed', '/%E5%81%9C%E6%B0%B4', false, 'any script'],
    ['User-agent: *\nDisallow: /%7ejoe', 'Heed', '/~joe', false, 'escapes that need none'],
    ['<html><body>not found', 'Heed', '/x', true, 'a page instead'],
  ];
  for (const [robots, product, path, expected, why] of table)
    test(why, () => expect(allowed(parseRobots(robots), product, path)).toBe(expected));
});

test('delay and sitemaps', () => {
  const robots = parseRobots(
    'User-agent: *\nCrawl-delay: 2.5\nSitemap: https://a.example/s.xml\nSitemap: nonsense\n\nUser-agent: x\nCrawl-delay: -1',
  );
  expect([crawlDelay(robots, 'Heed'), crawlDelay(robots, 'x'), robots.sitemaps]).toEqual([2500, null, ['https://a.example/s.xml']]);
});

test('a rule of two thousand stars is matched in no time', () => {
  const robots = parseRobots(`User-agent: *\nDisallow: /${'*a'.repeat(2000)}b$`);
  const began = performance.now();
  expect(allowed(robots, 'Heed', `/${'a'.repeat(8000)}`)).toBe(true);
  expect(performance.now() - began).toBeLessThan(500);
});

test('no text makes it throw, and star alone matches all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.webPath(), (text, path) => {
      parseRobots(text);
      expect(allowed(parseRobots('User-agent: *\nDisallow: *'), 'Heed', path)).toBe(false);
    }),
    { seed: 2, numRuns: 50 },
  );
});
