/** Writing pages: every value put into one is escaped, unless it is markup made here. */
import type { Instant } from '../../model/time.ts';
import { dayAndTime, fullDay } from '../../account/localTime.ts';

export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | null | readonly Part[];

export function escaped(text: string): string {
  return text.replace(/[&<>"']/gu, (sign) => `&#${sign.charCodeAt(0)};`);
}

function partText(part: Part): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(partText).join('');
  return escaped(String(part));
}

/** `null` writes nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.reduce((text, string, at) => text + string + (at < parts.length ? partText(parts[at]!) : ''), ''));
}

/** Plain text as paragraphs; a single line break stays one. */
export function paragraphs(text: string): Markup {
  const parts = text.split(/\n\s*\n/u).filter((part) => part.trim() !== '');
  return new Markup(parts.map((part) => `<p>${escaped(part.trim()).replaceAll('\n', '<br>')}</p>`).join(''));
}

export type Language = 'zh' | 'en';

/** Day and time in the body's zone, readable by machines too. */
export function when(instant: Instant, zone: string, language: Language): Markup {
  const time = dayAndTime(instant, zone, 'zh').slice(-5);
  const iso = new Date(instant).toISOString();
  return html`<time datetime="${iso}">${fullDay(instant, zone, language)} ${time}</time>`;
}

/** JSON inside a page: no sign of it can end the element. */
export function dataElement(value: unknown): Markup {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  return new Markup(`<script type="application/ld+json">${json}</script>`);
}
