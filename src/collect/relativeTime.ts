/**
 * Times as people write them on list and forum pages: 3分钟前, 昨天 12:30, 2 h ago, 3月10日 11:42, 10 Mar 2026 5:50 pm.
 * `now` and the zone of the page are told. What cannot be a real day (month 13, 25:00) is not a time.
 */
import { DAY, HOUR, type Instant, MINUTE, SECOND, type Span } from '../model/time.ts';
import { MONTHS, monthOf } from './monthNames.ts';

export interface TimeKit {
  readonly now: Instant;
  /** IANA name of the page's zone, e.g. `Asia/Shanghai`; only used where the text names no offset. */
  readonly zone: string;
  /** How 3/4/2026 is meant; when not given, the reading nearest to `now` that is not in the future is taken. */
  readonly dayFirst?: boolean;
}

export interface ReadTime {
  readonly at: Instant;
  /** How exact it is: SECOND, MINUTE, HOUR or DAY or more. A day alone stands for its first instant in the zone. */
  readonly grain: Span;
  /** The piece of the text that was read, and where it begins. */
  readonly text: string;
  readonly index: number;
}

interface Parts {
  year: number;
  month: number;
  day: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
    format = new Intl.DateTimeFormat('en-US-u-ca-gregory', { ...fields, hourCycle: 'h23', timeZone: zone });
    formats.set(zone, format);
  }
  return format;
}

/** Milliseconds that local time in the zone is ahead of UTC at that instant. */
function offsetAt(at: Instant, zone: string): Span {
  if (zone === 'UTC') return 0;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / SECOND) * SECOND;
}

/** The instant of a local wall time; a time that a clock change leaves out is taken with the offset before the change. */
export function instantOf(local: number, zone: string): Instant {
  const first = local - offsetAt(local, zone);
  return local - offsetAt(first, zone);
}

export function localDay(at: Instant, zone: string): Parts {
  const local = new Date(at + offsetAt(at, zone));
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
}

function isRealDay({ year, month, day }: Parts): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1970 && year < 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

// ---------------------------------------------------------------- pieces of patterns

const DIGITS: Readonly<Record<string, number>> = {
  半: 0.5,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
  几: 3,
};
const NUMBER_WORDS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  ein: 1,
  eine: 1,
  einem: 1,
  einer: 1,
};

function countOf(text: string): number {
  const plain = Number(text);
  if (!Number.isNaN(plain)) return plain;
  const word = NUMBER_WORDS[text.toLowerCase()];
  if (word !== undefined) return word;
  let total = 0;
  let digit = 0;
  for (const char of text) {
    const value = DIGITS[char];
    if (value === undefined) return Number.NaN;
    if (value === 10) {
      total += (digit || 1) * 10;
      digit = 0;
    } else digit = value;
  }
  return total + digit;
}

/** Units by how they begin, longest first; `mo` before `m`. */
const UNITS: readonly [start: RegExp, span: Span][] = [
  [/^(?:秒|s(?!t)|sek)/i, SECOND],
  [/^(?:月|个月|個月|mo|Monat)/i, 30 * DAY],
  [/^(?:分|m)/i, MINUTE],
  [/^(?:个?小时|個?小時|个?钟头|个?时|h|St)/i, HOUR],
  [/^(?:天|日|d|T)/i, DAY],
  [/^(?:周|个?星期|個?星期|个?礼拜|週|w)/i, 7 * DAY],
  [/^(?:年|y|J)/i, 365 * DAY],
];

function unitOf(text: string): Span {
  for (const [start, span] of UNITS) if (start.test(text)) return span;
  return Number.NaN;
}

const CLOCK = String.raw`(?:(?<half>上午|早上|早晨|凌晨|清晨|早|中午|下午|傍晚|晚上|晚|AM|PM)\s*)?(?<hour>[01]?\d|2[0-3])(?:[:：](?<minute>[0-5]\d)(?:[:：](?<second>[0-5]\d)(?:\.\d+)?)?|[时時点點](?:(?<minuteZh>[0-5]?\d)分(?:(?<secondZh>[0-5]?\d)秒)?)?|(?=\s*[ap]\.?m\b))(?:\s*(?<ampm>[ap])\.?m\b\.?)?`;
const GAP = String.raw`(?:\s*[,，·|T－—\-]?\s*(?:at|um|@|à|às|alle|ore|om|kl\.?)?\s*|\s*[（(](?:周|星期)?[一二三四五六日天][)）]\s*)`;
const OFFSET = String.raw`(?:\s*(?<offset>Z\b|(?:GMT|UTC)?\s?[+-](?:0\d|1[0-4]):?[0-5]\d\b|GMT\b|UTC\b|CST\b|EST\b|EDT\b|PST\b|PDT\b|CET\b|CEST\b))?`;
type Groups = Readonly<Record<string, string | undefined>>;

