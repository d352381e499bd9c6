/** What is parsed apart from the main thread: bytes of strangers in, plain values out. The worker runs it; tests may run it directly. */
import { type Article, readArticle } from '../collect/article.ts';
import { type Feed, feedItems, parseFeed } from '../collect/feed.ts';
import { readThread, type ThreadPage } from '../collect/forumPage.ts';
import { type ListKit, type ListPage, type PageKit, readListPage } from '../collect/listPage.ts';
import { readablePart } from '../collect/pageTree.ts';
import { plainText } from '../collect/plainText.ts';
import type { Item } from '../model/document.ts';
import { bytesText } from './bytesText.ts';
import { secondOpinion } from './secondOpinion.ts';

interface Raw {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

export interface ParsedFeed {
  readonly items: readonly Item[];
  readonly notes: readonly string[];
  readonly isFeed: boolean;
  readonly askedPause: Feed['askedPause'];
  /** WebSub hub and own address as the feed tells them, or empty. */
  readonly hub: string;
  readonly self: string;
}

export interface ParseInputs {
  readonly feed: Raw & { readonly address: string; readonly headers: Readonly<Record<string, string>> };
  readonly article: Raw & { readonly kit: PageKit };
  readonly list: Raw & { readonly kit: ListKit };
  readonly thread: Raw & { readonly kit: PageKit };
  readonly strip: Raw;
}

export interface ParseOutputs {
  readonly feed: ParsedFeed;
  readonly article: Article;
  readonly list: ListPage;
  readonly thread: ThreadPage;
  readonly strip: { readonly text: string };
}

export type ParseKind = keyof ParseInputs;
export type ParseTask = { readonly [K in ParseKind]: { readonly kind: K; readonly input: ParseInputs[K] } }[ParseKind];
export type Parsed<K extends ParseKind> = ParseOutputs[K] & { readonly charset: string };

/** Of a page that could not be read as a tree, so much text is kept: more than any document holds. */
const STRIPPED = 400_000;

function parseText(task: ParseTask, text: string): ParseOutputs[ParseKind] {
  switch (task.kind) {
    case 'feed': {
      const { address, headers } = task.input;
      const feed = parseFeed(text, { address, headers });
      return { ...feedItems(feed), isFeed: feed.isFeed, askedPause: feed.askedPause, hub: feed.hub, self: feed.self };
    }
    case 'article':
      return readArticle(text, { ...task.input.kit, secondOpinion });
    case 'list':
      return readListPage(text, task.input.kit);
    case 'thread':
      return readThread(text, task.input.kit);
    case 'strip':
      return { text: plainText(readablePart(text)).slice(0, STRIPPED) };
  }
}

export function runParse(task: ParseTask): ParseOutputs[ParseKind] & { readonly charset: string } {
  const { text, charset } = bytesText(task.input.bytes, task.input.contentType);
  return { ...parseText(task, text), charset };
}
