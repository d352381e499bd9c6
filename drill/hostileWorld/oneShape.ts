/**
 * Reads one shape in a process of its own and prints how long it took and how much memory it used above what was there before, the
 * shape's own bytes included in "before". Arguments: kind, then a file (feed, article, list, thread) or an address (get), content type.
 */
import { readFileSync } from 'node:fs';
import { makeOutbound } from '../../src/edge/get.ts';
import { parseApart, stripApart } from '../../src/edge/parseApart.ts';

const [kind = '', place = '', contentType = ''] = process.argv.slice(2);
const MB = 1024 * 1024;
const kit = { address: 'http://site.example/n/', now: Date.parse('2026-03-03T08:00:00Z'), zone: 'Asia/Shanghai' };

/** Highest resident size until `stop`, MB. */
function watchMemory(): () => number {
  let most = process.memoryUsage.rss();
  const look = (): void => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 3);
  return () => {
    clearInterval(timer);
    look();
    return most / MB;
  };
}

async function parse(bytes: Uint8Array): Promise<{ readonly result: string; readonly text: string }> {
  const raw = { bytes, contentType };
  if (kind === 'feed') {
    const parsed = await parseApart('feed', { ...raw, address: kit.address, headers: {} });
    return parsed.ok
      ? { result: `${parsed.value.items.length} items`, text: JSON.stringify(parsed.value.items.slice(0, 3)).slice(0, 10_000) }
      : { result: parsed.why, text: '' };
  }
  const parsed = await parseApart(kind as 'article' | 'list' | 'thread', { ...raw, kit });
  if (parsed.ok) return { result: 'ok', text: '' };
  const stripped = kind === 'article' ? await stripApart(bytes, contentType) : { text: '' };
  return { result: `${parsed.why}, ${stripped.text.length} characters stripped`, text: stripped.text };
}

async function fetchIt(): Promise<{ readonly result: string; readonly text: string }> {
  const outbound = makeOutbound({ allowLoopback: true, userAgent: 'Heed/drill', now: Date.now });
  const got = await outbound.get(place, { maxBytes: 20 * MB, robots: false });
  return { result: got.kind === 'failed' ? got.code : got.kind, text: '' };
}

const tiny = new TextEncoder().encode('<html><body><p>Water is back in North Street.</p></body></html>');
// Both threads are warm, as they are in a running Heed.
await Promise.all([1, 2].map(() => parseApart('article', { bytes: tiny, contentType: 'text/html', kit })));
const bytes = kind === 'get' ? tiny : new Uint8Array(readFileSync(place));
globalThis.gc?.();
const before = process.memoryUsage.rss() / MB;
const stop = watchMemory();
const [started, cpu] = [performance.now(), process.cpuUsage()];
const { result, text } = kind === 'get' ? await fetchIt() : await parse(bytes);
const took = performance.now() - started;
const { user, system } = process.cpuUsage(cpu);
const cpuMs = Math.round((user + system) / 1000);
console.log(
  JSON.stringify({ took: Math.round(took), cpuMs, extraMb: Math.round(stop() - before), result, leaked: text.includes('drill-secret') }),
);