/** Milliseconds after midnight and how exact; null when there is no time of day. */
function clockOf(groups: Groups): { after: Span; grain: Span } | null {
  if (groups.hour === undefined) return null;
  let hour = Number(groups.hour);
  const half = (groups.ampm ?? groups.half ?? '').toLowerCase();
  if (/^(?:p|下午|傍晚|晚)/.test(half) && hour < 12) hour += 12;
  else if (/^(?:a|凌晨)/.test(half) && hour === 12) hour = 0;
  else if (half === '中午' && hour < 3) hour += 12;
  const minute = groups.minute ?? groups.minuteZh;
  const second = groups.second ?? groups.secondZh;
  const after = hour * HOUR + Number(minute ?? 0) * MINUTE + Number(second ?? 0) * SECOND;
  return { after, grain: second !== undefined ? SECOND : minute !== undefined ? MINUTE : HOUR };
}

const ZONE_HOURS: Readonly<Record<string, number>> = { Z: 0, GMT: 0, UTC: 0, EST: -5, EDT: -4, PST: -8, PDT: -7, CET: 1, CEST: 2 };

/** CST is left to the page's zone: in China and in America it means different things. */
function offsetOf(text: string | undefined): Span | null {
  if (text === undefined) return null;
  const numeric = /([+-])(\d\d):?(\d\d)/.exec(text);
  if (numeric !== null) return (numeric[1] === '-' ? -1 : 1) * (Number(numeric[2]) * HOUR + Number(numeric[3]) * MINUTE);
  const hours = ZONE_HOURS[text.toUpperCase()];
  return hours === undefined ? null : hours * HOUR;
}

function at(day: Parts, groups: Groups, kit: TimeKit): { at: Instant; grain: Span } | null {
  if (!isRealDay(day)) return null;
  const clock = clockOf(groups);
  const local = Date.UTC(day.year, day.month - 1, day.day) + (clock?.after ?? 0);
  const offset = clock === null ? null : offsetOf(groups.offset);
  return { at: offset === null ? instantOf(local, kit.zone) : local - offset, grain: clock?.grain ?? DAY };
}

/** A day without its year is the latest such day that is not in the future (a day of leeway for zones). */
function withoutYear(month: number, day: number, groups: Groups, kit: TimeKit): { at: Instant; grain: Span } | null {
  const { year } = localDay(kit.now, kit.zone);
  for (const candidate of [year, year - 1]) {
    const read = at({ year: candidate, month, day }, groups, kit);
    if (read !== null && read.at <= kit.now + DAY) return read;
  }
  return null;
}

function daysBack(back: number, groups: Groups, kit: TimeKit): { at: Instant; grain: Span } | null {
  const today = localDay(kit.now, kit.zone);
  const day = new Date(Date.UTC(today.year, today.month - 1, today.day - back));
  return at({ year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() }, groups, kit);
}

function fullYear(text: string): number {
  const year = Number(text);
  return text.length > 2 ? year : year + (year < 70 ? 2000 : 1900);
}

function slashed(first: number, second: number, year: number, groups: Groups, kit: TimeKit): { at: Instant; grain: Span } | null {
  const asDayFirst = at({ year, month: second, day: first }, groups, kit);
  const asMonthFirst = at({ year, month: first, day: second }, groups, kit);
  if (asDayFirst === null || asMonthFirst === null) return asDayFirst ?? asMonthFirst;
  if (kit.dayFirst !== undefined) return kit.dayFirst ? asDayFirst : asMonthFirst;
  if (groups.ampm !== undefined) return asMonthFirst;
  const isPast = (read: { at: Instant }) => read.at <= kit.now;
  if (isPast(asDayFirst) !== isPast(asMonthFirst)) return isPast(asDayFirst) ? asDayFirst : asMonthFirst;
  return Math.abs(kit.now - asDayFirst.at) < Math.abs(kit.now - asMonthFirst.at) ? asDayFirst : asMonthFirst;
}

// ---------------------------------------------------------------- the patterns

type Reader = (groups: Groups, kit: TimeKit) => { at: Instant; grain: Span } | null;

const DAY_WORDS: readonly [word: RegExp, back: number][] = [
  [/^大前[天日]/, 3],
  [/^(?:前[天日]|vorgestern)/i, 2],
  [/^(?:昨|yesterday|gestern)/i, 1],
  [/^(?:今|本日|today|heute|当天)/i, 0],
];
const WEEKDAYS = ['日天', '一', '二', '三', '四', '五', '六'];
const WEEKDAY_STARTS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function ago(groups: Groups, kit: TimeKit): { at: Instant; grain: Span } | null {
  const unit = unitOf(groups.unit ?? '');
  const count = countOf(groups.count ?? '');
  const rest = groups.count2 === undefined ? 0 : countOf(groups.count2) * unitOf(groups.unit2 ?? '');
  const span = count * unit + (groups.andHalf === undefined && groups.halfMore === undefined ? 0 : unit / 2) + rest;
  if (Number.isNaN(span) || span > 200 * 365 * DAY) return null;
  return { at: kit.now - span, grain: groups.unit2 === undefined ? unit : unitOf(groups.unit2) };
}

