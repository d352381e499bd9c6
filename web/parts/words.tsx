/** Language of the desk: every text a person reads comes from `words/zh.ts` or `words/en.ts`, server sentences come in both. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Words } from '../../src/model/words.ts';
import { en } from '../words/en.ts';
import { fill, type Values } from '../words/fill.ts';
import { zh } from '../words/zh.ts';
import { onKept, recall, remember } from './keep.ts';

export type Language = 'zh' | 'en';
export type Key = keyof typeof zh;
const TABLES: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { zh, en };

export interface Said {
  readonly lang: Language;
  readonly t: (key: Key, values?: Values) => string;
  /** A word of a given language, for papers that are not in the reader's own. */
  readonly tIn: (language: Language, key: Key) => string;
  /** Picks this reader's side of a sentence that comes in both. */
  readonly w: (words: Words | null | undefined) => string;
  readonly setLang: (lang: Language) => void;
}

const Context = createContext<Said | null>(null);

function firstLanguage(): Language {
  const kept = recall('language');
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith('zh')) ? 'zh' : 'en';
}

export function isChosenLanguage(): boolean {
  return recall('language') !== null;
}

export function WordsRoom({ children }: { readonly children: ReactNode }) {
  const [lang, choose] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  }, [lang]);
  useEffect(() => onKept('language', (kept) => (kept === 'zh' || kept === 'en') && choose(kept)), []);
  const said = useMemo<Said>(
    () => ({
      lang,
      t: (key, values) => fill(TABLES[lang][key], values),
      tIn: (language, key) => TABLES[language][key],
      w: (words) => (words === null || words === undefined ? '' : words[lang] || words.zh || words.en),
      setLang: (next) => {
        remember('language', next);
        choose(next);
      },
    }),
    [lang],
  );
  return <Context.Provider value={said}>{children}</Context.Provider>;
}

export function useWords(): Said {
  const said = useContext(Context);
  if (said === null) throw new Error('useWords outside WordsRoom');
  return said;
}
