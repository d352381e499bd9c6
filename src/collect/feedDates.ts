/**
 * Dates as feeds write them: RFC 822 and its relatives, ISO 8601 whole or in part, asctime, MSSQL, Korean, Chinese, Greek, Hungarian.
 * A date without a zone is read in the given one.
 */
import type { Instant } from '../model/time.ts';

const MONTHS: Record<string, number> = {};
function months(names: string): void {
  names.split(' ').forEach((name, at) => {
    for (const form of name.split('/')) MONTHS[form] = at + 1;
  });
}
months('jan feb mar apr may jun jul aug sep oct nov dec');
months('ιαν/ιαν. φεβ μάρ/μαρ/μαώ απρ μάι/μαϊ/μαι ιούν/ιον ιούλ/ιολ αύγ/αυγ σεπ οκτ νοέ/νοε δεκ');
months('január februári/február március/március április/április máujus/május június július augusztus szeptember október november december');
months(
  'januar/janvier februar/février/fevrier märz/mars april/avril mai/mayo juni/juin juli/juillet août/agosto septembre/septiembre oktober/octobre novembre/noviembre dezember/décembre/diciembre',
);

/** Minutes east of Greenwich. Military letters but Z are read as UTC (RFC 2822, 4.3). CST is American unless the feed is Chinese. */
const ZONES: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  bst: 60,
  cet: 60,
  met: 60,
  mez: 60,
  west: 60,
  cest: 120,
  mesz: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  ist: 330,
  hkt: 480,
  sgt: 480,
  awst: 480,
  jst: 540,
  kst: 540,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
  est: -300,
  edt: -240,
  et: -300,
  cst: -360,
  cdt: -300,
  ct: -360,
  mst: -420,
  mdt: -360,
  mt: -420,
  pst: -480,
  pdt: -420,
  pt: -480,
  akst: -540,
  hst: -600,
  ast: -240,
  adt: -180,
  nst: -210,
};

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  readonly ms?: number;
  /** Minutes east, or null when the date names no zone. */
  readonly zone: number | null;
}

function fullYear(text: string): number {
  const year = Number(text);
  // RFC 2822, 4.3: two digits from 00 to 49 are of this century.
  return text.length === 2 ? year + (year < 70 ? 2000 : 1900) : text.length === 3 ? year + 1900 : year;
}

function zoneOf(text: string | undefined, defaultZone: number): number | null {
  if (text === undefined || text.trim() === '') return null;
  const plain = text
    .trim()
    .replace(/^(?:gmt|utc?)(?=[+-])/i, '')
    .replace(/\s/g, '');
  const offset = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(plain);
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return minutes > 15 * 60 ? null : offset[1] === '-' ? -minutes : minutes;
  }
  const name = /^[a-z]+/i.exec(plain)?.[0].toLowerCase();
  if (name === undefined) return null;
  if (name === 'cst' && defaultZone === 480) return 480;
  return ZONES[name] ?? (name.length === 1 ? 0 : null);
}

function instantOf(parts: Parts, defaultZone: number): Instant | null {
  const { year, month, day, hour = 0, minute = 0, second = 0, ms = 0 } = parts;
  if (year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 61) return null;
  const at = Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59), ms) - (parts.zone ?? defaultZone) * 60_000;
  return Number.isSafeInteger(at) ? at : null;
}

const ISO =
  /^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?:[T\s_]+(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,:](\d{1,9}))?)?)?\s*([AP]M)?\s*(Z|[A-Z]{2,5}|(?:GMT|UTC)?\s?[+-]\d{1,2}:?\d{0,2})?)?$/i;
const ORDINAL = /^(\d{4})-?(\d{3})$/;
const TWO_DIGIT = /^(\d{2})-(\d{2})-(\d{2})$/;

function readIso(text: string, zone: number): Parts | null {
  const ordinal = ORDINAL.exec(text);
  if (ordinal !== null) return { year: Number(ordinal[1]), ...ofDayOfYear(Number(ordinal[1]), Number(ordinal[2])), zone: null };
  const short = TWO_DIGIT.exec(text);
  if (short !== null) return { year: fullYear(short[1] ?? ''), month: Number(short[2]), day: Number(short[3]), zone: null };
  const found = ISO.exec(text);
  if (found === null) return null;
  const [, year, month, day, hour, minute, second, fraction, half, zoneText] = found;
  return {
    year: Number(year),
    month: Number(month ?? 1),
    day: Number(day ?? 1),
    hour: halfDay(Number(hour ?? 0), half),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    ms: Number((fraction ?? '0').padEnd(3, '0').slice(0, 3)),
    zone: zoneOf(zoneText, zone),
  };
}

