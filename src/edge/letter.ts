/** The one file that knows the mail library: a letter as text, its headers and plain words. Attachments are counted, not read. */
import PostalMime from 'postal-mime';
import { plainText } from '../collect/plainText.ts';

export interface Letter {
  readonly id: string;
  /** Lower case, of the first address in From. */
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  /** RFC 3339, or empty. */
  readonly date: string;
  readonly nImages: number;
  /** First link of the text; empty when there is none. */
  readonly link: string;
}

const LONGEST_TEXT = 400_000;
/** Parts inside parts: a letter of a mail program has three or four. */
const DEEPEST = 30;

/** Null for what is no letter. */
export async function readLetter(bytes: Uint8Array): Promise<Letter | null> {
  try {
    const mail = await PostalMime.parse(bytes, { maxNestingDepth: DEEPEST, maxHeadersSize: 256 * 1024 });
    const html = (mail.html ?? '').slice(0, LONGEST_TEXT);
    const text = (mail.text ?? '').trim().slice(0, LONGEST_TEXT) || plainText(html);
    const link =
      /https?:\/\/[^\s<>"'）】，。]{4,1000}/.exec(text)?.[0] ?? /href\s*=\s*["'](https?:\/\/[^"'<>\s]{4,1000})/i.exec(html)?.[1] ?? '';
    return {
      id: (mail.messageId ?? '').replace(/^<|>$/g, '').slice(0, 500),
      from: (mail.from?.address ?? '').toLowerCase(),
      subject: mail.subject ?? '',
      text,
      date: mail.date ?? '',
      nImages: mail.attachments.filter((part) => part.mimeType.startsWith('image/')).length,
      link,
    };
  } catch {
    // Broken or built to be heavy: counted by whoever asked.
    return null;
  }
}
