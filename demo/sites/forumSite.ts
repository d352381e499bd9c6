/** A forum: a board of threads over some pages, threads of numbered floors over some pages, and no time but "3 minutes ago". */
import type { Instant } from '../../src/model/time.ts';
import type { Text } from '../scenarioShape.ts';
import { escapeMarkup, isGone, type Shown, shownAs, shownAt } from './published.ts';
import { NOT_FOUND, type Site, type SiteAnswer, type SiteKit, type SiteRequest } from './siteShape.ts';
import { ago, type SiteWords, siteWords } from './siteWords.ts';

const BOARD_PAGES = 3;

interface Thread {
  readonly opening: Text;
  readonly replies: readonly Text[];
}

function threadsOf(texts: readonly Text[]): Map<string, Thread> {
  const threads = new Map<string, { opening: Text; replies: Text[] }>();
  for (const text of texts) if (text.thread === null) threads.set(text.id, { opening: text, replies: [] });
  for (const text of texts) if (text.thread !== null) threads.get(text.thread)?.replies.push(text);
  return threads;
}

function pathOf(kit: SiteKit, openingId: string): string {
  return kit.setting.pages.replace('{id}', openingId);
}

function pager(path: string, nPage: number, nPages: number, words: SiteWords): string {
  const links = Array.from({ length: nPages }, (_, n) =>
    n + 1 === nPage ? `<strong>${n + 1}</strong>` : `<a href="${path}?page=${n + 1}">${n + 1}</a>`,
  );
  const next = nPage < nPages ? `<a class="nxt" href="${path}?page=${nPage + 1}">${words.next}</a>` : '';
  return `<div class="pager">${links.join(' ')} ${next}</div>`;
}

function frame(kit: SiteKit, title: string, content: string): string {
  const { setting } = kit;
  const words = siteWords(setting.language);
  const menu = words.nav.slice(0, 5).map((name, n) => `<a href="/b/${n}">${name}</a>`);
  return (
    `<!doctype html><html lang="${setting.language}"><head><meta charset="${setting.charset}"><title>${escapeMarkup(title)} - ${escapeMarkup(setting.name)}</title></head>` +
    `<body><div class="nav">${menu.join(' ')}</div>${content}<div class="footer">${words.rights}</div></body></html>`
  );
}

function advert(kit: SiteKit): string {
  return kit.setting.advert === '' ? '' : `<div class="ad">${escapeMarkup(kit.setting.advert)}</div>`;
}

interface Row {
  readonly thread: Thread;
  readonly nReplies: number;
  readonly lastAt: Instant;
}

function rowsOf(threads: ReadonlyMap<string, Thread>, now: Instant): Row[] {
  const rows: Row[] = [];
  for (const thread of threads.values()) {
    if (thread.opening.at > now || isGone(thread.opening, now)) continue;
    const replies = thread.replies.filter((reply) => reply.at <= now);
    rows.push({ thread, nReplies: replies.length, lastAt: replies.at(-1)?.at ?? thread.opening.at });
  }
  return rows.sort((a, b) => b.lastAt - a.lastAt || b.thread.opening.id.localeCompare(a.thread.opening.id));
}

function board(kit: SiteKit, threads: ReadonlyMap<string, Thread>, { query, now }: SiteRequest): SiteAnswer {
  const words = siteWords(kit.setting.language);
  const nPage = Math.max(1, Number(query.get('page') ?? 1) || 1);
  const all = rowsOf(threads, now);
  const nPages = Math.min(BOARD_PAGES, Math.max(1, Math.ceil(all.length / kit.setting.most)));
  if (nPage > nPages) return NOT_FOUND;
  const rows = all.slice((nPage - 1) * kit.setting.most, nPage * kit.setting.most).map(({ thread, nReplies, lastAt }, n) => {
    const { opening } = thread;
    const title = opening.title === '' ? opening.body.slice(0, 30) : opening.title;
    return (
      `${n === 4 ? advert(kit) : ''}<li class="thread"><a class="title" href="${pathOf(kit, opening.id)}">${escapeMarkup(title)}</a>` +
      `<span class="author">${escapeMarkup(opening.author)}</span><span class="num">${words.replies(nReplies)}</span>` +
      `<span class="last">${words.lastReply} ${ago(words, lastAt, now)}</span></li>`
    );
  });
  return {
    status: 200,
    type: 'text/html',
    body: frame(
      kit,
      kit.setting.name,
      `<h1>${escapeMarkup(kit.setting.name)}</h1><ul class="threads">${rows.join('\n')}</ul>${pager(kit.setting.path, nPage, nPages, words)}`,
    ),
  };
}

