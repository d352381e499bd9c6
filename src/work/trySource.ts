/** What an address gives, before it is saved: read once by whatever reader fits, with every other way the site can be read. */
import { discoverFeeds, sitemapsOfRobots } from '../collect/siteDiscovery.ts';
import { admitSource } from '../collect/sourceAdmission.ts';
import type { Io } from '../io.ts';
import type { SourceChoice, SourceTest } from '../model/desk.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Source } from '../model/source.ts';
import type { Words } from '../model/words.ts';
import type { Collector, Get, Got, NotGot, Pulled } from '../ports.ts';
import { sayRefusal } from '../text/say.ts';
import { patientGet } from './patientGet.ts';

/** Usual places of feeds that are asked for when a page tells of none: each costs its host's pause. */
const MOST_PROBES = 3;
const MOST_CHOICES = 40;

function trial(io: Io, address: string, collector: Collector): Source {
  return {
    id: 'trial',
    name: { zh: address, en: address },
    kind: collector.kind,
    address,
    settings: {},
    standing: collector.standing,
    family: address,
    audience: 0,
    manners: { ...collector.manners, pause: 0 },
    paused: false,
    addedBy: 'machine',
    addedAt: io.now(),
    rev: 0,
  };
}

function gives(pulled: Pulled): number {
  return pulled.items.length + (pulled.follow?.length ?? 0);
}

function textOf(got: Got | NotGot): string {
  return got.kind === 'ok' ? new TextDecoder().decode(got.bytes) : '';
}

/** The kinds worth trying for what the address answers, in this order. A reader that recognises its own form ends the trying. */
function kindsFor(text: string): readonly string[] {
  const start = text.slice(0, 3000).trimStart();
  if (/^[[{]/.test(start)) return ['feed', 'jsonApi'];
  if (/<(?:\w+:)?(?:urlset|sitemapindex)[\s>]/i.test(start)) return ['sitemap'];
  if (/<meta[^>]{0,200}content="Discourse /i.test(text.slice(0, 20_000))) return ['feed', 'discourse', 'forum', 'page'];
  return ['feed', 'forum', 'page'];
}

interface Tried {
  readonly collector: Collector;
  readonly pulled: Pulled;
}

async function tryKinds(io: Io, address: string, kinds: readonly string[], get: Get): Promise<Outcome<readonly Tried[]>> {
  const tried: Tried[] = [];
  for (const kind of kinds) {
    const collector = io.collectors.get(kind);
    if (collector?.pull === undefined) return refuse('collect.unknownKind', { kind });
    const pulled = await collector.pull(trial(io, address, collector), null, get, io.now());
    tried.push({ collector, pulled });
    if (['feed', 'sitemap', 'discourse'].includes(kind) && pulled.stopped === undefined) break;
  }
  return done(tried);
}

function robotsWords(pulled: Pulled, robots: Got | NotGot | null): Words {
  if (pulled.stopped?.kind === 'refused') return sayRefusal(pulled.stopped.refusal);
  if (robots?.kind === 'ok') return { zh: '有 robots.txt，允许读取此地址', en: 'robots.txt is there and allows this address' };
  return { zh: '没有 robots.txt，按惯例可读', en: 'no robots.txt: by convention it may be read' };
}

/** Does this address answer as this kind? */
async function answers(io: Io, address: string, kind: string, get: Get): Promise<boolean> {
  const collector = io.collectors.get(kind);
  if (collector?.pull === undefined || !admitSource({ address, addedBy: '' }).ok) return false;
  return (await collector.pull(trial(io, address, collector), null, get, io.now())).stopped === undefined;
}

async function feedChoices(io: Io, address: string, html: string, get: Get): Promise<SourceChoice[]> {
  const choices: SourceChoice[] = [];
  let nProbes = 0;
  for (const feed of html === '' ? [] : discoverFeeds(html, address)) {
    const { title } = feed;
    if (feed.how !== 'usual') choices.push({ kind: 'feed', address: feed.address, title, how: feed.how });
    else if (nProbes++ < MOST_PROBES && (await answers(io, feed.address, 'feed', get))) {
      choices.push({ kind: 'feed', address: feed.address, title, how: 'tried' });
      break;
    }
  }
  return choices;
}

/** Sitemaps that robots.txt names are believed; the usual one is asked for. */
async function sitemapChoices(io: Io, address: string, robots: string, get: Get): Promise<SourceChoice[]> {
  const isTold = /^\s*sitemap\s*:/im.test(robots);
  const found: SourceChoice[] = [];
  for (const one of sitemapsOfRobots(robots, address).slice(0, 10)) {
    if (isTold || (await answers(io, one, 'sitemap', get)))
      found.push({ kind: 'sitemap', address: one, title: '', how: isTold ? 'told' : 'tried' });
  }
  return found;
}

/** Each kind and address once, and none that may not become a source. */
function admissible(choices: readonly SourceChoice[]): SourceChoice[] {
  const seen = new Set<string>();
  return choices
    .filter((choice) => {
      const key = `${choice.kind} ${choice.address}`;
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew && admitSource({ address: choice.address, addedBy: '' }).ok;
    })
    .slice(0, MOST_CHOICES);
}

/** Nothing is stored. Takes some seconds: a host is asked once a second. */
export async function testSource(io: Io, input: { readonly address: string; readonly kind?: string }): Promise<Outcome<SourceTest>> {
  const { address } = input;
  const admitted = admitSource({ address, addedBy: '' });
  if (!admitted.ok) return admitted;
  const get = patientGet(io);
  const page = input.kind === undefined ? textOf(await get(address, { pause: 0 })) : '';
  const tried = await tryKinds(io, address, input.kind === undefined ? kindsFor(page) : [input.kind], get);
  if (!tried.ok) return tried;
  const { collector, pulled } = tried.value.reduce((best, next) =>
    gives(next.pulled) > gives(best.pulled) || (next.pulled.stopped === undefined && best.pulled.stopped !== undefined) ? next : best,
  );
  const root = URL.parse('/robots.txt', address);
  const robots = root === null ? null : await get(root.href, { robots: false, pause: 0 });
  const isFeed = collector.kind === 'feed' && pulled.stopped === undefined;
  const own = tried.value
    .filter((one) => one.pulled.stopped === undefined && (gives(one.pulled) > 0 || one.collector === collector))
    .map((one): SourceChoice => ({ kind: one.collector.kind, address: one.pulled.movedTo ?? address, title: '', how: 'tried' }));
  const html = isFeed || collector.kind === 'sitemap' ? '' : page || textOf(await get(address, { pause: 0 }));
  const feeds = await feedChoices(io, address, html, get);
  const sitemaps =
    isFeed || collector.kind === 'sitemap' ? [] : await sitemapChoices(io, address, robots === null ? '' : textOf(robots), get);
  const choices = admissible([...own, ...feeds, ...sitemaps]);
  const listed = [...pulled.items, ...(pulled.follow ?? []).map((follow) => follow.known)];
  return done({
    kind: collector.kind,
    address: pulled.movedTo ?? address,
    charset: pulled.charset ?? null,
    language: pulled.language ?? null,
    nItems: listed.length,
    first: listed.slice(0, 3).map((one) => ({ title: one.title || (one.body ?? '').slice(0, 60), publishedAt: one.publishedAt ?? null })),
    notes: [...pulled.notes, ...(pulled.stopped?.kind === 'failed' ? [pulled.stopped.because.en] : [])],
    robots: robotsWords(pulled, robots),
    nextAt: io.now() + collector.manners.pollAtLeast,
    found: [...new Set(choices.map((choice) => choice.address))].filter((one) => one !== address),
    choices,
  });
}
