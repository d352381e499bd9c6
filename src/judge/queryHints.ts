/** What can be read but was probably meant otherwise. */
import type { Token } from './queryTokens.ts';
import type { QueryHint } from './queryTree.ts';

const LOWER = new Set(['and', 'or', 'not']);

export function hintsOf(source: string, tokens: readonly Token[]): QueryHint[] {
  const hints: QueryHint[] = [];
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1];
    const after = tokens[i + 1];
    if (token.kind === 'open') depth++;
    if (token.kind === 'close') depth--;
    const isBetween = before !== undefined && after !== undefined && after.kind !== 'end';
    if (token.kind === 'word' && isBetween && LOWER.has(token.text))
      hints.push(replaced(source, token, token.text.toUpperCase(), 'operator'));
    if (token.kind === 'word' && isBetween && /^near\/\d{1,3}f?$/i.test(token.text)) {
      hints.push(replaced(source, token, token.text.toUpperCase().replace('F', 'f'), 'operator'));
    }
    if (token.kind === 'comma' && isBetween && depth >= 0) hints.push(replaced(source, token, ' OR ', 'comma'));
  }
  return hints;
}

function replaced(source: string, token: Token, by: string, kind: 'operator' | 'comma'): QueryHint {
  const fix = `${source.slice(0, token.at)}${by}${source.slice(token.end)}`.replace(/ {2,}/g, ' ');
  const message =
    kind === 'comma'
      ? { zh: '逗号和顿号不是“或”：是想写 OR 吗？现在按“并且”理解', en: 'A comma does not mean OR: did you mean OR? It is read as AND now' }
      : {
          zh: `小写的 ${token.text} 按普通词理解：要作运算符请写大写`,
          en: `Lower-case ${token.text} is read as a word: write it in capitals for the operator`,
        };
  return { at: token.at, length: token.end - token.at, message, fix };
}
