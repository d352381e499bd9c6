/** A site on loopback with one feed that only grows, with validators: a reader whose cursor ran ahead would never be told again. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FeedSite {
  readonly address: string;
  readonly publish: (item: { readonly key: string; readonly title: string; readonly body: string }) => void;
  readonly nAsked: () => number;
  readonly close: () => Promise<void>;
}

export async function startFeedSite(): Promise<FeedSite> {
  const items: string[] = [];
  let nAsked = 0;
  const server = createServer((request, response) => {
    if (request.url !== '/feed.xml') {
      response.writeHead(404).end();
      return;
    }
    nAsked++;
    const tag = `"${items.length}"`;
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304, { etag: tag }).end();
      return;
    }
    const body = `<?xml version="1.0"?><rss version="2.0"><channel><title>t</title><link>http://site.example/</link>${items.toReversed().join('')}</channel></rss>`;
    response.writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8', etag: tag }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml`,
    publish: ({ key, title, body }) => {
      const at = new Date().toUTCString();
      items.push(
        `<item><guid isPermaLink="false">${key}</guid><title>${title}</title><description>${body}</description><pubDate>${at}</pubDate></item>`,
      );
    },
    nAsked: () => nAsked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
