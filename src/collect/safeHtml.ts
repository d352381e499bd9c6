/**
 * Markup of others made safe to show on Heed's own pages: a short allow-list, no style, no remote content. An image becomes
 * its description, so that looking at a document tells nobody that it is being looked at. The page that shows
 * it forbids everything else by its content policy as well.
 */
import sanitize from 'sanitize-html';
import { absoluteAddress, parsePage } from './pageTree.ts';
import { plainText } from './plainText.ts';
import { escapeText, wellShaped } from './safeShape.ts';

/** Every element that can be in the result; `href` and `rel` of links are the only attributes. */
export const SAFE_TAGS: readonly string[] = [
  'p',
  'div',
  'br',
  'h2',
  'h3',
  'h4',
  'ul',
  'ol',
  'li',
  'blockquote',
  'pre',
  'code',
  'em',
  'strong',
  's',
  'sub',
  'sup',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'a',
  'hr',
];

/** Told to no one where the reader came from; no say over our page. */
export const SAFE_REL = 'noopener noreferrer nofollow ugc';

/** Longer markup is shown as plain text. */
const LONGEST = 300_000;

function asText(html: string): string {
  return plainText(html)
    .split('\n')
    .map((line) => `<p>${escapeText(line)}</p>`)
    .join('');
}

function linked(href: string | undefined): Record<string, string> {
  return href === undefined ? {} : { href, rel: SAFE_REL };
}

const RENAMED: Readonly<Record<string, string>> = {
  b: 'strong',
  i: 'em',
  h1: 'h2',
  h5: 'h4',
  h6: 'h4',
  del: 's',
  strike: 's',
  tt: 'code',
  kbd: 'code',
  samp: 'code',
};

/** `address` is where the markup came from: relative links start from it. Applying it twice changes nothing. */
export function safeHtml(html: string, address: string): string {
  if (html.length > LONGEST || !parsePage(html).whole) return asText(html);
  const renamed = Object.fromEntries(Object.entries(RENAMED).map(([from, to]) => [from, () => ({ tagName: to, attribs: {} })]));
  const listed = sanitize(html, {
    allowedTags: [...SAFE_TAGS],
    allowedAttributes: { a: ['href', 'rel'] },
    allowedSchemes: ['http', 'https'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    nestingLimit: 60,
    transformTags: {
      ...renamed,
      a: (_tag, attribs) => {
        const href = absoluteAddress(attribs.href, address);
        return { tagName: 'a', attribs: linked(href) };
      },
      img: (_tag, attribs) => {
        const alt = (attribs.alt ?? '').trim();
        return { tagName: 'em', attribs: {}, text: `[${alt === '' ? '图片 image' : alt}]` };
      },
    },
  });
  return wellShaped(listed);
}
