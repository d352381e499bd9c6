/**
 * One tolerant reader for every XML feed: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, CDF, well-formed or not. It listens to
 * htmlparser2's events and keeps the path of open elements; what it does not know it steps over. No DTD is read.
 */
import { Parser } from 'htmlparser2';
import type { Instant } from '../model/time.ts';
import { FeedBuilder, type FeedRecord, MOST_ENTRIES } from './feedBuilder.ts';
import { decodeEntities, resolveAddress } from './feedShape.ts';

/** Chosen: no feed of everyday use comes near; deeper ones make htmlparser2's closing quadratic (measured). */
const MOST_DEPTH = 256;
const MOST_ATTRIBUTES = 1000;
const MOST_ELEMENTS = 500_000;
/** Characters of one text with its markup; the door keeps far fewer. */
const MOST_TEXT = 1_000_000;
/** Each declaration copies the prefixes known so far. */
const MOST_PREFIXES = 100;

/** Thrown through the parser to stop it, caught in `readXmlFeed`. */
class Stop extends Error {}

const NAMESPACES: readonly [pattern: RegExp, prefix: string][] = [
  [/purl\.org\/dc\/elements/i, 'dc'],
  [/purl\.org\/dc\/terms/i, 'dcterms'],
  [/purl\.org\/rss\/1\.0\/modules\/content/i, 'content'],
  [/purl\.org\/rss\/1\.0\/modules\/syndication/i, 'sy'],
  [/purl\.org\/rss\/1\.0\/modules\//i, 'other'],
  [/itunes\.com\/dtds/i, 'itunes'],
  [/search\.yahoo\.com\/mrss/i, 'media'],
  [/purl\.org\/syndication\/thread/i, 'thr'],
  [/w3\.org\/1999\/xhtml/i, 'xhtml'],
  [/w3\.org\/(?:2000\/svg|1998\/math|1999\/xlink)/i, 'other'],
];
const CORE_NAMESPACE =
  /w3\.org\/2005\/atom|w3\.org\/1999\/02\/22-rdf|purl\.org\/(?:atom|echo|net\/rss|rss\/1\.0\/?$)|netscape\.com\/(?:rdf|publish)|userland\.com\/rss|blogs\.law\.harvard\.edu/i;
const KNOWN_PREFIXES: ReadonlySet<string> = new Set(['dc', 'dcterms', 'content', 'sy', 'itunes', 'media', 'thr', 'xhtml']);
const CORE_PREFIXES: ReadonlySet<string> = new Set(['', 'rdf', 'rss', 'atom', 'atom03', 'atom10', 'a', 'feed', 'default', 'xml']);

interface Open {
  /** `prefix:name` in lower case with a known prefix, `name` for the core, `other:name` for the rest. */
  readonly name: string;
  readonly raw: string;
  readonly base: string;
  readonly language: string;
  readonly namespaces: ReadonlyMap<string, string>;
  readonly record: FeedRecord | null;
  readonly skip: boolean;
}

/** A text that is being read: everything until its element closes belongs to it. */
interface Capture {
  readonly depth: number;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly record: FeedRecord;
  readonly base: string;
  readonly mode: 'text' | 'markup' | 'inline' | 'base64' | 'person';
  text: string;
}

const TEXT_FIELDS: ReadonlySet<string> = new Set(
  'title dc:title media:title itunes:title description dc:description media:description itunes:summary itunes:subtitle subtitle tagline info abstract summary content content:encoded body xhtml:body xhtml:div fullitem link id guid author dc:creator dc:author itunes:author managingeditor webmaster name contributor category dc:subject tags itunes:keywords media:keywords media:category pubdate published issued created updated modified lastbuilddate dc:date dcterms:created dcterms:issued dcterms:modified dcterms:date lastmod language dc:language ttl sy:updateperiod sy:updatefrequency url comments'.split(
    ' ',
  ),
);
const SKIPPED: ReadonlySet<string> = new Set(['image', 'textinput', 'source', 'cloud', 'itunes:owner', 'logo', 'schedule']);

class Reader {
  readonly builder = new FeedBuilder();
  private readonly stack: Open[] = [];
  private capture: Capture | null = null;
  private inCdata = false;
  private nAttributes = 0;
  private nElements = 0;
  private readonly base: string;
  private readonly toInstant: (raw: string) => Instant | null;

  constructor(base: string, toInstant: (raw: string) => Instant | null) {
    this.base = base;
    this.toInstant = toInstant;
  }

  onattribute(): void {
    if (++this.nAttributes > MOST_ATTRIBUTES) throw new Stop('more than 1,000 attributes on one element');
  }

  onopentag(raw: string, attributes: Record<string, string>): void {
    this.nAttributes = 0;
    if (this.stack.length >= MOST_DEPTH) throw new Stop('more than 256 levels of elements');
    if (++this.nElements > MOST_ELEMENTS) throw new Stop('more than 500,000 elements');
    const plain: Record<string, string> = Object.create(null);
    for (const [name, value] of Object.entries(attributes)) plain[name.toLowerCase()] = decodeEntities(value);
    if (this.capture !== null && this.isLost(raw, this.capture)) this.endCapture();
    const open = this.opened(raw, plain);
    this.stack.push(open);
    if (this.capture !== null) this.inside(open);
    else if (!open.skip) this.begin(open, plain);
  }

  private opened(raw: string, attributes: Record<string, string>): Open {
    const parent = this.stack.at(-1);
    const declared = Object.entries(attributes).filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
    let namespaces: ReadonlyMap<string, string> = parent?.namespaces ?? new Map();
    if (declared.length > 0 && namespaces.size + declared.length <= MOST_PREFIXES)
      namespaces = new Map([...namespaces, ...declared.map(([name, uri]) => [name.slice(6), uri] as const)]);
    const base =
      attributes['xml:base'] === undefined
        ? (parent?.base ?? this.base)
        : resolveAddress(attributes['xml:base'], parent?.base ?? this.base) || (parent?.base ?? this.base);
    const name = nameOf(raw, namespaces);
    const skip =
      parent?.skip === true ||
      (SKIPPED.has(name) && !(name === 'source' && this.builder.entry === null)) ||
      (name.startsWith('other:') && !/:(?:rss|feed|channel|item|entry)$/.test(name));
    const record = skip ? null : this.recordOf(name, attributes);
    return { name, raw, base, language: attributes['xml:lang'] ?? parent?.language ?? '', namespaces, record, skip };
  }

  /** The feed or entry that this element belongs to; opens a new entry where one begins. */
  private recordOf(name: string, attributes: Readonly<Record<string, string>>): FeedRecord {
    const local = name.replace(/^other:/, '');
    if (this.capture === null && (local === 'item' || local === 'entry')) {
      if (this.builder.isFull) throw new Stop(`more than ${MOST_ENTRIES} entries`);
      return this.builder.beginEntry(attributes.about ?? attributes['rdf:about'] ?? '');
    }
    return this.builder.entry ?? this.builder.feed;
  }

  private begin(open: Open, attributes: Record<string, string>): void {
    const { name, base } = open;
    const record = open.record ?? this.builder.feed;
    if (/^(?:rss|feed|channel|rdf|other:rss|other:feed|other:channel|item|entry)$/.test(name)) {
      if (name !== 'item' && name !== 'entry') this.builder.isFeed = true;
      if (attributes.href !== undefined) this.builder.addLink(record, resolveAddress(attributes.href, base), 'alternate');
      if (open.language !== '') record.languages.unshift(open.language);
      if (name === 'item' && attributes.lastmod !== undefined) record.updated.push(attributes.lastmod);
      if (name === 'channel' && attributes.lastmod !== undefined) record.updated.push(attributes.lastmod);
      return;
    }
    this.attributesOf(name, attributes, record, base);
    if (TEXT_FIELDS.has(name))
      this.capture = { depth: this.stack.length, name, attributes, record, base, mode: modeOf(name, attributes), text: '' };
  }

  private isRss(): boolean {
    return /^(?:rss|rdf)$/.test(this.stack[0]?.name ?? '');
  }

  /** What is said in attributes alone. */
  private attributesOf(name: string, attributes: Readonly<Record<string, string>>, record: FeedRecord, base: string): void {
    const { href, url, rel, term, label, text } = attributes;
    if (name === 'link' && href !== undefined)
      this.builder.addLink(record, resolveAddress(href, base), rel ?? 'alternate', attributes.type, rel === undefined && this.isRss());
    if ((name === 'enclosure' || name === 'media:content') && url !== undefined) record.enclosures.push(resolveAddress(url, base));
    if (name === 'category') record.tags.push(term ?? '', label ?? '');
    if (name === 'itunes:category') record.tags.push(text ?? '');
    if (name === 'thr:in-reply-to') record.replyTo = attributes.ref ?? href ?? '';
    if (name === 'a' && href !== undefined) this.builder.addLink(record, resolveAddress(href, base), 'alternate');
    if (name === 'lastmod' && attributes.value !== undefined) record.updated.push(attributes.value);
  }

  /** A child inside a text: naked or inline markup, or a part of a person. */
  private inside(open: Open): void {
    const capture = this.capture;
    if (capture === null) return;
    if (capture.mode === 'person') capture.text += open.name === 'email' ? ' (' : ' ';
    else if (capture.name !== 'category' || open.name !== 'category')
      capture.text += `<${localOf(open.raw)}${open.name.endsWith('img') ? ' ' : ''}>`;
  }

  /** An entry that begins inside a text: the text's end tag is missing. */
  private isLost(raw: string, capture: Capture): boolean {
    return capture.mode !== 'inline' && /^(?:\w+:)?(?:item|entry)$/i.test(raw);
  }

  ontext(given: string): void {
    const capture = this.capture;
    if (capture === null || capture.text.length > MOST_TEXT) return;
    const raw = given.length > MOST_TEXT ? given.slice(0, MOST_TEXT) : given;
    const text = this.inCdata ? raw : decodeEntities(raw);
    capture.text += capture.mode === 'inline' ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : text;
  }

  oncdatastart(): void {
    this.inCdata = true;
  }
  oncdataend(): void {
    this.inCdata = false;
  }

  onclosetag(): void {
    const open = this.stack.pop();
    if (open === undefined) return;
    const capture = this.capture;
    if (capture !== null && this.stack.length < capture.depth) this.endCapture();
    else if (capture !== null) capture.text += capture.mode === 'person' ? (open.name === 'email' ? ')' : ' ') : `</${localOf(open.raw)}>`;
    if (this.capture === null && /^(?:other:)?(?:item|entry)$/.test(open.name)) this.builder.endEntry();
  }

  private endCapture(): void {
    const capture = this.capture;
    this.capture = null;
    if (capture === null) return;
    this.builder.put(capture.record, capture.name, capture.attributes, textOfCapture(capture), capture.mode === 'text', (raw) =>
      resolveAddress(raw, capture.base),
    );
  }

  /** The end of the bytes closes everything, also what was cut off. */
  finish(): void {
    if (this.capture !== null) this.endCapture();
    this.builder.endEntry();
  }

  result(notes: readonly string[]): ReturnType<FeedBuilder['build']> {
    return this.builder.build(this.toInstant, notes);
  }
}

function localOf(raw: string): string {
  return raw.slice(raw.indexOf(':') + 1).replace(/[^\w-]/g, '');
}

function nameOf(raw: string, namespaces: ReadonlyMap<string, string>): string {
  const colon = raw.indexOf(':');
  const prefix = colon < 0 ? '' : raw.slice(0, colon).toLowerCase();
  const local = raw.slice(colon + 1).toLowerCase();
  const uri = namespaces.get(prefix);
  if (uri !== undefined) {
    const known = NAMESPACES.find(([pattern]) => pattern.test(uri))?.[1];
    if (known !== undefined) return `${known}:${local}`;
    // An unknown default namespace is one of the many dialects of the core.
    if (prefix === '' || CORE_PREFIXES.has(prefix) || CORE_NAMESPACE.test(uri)) return local;
    return `other:${local}`;
  }
  if (CORE_PREFIXES.has(prefix)) return local;
  return KNOWN_PREFIXES.has(prefix) ? `${prefix}:${local}` : `other:${local}`;
}

const PERSONS: ReadonlySet<string> = new Set(['author', 'contributor']);
const MARKUP_FIELDS =
  /^(?:title|dc:title|media:title|description|dc:description|media:description|itunes:summary|itunes:subtitle|subtitle|tagline|info|abstract|summary|content|content:encoded|body|fullitem)$/;

function modeOf(name: string, attributes: Readonly<Record<string, string>>): Capture['mode'] {
  if (PERSONS.has(name)) return 'person';
  if (name === 'xhtml:body' || name === 'xhtml:div') return 'inline';
  if (!MARKUP_FIELDS.test(name)) return 'text';
  const type = (attributes.type ?? '').toLowerCase();
  const mode = (attributes.mode ?? '').toLowerCase();
  if (mode === 'base64') return 'base64';
  if (mode === 'escaped') return type === 'text/plain' ? 'text' : 'markup';
  if (type === 'xhtml' || type === 'application/xhtml+xml' || mode === 'xml') return 'inline';
  if (type === 'text' || type === 'text/plain') return 'text';
  if (/\/(?!xml|html)|octet|base64/.test(type) && !/\+xml$|\/xml$/.test(type)) return 'base64';
  return 'markup';
}

function fromBase64(text: string): string {
  const packed = text.replace(/[^A-Za-z0-9+/=]/g, '');
  if (packed === '' || packed.length % 4 === 1) return text;
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(packed), (char) => char.charCodeAt(0)));
  } catch {
    // Called base64 but is none: the text itself is the better reading.
    return text;
  }
}

