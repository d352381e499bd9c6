/**
 * Saying a sentence of the word lists: `{name}` becomes the value of that name, and a part in `[[ ]]` is left out when one of its
 * values is missing, so that a refusal without details is still a whole sentence.
 */
import type { Refusal } from '../model/outcome.ts';
import type { Words } from '../model/words.ts';
import { en } from './words/en.ts';
import { zh } from './words/zh.ts';

export type WordKey = keyof typeof zh;
export type Values = Readonly<Record<string, string | number>>;
export type Say = (key: WordKey, values?: Values) => string;

function fill(sentence: string, values: Values): string {
  const put = (text: string): string => text.replace(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? '—'));
  const optional = sentence.replace(/\[\[(.*?)\]\]/gu, (_, part: string) =>
    Array.from(part.matchAll(/\{(\w+)\}/gu)).every(([, name]) => values[name!] !== undefined) ? part : '',
  );
  return put(optional);
}

/** Speaks one language. */
export function sayIn(language: 'zh' | 'en'): Say {
  const words: Readonly<Record<WordKey, string>> = language === 'zh' ? zh : en;
  return (key, values = {}) => fill(words[key], values);
}

export const sayZh: Say = sayIn('zh');
export const sayEn: Say = sayIn('en');

/** The sentence in both languages; values that are words themselves are given per language. */
export function both(key: WordKey, values: Values = {}, valuesEn: Values = values): Words {
  return { zh: sayZh(key, values), en: sayEn(key, valuesEn) };
}

/** What a person reads when Heed says no. States among the details are shown by their names. */
export function sayRefusal(refusal: Refusal): Words {
  const details = refusal.details ?? {};
  return { zh: fill(zh[refusal.code], named(details, sayZh)), en: fill(en[refusal.code], named(details, sayEn)) };
}

function named(details: Values, say: Say): Values {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => {
      const keys = name === 'field' ? [`field.${value}`] : name === 'from' || name === 'to' ? [`case.${value}`, `statement.${value}`] : [];
      const key = keys.find((one): one is WordKey => Object.hasOwn(zh, one));
      return [name, key === undefined ? value : say(key)];
    }),
  );
}
