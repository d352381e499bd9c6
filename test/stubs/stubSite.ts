/** A web site on loopback for tests: answers by path, and keeps every request it saw. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What a path answers: a ready answer, or a function that does whatever a bad site does. */
export type Answer =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Uint8Array }
  | ((request: SeenRequest, response: ServerResponse, socket: Socket) => void);

export interface StubSite {
  /** Without a slash at the end. */
  readonly address: string;
  readonly port: number;
  readonly seen: readonly SeenRequest[];
  /** Connections accepted, whether or not a request came. */
  readonly nConnections: () => number;
  readonly set: (path: string, answer: Answer) => void;
  readonly close: () => Promise<void>;
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => resolve(Buffer.concat(pieces).toString('utf8')));
    request.on('error', () => resolve(''));
  });
}

/** Paths are matched with their query first, then without it; `*` answers the rest, and 404 what is left. */
export async function startSite(answers: Readonly<Record<string, Answer>> = {}, host = '127.0.0.1'): Promise<StubSite> {
  const table = new Map(Object.entries(answers));
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let nConnections = 0;
  const server: Server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const path = request.url ?? '/';
      const record: SeenRequest = { method: request.method ?? '', path, headers: request.headers, body };
      seen.push(record);
      const answer = table.get(path) ?? table.get(path.split('?')[0] ?? '') ?? table.get('*') ?? { status: 404 };
      if (typeof answer === 'function') answer(record, response, request.socket);
      else response.writeHead(answer.status ?? 200, answer.headers ?? {}).end(answer.body ?? '');
    });
  });
  server.on('connection', (socket) => {
    nConnections++;
    sockets.add(socket);
    socket.on('error', () => sockets.delete(socket)).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    seen,
    nConnections: () => nConnections,
    set: (path, answer) => table.set(path, answer),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
