/**
 * Collector: the complaint desk. Takes service requests as Open311 GeoReport v2 sends them (form-encoded or JSON), one or many, and the
 * desk's table exports. Names of people are not taken over; a telephone number or account only makes the sealed author mark.
 */
import { DAY, SECOND } from '../../model/time.ts';
import type { Collector } from '../../ports.ts';
import { filled, firstOf, type RecordForm, sentItems } from '../sentItems.ts';
import type { SentRecord } from '../sentRecords.ts';
import { ZONE_FIELD } from '../sourceSettings.ts';

/** GeoReport v2 allows 4,000 characters of description. */
const MAX_DESCRIPTION = 4000;

/** Headings of hotline exports that tell who called (the last one present is used) and where. */
const HOTLINE_HEADINGS: Readonly<Record<string, string>> = {
  来电人: 'author',
  诉求人: 'author',
  联系电话: 'author',
  来电电话: 'author',
  来电号码: 'author',
  地址: 'place',
  诉求地址: 'place',
  事发地址: 'place',
};

/** Written out, or the coordinates cut to about 100 m so that they do not name a household. */
function placeOf(record: SentRecord): string {
  // In GeoReport answers `address` is a place written out, not a web address.
  const written = firstOf(record, ['address_string', 'place', 'address']);
  if (written !== '') return written;
  const lat = Number(record.lat ?? Number.NaN);
  const long = Number(record.long ?? record.lon ?? Number.NaN);
  return Math.abs(lat) <= 90 && Math.abs(long) <= 180 ? `${lat.toFixed(3)},${long.toFixed(3)}` : '';
}

const FORM: RecordForm = {
  kind: 'request',
  fields: (record) =>
    filled({
      key: firstOf(record, ['service_request_id', 'key', 'id']),
      title: firstOf(record, ['title', 'subject']),
      body: firstOf(record, ['description', 'body', 'text']).slice(0, MAX_DESCRIPTION),
      author: firstOf(record, ['author', 'account_id', 'phone', 'email', 'device_id']),
      place: placeOf(record),
      section: firstOf(record, ['service_name', 'service_code', 'section']),
      publishedAt: firstOf(record, ['requested_datetime', 'publishedat']),
      // Only so that these are masked where the text repeats them.
      first_name: record.first_name ?? '',
      last_name: record.last_name ?? '',
      phone: record.phone ?? '',
      email: record.email ?? '',
    }),
  extra: (record) => ({
    ...(record.media_url === undefined ? {} : { nImages: 1 }),
    ...(record.withdrawn === 'true' || record.gone === 'true' ? { gone: true } : {}),
  }),
};

export default {
  kind: 'open311',
  about: { zh: '诉求热线与投诉台（Open311），含表格导出', en: 'Complaint desk (Open311), and its table exports' },
  settings: [ZONE_FIELD],
  standing: 'desk',
  manners: { robots: true, pollAtLeast: DAY, pollAtMost: DAY, pause: SECOND },
  receive: (source, input, now) => sentItems(source, input, now, FORM, { kind: 'request', headings: HOTLINE_HEADINGS }),
} satisfies Collector;
