/** The desk, built and opened in a real browser against canned answers. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axe, hasChromium, launch, type Look, openPage } from './browser.ts';
import { type Fixture, type Scene, startFixture } from './fixtureServer.ts';
import { PAGES } from './pages.ts';

const ROOT = join(import.meta.dirname, '../..');
const BUILT = join(ROOT, 'web/dist/index.html');

function newest(folder: string): number {
  return Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.name !== 'dist')
      .map((entry) => (entry.isDirectory() ? newest(join(folder, entry.name)) : statSync(join(folder, entry.name)).mtimeMs)),
  );
}

function buildIfOld(): void {
  if (existsSync(BUILT) && statSync(BUILT).mtimeMs > newest(join(ROOT, 'web'))) return;
  const { VITEST: _own, ...env } = process.env;
  execFileSync(process.execPath, [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build'], { cwd: ROOT, env, stdio: 'pipe' });
}

if (!hasChromium) console.log('desk in the browser: skipped, /usr/bin/chromium is not installed');

const DESK: Look = { width: 1366, height: 768, lang: 'zh', theme: 'light' };
/** Each page is looked at once here, in turn in one of these; `test/desk/shots.ts` looks at every page in every look. */
const LOOKS: readonly Look[] = [
  DESK,
  { width: 390, height: 844, lang: 'en', theme: 'dark' },
  { width: 1366, height: 768, lang: 'en', theme: 'dark' },
  { width: 320, height: 640, lang: 'zh', theme: 'light' },
];

describe.skipIf(!hasChromium)('the desk in the browser', () => {
  let fixture: Fixture;
  let browser: Browser;
  beforeAll(async () => {
    buildIfOld();
    fixture = await startFixture();
    browser = await launch();
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await fixture?.close();
  });

  async function at(path: string, look: Look = DESK, scene: Scene = 'ready'): Promise<{ page: Page; faults: string[] }> {
    fixture.scene = scene;
    fixture.sent.length = 0;
    const { page, faults } = await openPage(browser, fixture.address, look);
    await page.goto(`${fixture.address}/desk${path}`);
    await page.waitForSelector('h1');
    await page.waitForSelector('[aria-busy=true]', { state: 'detached' });
    return { page, faults };
  }
  const sent = (path: string) =>
    fixture.sent.filter((one) => one.path === path).map((one) => JSON.parse(one.body) as Record<string, unknown>);

  PAGES.forEach(([name, path, scene], index) => {
    const look = LOOKS[index % LOOKS.length] ?? DESK;
    test(`${name} in ${look.lang}, ${look.theme}, ${look.width} wide: no rule of axe broken, no fault, nothing asked elsewhere, no sideways scroll`, async () => {
      const { page, faults } = await at(path, look, scene ?? 'ready');
      expect(await axe(page)).toEqual([]);
      expect(scene === 'broken' ? faults.filter((fault) => !fault.includes('500')) : faults).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0);
      await page.context().close();
    }, 60_000);
  });

  test('triage: j moves, u sends the row away, z takes it back', async () => {
    const { page } = await at('/stream?filter=all&at=d1');
    await page.keyboard.press('j');
    await expect.poll(() => new URL(page.url()).searchParams.get('at')).toBe('d2');
    await page.keyboard.press('u');
    await expect.poll(() => sent('/api/triage')).toEqual([{ documentIds: ['d2'], action: 'notRelevant' }]);
    expect(fixture.sent[0]?.token).toBe('token');
    await page.waitForSelector('.toast-undo');
    await page.keyboard.press('z');
    await expect.poll(() => fixture.sent.map((one) => one.path)).toContain('/api/undo/u1');
    await page.context().close();
  }, 60_000);

  test('triage: a selection is attached to the issue that is chosen by Enter', async () => {
    const { page } = await at('/stream?filter=all&at=d4');
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+J');
    await page.keyboard.press('i');
    await page.waitForSelector('.choice-here');
    await page.keyboard.press('Enter');
    await expect.poll(() => sent('/api/triage').length).toBe(1);
    expect(sent('/api/triage')[0]).toMatchObject({ documentIds: ['d4', 'd5'], action: 'attach' });
    await page.context().close();
  }, 60_000);

  test('keys keep still while an input method composes, and in fields', async () => {
    const { page } = await at('/stream?filter=all&at=d1');
    await page.evaluate(
      `document.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyU', key: 'Process', isComposing: true, bubbles: true }))`,
    );
    await page.locator('input[placeholder]').first().click();
    await page.keyboard.press('u');
    await page.keyboard.press('e');
    expect(sent('/api/triage')).toEqual([]);
    await page.context().close();
  }, 60_000);

  test('keys answer to the place on the board, whatever letter an input method gives', async () => {
    const { page } = await at('/stream?filter=all&at=d1');
    await page.evaluate(`document.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyU', key: 'Process', bubbles: true }))`);
    await expect.poll(() => sent('/api/triage').length).toBe(1);
    await page.context().close();
  }, 60_000);

  test('g then t goes to the board and does not open the task form of the page left', async () => {
    const { page } = await at('/issues/HD-2026-0031');
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await expect.poll(() => new URL(page.url()).pathname).toBe('/desk/today');
    expect(await page.locator('[role=dialog]').count()).toBe(0);
    await page.context().close();
  }, 60_000);

  test('an override carries level and reason', async () => {
    const { page } = await at('/issues/HD-2026-0031');
    await page.keyboard.press('p');
    await page.locator('[role=dialog] textarea').fill('县医院已证实无相关就诊');
    await page.locator('[role=dialog] label', { hasText: '黄' }).click();
    await page.locator('[role=dialog] button[type=submit]').click();
    await expect.poll(() => sent('/api/issues/HD-2026-0031/override')).toEqual([{ level: 'yellow', reason: '县医院已证实无相关就诊' }]);
    await page.context().close();
  }, 60_000);

  test('d turns the chart into the table that says the same', async () => {
    const { page } = await at('/issues/HD-2026-0031');
    await page.waitForSelector('.volume svg');
    await page.keyboard.press('d');
    expect(await page.locator('.hour-table tbody tr').count()).toBe(48);
    await page.context().close();
  }, 60_000);

  test('a level is a shape, a word and bars, not a colour alone', async () => {
    const { page } = await at('/issues');
    const marks = page.locator('.level:not(.level-none)');
    for (const mark of await marks.all()) {
      expect((await mark.innerText()).trim()).not.toBe('');
      expect(await mark.locator('.level-shape, .level-bars').count()).toBe(2);
    }
    await page.context().close();
  }, 60_000);

  test('when the server breaks, the page says what goes on and gives the number of the fault', async () => {
    const { page } = await at('/today', DESK, 'broken');
    await expect.poll(() => page.locator('[role=alert]').innerText()).toContain('f-2041');
    await page.context().close();
  }, 60_000);

  test('a field report without a signal waits on the phone and goes out later', async () => {
    const { page } = await at('/field', { width: 390, height: 844, lang: 'zh', theme: 'light' });
    await page.context().setOffline(true);
    await page.locator('textarea').first().fill('石桥镇路灯不亮');
    await page.locator('button[type=submit]').click();
    await page.waitForSelector('.note');
    expect(sent('/api/field')).toEqual([]);
    await page.context().setOffline(false);
    await expect.poll(() => sent('/api/field').length).toBe(1);
    await page.context().close();
  }, 60_000);
});