/** `引用 NAME：“…”/——————/own words` and `回复 NAME：/> quoted/own words` are shown as forums do: the quote in a box of its own. */
function floorBody(shown: Shown): string {
  const lines = shown.body.split('\n');
  const rule = lines.findIndex((line) => /^[—-]{4,}$/.test(line.trim()));
  const quoted = rule > 0 ? lines.slice(0, rule) : /^>/.test(lines[1]?.trim() ?? '') ? lines.slice(0, 2) : [];
  const own = rule > 0 ? lines.slice(rule + 1) : lines.slice(quoted.length);
  const quote = quoted.length === 0 ? '' : `<blockquote class="quote">${quoted.map(escapeMarkup).join('<br>')}</blockquote>`;
  return `${quote}${own.map(escapeMarkup).join('<br>\n')}`;
}

function floor(shown: Shown, n: number, words: SiteWords, now: Instant): string {
  const { text } = shown;
  const foot = `<div class="actions"><a href="/reply/${text.id}">${words.reply}</a></div>`;
  const top = `<div class="floor-head"><span class="author">${escapeMarkup(text.author)}</span> <span class="time">${ago(words, text.at, now)}</span> <span class="floor-num">${words.floor(n)}</span></div>`;
  const isRemoved = isGone(text, now);
  const edited = shown.edited ? `<i class="pstatus">${words.edited(ago(words, shown.changedAt, now))}</i>` : '';
  const picture = text.image ? '<img src="/attach/1.jpg" width="480" alt="">' : '';
  const body = isRemoved ? words.removed : `${edited}${floorBody(shown)}${picture}`;
  return `<div class="post" id="pid${text.id}">${top}<div class="post-body">${body}</div>${foot}</div>`;
}

function threadPage(kit: SiteKit, thread: Thread, { query, now }: SiteRequest): SiteAnswer {
  const words = siteWords(kit.setting.language);
  if (thread.opening.at > now || isGone(thread.opening, now)) return NOT_FOUND;
  const floors = [shownAs(thread.opening, now), ...shownAt(thread.replies, now, { gone: true })];
  const nPages = Math.max(1, Math.ceil(floors.length / kit.setting.floors));
  const nPage = Math.max(1, Number(query.get('page') ?? 1) || 1);
  if (nPage > nPages) return NOT_FOUND;
  const from = (nPage - 1) * kit.setting.floors;
  const rows = floors.slice(from, from + kit.setting.floors).map((shown, n) => floor(shown, from + n + 1, words, now));
  const title = thread.opening.title === '' ? thread.opening.body.slice(0, 30) : thread.opening.title;
  const path = pathOf(kit, thread.opening.id);
  const content = `<h1 class="subject">${escapeMarkup(title)}</h1><div class="posts">${rows.join('\n')}</div>${advert(kit)}${pager(path, nPage, nPages, words)}`;
  return { status: 200, type: 'text/html', body: frame(kit, title, content) };
}

export function forumSite(kit: SiteKit): Site {
  const threads = threadsOf(kit.texts);
  const byPath = new Map([...threads.values()].map((thread) => [pathOf(kit, thread.opening.id), thread]));
  return {
    pageOf: (text) => pathOf(kit, text.thread ?? text.id),
    keyOf: (text, host) => `${host}${pathOf(kit, text.thread ?? text.id)}${text.thread === null ? '' : `#pid${text.id}`}`,
    answer(request) {
      if (request.path === kit.setting.path) return board(kit, threads, request);
      const thread = byPath.get(request.path);
      return thread === undefined ? null : threadPage(kit, thread, request);
    },
  };
}
