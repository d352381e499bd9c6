/**
 * Brings listed markup into a shape that every HTML parser reads as the same tree: no link in a link, no block in a paragraph,
 * rows and cells only in tables, items only in lists. What does not fit loses its tags, never its text.
 */
import { isElement, type PageElement, type PageNode, parsePage } from './pageTree.ts';

const BLOCKS: ReadonlySet<string> = new Set(['p', 'div', 'ul', 'ol', 'blockquote', 'pre', 'table', 'h2', 'h3', 'h4', 'hr', 'li']);
/** Inside these no block may stand: a parser would end them. */
const FLAT: ReadonlySet<string> = new Set(['p', 'h2', 'h3', 'h4', 'pre']);
const PARTS: Readonly<Record<string, readonly string[]>> = {
  table: ['thead', 'tbody', 'tr'],
  thead: ['tr'],
  tbody: ['tr'],
  tr: ['th', 'td'],
  ul: ['li'],
  ol: ['li'],
};
/** What is put around content that stands directly where only parts may stand. */
const WRAP: Readonly<Record<string, readonly [open: string, close: string]>> = {
  table: ['<tbody><tr><td>', '</td></tr></tbody>'],
  thead: ['<tr><td>', '</td></tr>'],
  tbody: ['<tr><td>', '</td></tr>'],
  tr: ['<td>', '</td>'],
  ul: ['<li>', '</li>'],
  ol: ['<li>', '</li>'],
};
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  thead: ['table'],
  tbody: ['table'],
  tr: ['table', 'thead', 'tbody'],
  th: ['tr'],
  td: ['tr'],
  li: ['ul', 'ol'],
};
const VOID: ReadonlySet<string> = new Set(['br', 'hr']);

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

interface Open {
  readonly node: PageElement;
  next: number;
  /** What is written as this element's tag; empty when its tags are left out. */
  readonly tag: string;
  readonly close: string;
}

function openTag({ tag, attributes }: PageElement): string {
  let text = `<${tag}`;
  for (const [name, value] of Object.entries(attributes)) text += ` ${name}="${escapeText(value)}"`;
  return `${text}>`;
}

/** May this element stand here? `inside` are the tags written open, innermost last. */
function fits(tag: string, inside: readonly string[]): boolean {
  const parent = inside.at(-1) ?? '';
  const parents = PARENTS[tag];
  if (parents !== undefined && !parents.includes(parent)) return false;
  if (tag === 'a' && inside.includes('a')) return false;
  return !(BLOCKS.has(tag) && inside.some((open) => FLAT.has(open)));
}

export function wellShaped(html: string): string {
  const { root } = parsePage(html);
  const inside: string[] = [];
  let out = '';
  const stack: Open[] = [{ node: root, next: 0, tag: '', close: '' }];
  const enter = (node: PageElement) => {
    const parent = inside.at(-1) ?? '';
    const [before, after] = PARTS[parent]?.includes(node.tag) === false ? (WRAP[parent] ?? ['', '']) : ['', ''];
    const within = before === '' ? inside : [...inside, 'td'];
    if (VOID.has(node.tag)) {
      out += fits(node.tag, within) ? `${before}<${node.tag}>${after}` : '';
    } else if (fits(node.tag, within)) {
      out += before + openTag(node);
      inside.push(node.tag);
      stack.push({ node, next: 0, tag: node.tag, close: `</${node.tag}>${after}` });
    } else {
      // Its words go on, parted from those before.
      if (BLOCKS.has(node.tag) && PARTS[parent] === undefined) out += '<br>';
      stack.push({ node, next: 0, tag: '', close: '' });
    }
  };
  const write = (text: string) => {
    const [before, after] = WRAP[inside.at(-1) ?? ''] ?? ['', ''];
    if (before !== '' && text.trim() === '') return;
    out += before + escapeText(text) + after;
  };
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const child: PageNode | undefined = top.node.children[top.next++];
    if (child === undefined) {
      stack.pop();
      out += top.close;
      if (top.tag !== '') inside.pop();
    } else if (isElement(child)) enter(child);
    else write(child);
  }
  return out;
}