/** The captured text as markup or, for `text`, as plain text. */
function textOfCapture(capture: Capture): string {
  if (capture.mode === 'base64') return fromBase64(capture.text);
  if (capture.mode === 'person')
    return capture.text
      .replace(/\(\s*\)/g, '')
      .replace(/\s+/g, ' ')
      .trim();
  return capture.text;
}

/** Never throws; `notes` say what stopped it. */
export function readXmlFeed(text: string, base: string, toInstant: (raw: string) => Instant | null): ReturnType<FeedBuilder['build']> {
  const reader = new Reader(base, toInstant);
  const notes: string[] = [];
  const parser = new Parser(
    {
      onattribute: () => reader.onattribute(),
      onopentag: (name, attributes) => reader.onopentag(name, attributes),
      ontext: (data) => reader.ontext(data),
      oncdatastart: () => reader.oncdatastart(),
      oncdataend: () => reader.oncdataend(),
      onclosetag: () => reader.onclosetag(),
    },
    { xmlMode: true, decodeEntities: false, lowerCaseTags: false, lowerCaseAttributeNames: false },
  );
  try {
    parser.write(text);
    parser.end();
  } catch (cause) {
    if (!(cause instanceof Stop)) throw cause;
    notes.push(`reading stopped: ${cause.message}`);
  }
  reader.finish();
  return reader.result(notes);
}
