/** Everything the scorecard looks at, read through the API: the stream, each document, each issue, the public pages. */
import type { Client } from '../client.ts';
import { readStream, seenRow } from '../finder.ts';
import { asList, asRaw, asText } from '../scenario.ts';
import type { TextMatcher } from '../textMatch.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface ReadDocument {
  readonly id: string;
  /** Null when no text of the scenario fits. */
  readonly textId: string | null;
  readonly issueId: string | null;
  readonly copyOf: string | null;
  readonly view: Row;
}

export interface ReadIssue {
  readonly id: string;
  readonly page: Row;
  readonly row: Row;
}

export interface Reading {
  readonly documents: readonly ReadDocument[];
  readonly issues: readonly ReadIssue[];
  /** Answers as sent, for the search for planted data: path and body. */
  readonly answers: readonly { readonly path: string; readonly body: string }[];
}

export interface ReadKit {
  readonly client: Client;
  readonly matcher: TextMatcher;
  readonly siteOf: ReadonlyMap<string, string>;
}

const PUBLIC = ['/answers', '/answers.atom', '/answers.json', '/about', '/receipt', '/report'];
const DESK = ['/api/today', '/api/account', '/api/issues', '/api/topics', '/api/sources', '/api/bulletins', '/api/journal?limit=2000'];

async function readDocuments(kit: ReadKit, answers: Reading['answers'][number][]): Promise<ReadDocument[]> {
  const rows: Row[] = [];
  await readStream(kit.client, (page) => {
    rows.push(...page);
    return false;
  });
  const seen = new Map(rows.map((row) => [asText(row.id), row]));
  const documents: ReadDocument[] = [];
  for (const [id, row] of seen) {
    const path = `/api/documents/${encodeURIComponent(id)}`;
    const view = { ...row, ...asRaw((await kit.client.get(path)).body) };
    answers.push({ path, body: JSON.stringify(view) });
    const textId = kit.matcher.textOf(seenRow(view, kit.siteOf));
    documents.push({ id, textId, issueId: asText(asRaw(view.issue).id) || null, copyOf: asText(row.copyOf) || null, view });
  }
  return documents;
}

/** Follows merges, so that issues that were joined away are read too: their alerts count. */
async function readIssues(kit: ReadKit, ids: Iterable<string>, answers: Reading['answers'][number][]): Promise<ReadIssue[]> {
  const issues = new Map<string, ReadIssue>();
  const queue = [...new Set(ids)];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (issues.has(id)) continue;
    const path = `/api/issues/${encodeURIComponent(id)}`;
    const reply = await kit.client.get(path);
    if (!reply.ok) continue;
    const page = asRaw(reply.body);
    answers.push({ path, body: JSON.stringify(page) });
    issues.set(id, { id, page, row: asRaw(page.row) });
    for (const merge of asList(page.merges).map(asRaw)) queue.push(asText(merge.from), asText(merge.into));
    if (asText(page.mergedInto) !== '') queue.push(asText(page.mergedInto));
  }
  return [...issues.values()];
}

export async function readAll(kit: ReadKit): Promise<Reading> {
  const answers: Reading['answers'][number][] = [];
  const documents = await readDocuments(kit, answers);
  const listed: string[] = [];
  for (const path of [
    '/api/issues',
    ...['watching', 'closed', 'answered', 'dismissed', 'merged', 'all'].map((state) => `/api/issues?state=${state}`),
  ]) {
    const reply = await kit.client.get(path);
    if (reply.ok) listed.push(...asList(reply.body).map((row) => asText(asRaw(row).id)));
  }
  const ids = [
    ...documents.flatMap((document) => (document.issueId === null ? [] : [document.issueId])),
    ...listed.filter((id) => id !== ''),
  ];
  const issues = await readIssues(kit, ids, answers);
  for (const path of [...DESK, ...PUBLIC]) {
    const { ok, body } = await kit.client.get(path);
    if (ok) answers.push({ path, body: typeof body === 'string' ? body : JSON.stringify(body) });
  }
  return { documents, issues, answers };
}