function ofDayOfYear(year: number, day: number): { readonly month: number; readonly day: number } {
  const date = new Date(Date.UTC(year, 0, day));
  return { month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function halfDay(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return /^(?:pm|下午|晚上|오후|μμ)$/i.test(half) ? (hour % 12) + 12 : /^(?:am|上午|凌晨|早上|오전|πμ)$/i.test(half) ? hour % 12 : hour;
}

const TIME = /(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?\s*([ap]m\b)?/i;

/** RFC 822, 850, 2822, asctime, and what is made of them: a day, a month by name, a year, a time, a zone, in any order that occurs. */
function readNamed(text: string, zone: number): Parts | null {
  const plain = text.replace(/^[\p{L}.]{2,12},?\s+(?=\d|[\p{L}]{3,})/u, (start) =>
    MONTHS[start.trim().slice(0, 3).toLowerCase()] === undefined || /,/.test(start) ? '' : start,
  );
  const time = TIME.exec(plain);
  const rest = time === null ? plain : plain.slice(0, time.index);
  const tail = time === null ? '' : plain.slice(time.index + time[0].length);
  const month = /\p{L}{3,}\.?/gu;
  let number: number | undefined;
  for (const word of `${rest} ${tail}`.matchAll(month)) {
    const name = word[0].replace('.', '').toLowerCase();
    number = MONTHS[name] ?? MONTHS[name.slice(0, 4)] ?? MONTHS[name.slice(0, 3)];
    if (number !== undefined) break;
  }
  if (number === undefined) return null;
  const numbers = rest.match(/\d{1,4}/g) ?? [];
  let [first, second] = numbers;
  // asctime writes the year behind the time.
  if (second === undefined) second = /(?:^|\s)(\d{4})(?:\s|$)/.exec(tail)?.[1];
  if (first === undefined || second === undefined) return null;
  if (first.length === 4 && second.length <= 2) [first, second] = [second, first];
  const zoneText = tail.replace(/(?:^|\s)\d{4}(?=\s|$)/, ' ').trim();
  return {
    year: fullYear(second),
    month: number,
    day: Number(first),
    hour: halfDay(Number(time?.[1] ?? 0), time?.[5]),
    minute: Number(time?.[2] ?? 0),
    second: Number(time?.[3] ?? 0),
    zone: zoneOf(/^(?:[a-z]{1,5}\b|(?:gmt|utc?)?\s?[+-]\s?\d{1,2}:?\d{0,2})/i.exec(zoneText)?.[0], zone),
  };
}

/** 2026年3月10日 11:42, 2004년 05월 28일 오후 01:31, 2026/3/10 11:42, 2004-07-08 23:56:58.0, 2004. 5. 28. */
const EAST =
  /^(\d{4})\s*[年년\-/.]\s*(\d{1,2})\s*[月월\-/.]\s*(\d{1,2})\s*[日号일.]?\s*(?:[(（]?[星期周礼拜一二三四五六日天월화수목금토일요\s)）]*)(上午|下午|晚上|凌晨|早上|中午|오전|오후)?\s*(?:(\d{1,2})\s*[:：时時시]\s*(\d{1,2})\s*(?:[:：分분]\s*(\d{1,2})?)?)?[秒초.]?\d*\s*(Z|[A-Z]{2,5}|[+-]\d{1,2}:?\d{2})?$/i;

function readEast(text: string, zone: number): Parts | null {
  const found = EAST.exec(text);
  if (found === null) return null;
  const [, year, month, day, half, hour, minute, second, zoneText] = found;
  const isKorean = /[년월일오]/.test(text);
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: halfDay(Number(hour ?? 0), half),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    zone: zoneOf(zoneText, zone) ?? (isKorean ? 540 : null),
  };
}

/** 10/03/2026: the day first where the first number can be no month, the month first otherwise (as the wild mostly writes it). */
function readSlashed(text: string, zone: number): Parts | null {
  const found = /^(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})(?:[\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?)?\s*(.*)$/i.exec(text);
  if (found === null) return null;
  const [, a, b, year, hour, minute, second, half, tail] = found;
  const dayFirst = Number(a) > 12 || text.includes('.');
  const [day, month] = dayFirst ? [a, b] : [b, a];
  return {
    year: fullYear(year ?? ''),
    month: Number(month),
    day: Number(day),
    hour: halfDay(Number(hour ?? 0), half),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    zone: zoneOf(tail, zone),
  };
}

/** `július-13T9:15-05:00` behind its year. */
function readHungarian(text: string, zone: number): Parts | null {
  const found = /^(\d{4})-(\p{L}{3,})-(\d{1,2})T(\d{1,2}):(\d{2})(?::(\d{2}))?((?:[+-]\d{2}:?\d{2})|Z)?$/u.exec(text);
  const month = MONTHS[found?.[2]?.toLowerCase() ?? ''];
  if (found === null || month === undefined) return null;
  const [, year, , day, hour, minute, second, zoneText] = found;
  return {
    year: Number(year),
    month,
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    zone: zoneOf(zoneText, zone),
  };
}

/** Null for what is no date. `zone` is in minutes east of Greenwich. */
export function parseFeedDate(raw: string, zone = 0): Instant | null {
  if (raw.length > 100) return null;
  const text = raw.replace(/[\u00a0\u3000\s]+/g, ' ').trim();
  if (text === '' || !/\d/.test(text)) return null;
  // Seconds or milliseconds since 1970.
  if (/^\d{10}$/.test(text)) return Number(text) * 1000;
  if (/^\d{13}$/.test(text)) return Number(text);
  if (/^\d{14}$/.test(text)) return parseFeedDate(`${text.slice(0, 8)}T${text.slice(8)}`, zone);
  for (const read of [readIso, readHungarian, readEast, readSlashed, readNamed]) {
    const parts = read(text, zone);
    const at = parts === null ? null : instantOf(parts, zone);
    if (at !== null) return at;
  }
  return null;
}
