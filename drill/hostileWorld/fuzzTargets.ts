/** Every parser of strangers' texts, each behind one call. Bytes in; a throw is a crash. */
import { accountOf, withoutAccount } from '../../src/collect/accountAddress.ts';
import { canonicalAddress, copyKey } from '../../src/collect/address.ts';
import { decode } from '../../src/collect/charset.ts';
import { parseFeedDate } from '../../src/collect/feedDates.ts';
import { readHotList } from '../../src/collect/hotList.ts';
import { languageOf } from '../../src/collect/language.ts';
import { readLines } from '../../src/collect/lines.ts';
import { readOpml } from '../../src/collect/opml.ts';
import { plainText } from '../../src/collect/plainText.ts';
import { redact } from '../../src/collect/redact.ts';
import { readTime } from '../../src/collect/relativeTime.ts';
import { allowed, crawlDelay, parseRobots } from '../../src/collect/robots.ts';
import { safeHtml } from '../../src/collect/safeHtml.ts';
import { discoverFeeds, hubOfHeader, sitemapsOfRobots } from '../../src/collect/siteDiscovery.ts';
import { readSitemap } from '../../src/collect/sitemap.ts';
import { httpAnswer, warcRecords } from '../../src/collect/warcRecords.ts';
import { runParse } from '../../src/edge/parseTasks.ts';
import { compileQuery } from '../../src/judge/match.ts';
import { parseQuery, printQuery } from '../../src/judge/query.ts';

const ADDRESS = 'http://site.example/n/';
const kit = { address: ADDRESS, now: Date.parse('2026-03-03T08:00:00Z'), zone: 'Asia/Shanghai' };
const textOf = (bytes: Uint8Array) => decode(bytes).text;
const raw = (bytes: Uint8Array) => ({ bytes, contentType: '' });

export interface FuzzTarget {
  readonly name: string;
  /** Which seeds suit it; now and then it is given others. */
  readonly seeds: string;
  readonly run: (bytes: Uint8Array) => unknown;
}

function queryOf(text: string): void {
  const parsed = parseQuery(text);
  if (parsed.query === undefined) return;
  printQuery(parsed.query);
  compileQuery(parsed.query);
}

export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  { name: 'feed', seeds: 'feed', run: (bytes) => runParse({ kind: 'feed', input: { ...raw(bytes), address: ADDRESS, headers: {} } }) },
  { name: 'page', seeds: 'markup', run: (bytes) => runParse({ kind: 'article', input: { ...raw(bytes), kit } }) },
  { name: 'list page', seeds: 'markup', run: (bytes) => runParse({ kind: 'list', input: { ...raw(bytes), kit } }) },
  { name: 'forum', seeds: 'markup', run: (bytes) => runParse({ kind: 'thread', input: { ...raw(bytes), kit } }) },
  { name: 'lines', seeds: 'lines', run: (bytes) => readLines(textOf(bytes)) },
  {
    name: 'robots',
    seeds: 'robots',
    run: (bytes) => {
      const robots = parseRobots(textOf(bytes));
      return [allowed(robots, 'Heed', '/a/b?c'), crawlDelay(robots, 'Heed'), sitemapsOfRobots(textOf(bytes), ADDRESS)];
    },
  },
  { name: 'charset', seeds: 'markup', run: (bytes) => decode(bytes, { contentType: 'text/html; charset=gb2312' }) },
  { name: 'query', seeds: 'query', run: (bytes) => queryOf(textOf(bytes)) },
  { name: 'dates', seeds: 'dates', run: (bytes) => [parseFeedDate(textOf(bytes)), readTime(textOf(bytes), kit)] },
  { name: 'sanitiser', seeds: 'markup', run: (bytes) => safeHtml(textOf(bytes), ADDRESS) },
  { name: 'plain text', seeds: 'markup', run: (bytes) => plainText(textOf(bytes)) },
  { name: 'discovery', seeds: 'markup', run: (bytes) => [discoverFeeds(textOf(bytes), ADDRESS), hubOfHeader(textOf(bytes), ADDRESS)] },
  { name: 'redaction', seeds: 'lines', run: (bytes) => redact(textOf(bytes), { names: ['甲', 'mary'] }) },
  { name: 'hot list', seeds: 'lines', run: (bytes) => readHotList(textOf(bytes), kit) },
  { name: 'OPML', seeds: 'feed', run: (bytes) => readOpml(textOf(bytes)) },
  { name: 'sitemap', seeds: 'feed', run: (bytes) => readSitemap(textOf(bytes), ADDRESS) },
  { name: 'web archive', seeds: 'archive', run: (bytes) => [...warcRecords(bytes)].map(({ block }) => httpAnswer(block)) },
  { name: 'language', seeds: 'dates', run: (bytes) => languageOf(textOf(bytes)) },
  {
    name: 'addresses',
    seeds: 'addresses',
    run: (bytes) => {
      const text = textOf(bytes);
      return [canonicalAddress(text), copyKey(text), withoutAccount(text), URL.canParse(text) ? accountOf(new URL(text)) : null];
    },
  },
];
