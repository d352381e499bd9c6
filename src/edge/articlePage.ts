/** Reads a followed page as an article and joins it with what the list or feed had already told. */
import type { Article } from '../collect/article.ts';
import type { Item } from '../model/document.ts';
import type { Source } from '../model/source.ts';
import type { Instant } from '../model/time.ts';
import type { Follow, Get, Got, Pulled } from '../ports.ts';
import { parseApart, stripApart } from './parseApart.ts';
import { PAGE_ACCEPT, zoneOf } from './sourceSettings.ts';

/** Title and summary shorter than this together are not worth a document of their own when the page cannot be read. */
const WORTH_KEEPING = 10;

function baseItem(follow: Follow): Item {
  const { known } = follow;
  return { kind: 'article', title: '', body: '', ...known, key: follow.key, address: known.address ?? follow.address };
}

/** The page's text wins unless it is shorter than what was known; times and titles of a feed win over those of the page. */
function join(follow: Follow, article: Article): Item {
  const known = baseItem(follow);
  const publishedAt = known.publishedAt ?? article.publishedAt;
  const author = known.author ?? article.author;
  const language = known.language ?? article.language;
  return {
    ...known,
    title: known.title === '' ? article.title : known.title,
    body: article.text.length >= known.body.length ? article.text : known.body,
    marks: [...(known.marks ?? []), ...article.marks],
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(author === undefined ? {} : { author }),
    ...(language === undefined ? {} : { language }),
  };
}

/** A title alone does not take the place of a text that was read before. */
function onlyKnown(follow: Follow): Item[] {
  const known = baseItem(follow);
  const told = follow.readBefore === true ? known.body : known.title + known.body;
  return told.trim().length < WORTH_KEEPING ? [] : [{ ...known, marks: [...(known.marks ?? []), 'page.summaryOnly'] }];
}

/** A dead link does not unsay what the feed says. Only a text that was read before and whose page now says "gone for good" is gone. */
function whenGone(follow: Follow, status: number): Pulled {
  const notes = [`page.gone ${status}`];
  if (status !== 410 || follow.readBefore !== true) return { items: onlyKnown(follow), notes, cursor: null };
  return { items: [{ ...baseItem(follow), body: '', gone: true }], notes, cursor: null };
}

/** A page that broke a limit of time or memory gives its text without tags, marked. */
async function articleOf(got: Got, source: Source, now: Instant): Promise<{ readonly article: Article; readonly charset: string }> {
  const contentType = got.headers['content-type'] ?? '';
  const kit = { address: got.address, now, zone: zoneOf(source) };
  const parsed = await parseApart('article', { bytes: got.bytes, contentType, kit });
  if (parsed.ok) return { article: parsed.value, charset: parsed.value.charset };
  const { text, charset } = await stripApart(got.bytes, contentType);
  return { article: { title: '', text, marks: ['page.stripped'], isSure: false }, charset };
}

/**
 * One request. When the page is forbidden, broken or missing, what the feed had told is kept. `later` is handed back: the same follow
 * is to be read again then.
 */
export async function readArticlePage(source: Source, follow: Follow, get: Get, now: Instant): Promise<Pulled> {
  const { robots, pause } = source.manners;
  const got = await get(follow.address, { accept: PAGE_ACCEPT, robots, pause });
  const nothing = { items: [], notes: [], cursor: null };
  switch (got.kind) {
    case 'ok':
      break;
    case 'gone':
      return whenGone(follow, got.status);
    case 'refused':
      return { ...nothing, items: onlyKnown(follow), notes: [`page.refused ${got.refusal.code}`] };
    case 'failed':
      return { ...nothing, items: onlyKnown(follow), stopped: got };
    default:
      return { ...nothing, stopped: got };
  }
  const { article, charset } = await articleOf(got, source, now);
  const item = join(follow, article);
  return { ...nothing, items: [item], notes: item.body === '' ? ['page.noText'] : [], charset };
}
