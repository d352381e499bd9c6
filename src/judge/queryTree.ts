/** The shape of a query once read. Texts keep their case and script; folding happens when it is compiled. */
import type { RefusalCode } from '../model/outcome.ts';
import type { Words } from '../model/words.ts';

/** There is no author field, and none can be added without changing this list. */
export const QUERY_FIELDS = [
  'title',
  'text',
  'source',
  'site',
  'kind',
  'lang',
  'place',
  'org',
  'topic',
  'issue',
  'level',
  'status',
  'after',
  'before',
  'date',
  'has',
] as const;
export type QueryField = (typeof QUERY_FIELDS)[number];

export type QueryNode =
  | { readonly kind: 'all'; readonly of: readonly QueryNode[] }
  | { readonly kind: 'any'; readonly of: readonly QueryNode[] }
  | { readonly kind: 'not'; readonly of: QueryNode }
  | { readonly kind: 'near'; readonly n: number; readonly ordered: boolean; readonly left: QueryNode; readonly right: QueryNode }
  /** `prefix`: ends in a star. A `?` inside stands for exactly one character. */
  | { readonly kind: 'word'; readonly text: string; readonly prefix: boolean }
  /** `slop` is the number of foreign words allowed between the parts, in any order; null asks for the exact order. */
  | { readonly kind: 'phrase'; readonly text: string; readonly slop: number | null; readonly exactCase: boolean }
  | { readonly kind: 'field'; readonly field: QueryField; readonly of: QueryNode }
  | { readonly kind: 'range'; readonly field: QueryField; readonly from: string; readonly to: string };

/** Where the query cannot be read, or why it is refused. `at` and `length` count UTF-16 units of the text as given. */
export interface QueryError {
  readonly at: number;
  readonly length: number;
  readonly code: RefusalCode;
  readonly message: Words;
  /** The whole query as it should probably read. */
  readonly fix?: string;
}

/** Something that can be read but was probably meant otherwise. */
export interface QueryHint {
  readonly at: number;
  readonly length: number;
  readonly message: Words;
  readonly fix?: string;
}

export interface Query {
  readonly node: QueryNode;
  readonly nTerms: number;
}

/** Children of the same kind are drawn up, single children stand for themselves: equal queries have equal trees. */
export function joinAll(parts: readonly QueryNode[]): QueryNode {
  return join('all', parts);
}

export function joinAny(parts: readonly QueryNode[]): QueryNode {
  return join('any', parts);
}

function join(kind: 'all' | 'any', parts: readonly QueryNode[]): QueryNode {
  const flat: QueryNode[] = [];
  for (const part of parts) {
    if (part.kind === kind) flat.push(...part.of);
    else flat.push(part);
  }
  const only = flat[0];
  return flat.length === 1 && only !== undefined ? only : { kind, of: flat };
}

/** NOT NOT q is q. */
export function negate(node: QueryNode): QueryNode {
  return node.kind === 'not' ? node.of : { kind: 'not', of: node };
}

/** True when the node asks for something that must be there; a query of exclusions alone would match nearly everything. */
export function isPositive(node: QueryNode): boolean {
  switch (node.kind) {
    case 'not':
      return false;
    case 'all':
      return node.of.some(isPositive);
    case 'any':
      return node.of.every(isPositive);
    case 'field':
      return isPositive(node.of);
    default:
      return true;
  }
}

/** The terms that are asked for, not those excluded, in order. */
export function positiveTerms(node: QueryNode): Extract<QueryNode, { kind: 'word' | 'phrase' }>[] {
  switch (node.kind) {
    case 'not':
    case 'range':
      return [];
    case 'all':
    case 'any':
      return node.of.flatMap(positiveTerms);
    case 'near':
      return [...positiveTerms(node.left), ...positiveTerms(node.right)];
    case 'field':
      return node.field === 'title' || node.field === 'text' ? positiveTerms(node.of) : [];
    default:
      return [node];
  }
}
