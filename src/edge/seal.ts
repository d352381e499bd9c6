/**
 * Marks authors under the key of the running period. A mark says "the same author of the same source, within 30 days" and
 * nothing more: the key is destroyed when the period ends, after which no mark of it can be made or checked again.
 */
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Pseudonym } from '../model/document.ts';
import { DAY, type Instant, type Span } from '../model/time.ts';
import { readKeyFile, writeKeyFile } from './keyFile.ts';

/** A period, in domain time. */
export const PERIOD: Span = 30 * DAY;
/** 64 bits: at a million authors of a period the chance of two with one mark is 1 in 37 million. */
const MARK_DIGITS = 16;

interface Period {
  readonly startedAt: Instant;
  /** Kept as the platform's own key: a tenth of the time that plain bytes take for each mark, and no copy outside of it. */
  readonly key: KeyObject;
}

/** Takes the bytes over: they are zero afterwards. */
function keyOf(bytes: Buffer): KeyObject {
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}

function parsePeriod(text: string | null): Period | null {
  if (text === null) return null;
  const [version, startedAt, key] = text.trim().split(' ');
  const bytes = Buffer.from(key ?? '', 'hex');
  if (version !== 'heed-period-1' || !Number.isSafeInteger(Number(startedAt)) || bytes.length !== 32) {
    throw new Error('the period key file is damaged; remove it to begin a new period');
  }
  return { startedAt: Number(startedAt), key: keyOf(bytes) };
}

function folded(author: string): string {
  return author.normalize('NFKC').trim().toLowerCase();
}

const NONCE = 12;
const TAG = 16;

/** A key of its own for this use (domain separation), so that a mark tells nothing about it. */
function hidingKey(key: KeyObject): Buffer {
  return createHmac('sha256', key).update('heed-hide-1').digest();
}

function encrypt(text: string, key: KeyObject): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', hidingKey(key), nonce);
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), bytes]).toString('base64url');
}

function decrypt(hidden: string, key: KeyObject): string | null {
  const bytes = Buffer.from(hidden, 'base64url');
  if (bytes.length < NONCE + TAG) return null;
  const decipher = createDecipheriv('aes-256-gcm', hidingKey(key), bytes.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8');
  } catch {
    // The tag does not fit: another period's key, or not ours.
    return null;
  }
}

/** `folder` holds `period.key`. The file must not be part of a backup: a restore begins a new period. */
export function openSeal(options: { readonly folder: string; readonly now: () => Instant }) {
  const path = join(options.folder, 'period.key');

  function begin(startedAt: Instant): Period {
    const bytes = randomBytes(32);
    writeKeyFile(path, `heed-period-1 ${startedAt} ${bytes.toString('hex')}\n`);
    return { startedAt, key: keyOf(bytes) };
  }

  let period = parsePeriod(readKeyFile(path)) ?? begin(options.now());

  /** The old key leaves the file in the moment the new one begins; the platform wipes its own copy when it lets go of it. */
  function turn(): void {
    const now = options.now();
    if (now - period.startedAt >= PERIOD) period = begin(now);
  }

  return {
    mark(sourceId: string, author: string): Pseudonym {
      turn();
      const mac = createHmac('sha256', period.key).update(`${sourceId.length}:${sourceId}:${folded(author)}`, 'utf8');
      return mac.digest('hex').slice(0, MARK_DIGITS) as Pseudonym;
    },
    /** What must wait in the store though it names people: readable only with the key of the running period. */
    hide(text: string): string {
      turn();
      return encrypt(text, period.key);
    },
    /** Null when it was hidden in an earlier period, or is no such text: then nobody can read it any more. */
    show(hidden: string): string | null {
      turn();
      return decrypt(hidden, period.key);
    },
    /** Start of the running period; begins a new one when it is over, so call it daily even if nothing is marked. */
    startedAt(): Instant {
      turn();
      return period.startedAt;
    },
  };
}
