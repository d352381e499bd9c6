/** What placing one short text costs while thousands of issues are live, and what a long stream leaves in memory. Made texts, no data needed. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { place } from '../src/judge/cluster.ts';
import { type JudgeState, newJudgeState } from '../src/judge/state.ts';
import type { Document } from '../src/model/document.ts';
import { DAY, type Span } from '../src/model/time.ts';
import zh from '../src/text/lang/zh.ts';
import type { Bench } from './main.ts';

const START = Date.UTC(2026, 0, 1);
const CHARS = 40;

/** A few characters are common and most are rare, as in real text; the same seed gives the same texts. */
function characters(seed: number): () => string {
  let last = seed % 2_147_483_647 || 7;
  return () => {
    last = (last * 48_271) % 2_147_483_647;
    return String.fromCharCode(0x4e00 + Math.floor(3000 * (last / 2_147_483_647) ** 3));
  };
}

/** Half of a text is its matter's own words, in turned order, half is what anyone may say. */
function textOf(matter: number, n: number): string {
  const own = characters(matter * 7919 + 13);
  const words = Array.from({ length: 6 }, () => Array.from({ length: 5 }, own).join(''));
  const any = characters(n * 104_729 + 17);
  return [0, 1, 2, 3].map((k) => `${words[(n + k) % 6]}${Array.from({ length: CHARS / 4 - 5 }, any).join('')}`).join('，');
}

function documentOf(n: number, matter: number, at: number): Document {
  const id = `d${n}`;
  const none = { previousId: null, thread: null, place: null, section: null, sure: null, copyOf: null, copyHow: null };
  const fingerprint = { exact: '', minhash: '', nShingles: 0 };
  const counts = { publishedAt: at, seenAt: at, version: 1, reach: 0, nImages: 0, nRedactions: 0, marks: [] };
  const pseudonym = `p${n % 997}` as Document['pseudonym'];
  return {
    id,
    sourceId: 'desk',
    key: id,
    address: '',
    kind: 'post',
    title: '',
    text: textOf(matter, n),
    language: 'zh',
    pseudonym,
    fingerprint,
    ...none,
    ...counts,
  };
}

/** CPU milliseconds: other processes of the machine do not count. */
function cpuNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function put(state: JudgeState, document: Document): void {
  place(state, document, {
    now: document.seenAt,
    source: { id: document.sourceId, standing: 'desk', family: document.sourceId, audience: 0 },
    topicIds: [],
    pack: zh,
  });
}

interface Stream {
  readonly set: string;
  readonly nDocuments: number;
  /** So many texts on average tell of one matter, all within a day. */
  readonly perMatter: number;
  readonly span: Span;
  /** Lines are printed at so many places. */
  readonly nLines: number;
}

const round = (value: number, digits = 2): number => Math.round(value * 10 ** digits) / 10 ** digits;

function run(stream: Stream, collect: () => void): void {
  const state = newJudgeState();
  const step = stream.span / stream.nDocuments;
  const window = Math.max(2, Math.round(DAY / step / stream.perMatter));
  const every = stream.nDocuments / stream.nLines;
  for (let from = 0; from < stream.nDocuments; from += every) {
    const documents = Array.from({ length: every }, (_, i) => {
      const n = from + i;
      return documentOf(n, Math.floor(n / stream.perMatter) - ((n * 7) % window) + window, START + n * step);
    });
    const begun = cpuNow();
    for (const document of documents) put(state, document);
    const cpuMsEach = round((cpuNow() - begun) / every, 3);
    collect();
    const heapMb = round(process.memoryUsage().heapUsed / 1e6, 1);
    const sizes = { nLive: state.live.size, nClosed: state.closed.size, nTerms: state.terms.nHolding.size };
    console.log(JSON.stringify({ bench: 'judgeStream', set: stream.set, nDocuments: from + every, ...sizes, heapMb, cpuMsEach }));
  }
}

const bench: Bench = {
  about: 'grouping: milliseconds per short text with thousands of live issues; memory over a long stream',
  run: () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    run({ set: 'thousands live', nDocuments: 6000, perMatter: 2, span: 3 * DAY, nLines: 3 }, collect);
    // Longer than closed issues stay linkable, so that the last lines show where memory settles.
    run({ set: '40 days, a thousand live', nDocuments: 18_000, perMatter: 1.6, span: 40 * DAY, nLines: 6 }, collect);
    return Promise.resolve();
  },
};
export default bench;
