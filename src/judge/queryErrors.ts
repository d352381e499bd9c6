/** What is wrong with a piece of a query, in words, with a fix where one can be guessed. */
import { LEVELS } from '../model/assessment.ts';
import { DOCUMENT_KINDS } from '../model/document.ts';
import { ISSUE_STATES } from '../model/issue.ts';
import type { RefusalCode } from '../model/outcome.ts';
import type { Words } from '../model/words.ts';
import { isUnspaced } from './foldText.ts';
import type { Token } from './queryTokens.ts';
import { isPositive, QUERY_FIELDS, type QueryError, type QueryField, type QueryNode } from './queryTree.ts';

export interface Problem {
  readonly message: Words;
  readonly fix?: string;
  readonly code?: RefusalCode;
}

export function sentence(zh: string, en: string): Words {
  return { zh, en };
}

function replaceAt(source: string, token: Pick<Token, 'at' | 'end'>, by: string): string {
  return `${source.slice(0, token.at)}${by}${source.slice(token.end)}`.replace(/ {2,}/g, ' ').trim();
}

/** Names for a field that would search by person: there is none, by design. */
const PERSON_FIELDS = /^(?:author|user|username|handle|account|from|by|name|person|poster|uid|作者|用户|账号|博主|发帖人|昵称|姓名|网名)$/i;

export function badToken(token: Token, source: string): Problem {
  switch (token.kind) {
    case 'end':
      return source.trim() === ''
        ? { message: sentence('查询式是空的', 'The query is empty') }
        : {
            message: sentence('到这里缺了一个词', 'A term is missing at the end'),
            fix: source.replace(/(?:^|\s+)(?:AND|OR|NOT|与|或|非|NEAR\/\d+f?)\s*$/u, '').trim(),
          };
    case 'close':
      return {
        message: sentence('多了一个右括号，或括号里缺词', 'A closing bracket too many, or a term is missing before it'),
        fix: replaceAt(source, token, ''),
      };
    case 'and':
    case 'or':
    case 'near':
      return {
        message: sentence(`${token.text} 前面缺一个词`, `A term is missing before ${token.text}`),
        fix: replaceAt(source, token, ''),
      };
    case 'badQuote':
      return { message: sentence('这个引号没有闭合', 'This quotation mark is never closed'), fix: `${source}"` };
    case 'badNear':
      return {
        message: sentence('NEAR 后面要有 1 到 100 的数字，如 NEAR/5', 'NEAR needs a number from 1 to 100, as in NEAR/5'),
        fix: replaceAt(source, token, 'NEAR/5'),
      };
    case 'range':
    case 'badRange':
      return { message: sentence('区间写作 字段:[起 TO 止]', 'A range is written field:[a TO b]') };
    case 'badField':
      return badField(token, source);
    default:
      return { message: sentence(`这里看不懂：${token.text}`, `This cannot be read: ${token.text}`), fix: replaceAt(source, token, ' ') };
  }
}

function badField(token: Token, source: string): Problem {
  const name = token.text.replace(/:$/, '');
  if (PERSON_FIELDS.test(name)) {
    return {
      code: 'judge.queryAimsAtPerson',
      message: sentence(
        '没有按作者查询的字段，这是有意的：监测的是事，不是人',
        'There is no field for authors, by design: Heed watches matters, not people',
      ),
    };
  }
  const near = QUERY_FIELDS.find((field) => field.startsWith(name.toLowerCase().slice(0, 3)));
  return {
    message: sentence(
      `没有“${name}”这个字段；可用：${QUERY_FIELDS.join('、')}`,
      `There is no field "${name}"; there are ${QUERY_FIELDS.join(', ')}`,
    ),
    fix: replaceAt(source, token, near === undefined ? `${name} ` : `${near}:`),
  };
}

function nLetters(text: string): { readonly nHan: number; readonly nOther: number } {
  let nHan = 0;
  let nOther = 0;
  for (const char of text) {
    if (isUnspaced(char)) nHan++;
    else if (/[\p{L}\p{N}]/u.test(char)) nOther++;
  }
  return { nHan, nOther };
}

