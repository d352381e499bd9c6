/**
 * Every page of the desk and of the public face, in both languages, both themes and three widths: rules of axe broken, faults, requests to
 * elsewhere, sideways scroll. Bar: 0. Needs /usr/bin/chromium and the built desk. `[FILTER]` takes only pages whose name holds it; with
 * `--out`, a picture of each.
 */
import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { hasChromium, launch, type Look } from '../test/desk/browser.ts';
import { sweepDesk, sweepPublic, type Swept } from '../test/desk/sweep.ts';
import type { Bench } from './main.ts';

const SIZES = [
  { width: 1366, height: 768 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
] as const;

function looks(): Look[] {
  return SIZES.flatMap((size) =>
    (['zh', 'en'] as const).flatMap((lang) => (['light', 'dark'] as const).map((theme) => ({ ...size, lang, theme }))),
  );
}

/** Two at a time: one browser process each, on the machine of two cores that the bars are written for. */
async function inPairs(browser: Browser, all: readonly Look[], one: (browser: Browser, look: Look) => Promise<Swept>): Promise<Swept[]> {
  const swept: Swept[] = [];
  for (let at = 0; at < all.length; at += 2) swept.push(...(await Promise.all(all.slice(at, at + 2).map((look) => one(browser, look)))));
  return swept;
}

export default {
  about: 'pages x languages x themes x widths: rules of axe broken, faults, sideways scroll; bar 0. [FILTER]',
  run: async ({ out, args }) => {
    if (!hasChromium) {
      console.log(JSON.stringify({ set: 'screens', skipped: '/usr/bin/chromium is not installed' }));
      return;
    }
    if (out !== null) mkdirSync(out, { recursive: true });
    const options = { turned: false, pictures: out, filter: args[0] ?? '', part: [0, 1] } as const;
    const browser = await launch();
    for (const [set, sweep] of [
      ['screens.desk', sweepDesk],
      ['screens.public', sweepPublic],
    ] as const) {
      const swept = await inPairs(browser, looks(), (own, look) => sweep(own, look, options));
      const remarks = swept.flatMap((one) => one.remarks);
      const nSeen = swept.reduce((sum, one) => sum + one.nPages, 0);
      console.log(
        JSON.stringify({ set, nPages: swept[0]?.nPages ?? 0, nLooks: swept.length, nSeen, nViolations: remarks.length, remarks }),
      );
      if (remarks.length > 0) process.exitCode = 1;
    }
    await browser.close();
  },
} satisfies Bench;
