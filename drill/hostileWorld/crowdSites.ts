/** The thread that plays the sources of the crowd drill: well-behaved ones on 127.1.1.0 and up, bad ones on 127.1.9.0 and up. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { BEHAVIOURS, item, rss, startBehaviour } from './behaviours.ts';
import { makeCertificates } from './certificates.ts';

const { nGood, nBad } = workerData as { nGood: number; nBad: number };

/** One listener answers on every address of the loopback net; an address is a host of its own to the reader. */
const counts = new Map<string, number>();
const good = createServer((request, response) => {
  const host = request.socket.localAddress ?? '';
  const n = (counts.get(host) ?? 0) + 1;
  counts.set(host, n);
  const words = `Notice ${n} of ${host}: water in street ${(n * 7919) % 97} is back, number ${(n * 104_729) % 9973}.`;
  response
    .writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8' })
    .end(rss(item(`${host}-${n}`, words, new Date().toUTCString())));
});
await new Promise<void>((resolve) => good.listen(0, '0.0.0.0', resolve));
const { port } = good.address() as AddressInfo;
const goodAddresses = Array.from({ length: nGood }, (_, n) => `http://127.1.${1 + Math.floor(n / 250)}.${1 + (n % 250)}:${port}/feed.xml`);
const certificates = makeCertificates('127.1.9.1', Date.now());
// Names would have to be resolved; those two behaviours are in the hostile drill.
const bad = BEHAVIOURS.filter((each) => each.resolve === undefined);
const badServers = await Promise.all(
  Array.from({ length: nBad }, (_, n) => startBehaviour(bad[n % bad.length]!, `127.1.9.${1 + n}`, certificates)),
);
parentPort?.postMessage({ good: goodAddresses, bad: badServers.map(({ address }) => address) });
