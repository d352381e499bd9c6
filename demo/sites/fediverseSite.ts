/** A fediverse server as far as readers without an account see it: public timelines paged by id, boosts, tags, pictures, a rate limit. */
import type { Instant } from '../../src/model/time.ts';
import type { Text } from '../scenarioShape.ts';
import { escapeMarkup, isGone, paragraphs, pictureOf, shownAs, shownAt } from './published.ts';
import { NOT_FOUND, type Site, type SiteAnswer, type SiteKit, type SiteRequest } from './siteShape.ts';

const WINDOW = 5 * 60_000;

/** Ids are ordered by time and too large for a number, as on real servers: milliseconds shifted by 16 bits, and the text's number. */
export function statusId(text: Text): string {
  return String((BigInt(text.at) << 16n) + (BigInt(text.id.replace(/\D/g, '') || 0) & 0xffffn));
}

function account(text: Text, kit: SiteKit): object {
  return {
    id: `${text.author.length}${text.author.charCodeAt(0)}`,
    username: text.author,
    acct: text.author,
    display_name: text.author,
    bot: false,
    noindex: false,
    url: `${kit.address()}/@${encodeURIComponent(text.author)}`,
  };
}

function contentOf(text: Text, body: string, kit: SiteKit): string {
  const missing = text.tags.filter((tag) => !body.includes(`#${tag}`));
  const links = missing.map(
    (tag) =>
      `<a href="${kit.address()}/tags/${encodeURIComponent(tag)}" class="mention hashtag" rel="tag">#<span>${escapeMarkup(tag)}</span></a>`,
  );
  return `${paragraphs(body)}${links.length === 0 ? '' : `<p>${links.join(' ')}</p>`}`;
}

function pageOf(text: Text): string {
  return `/@${encodeURIComponent(text.author)}/${statusId(text)}`;
}

function status(text: Text, kit: SiteKit, now: Instant): object {
  const shown = shownAs(text, now);
  const boosted = text.boostOf === null ? undefined : kit.textsById.get(text.boostOf);
  const boosts = kit.texts.filter((other) => other.boostOf === text.id && other.at <= now);
  const description = pictureOf(shown.body);
  const address = `${kit.address()}${pageOf(text)}`;
  return {
    id: statusId(text),
    created_at: new Date(text.at).toISOString(),
    edited_at: shown.edited ? new Date(shown.changedAt).toISOString() : null,
    in_reply_to_id: null,
    sensitive: false,
    spoiler_text: '',
    visibility: 'public',
    language: /\p{Script=Han}/u.test(shown.body) ? 'zh' : 'en',
    uri: address,
    url: address,
    replies_count: 0,
    reblogs_count: boosts.length,
    favourites_count: 0,
    content: boosted === undefined ? contentOf(text, shown.body, kit) : '',
    reblog: boosted === undefined || isGone(boosted, now) ? null : status(boosted, kit, now),
    account: account(text, kit),
    media_attachments:
      text.image && boosted === undefined
        ? [
            {
              id: text.id,
              type: 'image',
              url: `${kit.address()}/media/${text.id}.jpg`,
              description: description === '' ? null : description,
            },
          ]
        : [],
    tags: text.tags.map((name) => ({ name, url: `${kit.address()}/tags/${encodeURIComponent(name)}` })),
    mentions: [],
    emojis: [],
  };
}

const longer = (a: string, b: string): boolean => BigInt(a) > BigInt(b);

function timeline(kit: SiteKit, { path, query, now }: SiteRequest, tag: string | null): SiteAnswer {
  const limit = Math.min(40, Math.max(1, Number(query.get('limit') ?? 20) || 20));
  const [maxId, sinceId] = [query.get('max_id'), query.get('since_id')];
  const found = shownAt(kit.texts, now)
    .map(({ text }) => text)
    .filter((text) => tag === null || text.tags.some((each) => each.toLowerCase() === tag.toLowerCase()))
    .filter((text) => (maxId === null || longer(maxId, statusId(text))) && (sinceId === null || longer(statusId(text), sinceId)))
    .sort((a, b) => (longer(statusId(a), statusId(b)) ? -1 : 1))
    .slice(0, limit);
  const [first, last] = [found[0], found.at(-1)];
  const headers: Record<string, string> =
    first === undefined || last === undefined
      ? {}
      : {
          link: `<${kit.address()}${path}?max_id=${statusId(last)}>; rel="next", <${kit.address()}${path}?min_id=${statusId(first)}>; rel="prev"`,
        };
  return { status: 200, type: 'application/json', body: JSON.stringify(found.map((text) => status(text, kit, now))), headers };
}

export function fediverseSite(kit: SiteKit): Site {
  let windowAt = 0;
  let nAsked = 0;
  const posts = new Map(kit.texts.map((text) => [pageOf(text), text]));

  /** Counts in windows of domain time, as the reset header says. */
  function limited(now: Instant, answer: () => SiteAnswer): SiteAnswer {
    const window = Math.floor(now / WINDOW) * WINDOW;
    if (window !== windowAt) [windowAt, nAsked] = [window, 0];
    nAsked++;
    const left = kit.setting.rateLimit - nAsked;
    const reset = window + WINDOW;
    const headers = {
      'x-ratelimit-limit': String(kit.setting.rateLimit),
      'x-ratelimit-remaining': String(Math.max(0, left)),
      'x-ratelimit-reset': new Date(reset).toISOString(),
    };
    if (left < 0)
      return {
        status: 429,
        type: 'application/json',
        body: '{"error":"Too many requests"}',
        headers: { ...headers, 'retry-after': String(Math.ceil((reset - now) / 1000)) },
      };
    const given = answer();
    return { ...given, headers: { ...headers, ...given.headers } };
  }

  function page(text: Text, now: Instant): SiteAnswer {
    if (text.at > now || isGone(text, now)) return NOT_FOUND;
    return {
      status: 200,
      type: 'text/html',
      body: `<!doctype html><html><head><meta charset="utf-8"><title>${escapeMarkup(kit.setting.name)}</title></head><body>${contentOf(text, shownAs(text, now).body, kit)}</body></html>`,
    };
  }

  return {
    pageOf,
    keyOf: (text) => statusId(text),
    answer(request) {
      const { path, now } = request;
      if (path === '/api/v1/timelines/public') return limited(now, () => timeline(kit, request, null));
      const tag = /^\/api\/v1\/timelines\/tag\/([^/]+)$/.exec(path)?.[1];
      if (tag !== undefined) return limited(now, () => timeline(kit, request, decodeURIComponent(tag)));
      const text = posts.get(path);
      return text === undefined ? null : page(text, now);
    },
  };
}
