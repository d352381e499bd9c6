/** Collector: reports of the body's own field reporters, sent as JSON. How sure the reporter is travels with the text. */
import { DAY, SECOND } from '../../model/time.ts';
import type { Collector } from '../../ports.ts';
import { filled, firstOf, type RecordForm, sentItems } from '../sentItems.ts';
import { ZONE_FIELD } from '../sourceSettings.ts';

const HOW_SURE: readonly string[] = ['seen', 'told', 'confirmed'];

const FORM: RecordForm = {
  kind: 'report',
  fields: (record) =>
    filled({
      key: firstOf(record, ['key', 'id']),
      title: firstOf(record, ['title']),
      body: firstOf(record, ['body', 'text']),
      author: firstOf(record, ['author', 'reporter']),
      place: firstOf(record, ['place']),
      publishedAt: firstOf(record, ['publishedat', 'at']),
      section: firstOf(record, ['section']),
    }),
  extra: (record) => ({
    // An unknown word for how sure counts as hearsay, the weakest.
    sure: HOW_SURE.includes(record.sure ?? '') ? record.sure! : 'told',
    ...(record.withdrawn === 'true' || record.gone === 'true' ? { gone: true } : {}),
  }),
};

export default {
  kind: 'field',
  about: { zh: '本单位信息员的现场报告', en: "Reports of the body's own field reporters" },
  settings: [ZONE_FIELD],
  standing: 'field',
  manners: { robots: true, pollAtLeast: DAY, pollAtMost: DAY, pause: SECOND },
  receive: (source, input, now) => sentItems(source, input, now, FORM, { kind: 'report', extra: { sure: 'told' } }),
} satisfies Collector;
