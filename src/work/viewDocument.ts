/** One document as the desk reads it: why it stands where it does, which topics it meets and by which words, its copies. */
import type { Io } from '../io.ts';
import { compileQuery, isWatched } from '../judge/match.ts';
import { prepareDocument } from '../judge/preparedText.ts';
import { parseQuery } from '../judge/query.ts';
import type { DocumentView } from '../model/desk.ts';
import type { Document } from '../model/document.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import { streamRows } from './viewRows.ts';

const MOST_COPIES = 100;

/** Topics that are watched now and whose query the document meets, with the places of the words. */
async function matchesOf(io: Io, document: Document): Promise<DocumentView['matches']> {
  const [topics, source] = await Promise.all([io.store.list('topic'), io.store.get('source', document.sourceId)]);
  const facets = source === undefined ? {} : { source: [source.id, source.name.zh, source.name.en, source.family] };
  const prepared = prepareDocument(document, facets);
  return topics.flatMap((topic) => {
    if (!isWatched(topic, io.now())) return [];
    const parsed = parseQuery(topic.query);
    const find = parsed.error === undefined ? compileQuery(parsed.query).find(prepared) : null;
    return find === null ? [] : [{ topicId: topic.id, terms: find.terms, ranges: find.ranges }];
  });
}

async function copiesOf(io: Io, document: Document): Promise<DocumentView['copies']> {
  const first = document.copyOf ?? document.id;
  const [original, copies] = await Promise.all([
    document.copyOf === null ? undefined : io.store.get('document', document.copyOf),
    io.store.list('document', { equal: { copyOf: first }, limit: MOST_COPIES }),
  ]);
  const others = [...(original === undefined ? [] : [original]), ...copies].filter((one) => one.id !== document.id);
  return others.map((one) => ({ id: one.id, sourceId: one.sourceId, publishedAt: one.publishedAt, how: one.copyHow ?? 'first' }));
}

export async function documentView(io: Io, id: string): Promise<Outcome<DocumentView>> {
  const document = await io.store.get('document', id);
  if (document === undefined) return refuse('http.notFound');
  const [rows, mention, matches, copies] = await Promise.all([
    streamRows(io, [document]),
    io.store.get('mention', id),
    matchesOf(io, document),
    copiesOf(io, document),
  ]);
  return done({
    ...rows[0]!,
    text: document.text,
    address: document.address,
    version: document.version,
    marks: document.marks,
    sure: document.sure,
    ...(document.sightings === undefined ? {} : { sightings: document.sightings }),
    because: mention?.because ?? null,
    sharedTerms: mention?.sharedTerms ?? [],
    matches,
    copies,
  });
}
