/** Sources in and out as OPML: hundreds at once, each line through the same admission as a single one, and a word on every line. */
import { canonicalAddress } from '../collect/address.ts';
import { type OpmlLine, readOpml, writeOpml } from '../collect/opml.ts';
import { freshState } from '../collect/pace.ts';
import { admitSource } from '../collect/sourceAdmission.ts';
import type { Io } from '../io.ts';
import { done, type Outcome, type Refusal, refuse } from '../model/outcome.ts';
import type { Source } from '../model/source.ts';
import { SECOND } from '../model/time.ts';
import type { Words } from '../model/words.ts';
import type { NewJob } from '../ports.ts';
import { sayRefusal } from '../text/say.ts';
import { act, entry } from './act.ts';
import { pollJob } from './collectSource.ts';
import { forget } from './memory.ts';
import type { Who } from './who.ts';

export interface ImportedLine {
  readonly line: number;
  readonly title: string;
  readonly address: string;
  readonly result: 'added' | 'known' | 'refused';
  /** Why it was refused; null otherwise. */
  readonly because: Words | null;
}

export interface ImportedSources {
  readonly nAdded: number;
  readonly nKnown: number;
  readonly nRefused: number;
  readonly lines: readonly ImportedLine[];
}

const STEP = ' / ';
/** First polls of many sources are spread, so that what is due already is not held up. */
const APART = 2 * SECOND;

type Judged = { readonly result: 'known' } | { readonly refusal: Refusal } | { readonly source: Source };

function wordsOf({ title, address }: OpmlLine): Words {
  const name = title === '' ? (URL.parse(address)?.host ?? address) : title;
  return { zh: name, en: name };
}

function judgeLine(io: Io, who: Who, line: OpmlLine, known: Set<string>): Judged {
  const kind = line.kind === '' ? 'feed' : line.kind;
  const collector = io.collectors.get(kind);
  if (line.address === '') return { refusal: refuse('collect.badAddress').refusal };
  if (collector?.pull === undefined) return { refusal: refuse('collect.unknownKind', { kind }).refusal };
  const source: Source = {
    id: `src${io.token(40)}`,
    name: wordsOf(line),
    kind,
    address: line.address,
    settings: {},
    standing: collector.standing,
    family: URL.parse(line.address)?.host ?? line.address,
    ...(line.folder.length === 0 ? {} : { group: line.folder.join(STEP).slice(0, 300) }),
    audience: 0,
    manners: collector.manners,
    paused: false,
    addedBy: who.staffId,
    addedAt: io.now(),
    rev: 0,
  };
  const admitted = admitSource(source);
  if (!admitted.ok) return { refusal: admitted.refusal };
  const address = canonicalAddress(line.address) ?? line.address;
  if (known.has(address)) return { result: 'known' };
  known.add(address);
  return { source };
}

function lineOf(line: OpmlLine, judged: Judged): ImportedLine {
  const { title, address } = line;
  const result = 'source' in judged ? 'added' : 'result' in judged ? 'known' : 'refused';
  return { line: line.line, title, address, result, because: 'refusal' in judged ? sayRefusal(judged.refusal) : null };
}

/** One commit for all of them. `http.badRequest` when the text is no OPML; a line that cannot be a source does not stop the others. */
export function importSources(io: Io, who: Who, text: string): Promise<Outcome<ImportedSources>> {
  return act(io, async () => {
    const opml = readOpml(text);
    if (!opml.isOpml) return refuse('http.badRequest', { field: 'opml' });
    const stored = await io.store.list('source');
    const known = new Set(stored.map((source) => canonicalAddress(source.address) ?? source.address));
    const judged = opml.lines.map((line) => judgeLine(io, who, line, known));
    const sources = judged.flatMap((one) => ('source' in one ? [one.source] : []));
    const jobs: NewJob[] = sources.map((source, n) => pollJob(source.id, io.now() + n * APART));
    const lines = opml.lines.map((line, n) => lineOf(line, judged[n]!));
    const count = (result: ImportedLine['result']): number => lines.filter((line) => line.result === result).length;
    return done({
      change: {
        put: { source: sources, sourceState: sources.map((source) => freshState(source.id)) },
        jobs,
        journal: sources.map((source) => entry(io, who, 'collect.sourceAdded', source.id, { kind: source.kind })),
      },
      value: { nAdded: count('added'), nKnown: count('known'), nRefused: count('refused') + opml.nLeftOut, lines },
      after: () => {
        forget(io, 'organisation');
        io.tell({ kind: 'source', id: 'many' });
      },
    });
  });
}

/** Sources that are read from a public address, in their folders. Settings and manners stay here: no other reader knows them. */
export async function exportSources(io: Io): Promise<string> {
  const sources = (await io.store.list('source')).filter((source) => /^https?:/i.test(source.address));
  const rows = sources
    .filter((source) => io.collectors.get(source.kind)?.pull !== undefined)
    .map((source) => ({
      title: source.name.zh,
      address: source.address,
      kind: source.kind,
      folder: source.group === undefined ? [] : source.group.split(STEP),
    }));
  const byName = rows.sort((a, b) => (a.address < b.address ? -1 : 1));
  return writeOpml('闻应 Heed', byName);
}
