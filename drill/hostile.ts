/**
 * REL-13, S-XML, S-ZIP: servers that behave badly, feeds, packed answers and pages made to hurt. The servers are asked all at once by the
 * real collector; the shapes are read one after the other in a process of their own, so that time and memory are theirs alone.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setDefaultCACertificates } from 'node:tls';
import { makeOutbound } from '../src/edge/get.ts';
import feed from '../src/edge/sources/feed.ts';
import type { Source } from '../src/model/source.ts';
import type { Json } from '../src/model/words.ts';
import { BEHAVIOURS, type Behaviour, GOOD, startBehaviour } from './hostileWorld/behaviours.ts';
import { type Certificates, makeCertificates } from './hostileWorld/certificates.ts';
import { HTML_SHAPES } from './hostileWorld/htmlShapes.ts';
import { PACKED_SHAPES } from './hostileWorld/packedShapes.ts';
import { SECRET, type Shape, xmlShapes } from './hostileWorld/xmlShapes.ts';
import type { Drill } from './main.ts';

const LONGEST_FETCH = 60_000;
const LONGEST_PARSE = 2_000;
const MOST_EXTRA_MB = 64;

function sourceAt(address: string): Source {
  const manners = { robots: false, pollAtLeast: 10_000, pollAtMost: 86_400_000, pause: 0 };
  return {
    id: address,
    kind: 'feed',
    name: 'drill',
    address,
    standing: 'press',
    manners,
    settings: { fullText: 'feed' },
  } as unknown as Source;
}

interface Fetched {
  readonly name: string;
  readonly took: number;
  readonly got: string;
  readonly ok: boolean;
}

/** One behaviour, asked as often as it says; the slowest fetch counts. The last result must be an expected one. */
async function ask(behaviour: Behaviour, host: string, certificates: Certificates): Promise<Fetched> {
  const server = await startBehaviour(behaviour, host, certificates);
  let nResolved = 0;
  let clock = 0;
  const outbound = makeOutbound({
    allowLoopback: true,
    ports: [Number(new URL(server.address).port)],
    userAgent: 'Heed/drill',
    now: () => (clock += 60_000),
    ...(behaviour.resolve === undefined ? {} : { resolve: () => behaviour.resolve!(host, ++nResolved) }),
  });
  let cursor: Json = null;
  let took = 0;
  const got: string[] = [];
  for (let n = 0; n < (behaviour.polls ?? 1); n++) {
    const started = performance.now();
    const pulled = await feed.pull(sourceAt(server.address), cursor, outbound.get, clock);
    took = Math.max(took, performance.now() - started);
    const { stopped } = pulled;
    got.push(stopped === undefined ? 'ok' : stopped.kind === 'failed' ? stopped.code : stopped.kind);
    cursor = pulled.cursor;
  }
  server.close();
  return { name: behaviour.name, took: Math.round(took), got: got.join(' '), ok: got.every((each) => behaviour.expects.includes(each)) };
}

interface ShapeRun {
  /** Real ms. */
  readonly took: number;
  /** Of the whole process, the start of a fresh thread after a dropped one included. */
  readonly cpuMs: number;
  readonly extraMb: number;
  readonly result: string;
  readonly leaked: boolean;
}

/** Null: the process died. */
function readApart(args: readonly string[]): Promise<ShapeRun | null> {
  const child = join(import.meta.dirname, 'hostileWorld', 'oneShape.ts');
  return new Promise((resolve) =>
    execFile(process.execPath, ['--expose-gc', child, ...args], { timeout: 90_000 }, (error, stdout) =>
      resolve(error === null && stdout.trim() !== '' ? (JSON.parse(stdout) as ShapeRun) : null),
    ),
  );
}

/** Real time where a core was free; on a machine busy with other things, what the reading itself used. */
const timeOf = (run: ShapeRun): number => Math.min(run.took, run.cpuMs);

interface Row {
  readonly name: string;
  readonly run: ShapeRun | null;
  readonly wrong: string | null;
}

function judge(name: string, run: ShapeRun | null, expects: readonly string[] | null): Row {
  const why = [
    run === null ? 'died' : '',
    run !== null && timeOf(run) > LONGEST_PARSE ? `${run.took} ms, ${run.cpuMs} ms of CPU` : '',
    run !== null && run.extraMb > MOST_EXTRA_MB ? `${run.extraMb} MB` : '',
    run?.leaked === true ? 'resolved an entity' : '',
    run !== null && expects !== null && !expects.includes(run.result) ? `gave ${run.result}` : '',
  ].filter((each) => each !== '');
  return { name, run, wrong: why.length === 0 ? null : why.join(', ') };
}

