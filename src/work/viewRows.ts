/** Rows of the stream, made of documents with their place in an issue. Keyed reads only. */
import type { Io } from '../io.ts';
import type { StreamRow } from '../model/desk.ts';
import type { Document } from '../model/document.ts';

const START = 160;

export async function streamRows(io: Io, documents: readonly Document[]): Promise<StreamRow[]> {
  const ids = documents.map((document) => document.id);
  const [mentions, decided] = await Promise.all([io.store.many('mention', ids), io.store.many('triage', ids)]);
  const mentionOf = new Map(mentions.map((mention) => [mention.id, mention]));
  const issues = await io.store.many('issue', [...new Set(mentions.map((mention) => mention.issueId))]);
  const issueOf = new Map(issues.map((issue) => [issue.id, issue]));
  const triageOf = new Map(decided.map((one) => [one.id, one.state]));
  const nCopies = await Promise.all(
    documents.map((document) => (document.copyOf === null ? io.store.count('document', { equal: { copyOf: document.id } }) : 0)),
  );
  return documents.map((document, i): StreamRow => {
    const mention = mentionOf.get(document.id);
    const issue = mention === undefined ? undefined : issueOf.get(mention.issueId);
    return {
      id: document.id,
      title: document.title,
      start: document.text.slice(0, START),
      kind: document.kind,
      sourceId: document.sourceId,
      publishedAt: document.publishedAt,
      seenAt: document.seenAt,
      language: document.language,
      issue:
        issue === undefined || mention === undefined
          ? null
          : { id: issue.id, title: issue.title, level: issue.level, score: mention.score },
      topicIds: issue?.topicIds ?? [],
      copyOf: document.copyOf,
      nCopies: nCopies[i] ?? 0,
      place: document.place,
      nRedactions: document.nRedactions,
      triage: triageOf.get(document.id) ?? null,
    };
  });
}
