/** A mail server on loopback that keeps what it is given. Speaks as much SMTP as a client needs, without TLS. */
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface SeenMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body as they came, dot-stuffing undone, lines ended by \n. */
  readonly source: string;
}

export interface StubMail {
  readonly port: number;
  readonly mails: readonly SeenMail[];
  /** A command (`RCPT`, `DATA`, `CONNECT`, `.`) is answered with this line instead; null: it is not answered at all. */
  readonly answerWith: (command: string, line: string | null) => void;
  readonly close: () => Promise<void>;
}

interface Talk {
  from: string;
  to: string[];
  lines: string[] | null;
}

function usual(command: string): string {
  if (command === 'CONNECT') return '220 stub ready';
  if (command === 'EHLO' || command === 'HELO') return '250-stub\r\n250 8BITMIME';
  if (command === 'DATA') return '354 go on';
  if (command === 'QUIT') return '221 bye';
  return ['MAIL', 'RCPT', 'RSET', 'NOOP', '.'].includes(command) ? '250 fine' : '502 unknown';
}

export async function startMail(host = '127.0.0.1'): Promise<StubMail> {
  const mails: SeenMail[] = [];
  const special = new Map<string, string | null>();
  const sockets = new Set<Socket>();

  function reply(socket: Socket, command: string): string | null {
    const line = special.has(command) ? (special.get(command) ?? null) : usual(command);
    if (line !== null) socket.write(`${line}\r\n`);
    return line;
  }

  function hear(socket: Socket, talk: Talk, line: string): void {
    if (talk.lines !== null) {
      if (line !== '.') {
        talk.lines.push(line.startsWith('..') ? line.slice(1) : line);
        return;
      }
      const mail = { from: talk.from, to: talk.to, source: talk.lines.join('\n') };
      talk.lines = null;
      if (reply(socket, '.')?.startsWith('250')) mails.push(mail);
      return;
    }
    const command = line.slice(0, 4).toUpperCase();
    const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
    const said = reply(socket, command);
    if (command === 'MAIL') Object.assign(talk, { from: address, to: [] });
    if (command === 'RCPT' && said?.startsWith('250')) talk.to = [...talk.to, address];
    if (command === 'DATA' && said?.startsWith('354')) talk.lines = [];
    if (command === 'QUIT') socket.end();
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    const talk: Talk = { from: '', to: [], lines: null };
    let rest = '';
    reply(socket, 'CONNECT');
    socket.on('data', (piece) => {
      const lines = (rest + piece.toString('utf8')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) hear(socket, talk, line);
    });
    socket.on('error', () => sockets.delete(socket)).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    answerWith: (command, line) => special.set(command, line),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
