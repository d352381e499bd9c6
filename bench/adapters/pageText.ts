import { decode } from '../../src/collect/charset.ts';

/** The text of a stored page, whose bytes come without an HTTP header. */
export function pageText(bytes: Uint8Array): string {
  return decode(bytes).text;
}
