/**
 * Queries that aim at a person are refused: identity numbers, telephone numbers, mail addresses, handles, account ids and
 * profile addresses, also when split, spelled out or written full-width. Names of persons are not yet told from other words.
 */
import type { Words } from '../model/words.ts';
import { foldText } from './foldText.ts';
import type { QueryError } from './queryTree.ts';

const ASK = {
  zh: '监测的是事，不是人。如确有需要，请联系监督单位',
  en: 'Heed watches matters, not people. If there is a need, ask the oversight office',
};

interface Aim {
  readonly pattern: RegExp;
  readonly what: Words;
}

const HOSTS =
  'weibo\\.com|weibo\\.cn|twitter\\.com|x\\.com|instagram\\.com|facebook\\.com|fb\\.com|tiktok\\.com|threads\\.net|t\\.me|bsky\\.app|vk\\.com';
const PROFILE = { zh: '个人主页地址', en: 'the address of a profile' };
const ACCOUNT = { zh: '个人账号', en: 'an account of a person' };

const AIMS: readonly Aim[] = [
  { pattern: /(?<![a-z0-9._%+-])[a-z0-9._%+-]+@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}/, what: { zh: '电子邮箱', en: 'a mail address' } },
  { pattern: /(?<![\p{L}\p{N}])@[\p{L}\p{N}_.-]{2,60}/u, what: ACCOUNT },
  { pattern: new RegExp(`(?<![a-z0-9])(?:${HOSTS})/(?!search|hashtag|explore|tag/|topic|p/)[@\\p{L}\\p{N}_.-]{2,60}`, 'u'), what: PROFILE },
  {
    pattern:
      /(?<![a-z0-9])(?:space\.bilibili\.com|zhihu\.com\/people|douyin\.com\/user|kuaishou\.com\/profile|xiaohongshu\.com\/user|linkedin\.com\/in|reddit\.com\/u(?:ser)?|tieba\.baidu\.com\/home)\/?[\p{L}\p{N}_.?=%-]{1,80}/u,
    what: PROFILE,
  },
  {
    pattern:
      /(?<![a-z0-9-])[a-z0-9-]+\.[a-z]{2,12}(?:\/[a-z0-9_.-]{1,40}){0,3}\/(?:@[\w.-]{2,40}|(?:users?|u|profiles?|people|members?|home)\/[\p{L}\p{N}_.-]{2,60})/u,
    what: PROFILE,
  },
  {
    pattern:
      /(?:微信号?|wechat|weixin|wxid|vx|qq号?|抖音号|快手号|小红书号|微博(?:号|id|昵称)|账号|用户名|网名|昵称|uid)[\s:="'是]{0,4}[a-z0-9_-]{5,40}/,
    what: ACCOUNT,
  },
];

const DIGITS = '零一二三四五六七八九';
const SPOKEN: Readonly<Record<string, string>> = {
  〇: '0',
  幺: '1',
  两: '2',
  壹: '1',
  贰: '2',
  叁: '3',
  肆: '4',
  伍: '5',
  陆: '6',
  柒: '7',
  捌: '8',
  玖: '9',
  o: '0',
};

interface Kept {
  readonly text: string;
  readonly at: readonly number[];
}

/** What may stand between the digits of one number: signs, spaces, operators. */
const GAP = /(?:[\s\-._·*/()"',、;+]|(?<=[\s")])(?:and|or|to|与|或)(?=[\s"(])){1,12}(?=\d)/y;

/** Numbers written in one piece: spoken digits become digits, signs, spaces and operators between digits fall away, dates are taken out. */
function compactDigits(folded: string): Kept {
  const masked = folded
    .replace(/\d{4}-\d{1,2}-\d{1,2}(?:t\d{2}:\d{2})?/g, (date) => '#'.repeat(date.length))
    .replace(/hd-\d{4}-\d{1,8}/g, (issue) => '#'.repeat(issue.length))
    .replace(/near\/\d{1,3}f?/g, (near) => ' '.repeat(near.length))
    .replace(/[零一二三四五六七八九〇幺两壹贰叁肆伍陆柒捌玖]{6,}/g, (run) =>
      [...run].map((char) => SPOKEN[char] ?? String(DIGITS.indexOf(char))).join(''),
    );
  let text = '';
  const at: number[] = [];
  let wasDigit = false;
  for (let i = 0; i < masked.length; i++) {
    GAP.lastIndex = i;
    if (wasDigit && GAP.test(masked)) {
      i = GAP.lastIndex - 1;
      continue;
    }
    const char = masked[i] ?? '';
    text += char;
    at.push(i);
    wasDigit = char >= '0' && char <= '9';
  }
  return { text, at };
}

function isYears(digits: string): boolean {
  return /^(?:(?:19|20)\d\d){2,}$/.test(digits) || /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$/.test(digits);
}

function findNumber(folded: string): { readonly at: number; readonly end: number; readonly what: Words } | null {
  const { text, at } = compactDigits(folded);
  for (const hit of text.matchAll(/\d{7,30}x?/g)) {
    const digits = hit[0];
    if (isYears(digits) || /^(?:400|800)\d{7}$/.test(digits)) continue;
    const what = /^\d{17}[\dx]$|^\d{15}$/.test(digits)
      ? { zh: '身份证号', en: 'an identity number' }
      : { zh: '电话或账号号码', en: 'a telephone or account number' };
    return { at: at[hit.index] ?? 0, end: (at[hit.index + digits.length - 1] ?? 0) + 1, what };
  }
  return null;
}

/** The refusal, or null. Works on the text, so that a query that cannot be parsed is refused as well. */
export function findPersonAim(query: string): QueryError | null {
  const folded = foldText(query, true);
  let found: { readonly at: number; readonly end: number; readonly what: Words } | null = null;
  for (const aim of AIMS) {
    const hit = aim.pattern.exec(folded.text);
    if (hit !== null) {
      found = { at: hit.index, end: hit.index + hit[0].length, what: aim.what };
      break;
    }
  }
  found ??= findNumber(folded.text);
  if (found === null) return null;
  const at = folded.from[found.at] ?? 0;
  const end = folded.to[found.end - 1] ?? query.length;
  return {
    at,
    length: end - at,
    code: 'judge.queryAimsAtPerson',
    message: { zh: `查询式里有${found.what.zh}。${ASK.zh}`, en: `The query holds ${found.what.en}. ${ASK.en}` },
  };
}
