/** A mailbox on loopback that is read by IMAP, without TLS: as much of IMAP4rev1 as a reading client needs. Keeps the commands it got. */
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface StubImap {
  readonly port: number;
  /** Command lines without their tag; passwords and all. */
  readonly commands: readonly string[];
  readonly put: (uid: number, letter: string) => void;
  /** All uids mean other letters from now on. */
  readonly renumber: (validity: number) => void;
  /** Commands that begin so are answered with this; null: not at all. */
  readonly answerWith: (start: string, line: string | null) => void;
  readonly close: () => Promise<void>;
}

interface Box {
  validity: number;
  readonly letters: Map<number, string>;
}

function uidsOf(set: string, box: Box): number[] {
  const all = [...box.letters.keys()].sort((a, b) => a - b);
  const most = all.at(-1) ?? 0;
  return all.filter((uid) =>
    set.split(',').some((part) => {
      const [from = 0, to = from] = part.split(':').map((one) => (one === '*' ? most : Number(one)));
      return uid >= Math.min(from, to) && uid <= Math.max(from, to);
    }),
  );
}

function fetched(line: string, box: Box): string[] {
  const set = /FETCH (\S+)/i.exec(line)?.[1] ?? '';
  return uidsOf(set, box).map((uid) => {
    const letter = box.letters.get(uid)!;
    const n = [...box.letters.keys()].sort((a, b) => a - b).indexOf(uid) + 1;
    const size = Buffer.byteLength(letter);
    const partial = /BODY\.PEEK\[\]<(\d+)\.(\d+)>/i.exec(line);
    const source = /BODY\.PEEK\[\]/i.test(line) ? ` BODY[]${partial === null ? '' : `<${partial[1]}>`} {${size}}\r\n${letter}` : '';
    return `* ${n} FETCH (UID ${uid} RFC822.SIZE ${size}${source})`;
  });
}

function answersTo(line: string, box: Box, password: string): readonly [untagged: string[], tagged: string] {
  const command = line.toUpperCase();
  if (command.startsWith('LOGIN')) return line.includes(password) ? [[], 'OK in'] : [[], 'NO [AUTHENTICATIONFAILED] wrong'];
  if (/^(?:EXAMINE|SELECT)/.test(command)) {
    if (!/ "?INBOX"?$/.test(command)) return [[], 'NO no such folder'];
    return [
      [`* ${box.letters.size} EXISTS`, '* 0 RECENT', '* FLAGS (\\Seen)', `* OK [UIDVALIDITY ${box.validity}] v`, '* OK [UIDNEXT 999] n'],
      'OK [READ-ONLY] open',
    ];
  }
  if (/^UID SEARCH/.test(command))
    return [[`* SEARCH ${uidsOf(/UID ([\d:*,]+)/.exec(command.slice(10))?.[1] ?? '1:*', box).join(' ')}`.trimEnd()], 'OK found'];
  if (/^UID FETCH/.test(command)) return [fetched(line, box), 'OK fetched'];
  if (command === 'LIST "" ""') return [['* LIST (\\Noselect) "/" ""'], 'OK listed'];
  if (/^(?:LIST|LSUB)/.test(command)) return [['* LIST () "/" "INBOX"'], 'OK listed'];
  if (command.startsWith('CAPABILITY')) return [['* CAPABILITY IMAP4rev1'], 'OK can'];
  if (command.startsWith('LOGOUT')) return [['* BYE'], 'OK out'];
  return command.startsWith('NOOP') ? [[], 'OK'] : [[], 'BAD unknown'];
}

export async function startImap(password: string): Promise<StubImap> {
  const box: Box = { validity: 7, letters: new Map() };
  const commands: string[] = [];
  const special = new Map<string, string | null>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.write('* OK [CAPABILITY IMAP4rev1] stub\r\n');
    let waiting = '';
    socket.on('data', (piece) => {
      waiting += piece.toString('latin1');
      for (let end = waiting.indexOf('\r\n'); end >= 0; end = waiting.indexOf('\r\n')) {
        const line = waiting.slice(0, end);
        waiting = waiting.slice(end + 2);
        const [, tag = '*', rest = ''] = /^(\S+) (.*)$/s.exec(line) ?? [];
        commands.push(rest);
        const chosen = [...special].find(([start]) => rest.toUpperCase().startsWith(start));
        if (chosen?.[1] === null) continue;
        const [untagged, tagged] = chosen === undefined ? answersTo(rest, box, password) : [[], chosen[1]!];
        socket.write([...untagged, `${tag} ${tagged}`].map((one) => `${one}\r\n`).join(''));
        if (/^LOGOUT/i.test(rest)) socket.end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    commands,
    put: (uid, letter) => void box.letters.set(uid, letter.replace(/\r?\n/g, '\r\n')),
    renumber: (validity) => {
      box.validity = validity;
    },
    answerWith: (start, line) => void special.set(start, line),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
