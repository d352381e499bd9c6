/** What a collector remembers in its cursor: which entries it saw, and in which form, so that only new and changed ones are read. */
import { createHash } from 'node:crypto';
import type { Json } from '../model/words.ts';

/** Entries remembered per source; the oldest are forgotten first. A feed or list shows far fewer at once. */
const MAX_SEEN = 1000;

export interface SeenMarks {
  /** True when the entry is new or its form differs from what was seen; it is remembered from now on. */
  readonly isNews: (key: string, form: string) => boolean;
  /** True when the key was ever seen. */
  readonly knows: (key: string) => boolean;
  /** As kept in a cursor: pairs, oldest first. */
  readonly toJson: () => Json;
}

function short(text: string, nDigits: number): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, nDigits);
}

/** A cursor of another shape (an older version, a hand edit) reads as empty: then everything is read once more, which is harmless. */
export function seenMarks(kept: Json | undefined): SeenMarks {
  const marks = new Map<string, string>();
  if (Array.isArray(kept)) {
    for (const pair of kept as readonly Json[]) {
      if (Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'string') marks.set(pair[0], pair[1]);
    }
  }
  return {
    isNews(key, form) {
      const id = short(key, 16);
      const mark = short(form, 8);
      const before = marks.get(id);
      marks.delete(id);
      marks.set(id, mark);
      return before !== mark;
    },
    knows: (key) => marks.has(short(key, 16)),
    toJson: () => [...marks].slice(-MAX_SEEN),
  };
}
