/** A query tree back to text that parses to an equal tree. */
import type { QueryNode } from './queryTree.ts';

export function printNode(node: QueryNode): string {
  switch (node.kind) {
    case 'any':
      return node.of.map((part) => inner(part, 'any')).join(' OR ');
    case 'all':
      return node.of.map((part) => inner(part, 'all')).join(' AND ');
    case 'not':
      return `NOT ${inner(node.of, 'not')}`;
    case 'near':
      return `${node.left.kind === 'near' ? printNode(node.left) : inner(node.left, 'near')} NEAR/${node.n}${node.ordered ? 'f' : ''} ${inner(node.right, 'near')}`;
    case 'word':
      return node.prefix ? `${node.text}*` : node.text;
    case 'phrase':
      return `${node.exactCase ? '!' : ''}"${node.text}"${node.slop === null ? '' : `~${node.slop}`}`;
    case 'field':
      return `${node.field}:${node.of.kind === 'word' || node.of.kind === 'phrase' ? printNode(node.of) : `(${printNode(node.of)})`}`;
    case 'range':
      return `${node.field}:[${node.from} TO ${node.to}]`;
  }
}

const LOOSENESS = { any: 3, all: 2, near: 1, not: 0 };

/** Brackets where the child binds no tighter than its parent. */
function inner(node: QueryNode, parent: keyof typeof LOOSENESS): string {
  const text = printNode(node);
  if (node.kind !== 'any' && node.kind !== 'all' && node.kind !== 'near' && node.kind !== 'not') return text;
  if (node.kind === 'not' && parent !== 'not') return text;
  return LOOSENESS[node.kind] >= LOOSENESS[parent] ? `(${text})` : text;
}
