/**
 * What goes on in the world while Heed lives and dies: complaints by Open311, signed pushes, imports, feed items, a leader who sets colours,
 * offices that sign by the link of a notice. Every act is in the ledger before it is sent and after it was acknowledged.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { HOOK_SECRET, type MadeOffice } from '../../bench/made/office.ts';
import { chance, type MadeText, madeTexts } from '../../bench/made/texts.ts';
import type { FeedSite } from './feedSite.ts';
import type { HookSink } from './hookSink.ts';
import type { Ledger, Line } from './ledger.ts';

export interface World {
  readonly address: string;
  readonly office: MadeOffice;
  readonly site: FeedSite;
  readonly sink: HookSink;
  readonly ledger: Ledger;
  readonly seed: number;
}

/** What every issue that was given a colour is answered with. */
export const STATEMENT = {
  ...{ title: '关于东河小区供水情况的通报', language: 'zh', empathy: '给大家带来不便，我们深表歉意。' },
  ...{ known: '今日上午接到居民反映，已派人到现场核查。', unknown: '原因尚在核查。', doing: '正在抢修，并已安排供水车。' },
  ...{ nextUpdateAt: null, nextUpdate: 'none', contact: '值班电话 12345', claimIds: [], promises: [], machineDrafted: false },
};

const LETTERS = 'bcdfghjkmnpqrstvwxz';

/** A word that no other text has, without digits, lest it be masked as somebody's number. */
export function markOf(n: number): string {
  let mark = '';
  for (let left = n, i = 0; i < 6; i++, left = Math.floor(left / LETTERS.length)) mark += LETTERS[left % LETTERS.length];
  return `zq${mark}`;
}

const pause = (span: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, span));

/** Null when the process died under the request, or none was there. */
async function tried<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch {
    // Not acknowledged: the ledger keeps the line as begun.
    return null;
  }
}

export class Driver {
  readonly #world: World;
  readonly #next: () => number;
  readonly #texts: Generator<MadeText>;
  readonly #signing = new Set<string>();
  readonly #coloured = new Set<string>();
  readonly #answered = new Set<string>();
  #n = 0;
  #alive = false;

  constructor(world: World) {
    this.#world = world;
    this.#next = chance(world.seed + 5);
    this.#texts = madeTexts({ seed: world.seed, n: 1e9, perMatter: 6, copied: 0.1, offTopic: 0.1, length: 120 });
  }

