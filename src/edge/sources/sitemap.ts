/**
 * Collector: a site's sitemap, news sitemap or index of them. Pages that are new or changed lately are followed; of a sitemap without
 * times the first look only remembers what is there. An index is walked sitemap by sitemap, those changed last first.
 */
import { gunzipSync } from 'node:zlib';
import { admitSource } from '../../collect/sourceAdmission.ts';
import { readSitemap, type Sitemap, type SitemapEntry } from '../../collect/sitemap.ts';
import type { Source } from '../../model/source.ts';
import { DAY, type Instant, MINUTE, SECOND } from '../../model/time.ts';
import type { Json } from '../../model/words.ts';
import type { Collector, Follow, Get, Got, NotGot, Pulled } from '../../ports.ts';
import { type AddressMarks, addressMarks } from '../addressMarks.ts';
import { readArticlePage } from '../articlePage.ts';
import { bytesText } from '../bytesText.ts';
import { fieldOf, listOfValues, textOf } from '../looseValues.ts';
import { failed } from '../outboundFault.ts';
import { countOf, ZONE_FIELD } from '../sourceSettings.ts';

/** The protocol allows 50 MB; 50,000 addresses of usual length are 10. */
const SITEMAP_BYTES = 20 * 1024 * 1024;
/** Sitemaps of an index read in one round. */
const MOST_CHILDREN = 12;
/** Pages followed of one sitemap in one round; what is left comes in the next. */
const MOST_FOLLOWED = 100;
/** Entries without a time that may be new since the last reading. */
const MOST_UNDATED = 500;

const NOT_A_SITEMAP: NotGot = {
  kind: 'failed',
  code: 'notASitemap',
  because: { zh: '这个地址给出的不是站点地图', en: 'What this address gives is no sitemap' },
};

/** A `.gz` file is packed once more than the way it came. Null: broken or swelling beyond the cap. */
function unpacked(got: Got): Uint8Array | null {
  if (got.bytes[0] !== 0x1f || got.bytes[1] !== 0x8b) return got.bytes;
  try {
    return gunzipSync(got.bytes, { maxOutputLength: SITEMAP_BYTES });
  } catch {
    return null;
  }
}

function bareHost(address: string): string {
  return URL.parse(address)?.host.replace(/^www\./, '') ?? '';
}

/** By the protocol a sitemap speaks for its own host only; and a person's page is no source, however it is listed. */
function mayFollow(source: Source, address: string): boolean {
  return bareHost(address) === bareHost(source.address) && admitSource({ address, addedBy: '' }).ok;
}

function timeOf(entry: SitemapEntry): Instant | null {
  return entry.publishedAt ?? entry.changedAt;
}

/** Marks are kept of the address, and of the address with its time: a later time is an edit. Without a time they are the same. */
function formOf(entry: SitemapEntry): string {
  const at = timeOf(entry);
  return at === null ? entry.address : `${entry.address} ${at}`;
}

function followOf(entry: SitemapEntry, wasThere: boolean): Follow {
  return {
    address: entry.address,
    key: entry.address,
    ...(wasThere ? { readBefore: true } : {}),
    known: {
      kind: 'article',
      title: entry.title,
      ...(entry.publishedAt === null ? {} : { publishedAt: entry.publishedAt }),
      ...(entry.language === '' ? {} : { language: entry.language }),
    },
  };
}

interface News {
  readonly follow: readonly Follow[];
  readonly notes: readonly string[];
}

/**
 * Entries with a time count for as long as they are young. Of those without, a sitemap that was read before has few new ones: more than
 * can be means that its marks were forgotten, and then they are remembered again and not read.
 */
function newsOf(source: Source, map: Sitemap, marks: AddressMarks, isFirst: boolean, now: Instant): News {
  const since = now - countOf(source, 'days', 2, 30) * DAY;
  const notes: string[] = [];
  const fresh = map.entries.filter((entry) => {
    const at = timeOf(entry);
    return (at === null || at >= since) && !marks.knows(formOf(entry));
  });
  const undated = fresh.filter((entry) => timeOf(entry) === null);
  const isTooMany = undated.length > MOST_UNDATED;
  if (isTooMany && !isFirst) notes.push(`sitemap.tooManyWithoutTime ${undated.length}`);
  if (isTooMany || isFirst) for (const entry of undated) marks.add(formOf(entry));
  const dated = fresh.filter((entry) => timeOf(entry) !== null).sort((a, b) => (timeOf(b) ?? 0) - (timeOf(a) ?? 0));
  const follow: Follow[] = [];
  let nLeftOut = map.nLeftOut;
  for (const entry of isTooMany || isFirst ? dated : [...dated, ...undated]) {
    if (follow.length >= MOST_FOLLOWED) break;
    if (mayFollow(source, entry.address)) follow.push(followOf(entry, marks.knows(entry.address)));
    else nLeftOut++;
    marks.add(entry.address);
    marks.add(formOf(entry));
  }
  if (nLeftOut > 0) notes.push(`sitemap.leftOut ${nLeftOut}`);
  return { follow, notes };
}

