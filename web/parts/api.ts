/** The one way the desk speaks to the server. Each change carries the session's token against forged requests. */
import type { Problem } from '../../src/model/desk.ts';

/** The server said no (a refusal) or broke (a fault, with an id). */
export class ProblemFault extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** Nothing answered: the network or the server is away. */
export class NoAnswerFault extends Error {}

let token = '';
export function useToken(csrf: string): void {
  token = csrf;
}

async function answerOf(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', ...init });
  } catch (cause) {
    throw new NoAnswerFault(path, { cause });
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const plain: Problem = {
    status: response.status,
    code: `http.${response.status}`,
    title: response.statusText,
    message: { zh: `服务器答复 ${response.status}`, en: `The server answered ${response.status}` },
  };
  if (!(response.headers.get('content-type') ?? '').includes('json')) return plain;
  const body = (await response.json()) as Partial<Problem>;
  return { ...plain, ...body, message: body.message ?? plain.message };
}

async function bodyOf<T>(response: Response): Promise<T> {
  if (!response.ok) throw new ProblemFault(await problemOf(response));
  const text = await response.text();
  return (text === '' ? {} : JSON.parse(text)) as T;
}

/** GET under /api unless the path begins with a slash. */
export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  const address = path.startsWith('/') ? path : `/api/${path}`;
  return bodyOf<T>(await answerOf(address, { headers: { accept: 'application/json' }, ...(signal === undefined ? {} : { signal }) }));
}

export type Verb = 'POST' | 'PUT' | 'DELETE';

export async function change<T>(verb: Verb, path: string, body: unknown = {}): Promise<T> {
  const response = await answerOf(`/api/${path}`, {
    method: verb,
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-heed-csrf': token },
    body: JSON.stringify(body),
  });
  return bodyOf<T>(response);
}

/** A query string of the values that are set. */
export function withQuery(path: string, values: Readonly<Record<string, string | number | undefined | null>>): string {
  const pairs = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '');
  if (pairs.length === 0) return path;
  return `${path}?${pairs.map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`).join('&')}`;
}
