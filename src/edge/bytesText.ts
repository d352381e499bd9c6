/** Bytes from outside as text, with the encoding that won. */
import { decode } from '../collect/charset.ts';

export function bytesText(bytes: Uint8Array, contentType: string): { readonly text: string; readonly charset: string } {
  const { text, charset } = decode(bytes, contentType === '' ? {} : { contentType });
  return { text, charset };
}
