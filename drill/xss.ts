/**
 * S-XSS-1, 2: hostile markup in every text of a document, a statement, a notice and a paper, shown in Chromium as Heed shows it: on the desk,
 * on the public pages, in the feeds, in the mail and on paper; and what the sanitiser leaves of it on a bare page without a policy. Nothing may
 * run, nothing may be asked for. `--data DIR` adds the rows of the `xss` set to the drill's own.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { setRows } from '../bench/adapters/setRows.ts';
import { parseFeed } from '../src/collect/feed.ts';
import { plainText } from '../src/collect/plainText.ts';
import { safeHtml } from '../src/collect/safeHtml.ts';
import { renderHtml } from '../src/edge/papers/html.ts';
import email from '../src/edge/notifiers/email.ts';
import { hasChromium, launch } from '../test/desk/browser.ts';
import { document, issue, signed, settle, STATEMENT } from '../test/http/rows.ts';
import { browserFor, makeWorld, type World } from '../test/http/testIo.ts';
import { XSS_VECTORS } from './hostileWorld/xssVectors.ts';
import { judge, type Shown, watched, type Watched } from './hostileWorld/xssWatch.ts';
import type { Drill } from './main.ts';

/** Texts shown together; a page is loaded once for each. */
const TOGETHER = 40;
/** Stands at the end of each batch, so that a page that shows nothing is no success. */
const MARK = 'zqshown';
const DIST = join(import.meta.dirname, '..', 'web', 'dist');

interface Row {
  readonly payload?: string;
  readonly html?: string;
  readonly feed_xml?: string;
  readonly feed?: string | object;
  readonly must_keep?: readonly string[];
}

/** Words of harmless markup that the sanitiser takes away. */
function lostOf(rows: readonly Row[]): number {
  const kept = (html: string) => plainText(safeHtml(html, 'http://site.example/')).replace(/\s+/g, ' ');
  return rows.reduce((sum, { html, must_keep = [] }) => {
    const text = html === undefined || must_keep.length === 0 ? '' : kept(html);
    return sum + must_keep.filter((each) => !text.includes(each.replace(/\s+/g, ' '))).length;
  }, 0);
}

/** Own vectors, the set's, and what the feed reader makes of the set's feeds. */
function vectorsOf(data: string | null): {
  readonly vectors: string[];
  readonly feedTexts: string[];
  readonly badAddresses: number;
  readonly lost: number;
} {
  const rows = data === null ? [] : (setRows<Row>(join(data, 'xss')) ?? setRows<Row>(data) ?? []);
  const payloads = rows.flatMap((row) => (row.payload === undefined ? [] : [row.payload]));
  const feeds = rows.flatMap((row) => row.feed_xml ?? row.feed ?? []);
  const read = feeds.map((text) => parseFeed(typeof text === 'string' ? text : JSON.stringify(text), { address: 'http://site.example/' }));
  const entries = read.flatMap((feed) => feed.entries);
  const feedTexts = [
    ...read.flatMap((feed) => [feed.title, feed.subtitle, feed.author]),
    ...entries.flatMap((entry) => [entry.title, entry.content, entry.summary, entry.author, entry.id, ...entry.tags]),
  ].filter((text) => text !== '');
  const addresses = [...read.flatMap((feed) => [feed.link, ...feed.links]), ...entries.flatMap((entry) => [entry.link, ...entry.links])];
  const badAddresses = addresses.filter((address) => address !== '' && !/^https?:\/\//.test(address)).length;
  return { vectors: [...XSS_VECTORS, ...payloads], feedTexts, badAddresses, lost: lostOf(rows) };
}

function batchesOf(texts: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(texts.length / TOGETHER) }, (_, n) => texts.slice(n * TOGETHER, (n + 1) * TOGETHER));
}

interface Tally {
  executed: number;
  asked: number;
  shown: number;
  notShown: number;
}

function count(tally: Tally, shown: Shown): void {
  tally.executed += shown.executed;
  tally.asked += shown.asked;
  if (shown.text.includes(MARK)) tally.shown++;
  else tally.notShown++;
}

const fresh = (): Tally => ({ executed: 0, asked: 0, shown: 0, notShown: 0 });

