/**
 * A thread that plays sources of the crowd drill: well-behaved ones on 127.1.1.0 and up, or bad ones on 127.1.9.0 and up. Each kind has a
 * thread of its own, so that what the bad ones send does not keep the good ones from answering.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { BEHAVIOURS, item, rss, startBehaviour } from './behaviours.ts';
import { makeCertificates } from './certificates.ts';

const { kind, n } = workerData as { readonly kind: 'good' | 'bad'; readonly n: number };

/** One listener answers on every address of the loopback net; an address is a host of its own to the reader. */
async function goodOnes(): Promise<string[]> {
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const host = request.socket.localAddress ?? '';
    const nth = (counts.get(host) ?? 0) + 1;
    counts.set(host, nth);
    const words = `Notice ${nth} of ${host}: water in street ${(nth * 7919) % 97} is back, number ${(nth * 104_729) % 9973}.`;
    response.writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8' });
    response.end(rss(item(`${host}-${nth}`, words, new Date().toUTCString())));
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const { port } = server.address() as AddressInfo;
  return Array.from({ length: n }, (_, at) => `http://127.1.${1 + Math.floor(at / 250)}.${1 + (at % 250)}:${port}/feed.xml`);
}

/** Names would have to be resolved; those two behaviours are in the hostile drill. */
async function badOnes(): Promise<string[]> {
  const certificates = makeCertificates('127.1.9.1', Date.now());
  const bad = BEHAVIOURS.filter((each) => each.resolve === undefined);
  const started = Array.from({ length: n }, (_, at) => startBehaviour(bad[at % bad.length]!, `127.1.9.${1 + at}`, certificates));
  return (await Promise.all(started)).map(({ address }) => address);
}

parentPort?.postMessage(kind === 'good' ? await goodOnes() : await badOnes());
