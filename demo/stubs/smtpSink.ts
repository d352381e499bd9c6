/** A mail server on loopback that keeps what it is given and sends nothing on. Speaks as much SMTP as a sender needs, without TLS. */
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface SunkMail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

interface Talk {
  to: string[];
  lines: string[] | null;
}

const ANSWERS: Readonly<Record<string, string>> = {
  EHLO: '250-demo\r\n250 8BITMIME',
  HELO: '250 demo',
  MAIL: '250 fine',
  RCPT: '250 fine',
  DATA: '354 go on',
  RSET: '250 fine',
  NOOP: '250 fine',
  QUIT: '221 bye',
};

function quotedPrintable(text: string): Buffer {
  const joined = text.replace(/=\r?\n/g, '');
  const bytes: number[] = [];
  for (let at = 0; at < joined.length; at++) {
    const hex = joined[at] === '=' ? joined.slice(at + 1, at + 3) : '';
    if (/^[0-9A-F]{2}$/i.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else bytes.push(...Buffer.from(joined[at] ?? '', 'utf8'));
  }
  return Buffer.from(bytes);
}

function decoded(body: string, coding: string): string {
  if (/base64/i.test(coding)) return Buffer.from(body, 'base64').toString('utf8');
  return /quoted-printable/i.test(coding) ? quotedPrintable(body).toString('utf8') : body;
}

function headerOf(head: string, name: string): string {
  const unfolded = head.replace(/\n[ \t]+/g, ' ');
  return new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(unfolded)?.[1] ?? '';
}

/** RFC 2047 words; neighbours are one text. */
function subjectOf(raw: string): string {
  return raw
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?[^?]+\?([BQ])\?([^?]*)\?=/gi, (_, coding: string, text: string) =>
      coding.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('utf8')
        : quotedPrintable(text.replaceAll('_', ' ')).toString('utf8'),
    );
}

/** Subject and plain text of a message; of several parts the first plain one. */
export function readMail(source: string): { readonly subject: string; readonly text: string } {
  const cut = source.indexOf('\n\n');
  const [head, body] = cut < 0 ? [source, ''] : [source.slice(0, cut), source.slice(cut + 2)];
  const subject = subjectOf(headerOf(head, 'subject'));
  const boundary = /boundary="?([^";\n]+)"?/i.exec(headerOf(head, 'content-type'))?.[1];
  if (boundary === undefined) return { subject, text: decoded(body, headerOf(head, 'content-transfer-encoding')).trim() };
  const plain = body.split(`--${boundary}`).find((part) => /content-type:\s*text\/plain/i.test(part)) ?? '';
  const inner = plain.replace(/^\n/, '');
  const at = inner.indexOf('\n\n');
  return { subject, text: decoded(inner.slice(at + 2), headerOf(inner.slice(0, at), 'content-transfer-encoding')).trim() };
}

function hear(socket: Socket, talk: Talk, line: string, take: (mail: SunkMail) => void): void {
  if (talk.lines !== null) {
    if (line !== '.') {
      talk.lines.push(line.startsWith('..') ? line.slice(1) : line);
      return;
    }
    take({ to: talk.to, ...readMail(talk.lines.join('\n')) });
    talk.lines = null;
    socket.write('250 kept\r\n');
    return;
  }
  const command = line.slice(0, 4).toUpperCase();
  if (command === 'MAIL') talk.to = [];
  if (command === 'RCPT') talk.to.push(/<([^>]*)>/.exec(line)?.[1] ?? '');
  if (command === 'DATA') talk.lines = [];
  socket.write(`${ANSWERS[command] ?? '502 unknown'}\r\n`);
  if (command === 'QUIT') socket.end();
}

export interface SmtpSink {
  readonly port: number;
  readonly close: () => Promise<void>;
}

export async function startSmtpSink(host: string, port: number, take: (mail: SunkMail) => void): Promise<SmtpSink> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const talk: Talk = { to: [], lines: null };
    let rest = '';
    socket.write('220 demo\r\n');
    socket.on('data', (piece) => {
      const lines = (rest + piece.toString('utf8')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) hear(socket, talk, line, take);
    });
    socket.on('error', () => sockets.delete(socket)).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
