/** Every word a person reads, of the server and of the desk, in both languages, under `list.key`. */
import { en as serverEn } from '../../src/text/words/en.ts';
import { zh as serverZh } from '../../src/text/words/zh.ts';
import { en as deskEn } from '../../web/words/en.ts';
import { zh as deskZh } from '../../web/words/zh.ts';

export interface ShownWord {
  readonly list: 'server' | 'desk';
  readonly language: 'zh' | 'en';
  readonly key: string;
  readonly text: string;
}

export function shownWords(): readonly ShownWord[] {
  const rows = (list: ShownWord['list'], language: ShownWord['language'], words: Readonly<Record<string, string>>): ShownWord[] =>
    Object.entries(words).map(([key, text]) => ({ list, language, key, text }));
  return [
    ...rows('server', 'zh', serverZh),
    ...rows('server', 'en', serverEn),
    ...rows('desk', 'zh', deskZh),
    ...rows('desk', 'en', deskEn),
  ];
}