/** Sitemaps of an index that may hold news, the last changed first; those without a time as they stand, the last ones being the newest. */
function childrenOf(source: Source, map: Sitemap, now: Instant): string[] {
  const since = now - countOf(source, 'days', 2, 30) * DAY;
  const fits = map.entries.filter((entry) => (entry.changedAt === null || entry.changedAt >= since) && mayFollow(source, entry.address));
  const ordered = fits
    .map((entry, at) => ({ entry, at }))
    .sort((a, b) => (b.entry.changedAt ?? 0) - (a.entry.changedAt ?? 0) || b.at - a.at);
  return ordered.slice(0, MOST_CHILDREN).map(({ entry }) => entry.address);
}

interface Cursor {
  readonly children: readonly string[];
  /** Sitemaps that were read before, so that what is new in them is news. */
  readonly readOnce: AddressMarks;
  readonly marks: AddressMarks;
}

function cursorOf(source: Source, kept: Json): Cursor {
  const children = listOfValues(fieldOf(kept, 'children')).map(textOf);
  return {
    children: children.filter((child) => mayFollow(source, child)).slice(0, MOST_CHILDREN),
    readOnce: addressMarks(fieldOf(kept, 'readOnce')),
    marks: addressMarks(fieldOf(kept, 'marks')),
  };
}

function pulledOf(source: Source, address: string, cursor: Cursor, map: Sitemap, now: Instant): Pulled {
  const isIndex = map.kind === 'index';
  // An index inside an index is not walked: the protocol knows none.
  const children = isIndex && cursor.children.length === 0 ? childrenOf(source, map, now) : cursor.children.slice(1);
  const { follow, notes } = isIndex ? { follow: [], notes: [] } : newsOf(source, map, cursor.marks, !cursor.readOnce.knows(address), now);
  cursor.readOnce.add(address);
  return {
    items: [],
    notes,
    follow,
    cursor: { children, readOnce: cursor.readOnce.toJson(), marks: cursor.marks.toJson() },
    ...(children.length === 0 ? {} : { more: true }),
  };
}

async function pull(source: Source, kept: Json, get: Get, now: Instant): Promise<Pulled> {
  const cursor = cursorOf(source, kept);
  const [child] = cursor.children;
  const address = child ?? source.address;
  const { robots, pause } = source.manners;
  const got = await get(address, { accept: 'application/xml, text/xml;q=0.9, */*;q=0.1', maxBytes: SITEMAP_BYTES, robots, pause });
  const isOver = child !== undefined && got.kind !== 'ok' && got.kind !== 'later' && got.kind !== 'unchanged';
  // One sitemap of an index that cannot be had is passed over with a note.
  const passed = { children: cursor.children.slice(1), readOnce: cursor.readOnce.toJson(), marks: cursor.marks.toJson() };
  const more = passed.children.length > 0 ? { more: true } : {};
  if (isOver) return { items: [], notes: [`sitemap.missing ${got.kind}`], cursor: passed, ...more };
  if (got.kind !== 'ok') return { items: [], notes: [], cursor: kept, stopped: got };
  const bytes = unpacked(got);
  if (bytes === null) return { items: [], notes: [], cursor: child === undefined ? kept : passed, stopped: failed('bomb') };
  const { text, charset } = bytesText(bytes, got.headers['content-type'] ?? '');
  const map = readSitemap(text, got.address);
  if (map.kind === 'none') return { items: [], notes: [], cursor: child === undefined ? kept : passed, stopped: NOT_A_SITEMAP, charset };
  return { ...pulledOf(source, address, cursor, map, now), charset };
}

export default {
  kind: 'sitemap',
  about: { zh: '站点地图、新闻站点地图：跟到新增和改动的页面', en: 'Sitemap or news sitemap: new and changed pages are followed' },
  settings: [
    { name: 'days', label: { zh: '只看最近几天的页面', en: 'Only pages of the last days' }, type: 'number', default: 2 },
    ZONE_FIELD,
  ],
  standing: 'press',
  manners: { robots: true, pollAtLeast: 30 * MINUTE, pollAtMost: DAY, pause: SECOND },
  pull,
  read: readArticlePage,
} satisfies Collector;
