/** The browser the pages are looked at with: Debian's chromium, where it is installed. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';

export const CHROMIUM = '/usr/bin/chromium';
export const hasChromium = existsSync(CHROMIUM);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly lang: 'zh' | 'en';
  readonly theme: 'light' | 'dark';
}

/**
 * A page with language and theme chosen; `faults` gathers console errors, policy violations and requests to elsewhere. The rules of axe
 * come in through the debugger, because the pages themselves allow no foreign script.
 */
export async function openPage(browser: Browser, address: string, look: Look): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    reducedMotion: 'reduce',
    colorScheme: look.theme,
    locale: look.lang === 'zh' ? 'zh-CN' : 'en-GB',
  });
  // The desk follows the system's theme, so that `setTheme` reaches it.
  await context.addInitScript((lang) => {
    localStorage.setItem('heed.language', lang);
    localStorage.setItem('heed.theme', 'auto');
  }, look.lang);
  await context.addInitScript(AXE);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (fault) => faults.push(String(fault)));
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith('data:')) faults.push(`asked elsewhere: ${request.url()}`);
  });
  return { page, faults };
}

const EVERY_RULE = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";

/** Rules broken, one line each; `rules` is the `runOnly` of axe. */
export async function axe(page: Page, rules = EVERY_RULE): Promise<string[]> {
  return page.evaluate(`(async () => {
    const answer = await window.axe.run(document, { resultTypes: ['violations'], runOnly: ${rules} });
    return answer.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' — ' + (n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? '')).join(' | '));
  })()`);
}

/** What another theme can break: colours. A tenth of the time of all rules. */
export function axeColours(page: Page): Promise<string[]> {
  return axe(page, "{ type: 'rule', values: ['color-contrast'] }");
}

/** The other theme without loading the page again: as if the system had changed it. Two frames later every colour stands. */
export async function setTheme(page: Page, theme: Look['theme']): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 20))))');
}

/** The other language without loading the page again: as if it had been chosen in another tab. */
export async function setLanguage(page: Page, lang: Look['lang']): Promise<void> {
  await page.evaluate(`localStorage.setItem('heed.language', '${lang}');
    window.dispatchEvent(new StorageEvent('storage', { key: 'heed.language', newValue: '${lang}' }));`);
  await page.waitForSelector(`html[lang^=${lang}]`);
}

/** Pixels by which the page can be pushed sideways; 0 is right. */
export function sideways(page: Page): Promise<number> {
  return page.evaluate('Math.max(0, document.documentElement.scrollWidth - window.innerWidth)');
}
