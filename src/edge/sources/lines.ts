/** Collector: an imported or posted file, CSV or JSON lines, one text per line. Column names are known or chosen at the import. */
import { DAY, SECOND } from '../../model/time.ts';
import type { Collector } from '../../ports.ts';
import { tableItems } from '../sentItems.ts';
import { ZONE_FIELD } from '../sourceSettings.ts';

export default {
  kind: 'lines',
  about: { zh: '导入或推送的表格：CSV、JSON 行', en: 'Imported or posted tables: CSV, JSON lines' },
  settings: [ZONE_FIELD],
  standing: 'import',
  manners: { robots: true, pollAtLeast: DAY, pollAtMost: DAY, pause: SECOND },
  receive: (source, input, now) => tableItems(source, input, now, { kind: 'article' }),
} satisfies Collector;
