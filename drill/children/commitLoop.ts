/**
 * A process that commits numbered changes and writes `ack N` only once N is acknowledged: each change holds a document with
 * its terms, a journal line and a job. Arguments: folder, first number, how many, how many in flight at once.
 */
import { writeSync } from 'node:fs';
import { openStore } from '../../src/edge/store/sqlite.ts';
import type { Document } from '../../src/model/document.ts';
import type { Change } from '../../src/ports.ts';

const [folder = '.', first = '1', many = '1000', inFlight = '1'] = process.argv.slice(2);

function numbered(n: number): Change {
  const id = `n${n}`;
  const text = `第${n}号 `.repeat(1 + (n % 200));
  const document: Document = {
    ...{
      id,
      sourceId: `s${n % 7}`,
      key: id,
      address: `https://a.example/${n}`,
      kind: 'post',
      title: id,
      text,
      language: 'zh',
      pseudonym: null,
    },
    ...{ publishedAt: n * 60_000, seenAt: n * 60_000, version: 1, previousId: null, thread: null, place: null, section: null, sure: null },
    ...{
      reach: 0,
      nImages: 0,
      fingerprint: { exact: id, minhash: '', nShingles: 0 },
      copyOf: null,
      copyHow: null,
      nRedactions: 0,
      marks: [],
    },
  };
  return {
    put: { document: [document] },
    terms: [{ documentId: id, title: [id], text: text.split(' ') }],
    journal: [{ at: n, kind: 'drill.numbered', subject: id, by: 'machine', data: { n } }],
    jobs: [{ run: 'drill', key: id, payload: { n }, due: n, lane: `l${n % 5}` }],
  };
}

const store = openStore({ folder });
writeSync(1, 'ready\n');
let next = Number(first);
const end = next + Number(many);
async function lane(): Promise<void> {
  while (next < end) {
    const n = next;
    next += 1;
    const answer = await store.commit(numbered(n));
    if (!answer.ok) throw new Error(`${n} was refused`);
    writeSync(1, `ack ${n}\n`);
  }
}
await Promise.all(Array.from({ length: Number(inFlight) }, lane));
await store.close();
