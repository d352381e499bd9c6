/** What a list showed, for the health page: told to the source's state, where it is held against what is usual. */
import type { Item } from '../model/document.ts';
import type { Instant } from '../model/time.ts';
import type { Pulled } from '../ports.ts';

type Shown = Required<Pick<Pulled, 'shape'>>;

export function shownItems(items: readonly Pick<Item, 'publishedAt' | 'body'>[]): Shown {
  return {
    shape: {
      nEntries: items.length,
      nDated: items.filter((item) => item.publishedAt !== undefined).length,
      nWithText: items.filter((item) => item.body !== '').length,
    },
  };
}

/** Only the first page of a list has a usual look; rows of a list carry no text. */
export function shownRows(
  entries: readonly { readonly publishedAt?: Instant; readonly lastAt?: Instant }[],
  nPage: number,
): Partial<Shown> {
  if (nPage !== 1) return {};
  const nDated = entries.filter((entry) => entry.publishedAt !== undefined || entry.lastAt !== undefined).length;
  return { shape: { nEntries: entries.length, nDated, nWithText: 0 } };
}