async function readShapes(kinds: readonly string[], shapes: readonly Shape[], folder: string): Promise<Row[]> {
  const rows: Row[] = [];
  const [half, other] = [shapes.filter((_, n) => n % 2 === 0), shapes.filter((_, n) => n % 2 === 1)];
  await Promise.all([half, other].map((some, lane) => readInLane(kinds, some, join(folder, `shape${lane}`), rows)));
  return rows;
}

/** Two lanes: one processor for each. */
async function readInLane(kinds: readonly string[], shapes: readonly Shape[], file: string, rows: Row[]): Promise<void> {
  for (const shape of shapes) {
    writeFileSync(file, shape.bytes());
    for (const kind of kinds) rows.push(judge(`${shape.name} (${kind})`, await readApart([kind, file, shape.contentType ?? '']), null));
  }
}

async function readPacked(): Promise<Row[]> {
  const rows: Row[] = [];
  let body: Buffer = Buffer.alloc(0);
  let coding = '';
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-encoding': coding, 'content-type': 'text/xml' }).end(body),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  for (const shape of PACKED_SHAPES) {
    body = shape.body();
    coding = shape.coding;
    rows.push(judge(shape.name, await readApart(['get', address]), shape.expects));
  }
  server.closeAllConnections();
  server.close();
  return rows;
}

function figuresOf(rows: readonly Row[]) {
  const most = (of: (run: ShapeRun) => number) => Math.max(0, ...rows.map(({ run }) => (run === null ? 0 : of(run))));
  return {
    n: rows.length,
    longestMs: most(timeOf),
    longestRealMs: most((run) => run.took),
    mostExtraMb: most((run) => run.extraMb),
    deaths: rows.filter(({ run }) => run === null).length,
  };
}

async function allShapes(folder: string) {
  let nCanary = 0;
  const canary = createServer((_request, response) => {
    nCanary++;
    response.end(SECRET);
  });
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
  const secretFile = join(folder, 'secret');
  writeFileSync(secretFile, SECRET);
  const canaryAddress = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/x`;
  const xml = await readShapes(['feed'], xmlShapes(canaryAddress, secretFile), folder);
  const packed = await readPacked();
  const html = await readShapes(['article', 'list', 'thread'], HTML_SHAPES, folder);
  canary.close();
  return { xml, packed, html, nCanary };
}

const drill: Drill = {
  about: 'REL-13, S-XML, S-ZIP: bad servers, feeds, packed answers and pages; nothing dies, hangs or swells (about 2 minutes)',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'heed-drill-'));
    const certificates = makeCertificates('127.1.9.1', Date.now());
    setDefaultCACertificates([certificates.authority]);
    const behaviours = [GOOD, { ...GOOD, name: 'good over TLS', tls: 'good' as const }, ...BEHAVIOURS];
    // Certificates are made for one address; the port tells the servers apart.
    const asking = Promise.all(
      behaviours.map((each, n) => ask(each, each.tls === undefined ? `127.1.8.${n + 1}` : '127.1.9.1', certificates)),
    );
    const shapes = await allShapes(folder);
    const fetched = await asking;
    rmSync(folder, { recursive: true });
    const badFetches = fetched
      .filter((each) => !each.ok || each.took > LONGEST_FETCH)
      .map(({ name, took, got }) => `${name}: ${got}, ${took} ms`);
    const rows = [...shapes.xml, ...shapes.packed, ...shapes.html];
    const wrong = [...badFetches, ...rows.flatMap((row) => (row.wrong === null ? [] : [`${row.name}: ${row.wrong}`]))];
    return {
      ok: wrong.length === 0 && shapes.nCanary === 0,
      behaviours: { n: BEHAVIOURS.length, longestMs: Math.max(...fetched.map(({ took }) => took)), notAsExpected: badFetches.length },
      xml: figuresOf(shapes.xml),
      packed: figuresOf(shapes.packed),
      html: { shapes: HTML_SHAPES.length, ...figuresOf(shapes.html) },
      canaryAsked: shapes.nCanary,
      wrong,
    };
  },
};
export default drill;
