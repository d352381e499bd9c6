/** Issues that sound like what a clerk types: by shared terms with the newest texts of the week. */
import type { Io } from '../../io.ts';
import type { IssueRow } from '../../model/desk.ts';
import { DAY } from '../../model/time.ts';
import { pickPack } from '../../text/pack.ts';
import { issueRows, LIVE_STATES } from './issueRows.ts';

const MOST_TERMS = 40;
const CANDIDATES = 200;
const MOST = 5;
/** chosen: a third of the typed terms, and never a single one. */
const SHARE = 1 / 3;

export async function similarRows(io: Io, text: string): Promise<IssueRow[]> {
  const pack = pickPack(io.packs, 'und', text);
  const terms = [...new Set(pack.terms(text))].slice(0, MOST_TERMS);
  if (terms.length < 2) return [];
  const node = { any: terms.map((term) => ({ phrase: pack.words(term) })) };
  const now = io.now();
  const documents = await io.store.search({ node, from: now - 7 * DAY, to: now + DAY, limit: CANDIDATES });
  const scored = documents.map((document) => {
    const own = new Set(pack.terms(`${document.title}\n${document.text}`));
    return { id: document.id, shared: terms.filter((term) => own.has(term)).length };
  });
  const near = scored.filter(({ shared }) => shared >= 2 && shared >= terms.length * SHARE);
  const mentions = await io.store.many(
    'mention',
    near.map((one) => one.id),
  );
  const sharedOf = new Map(near.map((one) => [one.id, one.shared]));
  const best = new Map<string, number>();
  for (const { id, issueId } of mentions) best.set(issueId, Math.max(best.get(issueId) ?? 0, sharedOf.get(id) ?? 0));
  const ids = [...best].sort((a, b) => b[1] - a[1]).map(([id]) => id);
  const issues = (await io.store.many('issue', ids)).filter((issue) => LIVE_STATES.includes(issue.state));
  return issueRows(io, issues.slice(0, MOST));
}
