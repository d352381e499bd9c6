/**
 * Numbers that name a person: phones, identity numbers (GB 11643), bank cards (Luhn), QQ numbers. One pass collects runs of digits,
 * in which single separators, zero-width characters and Chinese digits may stand; each run is then read group by group.
 */
import type { RedactedKind, Span } from './redactSpans.ts';

/** Digits in a row with at most two separators between two of them. */
interface Run {
  readonly digits: string;
  /** Offset in the text of each digit. */
  readonly at: readonly number[];
  /** Whether a group of digits begins here; one longer than `digits`. */
  readonly begins: readonly boolean[];
  readonly hasHan: boolean;
  /** Separators that stood between groups, in order. */
  readonly parts: string;
}

const HAN_DIGITS = '零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖幺';
const HAN_VALUES = '001234567891234567891';
const DIGIT = new Int8Array(0x10000).fill(-1);
for (let value = 0; value < 10; value++) DIGIT[0x30 + value] = value;
for (let at = 0; at < HAN_DIGITS.length; at++) DIGIT[HAN_DIGITS.charCodeAt(at)] = Number(HAN_VALUES[at]);

const SEPARATORS = new Uint8Array(0x10000);
for (const char of ' -._·•~*()/+\u200b') SEPARATORS[char.charCodeAt(0)] = 1;

const isLatin = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);

/** `isInside`: a digit stands directly before, so that the letter O may be a zero. */
function digitAt(text: string, at: number, isInside: boolean): number {
  const code = text.charCodeAt(at);
  if (Number.isNaN(code)) return -1;
  if (isInside && (code === 0x6f || code === 0x4f) && !/[a-np-z]/i.test(text[at + 1] ?? '')) return 0;
  return DIGIT[code] ?? -1;
}

function readRun(text: string, start: number): { readonly run: Run; readonly end: number } {
  let digits = '';
  const at: number[] = [];
  const begins: boolean[] = [];
  let parts = '';
  let hasHan = false;
  let wasHan: boolean | null = null;
  let nBetween = 0;
  let between = '';
  let end = start;
  for (let place = start; place < text.length; place++) {
    const value = digitAt(text, place, nBetween === 0 && at.length > 0);
    if (value >= 0) {
      const isHan = text.charCodeAt(place) > 0x7f;
      // A change of script begins a group too: 张三 before 138.
      begins.push(nBetween > 0 || isHan !== wasHan);
      wasHan = isHan;
      if (nBetween > 0) parts += between;
      digits += String(value);
      at.push(place);
      if (isHan) hasHan = true;
      [nBetween, between, end] = [0, '', place + 1];
      continue;
    }
    const code = text.charCodeAt(place);
    if (SEPARATORS[code] !== 1) break;
    // Invisible characters do not count: an emoji digit brings two of them.
    if (code !== 0x200b) between += text[place] ?? '';
    nBetween++;
    if (between.length > 2 || nBetween > 6) break;
  }
  begins.push(true);
  return { run: { digits, at, begins, hasHan, parts }, end };
}

const NOT_PERSONAL =
  /(?:订单|单号|编号|流水|工单|受理|快递|运单|批号|型号|货号|条码|文号|案号|注册号|信用代码|order|tracking|invoice|ticket|serial|ref(?:erence)?|sku|isbn|issn|no\.?|#)(?:号码?|number|no\.?|id)?[:：#是为\s]{0,3}$/i;
const PHONE_LABEL =
  /(?:电话|手机|号码|联系|致电|拨打|来电|座机|热线|传真|tel|phone|mobile|cell|call|text|ring|fax|whatsapp)[\p{L}]{0,4}[.:：,，]?\s?(?:me|us|him|her|on|at|is|是|为)?\s?[(]?$/iu;
const QQ_LABEL = /(?:qq|扣扣|企鹅)(?:号码?|群|id)?[:：是为\s]{0,3}$/i;
const CARD_LABEL = /(?:卡号|账号|帐号|账户|银行卡|card|account|iban)[\p{L}]{0,6}[:：是为\s]{0,3}$/iu;
const ID_LABEL = /(?:身份证|证件|ssn|social security|id\s?card|national id)[\p{L}]{0,6}[:：是为\s]{0,3}$/iu;

/** Two digits of a province, then a birth date. */
const ID_SHAPE =
  /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|81|82|83)\d{4}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/;
const ID_SHAPE_OLD = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{4}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/;
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643-1999: weighted sum modulo 11. */
export function hasIdCheckDigit(id: string): boolean {
  let sum = 0;
  for (let at = 0; at < 17; at++) sum += Number(id[at]) * (ID_WEIGHTS[at] ?? 0);
  return '10X98765432'[sum % 11] === id[17];
}

export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const value = Number(digits[digits.length - 1 - at]);
    sum += at % 2 === 0 ? value : value > 4 ? value * 2 - 9 : value * 2;
  }
  return sum % 10 === 0;
}

