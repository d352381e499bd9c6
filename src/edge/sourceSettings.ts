/** Settings that several collectors share, and their reading. */
import type { Source } from '../model/source.ts';
import type { SettingField } from '../ports.ts';
import { numberOf, textOf } from './looseValues.ts';

export const ZONE_FIELD: SettingField = {
  name: 'zone',
  label: { zh: '网站的时区', en: 'Time zone of the site' },
  help: { zh: '用来读没有写时区的时间，如 Asia/Shanghai', en: 'For times written without a zone, e.g. Asia/Shanghai' },
  type: 'text',
  default: 'Asia/Shanghai',
};

function isZone(zone: string): boolean {
  return zone !== '' && (Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC');
}

/** A zone nobody knows reads as the default. */
export function zoneOf(source: Source): string {
  const zone = textOf(source.settings.zone);
  return isZone(zone) ? zone : String(ZONE_FIELD.default);
}

/** A whole number of the settings within its bounds. */
export function countOf(source: Source, name: string, usual: number, most: number): number {
  const number = numberOf(source.settings[name]);
  return number === null ? usual : Math.min(most, Math.max(1, Math.floor(number)));
}

export const PAGE_ACCEPT = 'text/html, application/xhtml+xml;q=0.9, */*;q=0.1';
export const FEED_ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1';
