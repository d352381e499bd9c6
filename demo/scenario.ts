/** Reads a scenario folder. A mistake in it stops the demo with the file and the place; nothing is guessed. `truth.json` is not read here. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../src/model/time.ts';
import type { Json, Words } from '../src/model/words.ts';
import type { Beat, Fault, Finder, Scenario, Setting, SiteSetting, Text } from './scenarioShape.ts';

type Raw = Readonly<Record<string, unknown>>;

export function asRaw(value: unknown): Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : {};
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asText(value: unknown, otherwise = ''): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : otherwise;
}

function asWords(value: unknown): Words | null {
  const { zh, en } = asRaw(value);
  return typeof zh === 'string' && typeof en === 'string' ? { zh, en } : null;
}

/** RFC 3339 with an offset; anything else is a mistake in the scenario. */
export function readInstant(value: unknown, where: string): Instant {
  const at = /T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)$/.test(asText(value)) ? Date.parse(asText(value)) : Number.NaN;
  if (Number.isNaN(at)) throw new Error(`${where}: ${JSON.stringify(value)} is not a time with an offset`);
  return at;
}

function readText(raw: Raw, where: string): Text {
  const id = asText(raw.id);
  const site = asText(raw.site);
  if (id === '' || site === '') throw new Error(`${where}: a text needs id and site`);
  const at = readInstant(raw.at, where);
  const edits = asList(raw.edits).map((edit) => ({ at: readInstant(asRaw(edit).at, where), body: asText(asRaw(edit).body) }));
  return {
    id,
    site,
    at,
    title: asText(raw.title),
    body: asText(raw.body),
    author: asText(raw.author),
    thread: asText(raw.thread) || null,
    boostOf: asText(raw.boostOf) || null,
    edits: edits.sort((a, b) => a.at - b.at),
    gone: raw.gone === undefined ? null : readInstant(raw.gone, where),
    tags: asList(raw.tags).map((tag) => asText(tag)),
    image: raw.image === true,
    place: asText(raw.place),
    service: asText(raw.service),
    sure: asText(raw.sure),
    raiser: asText(raw.raiser),
  };
}

function readFault(value: unknown, where: string): Fault {
  const raw = asRaw(value);
  const retryAfter = typeof raw.retryAfter === 'number' ? raw.retryAfter : null;
  return { from: readInstant(raw.from, where), to: readInstant(raw.to, where), status: Number(raw.status ?? 503), retryAfter };
}

const SITE_KINDS = ['feed', 'forum', 'fediverse'] as const;
const FORMS = ['rss', 'atom', 'json'] as const;
const CONTENTS = ['full', 'summary', 'title'] as const;
const AROUNDS = ['none', 'light', 'heavy'] as const;

function oneOf<T extends string>(value: unknown, choices: readonly T[], otherwise: T): T {
  return choices.find((choice) => choice === value) ?? otherwise;
}

function readSite(value: unknown, index: number): SiteSetting {
  const raw = asRaw(value);
  const where = `sites.json, site ${index + 1}`;
  const id = asText(raw.id);
  if (id === '' || !SITE_KINDS.some((kind) => kind === raw.kind))
    throw new Error(`${where}: a site needs id and kind (${SITE_KINDS.join(', ')})`);
  const number = Number(raw.number ?? index + 1);
  const kind = oneOf(raw.kind, SITE_KINDS, 'feed');
  return {
    id,
    number,
    kind,
    name: asText(raw.name, id),
    language: asText(raw.language, 'en'),
    form: oneOf(raw.form, FORMS, 'rss'),
    path: asText(raw.path, kind === 'feed' ? '/feed.xml' : '/'),
    pages: asText(raw.pages, kind === 'forum' ? '/thread/{id}' : '/{year}/{month}/{id}.html'),
    content: oneOf(raw.content, CONTENTS, 'full'),
    around: oneOf(raw.around, AROUNDS, 'light'),
    most: Number(raw.most ?? 20),
    floors: Number(raw.floors ?? 15),
    charset: raw.charset === 'gb18030' ? 'gb18030' : 'utf-8',
    charsetHeader: raw.charsetHeader === null ? null : asText(raw.charsetHeader, asText(raw.charset, 'utf-8')),
    validators: raw.validators !== false,
    gzip: raw.gzip === true,
    redirects: asList(raw.redirects).map((each) => ({
      from: asText(asRaw(each).from),
      to: asText(asRaw(each).to),
      status: Number(asRaw(each).status ?? 301),
    })),
    robots: Array.isArray(raw.robots) ? raw.robots.map((line) => asText(line)) : null,
    faults: asList(raw.faults).map((fault) => readFault(fault, where)),
    newLayoutAt: raw.newLayoutAt === undefined ? null : readInstant(raw.newLayoutAt, where),
    rateLimit: Number(raw.rateLimit ?? 300),
    advert: asText(raw.advert),
  };
}