/** Raw: nothing is sanitised; the control, which must find something. */
async function bare(browser: Browser, vectors: readonly string[], clean: boolean): Promise<Tally & { unstable: number }> {
  const view = await watched(browser, 'about:');
  const tally = { ...fresh(), unstable: 0 };
  // Raw markup would swallow what comes after it: one at a time, and few are enough to see that the watch works.
  const batches = clean ? batchesOf(vectors) : vectors.slice(0, 12).map((each) => [each]);
  for (const batch of batches) {
    const parts = batch.map((each) => (clean ? safeHtml(each, 'http://site.example/') : each));
    if (clean) tally.unstable += parts.filter((part) => safeHtml(part, 'http://site.example/') !== part).length;
    await view.page
      .setContent(`<!doctype html><body>${parts.map((part) => `<div>${part}</div>`).join('')}<p>${MARK}</p>`, { waitUntil: 'load' })
      .catch(() => undefined);
    count(tally, await judge(view, true));
  }
  await view.context.close();
  return tally;
}

async function mails(browser: Browser, batches: readonly string[][]): Promise<Tally> {
  const view = await watched(browser, 'about:');
  const tally = fresh();
  for (const [n, batch] of batches.entries()) {
    let html = '';
    const hands = {
      post: async () => ({ status: 200, headers: {}, body: '' }),
      mail: async (_server: unknown, mail: { readonly html: string }) => {
        html = mail.html;
        return { result: 'sent' as const, why: '' };
      },
    };
    const message = { key: `k${n}`, issueId: 'i', level: 'red', subject: batch[0] ?? '', text: `${batch.join('\n')}\n${MARK}`, link: null };
    await email.send(
      { ...message, pageLink: 'http://heed.example/x', ackBy: null, threadKey: 'issue:i', demo: false },
      { from: 'a@heed.example', to: 'b@heed.example', language: 'en' },
      hands,
    );
    await view.page.setContent(html, { waitUntil: 'load' });
    count(tally, await judge(view, true));
  }
  await view.context.close();
  return tally;
}

async function papers(browser: Browser, batches: readonly string[][]): Promise<Tally> {
  const view = await watched(browser, 'about:');
  const tally = fresh();
  for (const batch of batches) {
    const [title = ''] = batch;
    const table = { kind: 'table' as const, caption: title, head: [title], rows: batch.map((text) => [text]) };
    const blocks = [{ kind: 'list' as const, items: [...batch, MARK] }, table, { kind: 'paragraph' as const, text: title, lead: title }];
    const paper = { language: 'zh' as const, title, masthead: [title], blocks, closing: [title], onePage: false, mark: null };
    // The style sheet's address is the server's own and leads nowhere here.
    await view.page.setContent(renderHtml(paper, 'about:blank'), { waitUntil: 'load' });
    count(tally, await judge(view, true));
  }
  await view.context.close();
  return tally;
}

/** Statements and documents whose every text is hostile, straight into the store: the worst that could ever lie there. */
async function fill(world: World, batches: readonly string[][]): Promise<void> {
  const statements = batches.map((batch, n) => {
    const [a = '', b = ''] = batch;
    const id = `HD-2026-1${String(n).padStart(3, '0')}-1`;
    const text = { title: a, empathy: b, known: batch.join('\n\n'), unknown: a, doing: b, contact: MARK };
    const names = { officeName: { zh: a, en: a }, signerName: b, signerTitle: { zh: a, en: a }, why: b };
    return signed(1, { id: `${id}.v1`, statementId: id, statement: { ...STATEMENT, ...text, id }, ...names, corrections: [] });
  });
  const documents = batches.map((batch, n) => {
    const [title = ''] = batch;
    const address = n % 2 === 0 ? `javascript:alert(${n})` : 'http://site.example/';
    return document(`x${n}`, { title, text: `${batch.join('\n\n')}\n\n${MARK}`, address, place: title, section: title });
  });
  const issues = batches.map((batch, n) =>
    issue(`HD-2026-1${String(n).padStart(3, '0')}`, { title: batch[1] ?? MARK, places: batch.slice(0, 3) }),
  );
  await world.put({ signed: statements, document: documents, issue: issues });
}

async function publicPages(view: Watched, site: string, nBatches: number): Promise<Tally> {
  const tally = fresh();
  const ids = Array.from({ length: nBatches }, (_, n) => `HD-2026-1${String(n).padStart(3, '0')}-1`);
  for (const path of ids.map((id) => `/answers/${id}`)) {
    await view.page.goto(site + path);
    count(tally, await judge(view, true));
  }
  // The list shows titles only.
  await view.page.goto(`${site}/answers`);
  const list = await judge(view, true);
  count(tally, { ...list, text: list.text.length > 500 ? MARK : '' });
  return tally;
}

