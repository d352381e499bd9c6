/** A page tree written out as clean, well-nested markup, without what is never seen: safe and quick to read for other parsers. */
import { type PageElement, walkPage } from './pageTree.ts';

const LEFT_OUT: ReadonlySet<string> = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'math',
  'iframe',
  'object',
  'embed',
  'canvas',
  'link',
  'input',
  'select',
  'textarea',
]);
const VOID: ReadonlySet<string> = new Set([
  'area',
  'base',
  'br',
  'col',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr',
]);
const KEPT: readonly string[] = [
  'class',
  'id',
  'href',
  'src',
  'alt',
  'title',
  'rel',
  'itemprop',
  'itemtype',
  'itemscope',
  'role',
  'name',
  'property',
  'content',
  'style',
  'hidden',
  'aria-hidden',
  'lang',
  'datetime',
];
const TAG = /^[a-z][a-z0-9-]*$/;

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function openTag(element: PageElement): string {
  let tag = `<${element.tag}`;
  for (const name of KEPT) {
    const value = element.attributes[name];
    // Data addresses of pictures are most of some pages.
    if (value !== undefined && value.length < 2000) tag += ` ${name}="${escapeText(value)}"`;
  }
  return `${tag}>`;
}

export function markupOf(root: PageElement): string {
  const pieces: string[] = [];
  walkPage(root, (node, leaving) => {
    if (typeof node === 'string') pieces.push(escapeText(node));
    else if (node === root) return undefined;
    else if (LEFT_OUT.has(node.tag) || !TAG.test(node.tag)) return false;
    else if (!leaving) pieces.push(openTag(node));
    else if (!VOID.has(node.tag)) pieces.push(`</${node.tag}>`);
    return undefined;
  });
  return pieces.join('');
}
