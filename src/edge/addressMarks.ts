/** Which of many thousand addresses a collector has seen, in its cursor: 32 bits each, so that a whole sitemap of 50,000 costs 270 kB and names nobody. */
import type { Json } from '../model/words.ts';
import { textOf } from './looseValues.ts';

/** The newest are kept: a sitemap of the largest size and what came since. One new address in 70,000 is taken for a seen one. */
export const MOST_MARKS = 60_000;

export interface AddressMarks {
  readonly knows: (text: string) => boolean;
  readonly add: (text: string) => void;
  readonly size: () => number;
  readonly toJson: () => Json;
}

/** FNV-1a with a last mixing. Whoever makes two of his own pages collide hides one of them, and harms nobody else. */
function markOf(text: string): number {
  let mark = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) mark = Math.imul(mark ^ text.charCodeAt(at), 0x01000193);
  mark = Math.imul(mark ^ (mark >>> 16), 0x85ebca6b);
  return (mark ^ (mark >>> 13)) >>> 0;
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
