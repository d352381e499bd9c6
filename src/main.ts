/** The composition root. So far it opens the door that says whether Heed is ready; the rooms are wired here as they land. */
import { createServer } from 'node:http';
import { readConfig } from './config.ts';

const checked = readConfig(process.env);
if (!checked.ok) {
  for (const mistake of checked.mistakes) console.error(mistake);
  process.exit(2);
}
const { port } = checked.config;
const server = createServer((request, reply) => {
  const found = request.url === '/healthz';
  reply.writeHead(found ? 200 : 404, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' });
  reply.end(found ? 'ok\n' : 'not found\n');
});
server.listen(port, '127.0.0.1', () => console.log(`Heed 闻应 http://127.0.0.1:${port}/healthz`));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