/** Stars stand at the end only, and enough must stand before them. */
export function badWildcard(text: string, token: Token, source: string): Problem | null {
  if (!text.includes('*') && !text.includes('?')) return null;
  const stem = text.replace(/\*$/, '');
  if (stem.includes('*')) {
    return {
      message: sentence('星号只能放在词尾', 'A star can only stand at the end of a term'),
      fix: replaceAt(source, token, `${stem.replaceAll('*', '')}${text.endsWith('*') ? '*' : ''}`),
    };
  }
  const { nHan, nOther } = nLetters(stem);
  if (nHan >= 2 || nOther >= 3) return null;
  return { message: sentence('通配词至少要有 2 个汉字或 3 个字母', 'A wildcard term needs at least 2 Han characters or 3 letters') };
}

export function nearError(parts: readonly QueryNode[]): Problem | null {
  const isPlain = (node: QueryNode): boolean =>
    node.kind === 'word' ||
    node.kind === 'phrase' ||
    (node.kind === 'near' && isPlain(node.left) && isPlain(node.right)) ||
    (node.kind === 'any' && node.of.every(isPlain));
  return parts.every(isPlain)
    ? null
    : {
        message: sentence(
          'NEAR 两边只能是词、短语，或用 OR 连起来的词',
          'Both sides of NEAR must be terms, phrases, or terms joined by OR',
        ),
      };
}

const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?$/;
export const HAS_VALUES = ['image', 'place', 'copy', 'reach'] as const;

const CHOICES: Partial<Record<QueryField, readonly string[]>> = {
  kind: DOCUMENT_KINDS,
  level: LEVELS,
  status: ISSUE_STATES,
  has: HAS_VALUES,
};

function isDay(text: string): boolean {
  return DATE.test(text) && !Number.isNaN(Date.parse(`${text.slice(0, 10)}T00:00Z`));
}

type Value = Pick<Token, 'kind' | 'text' | 'to'> & { readonly node?: QueryNode };

export function fieldValueError(field: QueryField, value: Value): Problem | null {
  if (value.kind === 'range') return rangeError(field, value);
  if (field === 'title' || field === 'text') return null;
  return value.node === undefined ? null : valuesError(field, value.node);
}

function rangeError(field: QueryField, value: Value): Problem | null {
  if (field === 'date') return isDay(value.text) && isDay(value.to ?? '') ? null : badDate();
  if (field === 'level')
    return [value.text, value.to ?? ''].every((level) => LEVELS.some((one) => one === level)) ? null : badChoice(field, LEVELS);
  return { message: sentence('区间只用于 date 和 level', 'Ranges are for date and level only') };
}

function badDate(): Problem {
  return { message: sentence('日期写作 2026-03-10 或 2026-03-10T08:00', 'Dates are written 2026-03-10 or 2026-03-10T08:00') };
}

function badChoice(field: QueryField, choices: readonly string[]): Problem {
  return { message: sentence(`${field} 的值是：${choices.join('、')}`, `${field} is one of ${choices.join(', ')}`) };
}

function valuesError(field: QueryField, node: QueryNode): Problem | null {
  if (node.kind === 'near' || node.kind === 'field' || node.kind === 'range')
    return { message: sentence(`${field} 的值里不能用这个`, `This cannot stand in a value of ${field}`) };
  if (node.kind === 'not') return valuesError(field, node.of);
  if (node.kind === 'all' || node.kind === 'any')
    return node.of.map((part) => valuesError(field, part)).find((problem) => problem !== null) ?? null;
  if (field === 'after' || field === 'before' || field === 'date') return isDay(node.text) ? null : badDate();
  const choices = CHOICES[field];
  return choices === undefined || choices.includes(node.text.toLowerCase()) ? null : badChoice(field, choices);
}

function isWild(node: QueryNode): boolean {
  return node.kind === 'word' && (node.prefix || node.text.includes('?'));
}

function hasPlain(node: QueryNode): boolean {
  switch (node.kind) {
    case 'not':
      return false;
    case 'all':
    case 'any':
      return node.of.some(hasPlain);
    case 'near':
      return hasPlain(node.left) || hasPlain(node.right);
    case 'field':
      return node.field === 'title' || node.field === 'text' ? hasPlain(node.of) : isPositive(node.of);
    default:
      return !isWild(node);
  }
}

/** A wildcard must stand with a plain term: alone it could match half the stream. */
export function wildcardAlone(source: string, node: QueryNode, positives: readonly QueryNode[]): QueryError | null {
  const wild = positives.find(isWild);
  if (wild === undefined || hasPlain(node)) return null;
  return {
    at: 0,
    length: source.length,
    code: 'judge.queryWrong',
    message: sentence('通配词要和至少一个完整的词一起用', 'A wildcard needs at least one plain term beside it'),
  };
}
