/**
 * Marks authors under the key of the running period. A mark says "the same author of the same source, within 30 days" and
 * nothing more: the key is destroyed when the period ends, after which no mark of it can be made or checked again.
 */
import { createHmac, randomBytes } from 'node:crypto';
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
  readonly key: Buffer;
}

function parsePeriod(text: string | null): Period | null {
  if (text === null) return null;
  const [version, startedAt, key] = text.trim().split(' ');
  const period = { startedAt: Number(startedAt), key: Buffer.from(key ?? '', 'hex') };
  if (version !== 'heed-period-1' || !Number.isSafeInteger(period.startedAt) || period.key.length !== 32) {
    throw new Error('the period key file is damaged; remove it to begin a new period');
  }
  return period;
}

function folded(author: string): string {
  return author.normalize('NFKC').trim().toLowerCase();
}

/** `folder` holds `period.key`. The file must not be part of a backup: a restore begins a new period. */
export function openSeal(options: { readonly folder: string; readonly now: () => Instant }) {
  const path = join(options.folder, 'period.key');

  function begin(startedAt: Instant): Period {
    const fresh = { startedAt, key: randomBytes(32) };
    writeKeyFile(path, `heed-period-1 ${startedAt} ${fresh.key.toString('hex')}\n`);
    return fresh;
  }

  let period = parsePeriod(readKeyFile(path)) ?? begin(options.now());

  /** The old key leaves the file and the memory in the moment the new one begins. */
  function turn(): void {
    const now = options.now();
    if (now - period.startedAt < PERIOD) return;
    const old = period.key;
    period = begin(now);
    old.fill(0);
  }

  return {
    mark(sourceId: string, author: string): Pseudonym {
      turn();
      const mac = createHmac('sha256', period.key).update(`${sourceId.length}:${sourceId}:${folded(author)}`, 'utf8');
      return mac.digest('hex').slice(0, MARK_DIGITS) as Pseudonym;
    },
    /** Start of the running period; begins a new one when it is over, so call it daily even if nothing is marked. */
    startedAt(): Instant {
      turn();
      return period.startedAt;
    },
  };
}