function readBeat(value: unknown, index: number): Beat {
  const { at, who, do: step, issue, say, as, ...rest } = asRaw(value);
  const where = `beats.json, beat ${index + 1}`;
  if (asText(step) === '') throw new Error(`${where}: a beat needs "do"`);
  const finder: Finder | null = issue === undefined ? null : (asRaw(issue) as Finder);
  return {
    at: readInstant(at, where),
    who: asText(who),
    do: asText(step),
    issue: finder,
    say: asWords(say),
    as: asText(as) || null,
    with: rest as { readonly [name: string]: Json },
  };
}

function readSetting(raw: Raw): Setting {
  const where = 'scenario.json';
  const name = asWords(raw.name);
  if (name === null) throw new Error(`${where}: name needs zh and en`);
  const list = (key: string) => asList(raw[key]);
  const shaped = raw as unknown as Setting;
  return {
    ...shaped,
    name,
    language: raw.language === 'zh' ? 'zh' : 'en',
    base: readInstant(raw.base, where),
    watch: readInstant(raw.watch, where),
    end: readInstant(raw.end, where),
    pace: list('pace').map((step) => ({ until: readInstant(asRaw(step).until, where), seconds: Number(asRaw(step).seconds) })),
    tiers: shaped.tiers ?? [],
    duties: shaped.duties ?? [],
    people: shaped.people ?? [],
    spokespersons: shaped.spokespersons ?? [],
    channels: shaped.channels ?? [],
    topics: shaped.topics ?? [],
    sources: shaped.sources ?? [],
    places: shaped.places ?? [],
    clerk: asText(raw.clerk) || null,
    reporter: asText(raw.reporter) || null,
    dutyOfficer: asText(raw.dutyOfficer) || null,
    services: shaped.services ?? {},
    answering: shaped.answering ?? [],
    properNames: shaped.properNames ?? [],
  };
}

async function readJson(folder: string, name: string): Promise<unknown> {
  const text = await readFile(join(folder, name), 'utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${name} is not JSON`, { cause });
  }
}

/** `otherwise` is taken when there is no such file. */
async function readOptional(folder: string, name: string, otherwise: unknown): Promise<unknown> {
  const names = await readdir(folder);
  return names.includes(name) ? readJson(folder, name) : otherwise;
}

async function readTexts(folder: string): Promise<Text[]> {
  const names = (await readdir(join(folder, 'texts'))).filter((name) => name.endsWith('.jsonl')).sort();
  const texts: Text[] = [];
  for (const name of names) {
    const lines = (await readFile(join(folder, 'texts', name), 'utf8')).split('\n');
    for (const [n, line] of lines.entries())
      if (line.trim() !== '') texts.push(readText(asRaw(JSON.parse(line)), `texts/${name}, line ${n + 1}`));
  }
  return texts.sort((a, b) => a.at - b.at || a.id.localeCompare(b.id, 'en', { numeric: true }));
}

export async function loadScenario(folder: string): Promise<Scenario> {
  const setting = readSetting(asRaw(await readJson(folder, 'scenario.json')));
  const sites = asList(asRaw(await readOptional(folder, 'sites.json', {})).sites).map(readSite);
  const beats = asList(asRaw(await readOptional(folder, 'beats.json', {})).beats).map(readBeat);
  const texts = await readTexts(folder);
  const textsById = new Map(texts.map((text) => [text.id, text]));
  if (textsById.size !== texts.length) throw new Error('texts: two texts have one id');
  const order = new Map(beats.map((beat, n) => [beat, n]));
  beats.sort((a, b) => a.at - b.at || (order.get(a) ?? 0) - (order.get(b) ?? 0));
  return { folder, setting, sites, beats, texts, textsById };
}
