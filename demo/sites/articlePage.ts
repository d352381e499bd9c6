/** One article as a page of a news site: little around it, or a lot; and two layouts, because sites are rebuilt while they are read. */
import type { Instant } from '../../src/model/time.ts';
import type { SiteSetting } from '../scenarioShape.ts';
import { escapeMarkup, paragraphs, type Shown } from './published.ts';
import { type SiteWords, siteWords } from './siteWords.ts';

export interface PageKit {
  readonly setting: SiteSetting;
  readonly now: Instant;
  readonly zone: string;
  /** Path of a text's page. */
  readonly pageOf: (shown: Shown) => string;
  /** What else the site shows now, newest last. */
  readonly others: readonly Shown[];
}

/** Making one costs a millisecond, and pages show many times. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-03-10 09:05` on the wall clock of the zone. */
export function localTime(at: Instant, zone: string): string {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  formats.set(zone, format);
  return format.format(at);
}

function menu(words: SiteWords): string {
  return `<nav class="topnav"><ul>${words.nav.map((name, n) => `<li><a href="/${n === 0 ? '' : `c${n}/`}">${name}</a></li>`).join('')}</ul></nav>`;
}

/** The hot list repeats titles and beginnings of other articles on every page: the trap for readers that take the whole page. */
function hotList(kit: PageKit, words: SiteWords, most: number): string {
  const rows = kit.others
    .slice(-most)
    .reverse()
    .map(
      (other) =>
        `<li><a href="${kit.pageOf(other)}">${escapeMarkup(other.text.title)}</a><em>${escapeMarkup(other.body.slice(0, 28))}…</em></li>`,
    );
  return `<aside class="sidebar"><h3>${words.hot}</h3><ol class="hot-list">${rows.join('')}</ol></aside>`;
}

function footer(kit: PageKit, words: SiteWords): string {
  const links = words.nav.map((name) => `<a href="/about/${encodeURIComponent(name)}">${name}</a>`).join(' | ');
  return `<footer class="footer"><p>${links}</p><p>${words.rights}</p><p>© ${escapeMarkup(kit.setting.name)}</p></footer>`;
}

function head(kit: PageKit, shown: Shown): string {
  const { setting } = kit;
  return (
    `<head><meta charset="${setting.charset}"><title>${escapeMarkup(shown.text.title)} - ${escapeMarkup(setting.name)}</title>` +
    `<meta name="viewport" content="width=device-width"><script>window.track=function(){return 1}</script></head>`
  );
}

function firstLayout(kit: PageKit, shown: Shown, words: SiteWords): string {
  const { text, body } = shown;
  const isHeavy = kit.setting.around === 'heavy';
  const around = isHeavy
    ? `<div class="related"><h4>${words.more}</h4><ul>${kit.others
        .slice(0, 8)
        .map((other) => `<li><a href="${kit.pageOf(other)}">${escapeMarkup(other.text.title)}</a></li>`)
        .join('')}</ul></div><div class="subscribe">${words.subscribe}</div><div class="cookie-consent">${words.cookies}</div>`
    : '';
  return (
    `<body><header>${menu(words)}</header><div class="wrap"><div class="main"><h1>${escapeMarkup(text.title)}</h1>` +
    `<div class="info"><span>${localTime(text.at, kit.zone)}</span> <span>${escapeMarkup(text.author)}</span></div>` +
    `<div class="article-content">${paragraphs(body)}${text.image ? '<img src="/img/1.jpg" width="640" alt="">' : ''}</div>` +
    `<div class="share">${words.share}</div>${around}</div>${isHeavy ? hotList(kit, words, 12) : hotList(kit, words, 4)}</div>${footer(kit, words)}</body>`
  );
}

/** Nothing of the first layout's marks is left, and the text stands in one element with line breaks. */
function secondLayout(kit: PageKit, shown: Shown, words: SiteWords): string {
  const { text, body } = shown;
  const lines = body.split('\n').map(escapeMarkup).join('<br><br>\n');
  return (
    `<body><div id="app"><div class="x-top">${words.nav.map((name) => `<span>${name}</span>`).join('')}</div><section class="x-grid">` +
    `<div class="x-l"><h2 class="x-t">${escapeMarkup(text.title)}</h2><div class="x-m">${escapeMarkup(text.author)} ${localTime(text.at, kit.zone)}</div>` +
    `<div class="x-b">${lines}</div><div class="x-e">${words.editor}</div></div>` +
    `<div class="x-r">${hotList(kit, words, 6)}</div></section>${footer(kit, words)}</div></body>`
  );
}

export function articlePage(kit: PageKit, shown: Shown): string {
  const { setting, now } = kit;
  const words = siteWords(setting.language);
  const start = `<!doctype html><html lang="${setting.language}">${head(kit, shown)}`;
  if (setting.around === 'none') {
    const { text, body } = shown;
    return `${start}<body><article><h1>${escapeMarkup(text.title)}</h1><time>${localTime(text.at, kit.zone)}</time>${paragraphs(body)}</article></body></html>`;
  }
  const isNew = setting.newLayoutAt !== null && setting.newLayoutAt <= now;
  return `${start}${isNew ? secondLayout(kit, shown, words) : firstLayout(kit, shown, words)}</html>`;
}
