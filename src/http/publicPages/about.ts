/** /about: made from what this Heed is set to at this moment (R-21), with nothing to keep up to date by hand. */
import type { Io } from '../../io.ts';
import type { WordKey } from '../../text/say.ts';
import { sayIn } from '../../text/say.ts';
import { html, type Markup, paragraphs, when } from './markup.ts';
import type { PageParts, Scene } from './page.ts';
import { NEVER } from './words.ts';

async function sourcesOf(io: Io, scene: Scene): Promise<Markup> {
  const say = sayIn(scene.language);
  const sources = (await io.store.list('source')).filter((source) => !source.paused);
  const rows = sources.map((source) => {
    const about = io.collectors.get(source.kind)?.about;
    const address = /^https?:/.test(source.address) ? html`<br><span class="quiet">${source.address}</span>` : null;
    return html`<tr><td>${scene.w(source.name)}${address}</td><td>${say(`standing.${source.standing}` as WordKey)}</td><td>${about === undefined ? source.kind : scene.w(about)}</td></tr>`;
  });
  return rows.length === 0 ? html`<p>${scene.t('none')}</p>` : html`<table><tbody>${rows}</tbody></table>`;
}

async function purposesOf(io: Io, scene: Scene): Promise<Markup> {
  const now = io.now();
  const topics = (await io.store.list('topic')).filter((topic) => topic.purpose.endsAt > now);
  const rows = topics.map(
    (topic) =>
      html`<li>${scene.w(topic.name)}<br><span class="quiet">${scene.t('purpose')}: ${topic.purpose.why} · ${scene.t('until')} ${when(topic.purpose.endsAt, scene.zone, scene.language)}</span></li>`,
  );
  return rows.length === 0 ? html`<p>${scene.t('none')}</p>` : html`<ul class="plain">${rows}</ul>`;
}

/** Kinds of channels that are in use, and how many; never an address. */
async function waysOut(io: Io, scene: Scene): Promise<Markup> {
  const channels = (await io.store.list('channel')).filter((channel) => channel.active);
  const kinds = [...Map.groupBy(channels, (channel) => channel.kind)];
  const rows = kinds.map(([kind, own]) => {
    const about = io.notifiers.get(kind)?.about;
    return html`<li>${about === undefined ? kind : scene.w(about)} · ${scene.t('nChannels', { n: own.length })}</li>`;
  });
  return rows.length === 0 ? html`<p>${scene.t('none')}</p>` : html`<ul>${rows}</ul>`;
}

async function overseer(io: Io, scene: Scene): Promise<Markup> {
  const office = scene.body === null ? undefined : await io.store.get('office', scene.body.oversightId);
  return html`<p>${office === undefined ? scene.t('none') : `${scene.w(office.name)} ${office.hotline}`}</p>`;
}

/** `keptDays`: how long a text in no issue is kept. */
export async function aboutPage(io: Io, scene: Scene, keptDays: number): Promise<PageParts> {
  const [sources, purposes, out, oversight] = await Promise.all([
    sourcesOf(io, scene),
    purposesOf(io, scene),
    waysOut(io, scene),
    overseer(io, scene),
  ]);
  const never = NEVER.map((one) => html`<li>${scene.w(one)}</li>`);
  const main = html`<h1>${scene.t('aboutTitle')}</h1><h2>${scene.t('aboutWhat')}</h2><p>${scene.t('aboutWhatText')}</p><h3>${scene.t('aboutSources')}</h3>${sources}<h2>${scene.t('aboutWhy')}</h2>${purposes}<h2>${scene.t('aboutHowLong')}</h2><p>${scene.t('aboutHowLongText', { days: keptDays })}</p><h2>${scene.t('aboutWho')}</h2><p>${scene.t('aboutWhoText')}</p><h2>${scene.t('aboutOut')}</h2><p>${scene.t('aboutOutText')}</p>${out}<h2>${scene.t('aboutNever')}</h2><ul>${never}</ul><h2>${scene.t('aboutRights')}</h2><p>${scene.t('aboutRightsText')}</p><h2>${scene.t('aboutOversight')}</h2>${oversight}<h2>${scene.t('aboutContact')}</h2>${paragraphs(scene.body?.contact ?? '')}`;
  return { title: scene.t('aboutTitle'), main };
}