  #text(): { readonly mark: string; readonly text: MadeText } {
    return { mark: markOf(++this.#n), text: this.#texts.next().value as MadeText };
  }

  /** Goes on until `stop`; resolves when everything under way has ended. */
  async live(): Promise<void> {
    this.#alive = true;
    await Promise.all([
      this.#lane(() => this.#complain(), 120),
      this.#lane(() => this.#push(), 80),
      this.#lane(() => this.#import(), 250),
      this.#lane(() => this.#publish(), 150),
      this.#lane(() => this.#colour(), 200),
      this.#lane(() => this.#sign(), 100),
      this.#lane(() => this.#answer(), 200),
    ]);
  }

  stop(): void {
    this.#alive = false;
  }

  async #lane(act: () => Promise<boolean>, span: number): Promise<void> {
    while (this.#alive) {
      const goesOn = await act();
      if (!goesOn) return;
      await pause(span * (0.5 + this.#next()));
    }
  }

  /** False when the door says that there were too many: a new process counts anew. */
  async #complain(): Promise<boolean> {
    const { address, ledger } = this.#world;
    const { mark, text } = this.#text();
    const line = ledger.begin('desk', mark);
    const body = new URLSearchParams({ service_code: 'works', description: `${mark} ${text.body}`, address_string: '东河小区' });
    const answer = await tried(async () => {
      const response = await fetch(`${address}/open311/v2/requests.json`, { method: 'POST', body });
      return { status: response.status, body: (await response.json()) as readonly { readonly service_request_id?: string }[] };
    });
    if (answer?.status === 200) ledger.ack(line, answer.body[0]?.service_request_id ?? '');
    return answer?.status !== 429;
  }

  #lines(kind: 'push' | 'import'): { readonly lines: Line[]; readonly body: string } {
    const made = [0, 1, 2].map(() => this.#text());
    const lines = made.map(({ mark }) => this.#world.ledger.begin(kind, mark));
    const body = made
      .map(({ mark, text }) => JSON.stringify({ id: `k-${mark}`, title: mark, body: text.body, author: text.author }))
      .join('\n');
    return { lines, body };
  }

  async #push(): Promise<boolean> {
    const { address, ledger } = this.#world;
    const { lines, body } = this.#lines('push');
    const [id, seconds] = [randomUUID(), String(Math.floor(Date.now() / 1000))];
    const key = Buffer.from(HOOK_SECRET.slice(6), 'base64');
    const signature = `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': seconds,
      'webhook-signature': signature,
      'content-type': 'application/x-ndjson',
    };
    // As senders do: again with the same id until it is acknowledged, or this life ends.
    for (let n = 0; n < 3 && this.#alive; n++) {
      const status = await tried(async () => (await fetch(`${address}/intake/push`, { method: 'POST', body, headers })).status);
      if (status === 200) {
        for (const line of lines) ledger.ack(line);
        break;
      }
    }
    return true;
  }

  async #import(): Promise<boolean> {
    const { office, ledger } = this.#world;
    const { lines, body } = this.#lines('import');
    const reply = await tried(() => office.admin.send('POST', '/api/import?sourceId=archive', body, 'application/x-ndjson'));
    if (reply?.status === 200) for (const line of lines) ledger.ack(line);
    return true;
  }

  /** A published item is the world's: from then on Heed owes it, whenever it reads the feed. */
  async #publish(): Promise<boolean> {
    const { site, ledger } = this.#world;
    const { mark, text } = this.#text();
    const line = ledger.begin('feed', mark);
    site.publish({ key: `k-${mark}`, title: mark, body: text.body });
    ledger.ack(line);
    return true;
  }

  async #colour(): Promise<boolean> {
    const { office, ledger } = this.#world;
    const list = await tried(() => office.leader.get('/api/issues?level=none,blue&limit=100'));
    if (list?.status !== 200) return true;
    const found = (list.body as readonly { readonly id: string }[]).find(({ id }) => !this.#coloured.has(id));
    if (found === undefined) return true;
    this.#coloured.add(found.id);
    const line = ledger.begin('override', found.id);
    const path = `/api/issues/${encodeURIComponent(found.id)}/override`;
    const reply = await tried(() => office.leader.send('POST', path, { level: 'orange', reason: '演练：需要处置' }));
    if (reply?.status === 200) ledger.ack(line);
    return true;
  }

  async #sign(): Promise<boolean> {
    const { sink, ledger } = this.#world;
    const delivery = sink.deliveries.findLast(({ key, link }) => link !== '' && !this.#signing.has(key));
    if (delivery === undefined) return true;
    this.#signing.add(delivery.key);
    const line = ledger.begin('sign', delivery.key);
    const body = new URLSearchParams({ name: '值班员' });
    const status = await tried(async () => (await fetch(delivery.link, { method: 'POST', body })).status);
    if (status === 200) ledger.ack(line);
    // Cut off: whether it counts is Heed's to say; it is tried again in another life.
    else if (status === null || status >= 500) this.#signing.delete(delivery.key);
    return true;
  }

  /** Drafted by one, reviewed by another, signed by a third. What is cut off stays where it is; the next turn answers another issue. */
  async #answer(): Promise<boolean> {
    const { office, ledger } = this.#world;
    const issueId = ledger.acked('override').find(({ key }) => !this.#answered.has(key))?.key;
    if (issueId === undefined) return true;
    this.#answered.add(issueId);
    const draft = ledger.begin('draft', issueId);
    const made = await tried(() => office.duty.send('POST', `/api/issues/${encodeURIComponent(issueId)}/statements`, STATEMENT));
    if (made?.status !== 200) return true;
    const { id } = (made.body as { readonly statement: { readonly id: string } }).statement;
    ledger.ack(draft, id);
    const path = `/api/statements/${encodeURIComponent(id)}`;
    if ((await tried(() => office.duty.send('POST', `${path}/submit`)))?.status !== 200) return true;
    if ((await tried(() => office.leader.send('POST', `${path}/review`)))?.status !== 200) return true;
    const line = ledger.begin('publish', issueId);
    const signed = await tried(() => office.speaker.send('POST', `${path}/sign`, { password: office.speakerPassword }));
    if (signed?.status === 200) ledger.ack(line, id);
    return true;
  }
}
