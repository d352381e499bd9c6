/** A browser page that tells when a shown text ran something or asked for something. */
import type { Browser, BrowserContext, Page } from 'playwright-core';

export interface Seen {
  /** Names of hooked functions that were called, and navigations. */
  readonly executed: string[];
  /** Addresses asked for that are not of the shown site. */
  readonly asked: string[];
}

export interface Watched {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly seen: Seen;
}

/** Runs before anything of a page does. */
const HOOKS = `for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
  window[name] = () => { console.debug('drill-executed ' + name); return null; };`;

/** Every handler a person could set off by passing over or clicking; links that go out by http(s) are not followed. */
const PROVOKE = `(() => {
  addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    if (link && /^https?:/.test(link.href)) event.preventDefault();
  }, true);
  for (const element of document.querySelectorAll('*')) {
    for (const { name } of [...element.attributes]) if (name.startsWith('on')) element.dispatchEvent(new Event(name.slice(2), { bubbles: true }));
    if (!element.closest('[data-own]') && /^(?:a|button|svg|input|summary|label)$/i.test(element.localName) && !/^\\/(?:desk|answers|about|report|receipt)/.test(element.getAttribute('href') ?? ''))
      element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  }
})()`;

/** `site`: requests to it are the shown page's own. Everything else is answered by nothing and written down. */
export async function watched(browser: Browser, site: string): Promise<Watched> {
  const context = await browser.newContext();
  const seen: Seen = { executed: [], asked: [] };
  await context.addInitScript(HOOKS);
  await context.route('**/*', async (route) => {
    const address = route.request().url();
    if (address.startsWith(site)) return route.continue();
    seen.asked.push(address);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.text().startsWith('drill-executed')) seen.executed.push(message.text());
  });
  page.on('dialog', (dialog) => {
    seen.executed.push(dialog.type());
    void dialog.dismiss();
  });
  return { context, page, seen };
}

export interface Shown {
  readonly executed: number;
  readonly asked: number;
  readonly text: string;
}

/** What happened since the last call; provokes first unless the page's own buttons would act. */
export async function judge({ page, seen }: Watched, provoke: boolean): Promise<Shown> {
  if (provoke) await page.evaluate(PROVOKE);
  await page.waitForTimeout(30);
  const text = await page.evaluate('document.documentElement.innerText ?? document.documentElement.textContent ?? ""');
  return { executed: seen.executed.splice(0).length, asked: seen.asked.splice(0).length, text: String(text) };
}
