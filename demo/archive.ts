/** The ordinary week before the story: each source's texts as one file of JSON lines through the importer, under the keys a collector would use. */
import { asRaw } from './scenario.ts';
import type { Scenario, Text } from './scenarioShape.ts';
import type { Office } from './setUp.ts';
import { shownAs } from './sites/published.ts';
import type { Sites } from './sites.ts';

export interface Imported {
  readonly site: string;
  readonly nLines: number;
  readonly status: number;
  readonly nNew: number;
  readonly nRefused: number;
}

const KINDS: Readonly<Record<string, string>> = { feed: 'article', forum: 'post', fediverse: 'post' };

function lineOf(text: Text, scenario: Scenario, sites: Sites): string {
  const site = scenario.sites.find((each) => each.id === text.site);
  const told = text.boostOf === null ? text : (scenario.textsById.get(text.boostOf) ?? text);
  const tags = told.tags.filter((tag) => !told.body.includes(`#${tag}`)).map((tag) => `#${tag}`);
  const opening = text.thread === null ? null : sites.keyOf(text.thread);
  const sentIn = text.site === 'field' ? 'report' : 'request';
  return JSON.stringify({
    key: sites.keyOf(text.id) ?? `${text.site}-${text.id}`,
    address: sites.pageOf(text.boostOf ?? text.id) ?? '',
    title: told.title,
    body: [shownAs(told, scenario.setting.watch).body, ...(tags.length === 0 ? [] : [tags.join(' ')])].join('\n'),
    author: text.author,
    publishedAt: new Date(text.at).toISOString(),
    kind: text.thread !== null ? 'reply' : (KINDS[site?.kind ?? ''] ?? sentIn),
    ...(opening === null ? {} : { thread: opening }),
    ...(text.place === '' ? {} : { place: text.place }),
    ...(text.service === '' ? {} : { section: text.service }),
    ...(text.sure === '' ? {} : { sure: text.sure }),
    ...(text.image ? { nImages: '1' } : {}),
  });
}

/** What was taken down before the story begins is not in an archive either. */
export function archiveOf(scenario: Scenario, siteId: string): readonly Text[] {
  const { watch } = scenario.setting;
  return scenario.texts.filter((text) => text.site === siteId && text.at < watch && (text.gone === null || text.gone > watch));
}

export async function importArchive(office: Office, scenario: Scenario, sites: Sites, log: (line: string) => void): Promise<Imported[]> {
  const all: Imported[] = [];
  for (const [site, sourceId] of office.sourceIds) {
    const texts = archiveOf(scenario, site);
    if (texts.length === 0) continue;
    const body = texts.map((text) => lineOf(text, scenario, sites)).join('\n');
    const reply = await office.admin.send('POST', `/api/import?sourceId=${encodeURIComponent(sourceId)}`, body, 'application/x-ndjson');
    const { nNew, nRefused } = asRaw(reply.body);
    all.push({ site, nLines: texts.length, status: reply.status, nNew: Number(nNew ?? 0), nRefused: Number(nRefused ?? 0) });
    log(`import ${site}: ${texts.length} lines, ${reply.status} ${reply.ok ? JSON.stringify({ nNew, nRefused }) : reply.code}`);
  }
  return all;
}
