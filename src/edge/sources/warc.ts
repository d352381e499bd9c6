/** Collector: an imported web archive (WARC), each page an article. Pages of persons are left out like their addresses. */
import type { Source } from '../../model/source.ts';
import { DAY, type Instant, SECOND } from '../../model/time.ts';
import type { Collector, NotGot, Pulled, Received } from '../../ports.ts';
import { heavyApart } from '../heavyApart.ts';
import { failed } from '../outboundFault.ts';
import { ZONE_FIELD, zoneOf } from '../sourceSettings.ts';

const NOT_AN_ARCHIVE: NotGot = {
  kind: 'failed',
  code: 'notAnArchive',
  because: { zh: '这不是 WARC 网页存档', en: 'This is no web archive (WARC)' },
};

const none: Pulled = { items: [], notes: ['warc.notAnArchive'], cursor: null, stopped: NOT_AN_ARCHIVE };

/** Packed, or with the first word of a record: nothing else is worth a thread. */
function mayBeArchive(bytes: Uint8Array): boolean {
  return (bytes[0] === 0x1f && bytes[1] === 0x8b) || String.fromCharCode(...bytes.subarray(0, 5)) === 'WARC/';
}

async function receive(source: Source, input: Received, now: Instant): Promise<Pulled> {
  if (!mayBeArchive(input.bytes)) return none;
  const read = await heavyApart('archive', { bytes: input.bytes, now, zone: zoneOf(source) });
  if (!read.ok) return { items: [], notes: [`warc.tooHeavy ${read.why}`], cursor: null, stopped: failed('tooHeavy') };
  const { items, notes, isArchive } = read.value;
  return isArchive ? { items, notes, cursor: null } : none;
}

export default {
  kind: 'warc',
  about: { zh: '网页存档（WARC）：导入存下的网页', en: 'Web archive (WARC): imported pages' },
  settings: [ZONE_FIELD],
  standing: 'import',
  manners: { robots: true, pollAtLeast: DAY, pollAtMost: DAY, pause: SECOND },
  receive,
} satisfies Collector;
