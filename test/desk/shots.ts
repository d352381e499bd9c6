/** Takes a picture of every page and runs axe over it: `node test/desk/shots.ts OUT [filter] [lang] [theme] [phone|desk]`. */
import { mkdirSync } from 'node:fs';
import { axe, launch, type Look, openPage } from './browser.ts';
import { startFixture } from './fixtureServer.ts';
import { PAGES } from './pages.ts';

const [out = 'out/shots', filter = '', lang = '', theme = '', size = ''] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const fixture = await startFixture();
const browser = await launch();
const looks: Look[] = (['zh', 'en'] as const).flatMap((l) =>
  (['light', 'dark'] as const).flatMap((th) => [
    { width: 1366, height: 768, lang: l, theme: th },
    { width: 390, height: 844, lang: l, theme: th },
  ]),
);
let bad = 0;
for (const [name, path, scene] of PAGES) {
  if (!name.includes(filter)) continue;
  fixture.scene = scene ?? 'ready';
  for (const look of looks) {
    if ((lang !== '' && look.lang !== lang) || (theme !== '' && look.theme !== theme)) continue;
    if (size !== '' && (size === 'phone') !== look.width < 900) continue;
    const { page, faults } = await openPage(browser, fixture.address, look);
    await page.goto(`${fixture.address}/desk${path}`);
    await page.waitForLoadState('load');
    await page.waitForSelector('h1');
    await page.waitForTimeout(350);
    const label = `${name}-${look.width}-${look.lang}-${look.theme}`;
    await page.screenshot({ path: `${out}/${label}.png`, fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    const broken = await axe(page);
    const lines = [
      ...broken,
      ...faults.filter((fault) => fixture.scene !== 'broken' || !fault.includes('500')),
      ...(wide > 0 ? [`scrolls sideways by ${wide}`] : []),
    ];
    bad += lines.length;
    if (lines.length > 0) console.log(`${label}\n  ${lines.join('\n  ')}`);
    await page.context().close();
  }
}
console.log(`${bad} remarks`);
await browser.close();
await fixture.close();
