import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INSIDE_SPELLINGS } from '../../test/stubs/spellings.ts';
import { type GuardRules, isPublicAddress, judgeAddress, mayConnect } from './addressGuard.ts';

const strict: GuardRules = { allowLoopback: false, onlyLoopback: false, ports: [], internal: [] };
const testing: GuardRules = { ...strict, allowLoopback: true };
const demo: GuardRules = { ...strict, onlyLoopback: true };

describe('spellings of the inside', () => {
  test('there are 77 of them', () => expect(new Set(INSIDE_SPELLINGS).size).toBe(77));
  for (const spelling of INSIDE_SPELLINGS)
    test(`${JSON.stringify(spelling)} is refused`, () => expect(judgeAddress(spelling, strict).ok).toBe(false));
});

const numbers: [address: string, isPublic: boolean, why: string][] = [
  ['1.1.1.1', true, 'an ordinary address'],
  ['172.15.255.255', true, 'one below the private block'],
  ['172.32.0.0', true, 'one above the private block'],
  ['168.63.129.15', true, 'beside the metadata address'],
  ['168.63.129.16', false, 'a metadata address in a public range'],
  ['100.63.255.255', true, 'one below carrier NAT'],
  ['100.127.255.255', false, 'the last of carrier NAT'],
  ['198.20.0.0', true, 'one above the benchmark block'],
  ['223.255.255.255', true, 'the last before multicast'],
  ['2606:4700::1111', true, 'an ordinary IPv6 address'],
  ['2001:200::1', true, 'the first block given out'],
  ['2001::1', false, 'Teredo'],
  ['2001:db8::1', false, 'documentation'],
  ['2002:101:101::', false, '6to4, even around a public address'],
  ['64:ff9b::101:101', false, 'NAT64, even around a public address'],
  ['::ffff:1.1.1.1', false, 'mapped, even around a public address'],
  ['fec0::1', false, 'site local'],
  ['ff02::1', false, 'multicast'],
  ['example.com', false, 'a name is not a number'],
  ['', false, 'nothing is not a number'],
];
for (const [address, isPublic, why] of numbers)
  test(`${address || '(empty)'} is ${isPublic ? '' : 'not '}public: ${why}`, () => expect(isPublicAddress(address)).toBe(isPublic));

const judged: [address: string, rules: GuardRules, ok: boolean, why: string][] = [
  ['https://example.com/a?b#c', strict, true, 'a public name'],
  ['http://example.com:8080/', strict, false, 'a port that is not on the list'],
  ['http://example.com:8080/', { ...strict, ports: [8080] }, true, 'a port on the list'],
  ['http://127.0.0.1:9/', testing, true, 'loopback when allowed, any port'],
  ['http://[::1]:9/', testing, true, 'IPv6 loopback when allowed'],
  ['http://[::ffff:127.0.0.1]/', testing, false, 'a mapped spelling is not loopback'],
  ['http://10.0.0.1/', testing, false, 'allowing loopback allows nothing else inside'],
  ['http://example.com/', demo, false, 'the demo stays on loopback'],
  ['http://1.1.1.1/', demo, false, 'the demo stays on loopback, by number too'],
  ['http://127.1.2.3:8123/', demo, true, 'the demo reads its own sites'],
  ['http://wiki.office:8080/', { ...strict, internal: ['wiki.office:8080'] }, true, 'an internal source by exact host and port'],
  ['http://wiki.office:8081/', { ...strict, internal: ['wiki.office:8080'] }, false, 'another port of it'],
  ['http://169.254.169.254/', { ...strict, internal: ['169.254.169.254:80'] }, false, 'metadata cannot be allowed as internal'],
];
for (const [address, rules, ok, why] of judged)
  test(`${address} is ${ok ? 'allowed' : 'refused'}: ${why}`, () => expect(judgeAddress(address, rules).ok).toBe(ok));

test('the fragment is dropped and the rest kept', () => {
  const url = judgeAddress('https://example.com/a?b=1#c', strict);
  expect(url.ok && url.value.href).toBe('https://example.com/a?b=1');
});

test('an internal name may lead to a private address and to nothing worse', () => {
  const rules = { ...strict, internal: ['wiki.office:8080'] };
  const url = new URL('http://wiki.office:8080/');
  expect(mayConnect('10.1.1.1', url, rules)).toBe(true);
  expect(mayConnect('127.0.0.1', url, rules)).toBe(false);
  expect(mayConnect('169.254.169.254', url, rules)).toBe(false);
});

test('every number written as one integer, in hexadecimal or with dots is judged alike', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffffff }), (number) => {
      const dotted = [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
      const spellings = [`http://${number}/`, `http://0x${number.toString(16)}/`, `http://${dotted}/`];
      const verdicts = spellings.map((spelling) => judgeAddress(spelling, strict).ok);
      expect(verdicts).toEqual([isPublicAddress(dotted), isPublicAddress(dotted), isPublicAddress(dotted)]);
    }),
  );
});
