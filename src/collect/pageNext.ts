/** Finds the link to the following page of a list or thread. */
import { absoluteAddress, elementsOf, isUnseen, type PageElement, textOf } from './pageTree.ts';

const NEXT_WORDS =
  /^(?:下一页|下页|后一页|下一頁|后页|next(?:\s+page)?|older(?:\s+(?:posts|entries))?|nächste(?:\s+seite)?|weiter)\s*[>›»→]*$/i;
const NEXT_SIGNS = /^(?:>|›|»|→|>>)$/;
const PAGER = /pag(?:e|er|ing|ination|es)\b|\bpg\b|multipage|navigation|\bnxt\b|\bnext\b/;

function inPager(element: PageElement): boolean {
  for (let at: PageElement | null = element, n = 0; at !== null && n < 4; at = at.parent, n++) if (PAGER.test(at.hint)) return true;
  return false;
}

/** The number of the page shown, where a pager marks it by text that is not a link followed by the link of the next number. */
function numberedNext(anchors: readonly PageElement[]): PageElement | undefined {
  for (const anchor of anchors) {
    const number = Number(textOf(anchor));
    if (!Number.isInteger(number) || number < 2 || !inPager(anchor)) continue;
    const siblings = (anchor.parent?.tag === 'li' ? anchor.parent.parent : anchor.parent)?.children ?? [];
    for (const sibling of siblings) {
      if (typeof sibling === 'string') continue;
      const current = sibling.tag === 'a' && !/cur|active|on\b/.test(sibling.hint) ? undefined : Number(textOf(sibling));
      const isLink =
        sibling.tag === 'li' &&
        !/cur|active|on\b|disabled/.test(sibling.hint) &&
        sibling.children.some((at) => typeof at === 'object' && at.tag === 'a');
      if (current === number - 1 && !isLink) return anchor;
    }
  }
  return undefined;
}

/** An address on the same host, other than the page's own, or undefined. */
export function nextPage(root: PageElement, base: string, own: string): string | undefined {
  const anchors: PageElement[] = [];
  const told: PageElement[] = [];
  for (const element of elementsOf(root)) {
    if (element.tag !== 'a' && element.tag !== 'link') continue;
    if (/\bnext\b/i.test(element.attributes.rel ?? '')) told.push(element);
    if (element.tag === 'a' && !isUnseen(element)) anchors.push(element);
  }
  const worded = anchors.filter((anchor) => {
    const text = textOf(anchor);
    if (text.length > 20) return false;
    return NEXT_WORDS.test(text) || (NEXT_SIGNS.test(text) && inPager(anchor)) || (/\b(?:nxt|next)\b/.test(anchor.hint) && inPager(anchor));
  });
  const host = new URL(own).host;
  for (const candidate of [...told, ...worded, numberedNext(anchors)]) {
    const address = absoluteAddress(candidate?.attributes.href, base);
    if (address === undefined) continue;
    if (new URL(address).host === host && address.replace(/#.*$/, '') !== own) return address.replace(/#.*$/, '');
  }
  return undefined;
}
