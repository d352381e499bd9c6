/** What a Discourse forum answers in JSON: its list of topics, and one page of posts of a topic. Read without trust. */
import type { Instant } from '../model/time.ts';
import { plainText } from './plainText.ts';

export interface DiscourseTopic {
  readonly id: string;
  readonly title: string;
  readonly nReplies: number;
  /** Of the last post; undefined when none is told. */
  readonly lastAt: Instant | undefined;
}

export interface DiscourseList {
  readonly topics: readonly DiscourseTopic[];
  /** False when this is no list of topics. */
  readonly isList: boolean;
  readonly hasMore: boolean;
}

export interface DiscoursePost {
  readonly floor: number;
  readonly body: string;
  readonly author: string;
  readonly publishedAt: Instant | undefined;
  readonly nImages: number;
  readonly gone: boolean;
}

export interface DiscourseThread {
  readonly title: string;
  readonly posts: readonly DiscoursePost[];
  /** Ids of all posts, of which a page shows some. */
  readonly nPosts: number;
  readonly isThread: boolean;
  /** Posts on a whole page of a topic. */
  readonly chunk: number;
}

type Loose = Readonly<Record<string, unknown>>;

function loose(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {};
}

function jsonOf(text: string): Loose {
  try {
    return loose(JSON.parse(text));
  } catch {
    // A page with a login or an error on it: no list.
    return {};
  }
}

function timeOf(value: unknown): Instant | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

function whole(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
}

/** Only topics anybody may read: private messages never stand in a public list, and are left out should one do. */
function isPublic(topic: Loose): boolean {
  return topic.archetype !== 'private_message' && topic.visible !== false && whole(topic.id) > 0;
}

export function readDiscourseList(text: string): DiscourseList {
  const list = loose(jsonOf(text).topic_list);
  if (!Array.isArray(list.topics)) return { topics: [], isList: false, hasMore: false };
  const topics = list.topics
    .map(loose)
    .filter(isPublic)
    .map((topic) => ({
      id: String(topic.id),
      title: plainText(typeof topic.title === 'string' ? topic.title : ''),
      nReplies: Math.max(0, whole(topic.posts_count) - 1),
      lastAt: timeOf(topic.last_posted_at) ?? timeOf(topic.created_at),
    }));
  return { topics, isList: true, hasMore: typeof list.more_topics_url === 'string' && topics.length > 0 };
}

/** Discourse writes small actions (closed, pinned) as posts of their own: those have no text of anybody. */
function isSpeech(post: Loose): boolean {
  return post.post_type === undefined || post.post_type === 1;
}

function postOf(post: Loose): DiscoursePost {
  const cooked = typeof post.cooked === 'string' ? post.cooked : '';
  const body = plainText(cooked);
  return {
    floor: whole(post.post_number),
    body,
    author: typeof post.username === 'string' ? post.username : '',
    publishedAt: timeOf(post.created_at),
    nImages: (cooked.match(/<img(?![^>]*class="[^"]*emoji)[\s/>]/gi) ?? []).length,
    gone: post.user_deleted === true || post.hidden === true || typeof post.deleted_at === 'string',
  };
}

export function readDiscourseThread(text: string): DiscourseThread {
  const topic = jsonOf(text);
  const stream = loose(topic.post_stream);
  const isThread = Array.isArray(stream.posts) && topic.archetype !== 'private_message';
  const posts = isThread
    ? (stream.posts as readonly unknown[]).map(loose).filter((post) => isSpeech(post) && whole(post.post_number) > 0)
    : [];
  const nPosts = Array.isArray(stream.stream) ? stream.stream.length : posts.length;
  const title = plainText(typeof topic.title === 'string' ? topic.title : '');
  return { title, posts: posts.map(postOf), nPosts, isThread, chunk: whole(topic.chunk_size) || 20 };
}
