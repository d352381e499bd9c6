/**
 * Looks at every page in one look: rules of axe, faults, requests to elsewhere, sideways scroll. One browser context per look, one load
 * per page. The desk stands on canned answers; the public pages come from a real server.
 */
import type { Browser, Page } from 'playwright-core';
import { axe, axeColours, type Look, openPage, setLanguage, setTheme, sideways } from './browser.ts';
import { startFixture } from './fixtureServer.ts';
import { PAGES } from './pages.ts';
import { PUBLIC_PAGES, startPublicWorld } from './publicWorld.ts';

export interface SweepOptions {
  /** Also the other theme, of which only the colours are judged, and the other language at a phone's width; without another load. */
  readonly turned: boolean;
  /** Folder for a picture of each page; null: none. */
  readonly pictures: string | null;
  /** Only pages whose name holds this. */
  readonly filter: string;
  /** Every n-th page from the i-th on; together the parts are all pages. */
  readonly part: readonly [i: number, n: number];
}

export const QUICK: SweepOptions = { turned: true, pictures: null, filter: '', part: [0, 1] };

export interface Swept {
  readonly nPages: number;
  /** One line per remark: page, look, what is wrong. */
  readonly remarks: readonly string[];
}

interface Round {
  readonly page: Page;
  readonly faults: string[];
  readonly look: Look;
  readonly options: SweepOptions;
  readonly remarks: string[];
}

function say(round: Round, name: string, look: Look, lines: readonly string[]): void {
  round.remarks.push(...lines.map((line) => `${name} ${look.width} ${look.lang} ${look.theme}: ${line}`));
}

async function pushed(page: Page): Promise<string[]> {
  const beyond = await sideways(page);
  return beyond === 0 ? [] : [`scrolls sideways by ${beyond}`];
}

/** `allowed`: a fault that belongs to the page, such as the status of a page that says there is nothing. */
async function judge(round: Round, name: string, allowed: string | null): Promise<void> {
  const { page, faults, look, options } = round;
  say(round, name, look, [...(await axe(page)), ...(await pushed(page))]);
  say(
    round,
    name,
    look,
    faults.splice(0).filter((fault) => allowed === null || !fault.includes(allowed)),
  );
  if (options.pictures !== null)
    await page.screenshot({ path: `${options.pictures}/${name}-${look.width}-${look.lang}-${look.theme}.png`, fullPage: true });
}

const PHONE = { width: 390, height: 844 } as const;

/** The desk's page in the other theme, then in the other language on a phone; leaves it as it was. */
async function turn(round: Round, name: string): Promise<void> {
  const { page, look } = round;
  const theme = look.theme === 'light' ? 'dark' : 'light';
  await setTheme(page, theme);
  say(round, name, { ...look, theme }, await axeColours(page));
  await setTheme(page, look.theme);
  const other: Look = { ...look, ...PHONE, lang: look.lang === 'zh' ? 'en' : 'zh' };
  await page.setViewportSize(PHONE);
  await setLanguage(page, other.lang);
  say(round, name, other, [...(await axe(page)), ...(await pushed(page))]);
  await page.setViewportSize({ width: look.width, height: look.height });
}

async function roundOf(browser: Browser, address: string, look: Look, options: SweepOptions): Promise<Round> {
  return { ...(await openPage(browser, address, look)), look, options, remarks: [] };
}

export async function sweepDesk(browser: Browser, look: Look, options: SweepOptions = QUICK): Promise<Swept> {
  const fixture = await startFixture();
  const round = await roundOf(browser, fixture.address, look, options);
  const [i, n] = options.part;
  const pages = PAGES.filter(([name], index) => name.includes(options.filter) && index % n === i);
  for (const [name, path, scene] of pages) {
    fixture.scene = scene ?? 'ready';
    await round.page.goto(`${fixture.address}/desk${path}`);
    await round.page.waitForSelector('h1');
    await round.page.waitForSelector('[aria-busy=true]', { state: 'detached' });
    await judge(round, name, fixture.scene === 'broken' ? '500' : null);
    if (options.turned) await turn(round, name);
  }
  await round.page.context().close();
  await fixture.close();
  return { nPages: pages.length, remarks: round.remarks };
}

/** What a form answers: a report gives a receipt, and the receipt's code shows where the report stands. */
async function sendForms(round: Round, address: string): Promise<void> {
  const { page } = round;
  await page.goto(`${address}/report`);
  await page.locator('textarea').first().fill('东门一带自来水发黄，请查一查。');
  await page.locator('form button').first().click();
  await page.waitForLoadState();
  await judge(round, 'report-sent', null);
  const code = /[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}/u.exec(await page.locator('main').innerText())?.[0];
  if (code === undefined) throw new Error('the page after a report names no receipt code');
  await page.goto(`${address}/receipt`);
  await page.locator('#code').fill(code);
  await page.locator('form button').first().click();
  await page.waitForLoadState();
  await judge(round, 'receipt-found', null);
}

export async function sweepPublic(browser: Browser, look: Look, options: SweepOptions = QUICK): Promise<Swept> {
  const world = await startPublicWorld();
  const round = await roundOf(browser, world.address, look, options);
  const pages = PUBLIC_PAGES.filter(([name]) => name.includes(options.filter));
  for (const [name, path] of pages) {
    await round.page.goto(`${world.address}${path}`);
    await judge(round, `public-${name}`, name.endsWith('unknown') ? '404' : null);
    if (!options.turned) continue;
    const theme = look.theme === 'light' ? 'dark' : 'light';
    await setTheme(round.page, theme);
    say(round, `public-${name}`, { ...look, theme }, await axeColours(round.page));
    await setTheme(round.page, look.theme);
  }
  const isWhole = options.filter === '';
  if (isWhole) await sendForms(round, world.address);
  await round.page.context().close();
  await world.close();
  return { nPages: pages.length + (isWhole ? 2 : 0), remarks: round.remarks };
}
