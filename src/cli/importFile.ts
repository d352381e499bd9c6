/** `heed import FILE [--source ID] [--format jsonl|csv|xlsx|warc] [--time-zone Z]`: a file into the data folder, a receipt per refused line, judged to the end. */
import { createReadStream, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import { logger } from '../console.ts';
import { type Heed, openHeed } from '../heed.ts';
import type { Source } from '../model/source.ts';
import { DAY, SECOND } from '../model/time.ts';
import { type ReceivedLines, receiveFor } from '../work/receive.ts';
import { runDue } from '../work/runJob.ts';
import type { Command } from './commands.ts';
import { optionsOf } from './options.ts';

const AT_ONCE = 16;

/** The source that imported files belong to when none is named. */
export function importSource(id: string, now: number): Source {
  return {
    id,
    name: { zh: `导入：${id}`, en: `Import: ${id}` },
    kind: 'lines',
    address: `heed:import/${id}`,
    settings: {},
    standing: 'import',
    family: id,
    audience: 0,
    manners: { robots: true, pollAtLeast: DAY, pollAtMost: DAY, pause: SECOND },
    paused: false,
    addedBy: 'machine',
    addedAt: now,
    rev: 0,
  };
}

export async function bytesOf(file: string): Promise<Uint8Array> {
  if (!file.endsWith('.gz')) return readFileSync(file);
  const parts: Buffer[] = [];
  for await (const part of createReadStream(file).pipe(createGunzip())) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

export function contentTypeOf(file: string, format: string | undefined): string {
  const name = (format ?? file.replace(/\.gz$/, '').split('.').pop() ?? '').toLowerCase();
  if (name === 'csv' || name === 'tsv') return 'text/csv';
  if (name === 'jsonl' || name === 'ndjson' || name === 'json') return 'application/x-ndjson';
  if (name === 'xlsx') return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  if (name === 'warc') return 'application/warc';
  throw new Error(`--format jsonl, csv, xlsx or warc: "${name}" is none of them`);
}

/** Does what the import causes while it goes on, since one's thinking fills the other's wait for the disk; and then the rest, to the end. */
async function workOff<T>(heed: Heed, taking: Promise<T>): Promise<T> {
  let isTaken = false;
  let rouse = (): void => undefined;
  heed.onWork = () => rouse();
  const taken = taking.finally(() => {
    isTaken = true;
    rouse();
  });
  // Whoever awaits it below hears of a failure; until then it must not end the process.
  taken.catch(() => undefined);
  for (;;) {
    const isLast = isTaken;
    const woken = new Promise<void>((resolve) => (rouse = resolve));
    if ((await runDue(heed.io, AT_ONCE)) > 0) continue;
    if (isLast) return taken;
    await woken;
  }
}

function report(file: string, lines: ReceivedLines): void {
  const { nItems, nNew, nKnown, nRefused } = lines;
  console.log(JSON.stringify({ file, nItems, nNew, nKnown, nRefused, notes: lines.notes }));
  for (const line of lines.lines) console.error(`line ${line.line}: ${line.result}`);
}

export default {
  about: 'FILE [--source ID] [--format jsonl|csv|xlsx|warc]: import texts, one a line, row or page',
  async run({ config, args }) {
    const options = optionsOf(args, ['source', 'format']);
    const file = options.rest[0];
    if (file === undefined) throw new Error('heed import FILE: the file is missing');
    const { log } = logger(config.logLevel);
    const heed = await openHeed({ config, now: Date.now, demo: false, onlyLoopback: false, log });
    try {
      const id = options.get('source') ?? 'import';
      if ((await heed.io.store.get('source', id)) === undefined)
        await heed.io.store.commit({ put: { source: [importSource(id, Date.now())] } });
      const bytes = await bytesOf(file);
      const asked = { bytes, contentType: contentTypeOf(file, options.get('format')), fileName: basename(file) };
      const received = await workOff(heed, receiveFor(heed.io, id, asked));
      if (!received.ok) {
        console.error(JSON.stringify(received.refusal));
        return 1;
      }
      report(file, received.value);
      if ((await heed.io.store.count('topic')) === 0)
        console.error(
          'No topic is set up: the texts are stored and searchable, but nothing is judged. / 尚无监测专题：文本已入库可检索，但不会研判。',
        );
      return received.value.nNew + received.value.nKnown > 0 ? 0 : 3;
    } finally {
      await heed.close();
    }
  },
} satisfies Command;
