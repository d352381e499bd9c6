/** The live line: server-sent events that name what changed, never its text. Ends with the session. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LiveEvent } from '../io.ts';
import type { Span } from '../model/time.ts';
import { signedOf } from './door.ts';

/** More browsers than this at once are asked to come back later. */
const MOST = 300;
/** Events of one name within this time go out once: a flood of texts is not a flood of events. */
const GATHER: Span = 200;
const BEAT: Span = 15_000;
/** A browser that does not read is let go; it comes back and reads everything again. */
const MOST_WAITING = 1_000_000;

interface Line {
  readonly sessionId: string;
  readonly reply: FastifyReply;
}

export interface Live {
  readonly tell: (event: LiveEvent) => void;
  /** Takes over the answer; false when too many are open. */
  readonly open: (request: FastifyRequest, reply: FastifyReply) => boolean;
  readonly closeSession: (sessionId: string) => void;
  /** Set by the server: whether a session still stands; asked at each beat. */
  stillAlive: (sessionId: string) => Promise<boolean>;
  readonly size: () => number;
  readonly close: () => void;
}

/** The lines that are open now. */
class Lines {
  readonly #open = new Set<Line>();

  get size(): number {
    return this.#open.size;
  }

  add(line: Line): void {
    this.#open.add(line);
    line.reply.raw.on('close', () => this.#open.delete(line));
  }

  end(line: Line): void {
    this.#open.delete(line);
    line.reply.raw.end();
  }

  write(line: Line, text: string): void {
    if (line.reply.raw.writableLength > MOST_WAITING) this.end(line);
    else line.reply.raw.write(text);
  }

  writeAll(text: string): void {
    for (const line of this.#open) this.write(line, text);
  }

  endAll(meets: (line: Line) => boolean): void {
    for (const line of this.#open) if (meets(line)) this.end(line);
  }

  async beat(isAlive: (sessionId: string) => Promise<boolean>): Promise<void> {
    for (const line of this.#open) {
      if (await isAlive(line.sessionId)) this.write(line, ': beat\n\n');
      else this.end(line);
    }
  }
}

/** The answer's head, with the headers every answer has. */
function begin(reply: FastifyReply): void {
  reply.hijack();
  const headers = Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]));
  reply.raw.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
  reply.raw.write('retry: 2000\n\n');
}

/** `beat`: milliseconds of real time between two heartbeats. */
export function makeLive(beat: Span = BEAT): Live {
  const lines = new Lines();
  const waiting = new Map<string, LiveEvent>();
  let flushing: NodeJS.Timeout | null = null;
  let beating: NodeJS.Timeout | null = null;
  const flush = (): void => {
    flushing = null;
    lines.writeAll([...waiting.values()].map((event) => `event: change\ndata: ${JSON.stringify(event)}\n\n`).join(''));
    waiting.clear();
  };
  const live: Live = {
    tell(event) {
      if (lines.size === 0) return;
      // Time moves on: only the newest one is of use.
      waiting.set(event.kind === 'time' ? 'time' : `${event.kind} ${event.id}`, event);
      flushing ??= setTimeout(flush, GATHER);
    },
    open(request, reply) {
      if (lines.size >= MOST) return false;
      const line = { sessionId: signedOf(request).session.id, reply };
      begin(reply);
      lines.add(line);
      beating ??= setInterval(() => {
        lines.beat(live.stillAlive).catch((error: unknown) => request.log.error({ err: error }, 'live line'));
      }, beat);
      beating.unref();
      return true;
    },
    closeSession: (sessionId) => lines.endAll((line) => line.sessionId === sessionId),
    stillAlive: async () => true,
    size: () => lines.size,
    close() {
      if (flushing !== null) clearTimeout(flushing);
      if (beating !== null) clearInterval(beating);
      flushing = null;
      beating = null;
      lines.endAll(() => true);
    },
  };
  return live;
}
