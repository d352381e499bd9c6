/** Collector: a list page of a site. New entries of the list are followed to their article pages. */
import type { ListEntry } from '../../collect/listPage.ts';
import type { Source } from '../../model/source.ts';
import { DAY, type Instant, MINUTE, SECOND } from '../../model/time.ts';
import type { Json } from '../../model/words.ts';
import type { Collector, Follow, Get, Pulled } from '../../ports.ts';
import { readArticlePage } from '../articlePage.ts';
import { nextPlace, readList } from '../listPlace.ts';
import { fieldOf } from '../looseValues.ts';
import { type SeenMarks, seenMarks } from '../seenMarks.ts';
import { ZONE_FIELD } from '../sourceSettings.ts';
import { shownRows } from '../shownShape.ts';

function followsOf(entries: readonly ListEntry[], seen: SeenMarks): Follow[] {
  const before = new Set(entries.flatMap((entry) => (seen.knows(entry.key) ? [entry.key] : [])));
  return entries
    .filter((entry) => seen.isNews(entry.key, entry.title))
    .map((entry) => ({
      address: entry.address,
      key: entry.key,
      ...(before.has(entry.key) ? { readBefore: true } : {}),
      known: {
        kind: 'article',
        title: entry.title,
        ...(entry.publishedAt === undefined ? {} : { publishedAt: entry.publishedAt }),
      },
    }));
}

export default {
  kind: 'page',
  about: { zh: '网站的列表页：跟到每篇正文', en: 'List page of a site; each article is followed' },
  settings: [
    {
      name: 'list',
      label: { zh: '列表在页面何处（CSS 选择器，可空）', en: 'Where the list is (simple CSS selector; may be empty)' },
      type: 'text',
    },
    { name: 'pages', label: { zh: '首次最多翻几页', en: 'Pages to turn at most' }, type: 'number', default: 3 },
    ZONE_FIELD,
  ],
  standing: 'press',
  manners: { robots: true, pollAtLeast: 15 * MINUTE, pollAtMost: DAY, pause: SECOND },
  async pull(source: Source, kept: Json, get: Get, now: Instant): Promise<Pulled> {
    const page = await readList(source, kept, get, now);
    if (page.kind === 'stopped') return { items: [], notes: [], cursor: page.cursor, stopped: page.stopped };
    const { entries, notes } = page.list;
    const seen = seenMarks(fieldOf(kept, 'seen'));
    const follow = followsOf(entries, seen);
    // Turn the page only while everything on it was news: behind the first known entry lies only what is known.
    const place = nextPlace(source, page, entries.length > 0 && follow.length === entries.length);
    const { charset, movedTo } = page;
    return {
      items: [],
      notes,
      follow,
      cursor: { seen: seen.toJson(), place: place === null ? null : { ...place } },
      charset,
      ...shownRows(entries, page.nPage),
      ...(place === null ? {} : { more: true }),
      ...(movedTo === undefined ? {} : { movedTo }),
    };
  },
  read: readArticlePage,
} satisfies Collector;