function weekday(groups: Groups, kit: TimeKit): { at: Instant; grain: Span } | null {
  const name = (groups.weekday ?? '').toLowerCase();
  const zh = WEEKDAYS.findIndex((chars) => chars.includes(name.at(-1) ?? ' '));
  const wanted = zh >= 0 ? zh : WEEKDAY_STARTS.findIndex((start) => name.startsWith(start));
  if (wanted < 0) return null;
  const today = localDay(kit.now, kit.zone);
  const isToday = new Date(Date.UTC(today.year, today.month - 1, today.day)).getUTCDay();
  return daysBack((isToday - wanted + 7) % 7, groups, kit);
}

const ZH_COUNT = String.raw`\d+(?:\.\d+)?|[半一二两三四五六七八九十几]{1,3}`;
const ZH_UNIT = String.raw`秒钟?|分钟?|分鐘|个?小时|個?小時|个?钟头|天|周|个?星期|週|个?月|個月|年`;
const EN_COUNT = String.raw`\d+(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten`;
const EN_UNIT = String.raw`s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:(?:ee)?ks?)?|mo(?:nth)?s?|y(?:(?:ea)?rs?)?`;

/** The earliest match in the text wins; of matches at one place the first pattern here. */
const PATTERNS: readonly [pattern: RegExp, read: Reader][] = [
  [
    new RegExp(
      String.raw`(?<!\d)(?<y>(?:19|20)\d\d)\s*(?:[-/.–]|年)\s*(?<m>\d{1,2})\s*(?:[-/.–]|月)\s*(?<d>\d{1,2})(?!\d)[日号]?(?:${GAP}${CLOCK}${OFFSET})?`,
      'i',
    ),
    (g, kit) => at({ year: Number(g.y), month: Number(g.m), day: Number(g.d) }, g, kit),
  ],
  [
    new RegExp(
      String.raw`(?<![\d-])(?<y>(?:19|20)\d\d)(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12]\d|3[01])(?!\d)(?:${GAP}${CLOCK}${OFFSET})?`,
      'i',
    ),
    (g, kit) => at({ year: Number(g.y), month: Number(g.m), day: Number(g.d) }, g, kit),
  ],
  [
    new RegExp(String.raw`(?<![\d-])(?<y>\d\d)-(?<m>\d{1,2})-(?<d>\d{1,2})(?![\d-])(?:${GAP}${CLOCK}${OFFSET})?`, 'i'),
    (g, kit) => at({ year: fullYear(g.y ?? ''), month: Number(g.m), day: Number(g.d) }, g, kit),
  ],
  [
    new RegExp(
      String.raw`(?<![\p{L}\d])(?<d>\d{1,2})(?:st|nd|rd|th|er|[ºª.])?\s*(?:of\s+|de\s+|d[’'])?[ \-]?(?<mon>${MONTHS})(?!\p{L})(?:\s*/\s*\p{L}+)?\.?,?[ \-]?\s*(?:(?:de\s+|del\s+)?(?<y>(?:19|20)\d\d)(?!\d))?(?:${GAP}${CLOCK}${OFFSET})?`,
      'iu',
    ),
    (g, kit) => named(g, kit),
  ],
  [
    new RegExp(
      String.raw`(?<!\p{L})(?<mon>${MONTHS})(?!\p{L})\.?\s*(?<d>\d{1,2})(?:st|nd|rd|th)?(?![:\d\p{L}])(?:,?\s*(?<y>(?:19|20)\d\d)(?!\d))?(?:${GAP}${CLOCK}${OFFSET})?`,
      'iu',
    ),
    (g, kit) => named(g, kit),
  ],
  [
    new RegExp(
      String.raw`(?<!\d)(?<a>\d{1,2})(?<sep>[./])(?<b>\d{1,2})\k<sep>(?<y>(?:19|20)\d\d|\d\d)(?![\d.])(?:${GAP}${CLOCK}${OFFSET})?`,
      'i',
    ),
    (g, kit) =>
      g.sep === '.'
        ? at({ year: fullYear(g.y ?? ''), month: Number(g.b), day: Number(g.a) }, g, kit)
        : slashed(Number(g.a), Number(g.b), fullYear(g.y ?? ''), g, kit),
  ],
  [
    new RegExp(String.raw`(?<!\d)(?<a>\d{1,2})-(?<b>\d{1,2})-(?<y>(?:19|20)\d\d)(?!\d)(?:${GAP}${CLOCK}${OFFSET})?`, 'i'),
    (g, kit) => slashed(Number(g.a), Number(g.b), Number(g.y), g, kit),
  ],
  [
    new RegExp(String.raw`(?<!\d)(?<m>\d{1,2})\s*月\s*(?<d>\d{1,2})\s*[日号](?:${GAP}${CLOCK}${OFFSET})?`),
    (g, kit) => withoutYear(Number(g.m), Number(g.d), g, kit),
  ],
  [
    new RegExp(String.raw`(?<![\d-])(?<m>0?[1-9]|1[0-2])[-/](?<d>0[1-9]|[12]\d|3[01]|[1-9])(?![\d/-])(?:${GAP}${CLOCK}${OFFSET})`, 'i'),
    (g, kit) => withoutYear(Number(g.m), Number(g.d), g, kit),
  ],
  [/^\W*(?<m>0[1-9]|1[0-2])-(?<d>0[1-9]|[12]\d|3[01])\W*$/, (g, kit) => withoutYear(Number(g.m), Number(g.d), g, kit)],
  [
    new RegExp(
      String.raw`(?<word>大前[天日]|前[天日]|昨[天日晚夜]|今[天日早晚晨]|本日|(?:yesterday|today|vorgestern|gestern|heute)\b)(?:${GAP}${CLOCK})?`,
      'i',
    ),
    (g, kit) => daysBack(DAY_WORDS.find(([word]) => word.test(g.word ?? ''))?.[1] ?? 0, g, kit),
  ],
  [
    new RegExp(
      String.raw`(?<count>${ZH_COUNT})\s*(?<halfMore>个半)?(?<unit>${ZH_UNIT})(?<andHalf>半)?(?:(?:零|又)?(?<count2>\d+)\s*(?<unit2>分钟?|小时|天))?\s*(?:之|以)?前`,
    ),
    ago,
  ],
  [
    new RegExp(
      String.raw`(?<![\w.])(?<count>${EN_COUNT})\s*(?<unit>${EN_UNIT})(?:,?\s*(?:and\s*)?(?<count2>\d+)\s*(?<unit2>${EN_UNIT}))?\s+ago\b`,
      'i',
    ),
    ago,
  ],
  [/\bvor\s+(?<count>\d+|eine[mrn]?)\s+(?<unit>Sekunden?|Minuten?|Stunden?|Tag(?:en)?|Wochen?|Monat(?:en)?|Jahr(?:en)?)\b/i, ago],
  [/刚刚|刚才|剛剛|\bjust now\b|\bmoments? ago\b|\bgerade eben\b/i, (_, kit) => ({ at: kit.now, grain: MINUTE })],
  [new RegExp(String.raw`(?<weekday>(?:周|星期|礼拜)[一二三四五六日天])${GAP}${CLOCK}`, 'i'), weekday],
  [new RegExp(String.raw`\b(?<weekday>(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:day)?)\b${GAP}${CLOCK}`, 'i'), weekday],
];

