/** One person at Heed's HTTP door: a cookie, the token that goes with each change, and nothing else. */
import { asRaw, asText } from './scenario.ts';

export interface Reply {
  readonly ok: boolean;
  readonly status: number;
  /** Parsed when it is JSON, else the text. */
  readonly body: unknown;
  /** The refusal's code, or empty. */
  readonly code: string;
}

export interface Client {
  readonly address: string;
  get(path: string): Promise<Reply>;
  send(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, type?: string): Promise<Reply>;
  /** Takes the session that a reply opened: its cookie is kept already, the token is read from it. */
  adopt(reply: Reply): void;
}

/** A door that says "too many" is tried again this often, after the pause it asks for, at most this many real milliseconds. */
const TRIES = 6;
const LONGEST_PAUSE = 3000;

function cookiesOf(response: Response, jar: Map<string, string>): void {
  for (const line of response.headers.getSetCookie()) {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    if (at <= 0) continue;
    const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    if (value === '' || /max-age=0/i.test(line)) jar.delete(name);
    else jar.set(name, value);
  }
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const body: unknown = isJson && text !== '' ? JSON.parse(text) : text;
  const code = response.ok ? '' : asText(asRaw(body).code);
  return { ok: response.status < 400, status: response.status, body, code };
}

export function makeClient(address: string, kept: { readonly cookie?: string; readonly csrf?: string } = {}): Client {
  const jar = new Map<string, string>();
  for (const pair of (kept.cookie ?? '').split(/;\s*/)) {
    const at = pair.indexOf('=');
    if (at > 0) jar.set(pair.slice(0, at), pair.slice(at + 1));
  }
  let csrf = kept.csrf ?? '';

  async function once(method: string, path: string, body: string | undefined, type: string): Promise<{ reply: Reply; pause: number }> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (jar.size > 0) headers.cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    if (csrf !== '') headers['x-heed-csrf'] = csrf;
    if (body !== undefined) headers['content-type'] = type;
    if (method !== 'GET') headers.origin = new URL(address).origin;
    const response = await fetch(new URL(path, address), { method, headers, redirect: 'manual', ...(body === undefined ? {} : { body }) });
    cookiesOf(response, jar);
    const asked = Number(response.headers.get('retry-after') ?? 1) * 1000;
    return { reply: await replyOf(response), pause: Number.isFinite(asked) ? Math.min(asked, LONGEST_PAUSE) : 1000 };
  }

  async function ask(method: string, path: string, body?: string, type = 'application/json'): Promise<Reply> {
    for (let n = 1; ; n++) {
      const { reply, pause } = await once(method, path, body, type);
      if (reply.status !== 429 || n >= TRIES) return reply;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  return {
    address,
    get: (path) => ask('GET', path),
    send: (method, path, body, type) => {
      if (type !== undefined) return ask(method, path, String(body), type);
      return ask(method, path, JSON.stringify(body ?? {}));
    },
    adopt(reply) {
      const token = asText(asRaw(reply.body).csrf);
      if (token !== '') csrf = token;
    },
  };
}

/** Signs in by name and password. */
export async function signIn(address: string, login: string, password: string): Promise<Client> {
  const client = makeClient(address);
  const reply = await client.send('POST', '/api/session', { login, password });
  if (!reply.ok) throw new Error(`${login} could not sign in: ${reply.status} ${reply.code}`);
  client.adopt(reply);
  return client;
}
