/** A real server with an answer, a correction and a one-time link, for looking at the pages the public sees. */
import { alert, notice, settle } from '../http/rows.ts';
import { makeWorld } from '../http/testIo.ts';

export interface PublicWorld {
  readonly address: string;
  readonly close: () => Promise<void>;
}

const TOKEN = 'a'.repeat(64);

/** Name and address of every page that a link leads to; what a form answers is reached by sending it. */
export const PUBLIC_PAGES: readonly (readonly [name: string, path: string])[] = [
  ['answers', '/answers'],
  ['answer', '/answers/HD-2026-0001-1'],
  ['answer-version', '/answers/HD-2026-0001-1.v1'],
  ['report', '/report'],
  ['receipt', '/receipt'],
  ['about', '/about'],
  ['sign-for', `/ack/${TOKEN}`],
  ['sign-for-unknown', `/ack/${'b'.repeat(64)}`],
];

export async function startPublicWorld(): Promise<PublicWorld> {
  const world = await makeWorld({ demoMode: true });
  await settle(world);
  await world.put({ notice: [notice(alert('HD-2026-0001').id, world.io.digest(TOKEN))] });
  await world.app.listen({ port: 0, host: '127.0.0.1' });
  const bound = world.app.server.address();
  return { address: typeof bound === 'object' && bound !== null ? `http://127.0.0.1:${bound.port}` : '', close: world.end };
}
