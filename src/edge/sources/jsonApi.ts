/** Collector: any public interface that answers in JSON. Where its list is and which field is what is told by paths, or guessed. */
import { createHash } from 'node:crypto';
import { LINE_FIELDS } from '../../collect/columns.ts';
import { type JsonMapping, readJsonRecords } from '../../collect/jsonRecords.ts';
import { instantOf } from '../../collect/relativeTime.ts';
import { DOCUMENT_KINDS, type Item } from '../../model/document.ts';
import type { Source } from '../../model/source.ts';
import { DAY, type Instant, MINUTE, SECOND } from '../../model/time.ts';
import type { Json } from '../../model/words.ts';
import type { Collector, Get, NotGot, Pulled, SettingField } from '../../ports.ts';
import { bytesText } from '../bytesText.ts';
import { fieldOf, numberOf, textOf } from '../looseValues.ts';
import { seenMarks } from '../seenMarks.ts';
import { countOf, ZONE_FIELD, zoneOf } from '../sourceSettings.ts';

const ANSWER_BYTES = 10 * 1024 * 1024;

const NO_LIST: NotGot = {
  kind: 'failed',
  code: 'notAJsonList',
  because: { zh: '这个地址给出的不是 JSON 列表', en: 'What this address gives is not a list in JSON' },
};
const NO_TEXT: NotGot = { kind: 'refused', refusal: { code: 'collect.columnsUnknown' } };
const BAD_ADDRESS: NotGot = { kind: 'refused', refusal: { code: 'collect.badAddress' } };

const FIELDS: readonly [name: (typeof LINE_FIELDS)[number], zh: string, en: string][] = [
  ['key', '编号', 'key'],
  ['title', '标题', 'title'],
  ['body', '正文', 'text'],
  ['address', '链接', 'link'],
  ['publishedAt', '发布时间', 'time of publication'],
  ['author', '作者（只留封存的记号）', 'author (kept as a sealed mark only)'],
  ['section', '栏目', 'section'],
  ['place', '地点', 'place'],
  ['reach', '阅读量', 'reach'],
  ['thread', '所属主帖', 'thread'],
];

const settings: readonly SettingField[] = [
  {
    name: 'list',
    label: { zh: '列表的路径', en: 'Path to the list' },
    help: { zh: '如 data.items；空着取最长的列表', en: 'e.g. data.items; empty: the longest list' },
    type: 'text',
  },
  ...FIELDS.map(
    ([name, zh, en]): SettingField => ({
      name,
      label: { zh: `${zh}：字段路径（可空，自动判断）`, en: `Path of the ${en} (may be empty: guessed)` },
      type: 'text',
    }),
  ),
  {
    name: 'kind',
    label: { zh: '文本种类', en: 'Kind of text' },
    type: 'choice',
    choices: ['article', 'post', 'request', 'report'],
    default: 'article',
  },
  { name: 'next', label: { zh: '下一页的路径（可空）', en: 'Path to the next page (may be empty)' }, type: 'text' },
  { name: 'pageParam', label: { zh: '页码参数名（可空）', en: 'Name of the page parameter (may be empty)' }, type: 'text' },
  { name: 'pages', label: { zh: '最多翻几页', en: 'Pages to turn at most' }, type: 'number', default: 3 },
  ZONE_FIELD,
];

function told(source: Source, name: string): string {
  return textOf(source.settings[name]).trim();
}

function mappingOf(source: Source): JsonMapping {
  const fields = Object.fromEntries(LINE_FIELDS.map((field) => [field, told(source, field)]).filter(([, path]) => path !== ''));
  return { list: told(source, 'list'), fields, next: told(source, 'next') };
}

/** The address of the next page: as the answer gives it, with the parameter it names, or the next number. Only on the same host. */
function nextAddress(source: Source, next: string, nPage: number): string {
  const parameter = told(source, 'pageParam');
  const url = URL.parse(source.address);
  if (url === null || (next === '' && (parameter === '' || told(source, 'next') !== ''))) return '';
  if (parameter === '') {
    const target = URL.parse(next, url.href);
    return target !== null && target.host === url.host && /^https?:$/.test(target.protocol) ? target.href : '';
  }
  url.searchParams.set(parameter, next === '' ? String(nPage + 1) : next);
  return url.href;
}

function withKey(item: Item): Item {
  if (item.key !== '') return item;
  const content = JSON.stringify([item.title, item.body, item.publishedAt ?? null, item.author ?? null]);
  return { ...item, key: `json-${createHash('sha256').update(content, 'utf8').digest('hex').slice(0, 24)}` };
}

function kindOf(source: Source): Item['kind'] {
  return DOCUMENT_KINDS.find((kind) => kind === told(source, 'kind')) ?? 'article';
}

export default {
  kind: 'jsonApi',
  about: { zh: '通用 JSON 接口：字段对应可填可猜', en: 'Any JSON interface, its fields mapped or guessed' },
  settings,
  standing: 'press',
  manners: { robots: true, pollAtLeast: 15 * MINUTE, pollAtMost: DAY, pause: SECOND },
  async pull(source: Source, kept: Json, get: Get, now: Instant): Promise<Pulled> {
    const place = fieldOf(kept, 'place') ?? null;
    const address = textOf(fieldOf(place, 'address')) || source.address;
    const nPage = numberOf(fieldOf(place, 'nPage')) ?? 1;
    // A later page that cannot be had ends the walk, not the source.
    const begin = { seen: fieldOf(kept, 'seen') ?? [], place: null };
    if (!URL.canParse(address)) return { items: [], notes: [], cursor: kept, stopped: BAD_ADDRESS };
    const { robots, pause } = source.manners;
    const got = await get(address, { accept: 'application/json', maxBytes: ANSWER_BYTES, robots, pause });
    if (got.kind !== 'ok') {
      const isOver = nPage > 1 && got.kind !== 'later' && got.kind !== 'unchanged';
      return { items: [], notes: isOver ? [`jsonApi.page ${nPage}`] : [], cursor: isOver ? begin : kept, stopped: got };
    }
    const { text, charset } = bytesText(got.bytes, got.headers['content-type'] ?? '');
    const zone = Math.round((now - instantOf(now, zoneOf(source))) / MINUTE);
    const read = readJsonRecords(text, mappingOf(source), { address: got.address, zone, kind: kindOf(source) });
    if (!read.isList || !read.hasText)
      return { items: [], notes: read.notes, cursor: nPage > 1 ? begin : kept, stopped: read.isList ? NO_TEXT : NO_LIST, charset };
    const seen = seenMarks(fieldOf(kept, 'seen'));
    const all = read.items.map(withKey);
    const items = all.filter((item) => seen.isNews(item.key, [item.title, item.body, item.address].join('\n')));
    const next =
      items.length > 0 && items.length === all.length && nPage < countOf(source, 'pages', 3, 50)
        ? nextAddress(source, read.next, nPage)
        : '';
    return {
      items,
      notes: read.notes,
      cursor: { seen: seen.toJson(), place: next === '' ? null : { address: next, nPage: nPage + 1 } },
      charset,
      ...(next === '' ? {} : { more: true }),
      ...(got.movedTo === undefined || nPage > 1 ? {} : { movedTo: got.movedTo }),
    };
  },
} satisfies Collector;