async function feedPages(view: Watched, site: string): Promise<Tally> {
  const tally = fresh();
  for (const path of ['/answers.atom', '/answers.json']) {
    // A feed may be offered as a download; then its text is shown as a page of the same kind would.
    const reply = await view.context.request.get(site + path);
    const type = /atom/.test(path) ? 'application/xml' : 'text/plain';
    await view.page.route('**/drill-feed', async (route) => route.fulfill({ body: await reply.body(), contentType: type }));
    await view.page.goto(`${site}/drill-feed`);
    count(tally, await judge(view, false));
    await view.page.unroute('**/drill-feed');
  }
  return tally;
}

async function deskPages(view: Watched, site: string, nBatches: number): Promise<Tally> {
  const tally = fresh();
  const { page } = view;
  await page.goto(`${site}/desk/stream`);
  await page.waitForSelector('.stream-open');
  const rows = page.locator('.stream-open');
  const nRows = Math.min(await rows.count(), nBatches);
  for (let n = 0; n < nRows; n++) {
    await rows.nth(n).click();
    await page.waitForTimeout(120);
    count(tally, await judge(view, false));
  }
  for (const path of ['/desk/issues', '/desk/', '/desk/issues/HD-2026-1000']) {
    await page.goto(site + path);
    await page.waitForTimeout(800);
    const shown = await judge(view, false);
    count(tally, { ...shown, text: shown.text.length > 200 ? MARK : '' });
  }
  return tally;
}

async function served(browser: Browser, batches: readonly string[][]): Promise<Record<string, Tally>> {
  const world = await makeWorld({ webFolder: existsSync(join(DIST, 'index.html')) ? DIST : null });
  await settle(world);
  await fill(world, batches);
  await world.app.listen({ port: 0, host: '127.0.0.1' });
  const bound = world.app.server.address();
  const site = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`;
  const view = await watched(browser, site);
  const result: Record<string, Tally> = { public: await publicPages(view, site, batches.length), feeds: await feedPages(view, site) };
  if (existsSync(join(DIST, 'index.html'))) {
    const { cookie } = await browserFor(world, 'duty');
    const [name = '', value = ''] = cookie.split('=');
    await view.context.addCookies([{ name, value, url: site }]);
    result.desk = await deskPages(view, site, batches.length);
  }
  await view.context.close();
  await world.end();
  return result;
}

const drill: Drill = {
  about: 'S-XSS: hostile markup on desk, public pages, feeds, mail, paper and after the sanitiser; 0 executed, 0 asked for (--data DIR)',
  run: async ({ data }) => {
    if (!hasChromium) return { ok: true, skipped: '/usr/bin/chromium is not installed' };
    const { vectors, feedTexts, badAddresses, lost } = vectorsOf(data);
    const batches = batchesOf([...vectors, ...feedTexts]);
    const browser = await launch();
    const raw = await bare(browser, XSS_VECTORS, false);
    const surfaces: Record<string, Tally> = {
      sanitised: await bare(browser, vectors, true),
      mail: await mails(browser, batches),
      paper: await papers(browser, batches),
      ...(await served(browser, batches)),
    };
    await browser.close();
    const all = Object.values(surfaces);
    const sum = (key: keyof Tally) => all.reduce((total, tally) => total + tally[key], 0);
    const [executed, asked, notShown] = [sum('executed'), sum('asked'), sum('notShown')];
    const unstable = (surfaces.sanitised as Tally & { unstable: number }).unstable;
    // Raw markup must be seen to run, or the watch is blind.
    const ok = executed + asked + notShown + unstable + badAddresses + lost === 0 && raw.executed > 0;
    const deskSkipped = surfaces.desk === undefined ? { deskSkipped: 'the desk is not built' } : {};
    return {
      ok,
      vectors: vectors.length,
      feedTexts: feedTexts.length,
      executed,
      asked,
      unstable,
      badAddresses,
      lost,
      notShown,
      rawExecuted: raw.executed,
      surfaces,
      ...deskSkipped,
    };
  },
};
export default drill;
