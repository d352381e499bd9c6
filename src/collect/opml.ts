/**
 * OPML in and out: the list of subscriptions every feed reader gives and takes. Read without trust: missing titles, folders in folders and
 * bare ampersands are everyday; each outline that names no feed is a line of the report, not an error.
 */
import { Parser } from 'htmlparser2';
import { foldSpace } from './pageTree.ts';
import { resolveAddress } from './feedShape.ts';

export interface OpmlLine {
  /** 1 for the first outline that is no folder. */
  readonly line: number;
  readonly title: string;
  /** Empty when the outline names no http(s) address. */
  readonly address: string;
  /** The collector it was read with, where another Heed wrote the list; empty: a feed. */
  readonly kind: string;
  /** Names of the folders it lies in, outermost first. */
  readonly folder: readonly string[];
}

export interface Opml {
  readonly lines: readonly OpmlLine[];
  /** More lines than are read at once. */
  readonly nLeftOut: number;
  /** False when this is no OPML. */
  readonly isOpml: boolean;
}

/** Chosen: several times the 500 a newsroom has. */
export const MOST_OUTLINES = 5_000;
const MOST_DEPTH = 32;
/** Chosen: no list of a person comes near; deeper ones make htmlparser2's closing quadratic (measured). */
const DEEPEST = 256;
const LONGEST_NAME = 200;

type Attributes = Readonly<Record<string, string>>;

function nameOf(attributes: Attributes): string {
  return foldSpace(attributes.title || attributes.text || '').slice(0, LONGEST_NAME);
}

/** An outline that holds others and names no address is a folder; one that names an address is a subscription wherever it lies. */
function addressOf(attributes: Attributes): string {
  const raw = attributes.xmlurl ?? attributes.url ?? (attributes['heed:kind'] === undefined ? '' : (attributes.htmlurl ?? ''));
  return resolveAddress(raw.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'http://'), '');
}

interface Open {
  readonly folder: string | null;
  readonly attributes: Attributes;
  hasChildren: boolean;
}

/** Thrown through the parser to stop it, caught in `readOpml`. */
class Stop extends Error {}

class Outlines {
  readonly lines: OpmlLine[] = [];
  isOpml = false;
  nLeftOut = 0;
  private depth = 0;
  private readonly open: Open[] = [];

  private add(attributes: Attributes, address: string): void {
    if (this.lines.length >= MOST_OUTLINES) {
      this.nLeftOut++;
      return;
    }
    const folder = this.open.flatMap((one) => (one.folder === null || one.folder === '' ? [] : [one.folder]));
    const kind = address === '' ? '' : (attributes['heed:kind'] ?? '');
    this.lines.push({ line: this.lines.length + 1, title: nameOf(attributes), address, kind: kind.slice(0, 40), folder });
  }

  start(name: string, attributes: Attributes): void {
    if (++this.depth > DEEPEST) throw new Stop();
    if (name === 'opml') this.isOpml = true;
    if (name !== 'outline') return;
    const parent = this.open.at(-1);
    if (parent !== undefined) parent.hasChildren = true;
    const address = addressOf(attributes);
    if (address !== '') this.add(attributes, address);
    const isFolder = address === '' && this.open.length < MOST_DEPTH;
    this.open.push({ folder: isFolder ? nameOf(attributes) : null, attributes, hasChildren: address !== '' });
  }

  end(name: string): void {
    this.depth--;
    if (name !== 'outline') return;
    const closed = this.open.pop();
    // Neither an address nor anything inside: somebody's dead entry, which the report names.
    if (closed !== undefined && !closed.hasChildren) this.add(closed.attributes, '');
  }
}

/** Linear; never throws. What lies deeper than any person's list is not read. */
export function readOpml(text: string): Opml {
  const outlines = new Outlines();
  const parser = new Parser(
    { onopentag: (name, attributes) => outlines.start(name, attributes), onclosetag: (name) => outlines.end(name) },
    { xmlMode: true, decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  try {
    parser.write(text);
    parser.end();
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
  }
  const { lines, nLeftOut, isOpml } = outlines;
  return { lines, nLeftOut, isOpml };
}

export interface OpmlSource {
  readonly title: string;
  readonly address: string;
  readonly kind: string;
  readonly folder: readonly string[];
}

function escaped(text: string): string {
  // Signs that XML 1.0 cannot hold are left out.
  const clean = text.toWellFormed().replace(/[\u0000-\u001f\u007f\ufffe\uffff]/g, ' ');
  return clean.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly sources: OpmlSource[];
}

function outlineOf({ title, address, kind }: OpmlSource): string {
  const name = escaped(title);
  const where = escaped(address);
  if (kind === 'feed') return `<outline type="rss" text="${name}" title="${name}" xmlUrl="${where}"/>`;
  // What is no feed must not be taken for one by other readers: they see a link.
  return `<outline type="link" text="${name}" title="${name}" htmlUrl="${where}" heed:kind="${escaped(kind)}"/>`;
}

function linesOf(folder: Folder, indent: string): string[] {
  const inner = [...folder.folders].flatMap(([name, child]) => [
    `${indent}<outline text="${escaped(name)}" title="${escaped(name)}">`,
    ...linesOf(child, `${indent}  `),
    `${indent}</outline>`,
  ]);
  return [...inner, ...folder.sources.map((source) => indent + outlineOf(source))];
}

/** OPML 2.0. Reading what this wrote and writing it again gives the same text. */
export function writeOpml(title: string, sources: readonly OpmlSource[]): string {
  const root: Folder = { folders: new Map(), sources: [] };
  for (const source of sources) {
    let at = root;
    for (const name of source.folder) {
      const next = at.folders.get(name) ?? { folders: new Map(), sources: [] };
      at.folders.set(name, next);
      at = next;
    }
    at.sources.push(source);
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0" xmlns:heed="urn:heed:opml">',
    `  <head><title>${escaped(title)}</title></head>`,
    '  <body>',
    ...linesOf(root, '    '),
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}
