/** E-mail addresses, handles, chat ids, passports, number plates and accounts in web addresses. */
import { hasAccount } from './accountAddress.ts';
import type { Span } from './redactSpans.ts';

const isWord = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a) ||
  code === 0x5f ||
  code === 0x2d ||
  code === 0x2e ||
  code === 0x2b;

const MAIL_HOST = /[a-z0-9-]+(?:\s?(?:\.|\[dot\]|\(dot\)| dot |点)\s?[a-z0-9-]+){1,4}/iy;
/** Written-out signs: `name (at) host`, `name#host.com`, `name艾特host`. */
const MAIL_AT = /\s{0,2}(?:@|\[at\]|\(at\)|\{at\}|<at>|艾特|#|＃| at )\s{0,2}/iy;

/** The text may be long: nothing is looked for more than 64 characters back. */
function mailBackFrom(shadow: string, at: number): number {
  let from = at;
  while (from > 0 && at - from < 64 && isWord(shadow.charCodeAt(from - 1))) from--;
  while (from < at && !/[A-Za-z0-9_]/.test(shadow[from] ?? '')) from++;
  return from;
}

function mailAt(shadow: string, at: number): Span | null {
  MAIL_AT.lastIndex = at;
  const sign = MAIL_AT.exec(shadow);
  if (sign === null) return null;
  const from = mailBackFrom(shadow, at);
  if (from === at) return null;
  MAIL_HOST.lastIndex = at + sign[0].length;
  const host = MAIL_HOST.exec(shadow)?.[0];
  if (host === undefined || !/(?:\.|dot\W?\s?|点\s?)(?:[a-z]{2,12}|公司|中国)$/i.test(host)) return null;
  // Plain ` at ` and `#` are words of their own: only a written-out dot or a usual ending makes an address of them.
  if (!/[@＠艾[({<]/.test(sign[0]) && !/(?:\.|dot\W?\s?|点\s?)(?:com|cn|net|org|edu|gov|io|uk|hk|tw|me)$/i.test(host)) return null;
  return { from, to: at + sign[0].length + host.length, kind: 'email' };
}

const HANDLE = /@[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,29}(?:@[a-z0-9-]+(?:\.[a-z0-9-]+)+)?/iuy;
/** Accounts that name an organisation by their ending or beginning stay. */
const ORGANISATION =
  /(?:发布|日报|晚报|晨报|早报|时报|新闻|电视台|广播|政府|公安|交警|消防|气象|水务|供电|医院|大学|学校|法院|检察|官方|委员会|办公室|网|局|厅|news|council|police|official|gov|times|daily|post|hospital|university|water|media)$|^(?:bbc|reuters|xinhua|nhs|gov|city|county|police)/i;

function handleAt(shadow: string, at: number): Span | null {
  if (at > 0 && /[A-Za-z0-9.]/.test(shadow[at - 1] ?? '')) return null;
  HANDLE.lastIndex = at;
  const found = HANDLE.exec(shadow)?.[0].replace(/[.-]+$/, '');
  if (found === undefined) return null;
  // A handle in Han ends before the sentence goes on; twelve characters are the longest seen in everyday use.
  const name = /^@[\u4e00-\u9fff]{13}/.test(found) ? found.slice(0, 13) : found;
  return ORGANISATION.test(name.slice(1).split('@')[0] ?? '') ? null : { from: at, to: at + name.length, kind: 'handle' };
}

const CHAT_ID =
  /(?:微信|威信|薇信|卫星号|weixin|we ?chat|v信|vx|wx|qq|扣扣|企鹅|telegram|whatsapp|line id|抖音|快手|小红书|微博|陌陌)(?:号码?|id|账号|帐号|群)?(?:\s?(?:是|为|:|：|加|=|\()\s{0,2}|\s)?([a-z0-9][a-z0-9_.-]{4,24})/iuy;
const PASSPORT =
  /(?:护照|通行证|台胞证|回乡证|passport)[\p{L} .]{0,12}[:：#\s]{0,3}([a-z]{1,2}[0-9]{6,9}|[0-9]{8,10})|\b([EGDSPH][0-9]{8})\b|\b([A-CEGHJ-PR-TW-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D])\b/iuy;
const PASSPORT_LABELLED = /(?:护照|通行证|台胞证|回乡证|passport)/i;
const PLATE =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使]\s?[A-HJ-NP-Z][\s·•.\-\u200b]{0,2}(?=[A-HJ-NP-Z0-9\u200b]{0,5}[0-9])[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]{1,2}(?![A-Za-z0-9])/iy;
const PLATE_FOREIGN =
  /\b[A-Z]{2}[0-9]{2} ?[A-Z]{3}\b|(?:number plate|licen[cs]e plate|reg(?:istration)?|plates?)(?: number| no\.?)?[:\s]{1,2}(?:is )?([A-Z0-9]{2,4}[ -]?[A-Z0-9]{2,4})\b/y;
const REDDIT = /\/?\bu\/[a-z0-9_-]{3,20}/iy;

function groupSpan(pattern: RegExp, shadow: string, at: number, kind: Span['kind']): Span | null {
  pattern.lastIndex = at;
  const found = pattern.exec(shadow);
  if (found === null) return null;
  const group = found.slice(1).find((part) => part !== undefined);
  const from = group === undefined ? at : at + found[0].lastIndexOf(group);
  return { from, to: at + found[0].length, kind };
}

function chatAt(shadow: string, at: number): Span | null {
  const span = groupSpan(CHAT_ID, shadow, at, 'handle');
  if (span === null) return null;
  const before = shadow.charCodeAt(at - 1);
  if (/[a-z]/i.test(shadow[at] ?? '') && isWord(before) && before !== 0x2e) return null;
  // A word in small letters without a digit behind a plain space is prose: `wechat group`.
  const id = shadow.slice(span.from, span.to);
  const isProse = /^[a-z]+$/i.test(id) && /^[a-z ]*$/i.test(shadow.slice(at, span.from));
  return isProse ? null : span;
}

function passportAt(shadow: string, at: number): Span | null {
  const span = groupSpan(PASSPORT, shadow, at, 'id');
  if (span === null) return null;
  const bare = !PASSPORT_LABELLED.test(shadow.slice(at, span.from));
  if (bare && /(?:订单|单号|编号|order|ticket|invoice|ref|no\.?|#|flight|航班)\W{0,3}$/i.test(shadow.slice(Math.max(0, at - 12), at)))
    return null;
  const number = shadow.slice(span.from, span.to);
  return bare && /^[a-z]/.test(number) ? null : span;
}

/** Sticky patterns are tried only where their first character stands: one look-up per character of the text. */
const STARTS = new Uint8Array(0x10000);
const TRIES = new Map<string, ((shadow: string, at: number) => Span | null)[]>();
function onChars(chars: string, attempt: (shadow: string, at: number) => Span | null): void {
  for (const char of chars) {
    TRIES.set(char, [...(TRIES.get(char) ?? []), attempt]);
    STARTS[char.charCodeAt(0)] = 1;
  }
}
onChars('@', mailAt);
onChars('@', handleAt);
onChars('[({<#艾', mailAt);
onChars(' ', (shadow, at) => (/^ {1,2}(?:at |[[({<#@艾])/i.test(shadow.slice(at, at + 4)) ? mailAt(shadow, at) : null));
onChars('微威薇卫扣企抖快小陌wWvVqQtTlL', chatAt);
onChars('护通台回pPEGDSHABCIJKLMNORTUWXYZ', passportAt);
onChars('京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使', (shadow, at) => groupSpan(PLATE, shadow, at, 'plate'));
onChars('ABCDEFGHIJKLMNOPQRSTUVWXYZnlrp', (shadow, at) =>
  isWord(shadow.charCodeAt(at - 1)) ? null : groupSpan(PLATE_FOREIGN, shadow, at, 'plate'),
);
onChars('u/', (shadow, at) => (isWord(shadow.charCodeAt(at - 1)) ? null : groupSpan(REDDIT, shadow, at, 'handle')));

const WEB_ADDRESS = /https?:\/\/[^\s<>"'，。、；：！？（）【】《》“”▮]+/gi;

export interface WebAddress {
  readonly from: number;
  readonly to: number;
}

export function webAddresses(shadow: string): WebAddress[] {
  if (!shadow.includes('://')) return [];
  return Array.from(shadow.matchAll(WEB_ADDRESS), (found) => ({ from: found.index, to: found.index + found[0].length }));
}

/** Linear: each try looks at a bounded number of characters. */
export function handleSpans(shadow: string, addresses: readonly WebAddress[]): Span[] {
  const spans: Span[] = [];
  for (const address of addresses) if (hasAccount(shadow.slice(address.from, address.to))) spans.push({ ...address, kind: 'handle' });
  let nextAddress = 0;
  for (let at = 0; at < shadow.length; at++) {
    const address = addresses[nextAddress];
    if (address !== undefined && at === address.from) {
      at = address.to - 1;
      nextAddress++;
      continue;
    }
    if (STARTS[shadow.charCodeAt(at)] !== 1) continue;
    const tries = TRIES.get(shadow[at] ?? '') ?? [];
    for (const attempt of tries) {
      const span = attempt(shadow, at);
      if (span === null) continue;
      spans.push(span);
      at = Math.max(at, span.to - 1);
      break;
    }
  }
  return spans;
}
