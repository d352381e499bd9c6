/**
 * A query as a search over index terms: a superset of what matches. Words are character pairs of Han runs and whole other
 * words, as `text/split.ts` makes them; whatever the index cannot say becomes "everything" and is left to the matcher.
 */
import { isUnspaced } from './foldText.ts';
import { termUnits } from './preparedText.ts';
import type { QueryNode } from './queryTree.ts';

/** Equal in shape to the search of the store's port. */
export type SearchNode =
  | { readonly all: readonly SearchNode[] }
  | { readonly any: readonly SearchNode[] }
  | { readonly without: SearchNode; readonly from: SearchNode }
  | { readonly phrase: readonly string[]; readonly prefix?: boolean; readonly column?: 'title' | 'text' }
  | { readonly everything: true };

const EVERYTHING: SearchNode = { everything: true };

type Column = 'title' | 'text' | undefined;

export function toSearch(node: QueryNode): SearchNode {
  return search(node, undefined);
}

function isEverything(node: SearchNode): boolean {
  return 'everything' in node;
}

function all(parts: readonly SearchNode[]): SearchNode {
  const useful = parts.filter((part) => !isEverything(part));
  const [only] = useful;
  if (only === undefined) return EVERYTHING;
  return useful.length === 1 ? only : { all: useful };
}

function any(parts: readonly SearchNode[]): SearchNode {
  const [only] = parts;
  if (only === undefined || parts.some(isEverything)) return EVERYTHING;
  return parts.length === 1 ? only : { any: parts };
}

function search(node: QueryNode, column: Column): SearchNode {
  switch (node.kind) {
    case 'all':
      return all(node.of.map((part) => search(part, column)));
    case 'any':
      return any(node.of.map((part) => search(part, column)));
    case 'near':
      return all([search(node.left, column), search(node.right, column)]);
    case 'field':
      return node.field === 'title' || node.field === 'text' ? search(node.of, node.field) : EVERYTHING;
    case 'word':
    case 'phrase':
      return searchTerm(node, column);
    // What an exclusion leaves out is decided by the matcher: the index finds a superset of it, which must not be taken away.
    default:
      return EVERYTHING;
  }
}

/** A run of the term that the index holds as consecutive words. */
interface Run {
  readonly words: string[];
  readonly isHan: boolean;
}

function runsOf(text: string): Run[] {
  const { units, glued } = termUnits(text);
  const runs: Run[] = [];
  let han = '';
  const flush = (): void => {
    const chars = [...han];
    if (chars.length > 1) runs.push({ words: chars.slice(1).map((char, i) => (chars[i] ?? '') + char), isHan: true });
    han = '';
  };
  for (const [i, unit] of units.entries()) {
    if (isUnspaced(unit)) {
      if (glued[i] !== true) flush();
      han += unit;
      continue;
    }
    flush();
    const last = runs.at(-1);
    if (last !== undefined && !last.isHan && !isUnspaced(units[i - 1] ?? '')) last.words.push(unit);
    else runs.push({ words: [unit], isHan: false });
  }
  flush();
  return runs;
}

function searchTerm(node: Extract<QueryNode, { kind: 'word' | 'phrase' }>, column: Column): SearchNode {
  const inColumn = column === undefined ? {} : { column };
  if (node.kind === 'word' && node.text.includes('?')) return all(wildParts(node.text).map((phrase) => ({ phrase, ...inColumn })));
  const runs = runsOf(node.text);
  const isLoose = node.kind === 'phrase' && node.slop !== null;
  const lastIsWord = !isUnspaced([...node.text].at(-1) ?? '');
  return all(
    runs.flatMap((run, i): SearchNode[] => {
      if (isLoose) return run.isHan ? [] : run.words.map((word) => ({ phrase: [word], ...inColumn }));
      const isPrefix = node.kind === 'word' && node.prefix && i === runs.length - 1 && lastIsWord && !run.isHan;
      return [{ phrase: run.words, ...(isPrefix ? { prefix: true } : {}), ...inColumn }];
    }),
  );
}

/** Of a term with gaps only whole Han pairs are sure; parts of words are not in the index. */
function wildParts(text: string): string[][] {
  return text.split('?').flatMap((part) =>
    runsOf(part)
      .filter((run) => run.isHan)
      .map((run) => run.words),
  );
}
