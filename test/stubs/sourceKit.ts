/** What tests of collectors share: a source, an answer, and a `get` that answers from a table. */
import type { Source } from '../../src/model/source.ts';
import type { Get, Got, NotGot } from '../../src/ports.ts';

/** Noon of a day in March, in China. */
export const NOW = Date.parse('2026-03-10T12:00:00+08:00');

export function source(kind: string, over: Partial<Source> = {}): Source {
  return {
    id: kind,
    name: { zh: '测试', en: 'test' },
    kind,
    address: 'https://site.example/list',
    settings: {},
    standing: 'press',
    family: 'site.example',
    audience: 0,
    manners: { robots: true, pollAtLeast: 0, pollAtMost: 0, pause: 1000 },
    paused: false,
    addedBy: 'test',
    addedAt: 0,
    rev: 0,
    ...over,
  };
}

export function ok(
  body: string | Uint8Array,
  headers: Record<string, string> = { 'content-type': 'text/html; charset=utf-8' },
  address = 'https://site.example/list',
): Got {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return { kind: 'ok', status: 200, address, headers, bytes, validators: {} };
}

/** Answers by address; what is not in the table is gone. Keeps what was asked. */
export function table(answers: Record<string, Got | NotGot>): Get & { asked: string[]; options: Parameters<Get>[1][] } {
  const asked: string[] = [];
  const options: Parameters<Get>[1][] = [];
  const get: Get = async (address, given) => {
    asked.push(address);
    options.push(given);
    return answers[address] ?? { kind: 'gone', status: 404 };
  };
  return Object.assign(get, { asked, options });
}

export const row = (n: number, extra = '') =>
  `<li class="row"><a href="/thread/${n}.html">东门片区自来水发黄有异味的情况说明第${n}号</a> <span class="time">2026-03-10 0${n % 10}:00</span>${extra}</li>`;
export const listPage = (numbers: readonly number[], next = '', extra: (n: number) => string = () => '') =>
  `<html><head><title>列表</title></head><body><div class="list"><ul>${numbers.map((n) => row(n, extra(n))).join('')}</ul></div>${next === '' ? '' : `<a class="next" href="${next}">下一页</a>`}</body></html>`;
export const SENTENCE = '县水务公司今天上午对东门片区的九个点位进行了取样，结果将在下午五点前公布，请居民先放水再用。';
export const articlePage = (title: string) =>
  `<html><head><title>${title}</title></head><body><nav><a href="/">首页</a></nav><article><h1>${title}</h1>${`<p>${SENTENCE}</p>`.repeat(5)}</article></body></html>`;
