/** The desk, built and opened in a real browser against canned answers. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb, isWebOld } from '../../scripts/webBuild.mjs';
import { hasChromium, launch, type Look, openPage } from './browser.ts';
import { type Fixture, type Scene, startFixture } from './fixtureServer.ts';
import { QUICK, sweepDesk, sweepPublic } from './sweep.ts';

if (!hasChromium) console.log('desk in the browser: skipped, /usr/bin/chromium is not installed');

const DESK: Look = { width: 1366, height: 768, lang: 'zh', theme: 'light' };
const PHONE: Look = { width: 390, height: 844, lang: 'en', theme: 'light' };

describe.skipIf(!hasChromium)('the desk in the browser', () => {
  let fixture: Fixture;
  let browser: Browser;
  beforeAll(async () => {
    if (isWebOld() && !buildWeb(process.execPath)) throw new Error('the desk could not be built');
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

  // Both languages and both themes of every page here; `npm run bench -- screens` crosses them with three widths.
  test('no page breaks a rule of axe, has a fault, asks elsewhere or scrolls sideways', async () => {
    const parts = [0, 1].map((i) => sweepDesk(browser, DESK, { ...QUICK, part: [i, 2] }));
    const [even, odd] = await Promise.all(parts);
    expect([...(even?.remarks ?? []), ...(odd?.remarks ?? [])]).toEqual([]);
    expect((even?.nPages ?? 0) + (odd?.nPages ?? 0)).toBeGreaterThan(30);
  }, 400_000);

  test('no public page does, nor what its forms answer', async () => {
    const [wide, phone] = await Promise.all([
      sweepPublic(browser, { ...DESK, lang: 'en' }),
      sweepPublic(browser, { ...PHONE, lang: 'zh' }),
    ]);
    expect([...wide.remarks, ...phone.remarks]).toEqual([]);
    expect(wide.nPages).toBeGreaterThan(9);
  }, 400_000);

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
