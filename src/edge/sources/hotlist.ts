/**
 * Collector: a hot list, what a site says is talked about most. Every look gives every entry with its rank and heat: one that was there
 * before is an observation of the same document and no new one.
 */
import { type HotListSettings, readHotList } from '../../collect/hotList.ts';
import type { Source } from '../../model/source.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../../model/time.ts';
import type { Json } from '../../model/words.ts';
import type { Collector, Get, NotGot, Pulled } from '../../ports.ts';
import { bytesText } from '../bytesText.ts';
import { textOf } from '../looseValues.ts';
import { ZONE_FIELD, zoneOf } from '../sourceSettings.ts';

/** A list of 100 entries with everything about each is far below. */
const LIST_BYTES = 2 * 1024 * 1024;
const ACCEPT = 'application/json, text/html;q=0.9, application/rss+xml;q=0.9, */*;q=0.1';

const NO_LIST: NotGot = {
  kind: 'failed',
  code: 'notAHotList',
  because: { zh: '这个地址给出的不是热榜', en: 'What this address gives is not a hot list' },
};

function settingsOf(source: Source): HotListSettings {
  const [list, title, heat, link] = ['list', 'title', 'heat', 'link'].map((name) => textOf(source.settings[name]).trim());
  return { ...(list && { list }), ...(title && { title }), ...(heat && { heat }), ...(link && { link }) };
}

export default {
  kind: 'hotlist',
  about: { zh: '热榜：名次与热度随时间的变化', en: 'Hot list: rank and heat over time' },
  settings: [
    {
      name: 'list',
      label: { zh: '榜单在何处', en: 'Where the list is' },
      help: {
        zh: 'JSON：路径，如 data.realtime；网页：CSS 选择器。空着会自动寻找',
        en: 'JSON: a path such as data.realtime; a page: a CSS selector. Found by itself when empty',
      },
      type: 'text',
    },
    { name: 'title', label: { zh: '标题字段（JSON，可空）', en: 'Field of the title (JSON; may be empty)' }, type: 'text' },
    { name: 'heat', label: { zh: '热度字段（JSON，可空）', en: 'Field of the heat (JSON; may be empty)' }, type: 'text' },
    { name: 'link', label: { zh: '链接字段（JSON，可空）', en: 'Field of the link (JSON; may be empty)' }, type: 'text' },
    ZONE_FIELD,
  ],
  standing: 'community',
  manners: { robots: true, pollAtLeast: 15 * MINUTE, pollAtMost: HOUR, pause: SECOND },
  async pull(source: Source, kept: Json, get: Get, now: Instant): Promise<Pulled> {
    const { robots, pause } = source.manners;
    const got = await get(source.address, { accept: ACCEPT, maxBytes: LIST_BYTES, robots, pause });
    if (got.kind !== 'ok') return { items: [], notes: [], cursor: kept, stopped: got };
    const { text, charset } = bytesText(got.bytes, got.headers['content-type'] ?? '');
    const { entries, notes } = readHotList(text, { address: got.address, now, zone: zoneOf(source), settings: settingsOf(source) });
    if (entries.length === 0) return { items: [], notes, cursor: kept, stopped: NO_LIST, charset };
    const items = entries.map(({ title, address, rank, heat }) => ({
      // The title is what an entry is known by: its links carry the place on the list, its numbers change.
      key: title,
      address,
      title,
      body: '',
      kind: 'listing' as const,
      publishedAt: now,
      rank,
      ...(heat > 0 ? { heat, reach: heat } : {}),
    }));
    return { items, notes, cursor: null, charset, ...(got.movedTo === undefined ? {} : { movedTo: got.movedTo }) };
  },
} satisfies Collector;
