/** A site with a feed (RSS, Atom or JSON Feed) and a page per article. Articles that were taken down answer 410. */
import type { Instant } from '../../src/model/time.ts';
import type { Text } from '../scenarioShape.ts';
import { articlePage, localTime, type PageKit } from './articlePage.ts';
import { escapeMarkup, isGone, paragraphs, type Shown, shownAs, shownAt, summaryOf } from './published.ts';
import { NOT_FOUND, type Site, type SiteAnswer, type SiteKit, type SiteRequest } from './siteShape.ts';

function pathOf(kit: SiteKit, text: Text): string {
  const [day = ''] = localTime(text.at, kit.zone).split(' ');
  const [year = '', month = '', date = ''] = day.split('-');
  return kit.setting.pages.replace('{id}', text.id).replace('{year}', year).replace('{month}', month).replace('{day}', date);
}

function told(kit: SiteKit, shown: Shown): string {
  if (kit.setting.content === 'title') return '';
  return kit.setting.content === 'full' ? paragraphs(shown.body) : escapeMarkup(summaryOf(shown.body));
}

function rss(kit: SiteKit, entries: readonly Shown[]): string {
  const { setting } = kit;
  const items = entries.map(
    (entry) =>
      `<item><title>${escapeMarkup(entry.text.title)}</title><link>${kit.address()}${pathOf(kit, entry.text)}</link>` +
      `<guid isPermaLink="false">${setting.id}-${entry.text.id}</guid><pubDate>${new Date(entry.text.at).toUTCString()}</pubDate>` +
      `${entry.text.author === '' ? '' : `<dc:creator>${escapeMarkup(entry.text.author)}</dc:creator>`}` +
      `<description><![CDATA[${told(kit, entry)}]]></description></item>`,
  );
  return (
    `<?xml version="1.0" encoding="${setting.charset}"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>` +
    `<title>${escapeMarkup(setting.name)}</title><link>${kit.address()}/</link><language>${setting.language}</language>` +
    `<description>${escapeMarkup(setting.name)}</description>${items.join('\n')}</channel></rss>`
  );
}

function atom(kit: SiteKit, entries: readonly Shown[]): string {
  const { setting } = kit;
  const newest = Math.max(0, ...entries.map((entry) => entry.changedAt));
  const items = entries.map(
    (entry) =>
      `<entry><title>${escapeMarkup(entry.text.title)}</title><link rel="alternate" href="${kit.address()}${pathOf(kit, entry.text)}"/>` +
      `<id>tag:${setting.id},2026:${entry.text.id}</id><published>${new Date(entry.text.at).toISOString()}</published>` +
      `<updated>${new Date(entry.changedAt).toISOString()}</updated><author><name>${escapeMarkup(entry.text.author)}</name></author>` +
      `<summary type="${setting.content === 'full' ? 'html' : 'text'}">${setting.content === 'full' ? escapeMarkup(told(kit, entry)) : told(kit, entry)}</summary></entry>`,
  );
  return (
    `<?xml version="1.0" encoding="${setting.charset}"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${setting.language}">` +
    `<title>${escapeMarkup(setting.name)}</title><id>${kit.address()}/</id><updated>${new Date(newest).toISOString()}</updated>${items.join('\n')}</feed>`
  );
}

function json(kit: SiteKit, entries: readonly Shown[]): string {
  const { setting } = kit;
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: setting.name,
    home_page_url: `${kit.address()}/`,
    feed_url: `${kit.address()}${setting.path}`,
    language: setting.language,
    items: entries.map((entry) => ({
      id: `${setting.id}-${entry.text.id}`,
      url: `${kit.address()}${pathOf(kit, entry.text)}`,
      title: entry.text.title,
      ...(setting.content === 'title' ? {} : { content_html: told(kit, entry) }),
      date_published: new Date(entry.text.at).toISOString(),
      ...(entry.edited ? { date_modified: new Date(entry.changedAt).toISOString() } : {}),
      ...(entry.text.author === '' ? {} : { authors: [{ name: entry.text.author }] }),
    })),
  });
}

const TYPES = { rss: 'application/rss+xml', atom: 'application/atom+xml', json: 'application/feed+json' } as const;
const FORMS = { rss, atom, json } as const;

function feedAnswer(kit: SiteKit, now: Instant): SiteAnswer {
  const { form, most } = kit.setting;
  const entries = shownAt(kit.texts, now).slice(-most).reverse();
  const changedAt = Math.max(0, ...entries.map((entry) => entry.changedAt));
  return { status: 200, type: TYPES[form], body: FORMS[form](kit, entries), changedAt };
}

/** The key a reader takes is the guid or id of the entry. */
function keyOf(kit: SiteKit, text: Text): string {
  return kit.setting.form === 'atom' ? `tag:${kit.setting.id},2026:${text.id}` : `${kit.setting.id}-${text.id}`;
}

export function feedSite(kit: SiteKit): Site {
  const byPath = new Map(kit.texts.map((text) => [pathOf(kit, text), text]));
  function page(text: Text, now: Instant): SiteAnswer {
    if (text.at > now) return NOT_FOUND;
    if (isGone(text, now)) return { ...NOT_FOUND, status: 410 };
    const shown = shownAs(text, now);
    const others = shownAt(kit.texts, now).filter((other) => other.text !== text);
    const pageKit: PageKit = { setting: kit.setting, now, zone: kit.zone, pageOf: (other) => pathOf(kit, other.text), others };
    return { status: 200, type: 'text/html', body: articlePage(pageKit, shown), changedAt: shown.changedAt };
  }
  return {
    pageOf: (text) => pathOf(kit, text),
    keyOf: (text) => keyOf(kit, text),
    answer({ path, now }: SiteRequest) {
      if (path === kit.setting.path) return feedAnswer(kit, now);
      const text = byPath.get(path);
      return text === undefined ? null : page(text, now);
    },
  };
}