function named(groups: Groups, kit: TimeKit): { at: Instant; grain: Span } | null {
  const month = monthOf(groups.mon ?? '');
  if (groups.y === undefined) return withoutYear(month, Number(groups.d), groups, kit);
  return at({ year: Number(groups.y), month, day: Number(groups.d) }, groups, kit);
}

/** A time of day alone: today, or yesterday when it would be in the future. Only where nothing but it is written. */
const ALONE = new RegExp(String.raw`^\s*${CLOCK}\s*$`, 'i');

function clockAlone(text: string, kit: TimeKit): ReadTime | null {
  const groups = ALONE.exec(text)?.groups;
  if (groups === undefined) return null;
  const today = daysBack(0, groups, kit);
  const read = today !== null && today.at > kit.now + 5 * MINUTE ? daysBack(1, groups, kit) : today;
  return read === null ? null : { ...read, text: text.trim(), index: 0 };
}

/** At most so much of a text is looked at: a time stands in a short line. */
const LONGEST = 400;

/** The first time written in a short text, or null. */
export function readTime(text: string, kit: TimeKit): ReadTime | null {
  const short = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  if (!/\d|刚|剛|昨|前|今|now|ago|day|moment|gestern|heute|vor/i.test(short)) return null;
  let best: ReadTime | null = null;
  for (const [pattern, read] of PATTERNS) {
    const match = pattern.exec(short);
    if (match === null || (best !== null && match.index >= best.index)) continue;
    const time = read(match.groups ?? {}, kit);
    if (time !== null) best = { ...time, text: match[0], index: match.index };
  }
  return best ?? clockAlone(short, kit);
}
