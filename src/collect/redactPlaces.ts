/** Addresses down to the door, and coordinates finer than a ward (four decimals are about ten metres). */
import type { Span } from './redactSpans.ts';
import type { WebAddress } from './redactHandles.ts';

const NUMBER = '(?:[0-9]{1,5}|[一二三四五六七八九十百零〇两]{1,5})';
const PART = `(?:[A-Za-z]|${NUMBER})[A-Za-z]?(?:-[0-9]{1,4})?\\s?(?:号楼|号院|号门|栋|幢|座|单元|门洞|楼栋|弄|室|房|户|层|楼|号|组)`;
/** `3栋2单元501室`, `88号院4号楼1203`, `3栋501`, `3-2-501室`. */
const CHAIN = new RegExp(
  `(?:${PART}[\\s,，-]{0,2}){1,6}(?:[0-9]{3,4}(?![0-9年月日元人米度户家个名%.]))?|[0-9]{1,3}-[0-9]{1,2}-[0-9]{2,4}\\s?[室号户]`,
  'y',
);
const HOME_BEFORE = /(?:住址|地址|家住|住在|现住|居住|租住|住于|家在|我家|本人家|户籍|寄往?到?|送到|上门|门牌|住)[^。！？\n▮]{0,24}$/;
const ROAD_BEFORE = /(?:路|街|巷|道|弄|里|胡同|大街|大道|村|屯|庄|社区|小区|花园|家园|苑|公寓|新村|府|城|湾|郡)\s?$/;
const DOOR = /[室房户]|单元|[号栋幢座楼弄院]\s?[0-9]{3,4}$|^[0-9]+-[0-9]+-/;
/** What makes a numbered house a public place. */
const PUBLIC_BEHIND =
  /^[,，(\s]{0,2}(?:门口|附近|对面|公交|地铁|线|路|出口|文件|令|公告|院线|[\u4e00-\u9fff]{0,8}(?:医院|学校|小学|中学|幼儿园|政府|公司|大厅|中心|广场|商场|超市|银行|派出所|法院|车站|厂|局))/;
const NOT_PLACE = /^(?:[0-9一二三四五六七八九十]{1,5}(?:号|组|楼|层|户|室|房|座))$/;

function chainAt(shadow: string, at: number): Span | null {
  CHAIN.lastIndex = at;
  const found = CHAIN.exec(shadow)?.[0];
  if (found === undefined) return null;
  const text = found.replace(/[\s,，-]+$/, '');
  const to = at + text.length;
  const before = shadow.slice(Math.max(0, at - 30), at);
  const nParts = text.match(/号楼|号院|号门|[栋幢座室房户层楼弄]|单元|号/g)?.length ?? 0;
  const atHome = HOME_BEFORE.test(before);
  const onRoad = ROAD_BEFORE.test(before);
  if (/[年月日]\s?$/.test(before) || (/^[0-9一二三四五六七八九十]+号$/.test(text) && /月\s?$/.test(before))) return null;
  const isDoor =
    DOOR.test(text) &&
    (nParts >= 2 || /[0-9]{3,4}\s?[室房]$/.test(text) || /^[0-9]+-[0-9]+-/.test(text) || /[栋幢座楼院][0-9]{3,4}$/.test(text));
  if (isDoor) return { from: at, to, kind: 'home' };
  if (atHome && (onRoad || !NOT_PLACE.test(text))) return { from: at, to, kind: 'home' };
  if (nParts >= 2 && onRoad) return { from: at, to, kind: 'home' };
  if (onRoad && /^[0-9]{1,5}(?:-[0-9]+)?\s?号$/.test(text) && !PUBLIC_BEHIND.test(shadow.slice(to, to + 20)))
    return { from: at, to, kind: 'home' };
  return null;
}

const UNIT = /\b(?:flat|apartment|apt\.?|unit|room|suite|door|house (?:no\.?|number))\s?#?\s?([0-9]{1,5}[a-z]?|[a-z][0-9]{0,4})\b/iy;
const STREET =
  /[0-9]{1,5}[a-z]?(?:-[0-9]{1,4})?,? (?:[A-Z][A-Za-z'.]{1,20} ){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|close|terrace|crescent|boulevard|blvd|way|place|gardens|grove|mews|row|square|hill|park)\b/iy;

function englishAt(shadow: string, at: number): Span | null {
  UNIT.lastIndex = at;
  const unit = UNIT.exec(shadow)?.[0];
  if (unit !== undefined) {
    const isSure = /^(?:flat|ap|house)/i.test(unit);
    const near = `${shadow.slice(Math.max(0, at - 40), at)}${shadow.slice(at + unit.length, at + unit.length + 40)}`;
    if (
      isSure
        ? /[0-9]|\s[A-Z]$/.test(unit)
        : /[0-9]/.test(unit) && /\b(?:live|living|home|address|block|building|street|road|house|st|rd|ave|tower)\b/i.test(near)
    )
      return { from: at, to: at + unit.length, kind: 'home' };
  }
  STREET.lastIndex = at;
  const street = STREET.exec(shadow)?.[0];
  if (street === undefined) return null;
  const number = /^[0-9]{1,5}[a-z]?(?:-[0-9]{1,4})?/i.exec(street)?.[0] ?? '';
  return /^(?:19|20)[0-9]{2}$/.test(number) ? null : { from: at, to: at + number.length, kind: 'home' };
}

const COORDINATES =
  /[-+]?[0-9]{1,3}\.[0-9]{4,}\s?°?\s?[NSEW北南东西]?\s{0,2}[,，;；/\s]\s{0,2}(?:经度|纬度|lng|lon|longitude)?\s?[:：=]?\s?[-+]?[0-9]{1,3}\.[0-9]{4,}\s?°?\s?[NSEW]?/iy;
const DEGREES = /[0-9]{1,3}\s?[°度]\s?[0-9]{1,2}\s?['′分]\s?[0-9]{1,2}(?:\.[0-9]+)?\s?(?:["″秒]|'')\s?[NSEW]?/iy;
const ONE_COORDINATE = /(?:经度|纬度|lat(?:itude)?|lng|lon(?:gitude)?)["\s]{0,2}(?:是|为|:|：|=)?\s{0,2}[-+]?[0-9]{1,3}\.[0-9]{4,}/iy;

function matchAt(pattern: RegExp, shadow: string, at: number): Span | null {
  pattern.lastIndex = at;
  const found = pattern.exec(shadow)?.[0];
  return found === undefined ? null : { from: at, to: at + found.length, kind: 'place' };
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isLetter = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
const HAN_START = new Set('一二三四五六七八九十百零〇两经纬');
/** What may follow a Han numeral in an address. */
const HAN_BEHIND = new Set('一二三四五六七八九十百零〇两号栋幢座单门楼弄室房户层组- 0123456789');
const LETTER_START = new Set('fFaAuUrRsSdDhHlL');

function placeAt(shadow: string, at: number, code: number, afterLatin: boolean): Span | null {
  if (isDigit(code) || code === 0x2d || code === 0x2b) {
    const precise = matchAt(COORDINATES, shadow, at) ?? matchAt(DEGREES, shadow, at);
    if (precise !== null || !isDigit(code)) return precise;
    return chainAt(shadow, at) ?? (afterLatin ? null : englishAt(shadow, at));
  }
  const char = shadow[at] ?? '';
  if (char === '经' || char === '纬') return matchAt(ONE_COORDINATE, shadow, at);
  if (HAN_START.has(char)) return HAN_BEHIND.has(shadow[at + 1] ?? '') ? chainAt(shadow, at) : null;
  if (!isLetter(code) || afterLatin) return null;
  const behind = shadow.charCodeAt(at + 1);
  // A letter names a building only directly before its word: `B座`.
  if (behind > 0x2e80) return chainAt(shadow, at);
  return LETTER_START.has(char)
    ? ((char === 'l' || char === 'L' ? matchAt(ONE_COORDINATE, shadow, at) : null) ?? englishAt(shadow, at))
    : null;
}

/** Characters at which anything of this file can begin. */
const STARTS = new Uint8Array(0x10000);
for (const char of '0123456789-+abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ') STARTS[char.charCodeAt(0)] = 1;
for (const char of HAN_START) STARTS[char.charCodeAt(0)] = 1;

export function placeSpans(shadow: string, addresses: readonly WebAddress[]): Span[] {
  const spans: Span[] = [];
  let nextAddress = 0;
  let before = 0;
  for (let at = 0; at < shadow.length; at++) {
    const address = addresses[nextAddress];
    if (address !== undefined && at === address.from) {
      at = address.to - 1;
      nextAddress++;
      continue;
    }
    const code = shadow.charCodeAt(at);
    if (STARTS[code] !== 1) {
      before = code;
      continue;
    }
    const inNumber = isDigit(code) && (isDigit(before) || before === 0x2e);
    const span = inNumber ? null : placeAt(shadow, at, code, isLetter(before));
    before = code;
    if (span === null) continue;
    spans.push(span);
    at = span.to - 1;
  }
  return spans;
}
