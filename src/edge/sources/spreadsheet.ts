/** Collector: an imported or posted spreadsheet (.xlsx), one text a row. Headings are found below titles; columns are guessed or chosen. */
import type { Source } from '../../model/source.ts';
import { DAY, type Instant, SECOND } from '../../model/time.ts';
import type { Collector, Pulled, Received } from '../../ports.ts';
import { heavyApart } from '../heavyApart.ts';
import { isZip } from '../zipSizes.ts';
import { textOf } from '../looseValues.ts';
import { tableItems } from '../sentItems.ts';
import { ZONE_FIELD } from '../sourceSettings.ts';

/** Why a workbook could not be read, for whoever sent it. */
const WHY = { time: 'spreadsheet.tooSlow', memory: 'spreadsheet.tooLarge', fault: 'spreadsheet.notXlsx' } as const;

function unread(why: keyof typeof WHY): Pulled {
  return { items: [], notes: [WHY[why]], cursor: null, stopped: { kind: 'refused', refusal: { code: 'collect.columnsUnknown' } } };
}

async function receive(source: Source, input: Received, now: Instant): Promise<Pulled> {
  if (!isZip(input.bytes)) return unread('fault');
  const read = await heavyApart('workbook', { bytes: input.bytes, sheet: textOf(source.settings.sheet).trim() });
  if (!read.ok) return unread(read.why);
  const { records, others } = read.value;
  const bytes = new TextEncoder().encode(JSON.stringify(records));
  const table = tableItems(source, { ...input, bytes, contentType: 'application/json; charset=utf-8' }, now, { kind: 'article' });
  const notes = others.length === 0 ? [] : [`sheets not read: ${others.slice(0, 10).join(', ')}`];
  return { ...table, notes: [...notes, ...table.notes] };
}

export default {
  kind: 'spreadsheet',
  about: { zh: '电子表格：导入或推送的 Excel（.xlsx）', en: 'Spreadsheet: imported or posted Excel (.xlsx)' },
  settings: [
    {
      name: 'sheet',
      label: { zh: '工作表（名称或序号；空着取行数最多的）', en: 'Sheet (name or number; empty: the one with most rows)' },
      type: 'text',
    },
    ZONE_FIELD,
  ],
  standing: 'import',
  manners: { robots: true, pollAtLeast: DAY, pollAtMost: DAY, pause: SECOND },
  receive,
} satisfies Collector;
