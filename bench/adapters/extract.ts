/** Heed's article reader in the form that the extraction harness loads. */
import { readArticle } from '../../src/collect/article.ts';
import { secondOpinion } from '../../src/edge/secondOpinion.ts';
import { pageText } from './pageText.ts';

/** The harness scores bodies only; dates are read against a fixed day so that two runs are equal. */
const NOW = Date.parse('2026-11-01T00:00:00Z');

export let nAsked = 0;

export function extract(bytes: Uint8Array, { url }: { url: string }): { text: string; title: string; date: string | null; asked: boolean } {
  const before = nAsked;
  const article = readArticle(pageText(bytes), {
    address: URL.canParse(url) ? url : 'http://page.invalid/',
    now: NOW,
    zone: 'UTC',
    secondOpinion: (html) => {
      nAsked++;
      return secondOpinion(html);
    },
  });
  const date = article.publishedAt === undefined ? null : new Date(article.publishedAt).toISOString().slice(0, 10);
  return { text: article.text, title: article.title, date, asked: nAsked > before };
}
