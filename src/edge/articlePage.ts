/** Reads a followed page as an article and joins it with what the list or feed had already told. */
import { type Article, readArticle } from '../collect/article.ts';
import type { Item } from '../model/document.ts';
import type { Source } from '../model/source.ts';
import type { Instant } from '../model/time.ts';
import type { Follow, Get, Pulled } from '../ports.ts';
import { bytesText } from './bytesText.ts';
import { secondOpinion } from './secondOpinion.ts';
import { PAGE_ACCEPT, zoneOf } from './sourceSettings.ts';

/** A summary shorter than this is not worth a document of its own when its page cannot be read. */
const WORTH_KEEPING = 20;

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

function onlyKnown(follow: Follow): Item[] {
  const known = baseItem(follow);
  return known.body.length < WORTH_KEEPING ? [] : [{ ...known, marks: [...(known.marks ?? []), 'page.summaryOnly'] }];
}

/**
 * One request. When the page is forbidden or broken, what the feed had told is kept; when it is gone, the item says so. `later` is
 * handed back: the same follow is to be read again then.
 */
export async function readArticlePage(source: Source, follow: Follow, get: Get, now: Instant): Promise<Pulled> {
  const { robots, pause } = source.manners;
  const got = await get(follow.address, { accept: PAGE_ACCEPT, robots, pause });
  const nothing = { items: [], notes: [], cursor: null };
  switch (got.kind) {
    case 'ok':
      break;
    case 'gone':
      return { ...nothing, items: [{ ...baseItem(follow), body: '', gone: true }] };
    case 'refused':
      return { ...nothing, items: onlyKnown(follow), notes: [`page.refused ${got.refusal.code}`] };
    case 'failed':
      return { ...nothing, items: onlyKnown(follow), stopped: got };
    default:
      return { ...nothing, stopped: got };
  }
  const { text, charset } = bytesText(got.bytes, got.headers['content-type'] ?? '');
  const article = readArticle(text, { address: got.address, now, zone: zoneOf(source), secondOpinion });
  const item = join(follow, article);
  return { ...nothing, items: [item], notes: item.body === '' ? ['page.noText'] : [], charset };
}
