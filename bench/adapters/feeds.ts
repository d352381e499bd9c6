/** Heed's feed reader as the feed harness wants it: bytes and headers in, the neutral feed out. */
import { decode } from '../../src/collect/charset.ts';
import { type Feed, parseFeed } from '../../src/collect/feed.ts';

/** The harness reads dates as Date.parse does: ISO, not milliseconds. */
type Dated<T> = Omit<T, 'published' | 'updated' | 'entries'> & { readonly published: string | null; readonly updated: string | null };
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
function dated<T extends Pick<Feed, 'published' | 'updated'>>(part: T): Dated<T> {
  return { ...part, published: iso(part.published), updated: iso(part.updated) };
}

export function parse(
  bytes: Uint8Array,
  { headers, url }: { readonly headers: Readonly<Record<string, string>>; readonly url: string },
): object {
  const address = /^https?:/.test(url) ? url : 'http://127.0.0.1:8097/';
  const contentType = headers['content-type'];
  const { text } = decode(bytes, contentType === undefined ? {} : { contentType });
  const feed = parseFeed(text, { address, headers });
  return { ...dated(feed), entries: feed.entries.map((entry) => dated(entry)) };
}
