/** The browser the desk is looked at with: Debian's chromium, where it is installed. */
import { existsSync } from 'node:fs';
import { readFileSync } from 'node:fs';
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

/** A page with language and theme chosen; `faults` gathers console errors, policy violations and requests to elsewhere. */
export async function openPage(browser: Browser, address: string, look: Look): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: { width: look.width, height: look.height }, reducedMotion: 'reduce' });
  await context.addInitScript(
    ([lang, theme]) => {
      localStorage.setItem('heed.language', lang!);
      localStorage.setItem('heed.theme', theme!);
    },
    [look.lang, look.theme],
  );
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

/** Rules broken, one line each; run through the debugger, because the page itself allows no foreign script. */
export async function axe(page: Page): Promise<string[]> {
  return page.evaluate(`(async () => {
    const module = { exports: {} };
    ${AXE.replaceAll('typeof module', 'typeof undefined')};
    const answer = await window.axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return answer.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' — ' + (n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? '')).join(' | '));
  })()`);
}
