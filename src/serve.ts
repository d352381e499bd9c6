/** Starts the web server of one Heed, and ends it with everything it held. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PAPER_CSS, renderHtml } from './edge/papers/html.ts';
import type { Heed } from './heed.ts';
import type { DemoControl } from './http/door.ts';
import { makeLive } from './http/live.ts';
import { buildServer } from './http/server.ts';

export interface ServeOptions {
  readonly heed: Heed;
  readonly host: string;
  readonly port: number;
  readonly setupCode: string;
  readonly demo: DemoControl | null;
  /** Offers the demo county on an installation that is not set up. */
  readonly watch?: () => Promise<string>;
  /** Log lines of the server; null for none. */
  readonly log: { write(line: string): void } | null;
}

export interface Served {
  readonly address: string;
  readonly close: () => Promise<void>;
}

const WEB = fileURLToPath(new URL('../web/dist', import.meta.url));

/** The server with all its routes, not yet listening. */
export async function appOf(options: Omit<ServeOptions, 'host' | 'port'>) {
  const { heed, setupCode, demo, log } = options;
  const live = makeLive();
  heed.onTell = live.tell;
  return buildServer({
    io: heed.io,
    real: Date.now,
    webFolder: existsSync(WEB) ? WEB : null,
    setupCode,
    render: {
      html: (paper) => renderHtml(paper, '/paper.css'),
      docx: async (paper) => (await import('./edge/papers/docx.ts')).renderDocx(paper),
      css: PAPER_CSS,
    },
    version: '0.1.0',
    live,
    demo,
    ...(log === null ? {} : { log }),
    ...(options.watch === undefined ? {} : { watch: options.watch }),
  });
}

export async function serve(options: ServeOptions): Promise<Served> {
  const { host, port } = options;
  const app = await appOf(options);
  await app.listen({ host, port });
  const bound = app.server.address();
  const address = typeof bound === 'object' && bound !== null ? `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${bound.port}` : '';
  return {
    address,
    close: async () => {
      await app.close();
    },
  };
}