const CARD_SHAPE = /^(?:62\d{14,17}|4\d{15}(?:\d{3})?|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|35\d{14}|60\d{14}|6[5-9]\d{14,17}|9\d{15,18})$/;

/** What the run is read as at one place: the digits it takes and the kind. */
interface Reading {
  readonly length: number;
  readonly kind: RedactedKind;
}

interface Place {
  readonly run: Run;
  readonly from: number;
  /** The 20 characters before, in the shadow. */
  readonly before: string;
  /** A letter X stands right behind the run. */
  readonly endsWithX: boolean;
}

/** The next `length` digits, when a group ends with them. */
function take(place: Place, length: number): string | null {
  const { run, from } = place;
  return run.begins[from + length] === true ? run.digits.slice(from, from + length) : null;
}

function readId(place: Place): Reading | null {
  const id = take(place, 18);
  if (id !== null && (ID_SHAPE.test(id) ? !NOT_PERSONAL.test(place.before) || hasIdCheckDigit(id) : ID_LABEL.test(place.before)))
    return { length: 18, kind: 'id' };
  const short = take(place, 17);
  if (short !== null && place.endsWithX && place.from + 17 === place.run.digits.length && ID_SHAPE.test(`${short}X`))
    return { length: 17, kind: 'id' };
  const old = take(place, 15);
  if (old !== null && (ID_LABEL.test(place.before) || (ID_SHAPE_OLD.test(old) && !NOT_PERSONAL.test(place.before) && !passesLuhn(old))))
    return { length: 15, kind: 'id' };
  const ssn = take(place, 9);
  if (ssn !== null && place.run.begins[place.from + 3] && place.run.begins[place.from + 5] && /^-{2}/.test(place.run.parts))
    return { length: 9, kind: 'id' };
  return null;
}

function readCard(place: Place): Reading | null {
  const labelled = CARD_LABEL.test(place.before);
  for (let length = 19; length >= 15; length--) {
    const digits = take(place, length);
    if (digits === null) continue;
    if (CARD_SHAPE.test(digits) && passesLuhn(digits) && (labelled || !NOT_PERSONAL.test(place.before))) return { length, kind: 'card' };
    if (labelled) return { length, kind: 'card' };
  }
  return null;
}

const isNetworkAddress = (run: Run): boolean => /^\.{3}$/.test(run.parts) && run.at.length <= 12;
const isDecimal = (run: Run): boolean => run.parts === '.';
const isDate = (digits: string): boolean => /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/.test(digits);

function readMobile(place: Place): Reading | null {
  const prefix = /^(?:0086|86|0)(?=1[3-9])/.exec(place.run.digits.slice(place.from, place.from + 6))?.[0].length ?? 0;
  for (const skip of prefix === 0 ? [0] : [prefix, 0]) {
    const digits = take(place, skip + 11);
    if (digits === null || !/^1[3-9]/.test(digits.slice(skip))) continue;
    if (isNetworkAddress(place.run) || isDecimal(place.run) || NOT_PERSONAL.test(place.before)) return null;
    return { length: skip + 11, kind: 'phone' };
  }
  return null;
}

/** Chinese area codes: 010, 02x, 03xx to 09xx. */
const LANDLINE = /^(?:86)?0?(?:10|2\d)[2-9]\d{7}$|^(?:86)?0[3-9]\d{2}[2-9]\d{6,7}$/;

function readLandline(place: Place): Reading | null {
  const starts = place.run.digits[place.from];
  if (starts !== '0' && starts !== '8') return null;
  for (const length of [14, 13, 12, 11, 10]) {
    const digits = take(place, length);
    if (digits === null || !LANDLINE.test(digits)) continue;
    if (starts === '8' && !place.before.endsWith('+')) continue;
    return isDecimal(place.run) || NOT_PERSONAL.test(place.before) ? null : { length, kind: 'phone' };
  }
  return null;
}

