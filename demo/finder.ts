/** Finds issues and documents as a person at the desk would: by looking through the stream and the list of issues. Never by a known id. */
import { asList, asRaw, asText } from './scenario.ts';
import type { Client } from './client.ts';
import type { Finder, Scenario, Text } from './scenarioShape.ts';
import type { SeenDocument, TextMatcher } from './textMatch.ts';

export interface StreamFind {
  readonly documentId: string;
  readonly issueId: string | null;
}

const PAGE = 200;
const MOST_PAGES = 40;
/** A row this like the text is it. Higher than for the scorecard, because here only the beginning of a document is seen. */
const SURE = 0.6;
const DAY = 86_400_000;

/** One row of the stream as the matcher takes it. `siteOf` gives the site a source reads. */
export function seenRow(row: Readonly<Record<string, unknown>>, siteOf: ReadonlyMap<string, string>): SeenDocument {
  return {
    site: siteOf.get(asText(row.sourceId)) ?? asText(row.sourceId),
    address: asText(row.address),
    title: asText(row.title),
    text: asText(row.text, asText(row.start)),
    publishedAt: Number(row.publishedAt),
  };
}

/** All rows of the stream, newest first, until `until` says enough. */
export async function readStream(client: Client, until: (rows: readonly Readonly<Record<string, unknown>>[]) => boolean): Promise<void> {
  let before = '';
  for (let n = 0; n < MOST_PAGES; n++) {
    const page = asRaw((await client.get(`/api/stream?filter=all&limit=${PAGE}${before}`)).body);
    const rows = asList(page.rows).map(asRaw);
    if (until(rows) || page.next === null || page.next === undefined || rows.length === 0) return;
    before = `&before=${asText(page.next)}`;
  }
}

export interface FinderKit {
  readonly scenario: Scenario;
  readonly matcher: TextMatcher;
  readonly siteOf: ReadonlyMap<string, string>;
}

export async function findText(client: Client, text: Text, kit: FinderKit): Promise<StreamFind | null> {
  let best: StreamFind | null = null;
  let most = SURE;
  await readStream(client, (rows) => {
    for (const row of rows) {
      const seen = seenRow(row, kit.siteOf);
      if (seen.site !== text.site) continue;
      const score = kit.matcher.score({ ...seen, address: '' }, text);
      if (score <= most) continue;
      most = score;
      best = { documentId: asText(row.id), issueId: asText(asRaw(row.issue).id) || null };
    }
    return Number(rows.at(-1)?.publishedAt ?? 0) < text.at - DAY;
  });
  return best;
}

async function byQuery(client: Client, query: string): Promise<string | null> {
  const rows = asList((await client.get(`/api/issues?q=${encodeURIComponent(query)}`)).body).map(asRaw);
  const sorted = rows.toSorted((a, b) => Number(b.nMentions) - Number(a.nMentions) || asText(a.id).localeCompare(asText(b.id)));
  return asText(sorted[0]?.id) || null;
}

/** The issue that holds the text; where the text is not there or stands in no issue, the largest one for the query. */
export async function findIssue(client: Client, finder: Finder, kit: FinderKit): Promise<string | null> {
  const text = finder.text === undefined ? undefined : kit.scenario.textsById.get(finder.text);
  const found = text === undefined ? null : await findText(client, text, kit);
  if (found?.issueId !== undefined && found.issueId !== null) return found.issueId;
  return finder.query === undefined ? null : byQuery(client, finder.query);
}
