/** Where the reading of a list that goes over several pages stands, as kept in a cursor. */
import type { ListPage } from '../collect/listPage.ts';
import type { Source } from '../model/source.ts';
import type { Instant } from '../model/time.ts';
import type { Json } from '../model/words.ts';
import type { Get, NotGot } from '../ports.ts';
import { fieldOf, numberOf, recordOf, textOf } from './looseValues.ts';
import { failed } from './outboundFault.ts';
import { parseApart } from './parseApart.ts';
import { countOf, PAGE_ACCEPT, zoneOf } from './sourceSettings.ts';

/** The list's next page to read in this round, or the beginning of the list. */
export interface Place {
  readonly address: string;
  readonly nPage: number;
}

function placeOf(source: Source, kept: Json): Place {
  const place = recordOf(fieldOf(kept, 'place'));
  const address = textOf(place.address);
  return address === '' ? { address: source.address, nPage: 1 } : { address, nPage: numberOf(place.nPage) ?? 1 };
}

/**
 * The cursor after a page that could not be read. A later page that fails is given up, so that the next round begins at the front
 * again: a list that is cut off behind must not hide its news.
 */
function afterFailure(kept: Json, place: Place, stopped: NotGot): Json {
  if (place.nPage === 1 || stopped.kind === 'later') return kept;
  return { ...(recordOf(kept) as { readonly [key: string]: Json }), place: null };
}

export type ListRead =
  | { readonly kind: 'list'; readonly list: ListPage; readonly nPage: number; readonly charset: string; readonly movedTo?: string }
  | { readonly kind: 'stopped'; readonly stopped: NotGot; readonly cursor: Json };

/** One request: reads the page of the list the cursor points to. */
export async function readList(source: Source, kept: Json, get: Get, now: Instant): Promise<ListRead> {
  const place = placeOf(source, kept);
  const { robots, pause } = source.manners;
  const got = await get(place.address, { accept: PAGE_ACCEPT, robots, pause });
  if (got.kind === 'gone' && place.nPage > 1) {
    return { kind: 'list', list: { entries: [], notes: ['page.nextGone'] }, nPage: place.nPage, charset: 'utf-8' };
  }
  if (got.kind !== 'ok') return { kind: 'stopped', stopped: got, cursor: afterFailure(kept, place, got) };
  const selector = textOf(source.settings.list);
  const settings = selector === '' ? {} : { settings: { list: selector } };
  const kit = { address: got.address, now, zone: zoneOf(source), ...settings };
  const parsed = await parseApart('list', { bytes: got.bytes, contentType: got.headers['content-type'] ?? '', kit });
  if (!parsed.ok) {
    const stopped = failed('tooHeavy');
    return { kind: 'stopped', stopped, cursor: afterFailure(kept, place, stopped) };
  }
  const { charset, ...list } = parsed.value;
  const moved = got.movedTo !== undefined && place.nPage === 1 ? { movedTo: got.movedTo } : {};
  return { kind: 'list', list, nPage: place.nPage, charset, ...moved };
}

/** Where to go on, when the page read gives reason to; null: the round is over. `pages` of the settings is the limit. */
export function nextPlace(source: Source, read: ListRead & { readonly kind: 'list' }, isWorthIt: boolean): Place | null {
  const { next } = read.list;
  if (!isWorthIt || next === undefined || read.nPage >= countOf(source, 'pages', 3, 50)) return null;
  return { address: next, nPage: read.nPage + 1 };
}