/** International with a plus; British and North American numbers; anything of 7 to 12 digits behind a telephone label. */
function readForeign(place: Place): Reading | null {
  // A row of hotlines behind one label: 110 119 120.
  if ([3, 5, 6].some((length) => /^(?:1[12]\d|12\d{3}|9[56]\d{3,4})$/.test(take(place, length) ?? ''))) return null;
  const plus = /\+[(]?$/.test(place.before);
  const labelled = PHONE_LABEL.test(place.before);
  for (let length = 15; length >= 7; length--) {
    const digits = take(place, length);
    if (digits === null) continue;
    if (plus && length >= 8) return { length, kind: 'phone' };
    if (NOT_PERSONAL.test(place.before) || isDate(digits) || isNetworkAddress(place.run) || isDecimal(place.run)) continue;
    if (/^[48]00/.test(digits) && length === 10) continue;
    if (/^0[127]\d{8,9}$/.test(digits) && (place.run.parts !== '' || labelled || digits.startsWith('07'))) return { length, kind: 'phone' };
    const begins = place.run.begins;
    const isNanp =
      length === 10 &&
      begins[place.from + 3] &&
      begins[place.from + 6] &&
      /^[2-9]\d\d[0-9]/.test(digits) &&
      !/^8(?:00|88|77|66|55|44|33)/.test(digits);
    if (isNanp) return { length, kind: 'phone' };
    if (labelled && length <= 12 && !/^(?:95|96|12|400|800)/.test(digits)) return { length, kind: 'phone' };
  }
  return null;
}

function readQq(place: Place): Reading | null {
  if (!QQ_LABEL.test(place.before)) return null;
  for (let length = 12; length >= 5; length--) if (take(place, length) !== null) return { length, kind: 'handle' };
  return null;
}

const READERS = [readQq, readId, readCard, readMobile, readLandline, readForeign];
const LETTER_LABEL = /(?:tel|phone|mobile|cell|call|fax|wx|vx|qq|whatsapp|tele?|mob|id)$/i;

function readAt(place: Place): Reading | null {
  for (const reader of READERS) {
    const reading = reader(place);
    if (reading !== null) return reading;
  }
  return null;
}

function spansOfRun(text: string, run: Run, end: number, keep: ReadonlySet<string>): Span[] {
  const spans: Span[] = [];
  const endsWithX = /^[ -]?[xX](?![A-Za-z0-9])/.test(text.slice(end, end + 3));
  // A letter glued to the end makes it a part number, but for a web address that follows at once.
  if (!endsWithX && isLatin(text.charCodeAt(end)) && text.charCodeAt(end - 1) < 0x80 && !text.startsWith('http', end)) return spans;
  for (let from = 0; from < run.digits.length; from++) {
    if (run.begins[from] !== true || run.digits.length - from < 5) continue;
    const start = run.at[from] ?? 0;
    const before = text.slice(Math.max(0, start - 20), start);
    if (isLatin(text.charCodeAt(start - 1)) && !LETTER_LABEL.test(before)) continue;
    const reading = readAt({ run, from, before, endsWithX });
    if (reading === null) continue;
    const digits = run.digits.slice(from, from + reading.length);
    let to = (run.at[from + reading.length - 1] ?? start) + 1;
    if (reading.length === 17) to = text.toLowerCase().indexOf('x', to) + 1;
    if (!keep.has(digits)) spans.push({ from: start - (/[+(]*$/.exec(before)?.[0].length ?? 0), to, kind: reading.kind });
    from += reading.length - 1;
  }
  return spans;
}

/** `keep` holds digits of numbers that stay, e.g. an office's own hotline. `skipTo` gives where the web address ends in which an offset lies, or -1. */
export function numberSpans(text: string, keep: ReadonlySet<string>, skipTo: (at: number) => number): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < text.length; at++) {
    if ((DIGIT[text.charCodeAt(at)] ?? -1) < 0) continue;
    const behind = skipTo(at);
    if (behind > at) {
      at = behind - 1;
      continue;
    }
    const { run, end } = readRun(text, at);
    // Fewer digits than any number of a person, or words such as 一九九八 that are no numbers of persons.
    if (run.digits.length >= (run.hasHan ? 7 : 5)) spans.push(...spansOfRun(text, run, end, keep));
    at = end - 1;
  }
  return spans;
}
