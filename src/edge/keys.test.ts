import { createPublicKey, verify } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY } from '../model/time.ts';
import { digest, token } from './chance.ts';
import { openSeal, PERIOD } from './seal.ts';
import { openSigner } from './signer.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heed-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the same author of the same source has one mark in a period, over restarts, and another one in another source', () => {
  const first = openSeal({ folder, now: () => 0 });
  const again = openSeal({ folder, now: () => 5 * DAY });
  expect(first.mark('s', 'Zhou')).toMatch(/^[0-9a-f]{16}$/);
  expect(again.mark('s', ' ｚｈｏｕ ')).toBe(first.mark('s', 'Zhou'));
  expect(again.mark('t', 'Zhou')).not.toBe(first.mark('s', 'Zhou'));
  expect(again.mark('s1', '2x')).not.toBe(again.mark('s', '12x'));
});

test('after thirty days the old key is gone from the folder and the mark is another', () => {
  let now = 0;
  const seal = openSeal({ folder, now: () => now });
  const old = seal.mark('s', 'Zhou');
  const oldKey = readFileSync(join(folder, 'period.key'), 'utf8').trim().split(' ')[2]!;
  now = PERIOD - 1;
  expect(seal.mark('s', 'Zhou')).toBe(old);
  now = PERIOD;
  expect(seal.mark('s', 'Zhou')).not.toBe(old);
  expect(seal.startedAt()).toBe(PERIOD);
  for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name), 'utf8')).not.toContain(oldKey);
});

test('key files are for their owner only, and made so again when found open', () => {
  openSeal({ folder, now: () => 0 });
  openSigner({ folder });
  chmodSync(join(folder, 'signer.pem'), 0o644);
  openSigner({ folder });
  for (const name of ['period.key', 'signer.pem']) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
});

test('a signature verifies with the public key, and the key lasts over restarts', () => {
  const signer = openSigner({ folder });
  const signature = Buffer.from(signer.sign('通报'), 'base64');
  expect(verify(null, Buffer.from('通报'), createPublicKey(signer.publicKeyPem), signature)).toBe(true);
  expect(verify(null, Buffer.from('通报。'), createPublicKey(signer.publicKeyPem), signature)).toBe(false);
  expect(openSigner({ folder }).keyId).toBe(signer.keyId);
});

test('tokens are URL-safe, long enough and never equal', () => {
  const many = Array.from({ length: 200 }, () => token(128));
  expect(new Set(many).size).toBe(200);
  for (const each of many) expect(each).toMatch(/^[A-Za-z0-9_-]{22}$/);
  expect(digest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
