/** Which of many thousand addresses a collector has seen, in its cursor: 32 bits each, so that a whole sitemap costs 100 kB and no name. */
import { createHash } from 'node:crypto';
import type { Json } from '../model/words.ts';
import { textOf } from './looseValues.ts';

/** The newest are kept. One address in 200,000 is taken for a seen one. */
const MOST_MARKS = 20_000;

export interface AddressMarks {
  readonly knows: (text: string) => boolean;
  readonly add: (text: string) => void;
  readonly size: () => number;
  readonly toJson: () => Json;
}

function markOf(text: string): number {
  return createHash('sha256').update(text, 'utf8').digest().readUInt32LE(0);
}

/** A cursor of another shape reads as empty. */
export function addressMarks(kept: Json | undefined): AddressMarks {
  const bytes = Buffer.from(textOf(kept), 'base64');
  const marks = new Set<number>();
  for (let at = 0; at + 4 <= bytes.length; at += 4) marks.add(bytes.readUInt32LE(at));
  return {
    knows: (text) => marks.has(markOf(text)),
    add(text) {
      const mark = markOf(text);
      marks.delete(mark);
      marks.add(mark);
    },
    size: () => marks.size,
    toJson() {
      const last = [...marks].slice(-MOST_MARKS);
      const packed = Buffer.alloc(last.length * 4);
      for (const [at, mark] of last.entries()) packed.writeUInt32LE(mark, at * 4);
      return packed.toString('base64');
    },
  };
}
