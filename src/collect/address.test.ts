import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withoutAccount } from './accountAddress.ts';
import { canonicalAddress, copyKey } from './address.ts';

describe('the stored address', () => {
  const table: [address: string, expected: string | null, why: string][] = [
    ['HTTP://Example.COM:80/a/../b#top', 'http://example.com/b', 'WHATWG form, no fragment'],
    ['https://a.example/x?utm_source=w&id=3&spm=a.b&fbclid=z', 'https://a.example/x?id=3', 'tracking off, the rest in order'],
    ['https://a.example/x?from=timeline&isappinstalled=0', 'https://a.example/x', 'shared from a chat'],
    ['https://a.example/x?from=2026-01-01', 'https://a.example/x?from=2026-01-01', 'from as a date stays'],
    ['https://u:p@a.example/', 'https://a.example/', 'no password'],
    ['https://a.example./x', 'https://a.example/x', 'full stop behind the host'],
    ['https://a.example/%7ejoe/%e4%bd%a0', 'https://a.example/~joe/%E4%BD%A0', 'escapes'],
    [' https://a.example/ ', 'https://a.example/', 'stray blanks'],
    ['javascript:alert(1)', null, 'a script'],
    ['mailto:a@b.example', null, 'no page'],
    ['not an address', null, 'no address'],
  ];
  for (const [address, expected, why] of table) test(why, () => expect(canonicalAddress(address)).toBe(expected));
});

test('spellings of one page have one key', () => {
  const spellings = [
    'http://www.a.example/x/?b=2&a=1',
    'https://a.example/x?a=1&b=2',
    'https://m.a.example/x/?b=2&a=1#c',
    'https://a.example//x;jsessionid=AB12CD34?a=1&b=2&PHPSESSID=0123456789abcdef',
  ];
  expect(new Set(spellings.map((address) => copyKey(address))).size).toBe(1);
  expect(copyKey('https://a.example/x?a=2')).not.toBe(copyKey('https://a.example/x?a=1'));
});

describe('accounts go out of addresses (R-01b)', () => {
  const table: [address: string, expected: string][] = [
    ['https://social.example/@jane/1098765', 'https://social.example/~/1098765'],
    ['https://social.example/users/jane/statuses/1098765', 'https://social.example/users/~/statuses/1098765'],
    ['https://weibo.com/1234567890/Nabc123', 'https://weibo.com/~/Nabc123'],
    ['https://jane.wordpress.com/2026/03/x/', 'https://wordpress.com/~/2026/03/x/'],
    ['https://a.example/t?id=3&author=jane', 'https://a.example/t?id=3'],
    ['https://a.example/t/3', 'https://a.example/t/3'],
    ['tag:jane@a.example,2026:1', 'tag:~@a.example,2026:1'],
  ];
  for (const [address, expected] of table) test(address, () => expect(withoutAccount(address, ['jane'])).toBe(expected));
});

test('doing it again changes nothing', () =>
  fc.assert(
    fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string()), (address) => {
      const once = canonicalAddress(address);
      if (once === null) return;
      expect(canonicalAddress(once)).toBe(once);
      expect(copyKey(once)).toBe(copyKey(address));
      const bare = withoutAccount(once, ['jane']);
      expect(withoutAccount(bare, ['jane'])).toBe(bare);
    }),
    { seed: 6, numRuns: 500 },
  ));
