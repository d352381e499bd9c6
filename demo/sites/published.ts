/** What a site shows at a time: texts that are published and not taken down, each as it reads after its edits. */
import type { Instant } from '../../src/model/time.ts';
import type { Text } from '../scenarioShape.ts';

/** A text as shown now. `changedAt`: the last edit, else when it was published. */
export interface Shown {
  readonly text: Text;
  readonly body: string;
  readonly changedAt: Instant;
  readonly edited: boolean;
}

export function isGone(text: Text, now: Instant): boolean {
  return text.gone !== null && text.gone <= now;
}

export function shownAs(text: Text, now: Instant): Shown {
  const edit = text.edits.filter((each) => each.at <= now).at(-1);
  return { text, body: edit?.body ?? text.body, changedAt: edit?.at ?? text.at, edited: edit !== undefined };
}

/** In the order of publishing. With `gone` also those that were taken down. */
export function shownAt(texts: readonly Text[], now: Instant, options: { readonly gone?: boolean } = {}): Shown[] {
  return texts.filter((text) => text.at <= now && (options.gone === true || !isGone(text, now))).map((text) => shownAs(text, now));
}

export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

export function paragraphs(body: string): string {
  return body
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${escapeMarkup(line)}</p>`)
    .join('\n');
}

/** First sentence, or the first 60 characters: what a feed that tells little tells. */
export function summaryOf(body: string): string {
  const flat = body.replace(/\s+/g, ' ').trim();
  const sentence = /^.{8,90}?[。！？.!?](?=\s|$|[^\d])/u.exec(flat)?.[0];
  return sentence ?? (Array.from(flat).length > 60 ? `${Array.from(flat).slice(0, 60).join('')}…` : flat);
}

/** Picture descriptions that a text carries in its last line, `[图：…]`, stand beside the picture. */
export function pictureOf(body: string): string {
  return /[[（(](?:图|photo|picture)[：:]\s*([^\]）)]+)[\]）)]/i.exec(body)?.[1]?.trim() ?? '';
}
