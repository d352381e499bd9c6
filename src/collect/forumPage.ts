/**
 * Reads a thread page of any forum: the repeated rows that each hold a time or floor number, an author and a text. A page
 * without floors is read as an article. Nothing here knows a site; the hints are words that forum software puts in its classes.
 */
import type { Instant } from '../model/time.ts';
import { readArticleTree } from './article.ts';
import { authorOf, bodyOf, type FloorBody, floorOf, publishedTime } from './forumFloor.ts';
import { entryKey, type PageKit } from './listPage.ts';
import { pageMeta } from './pageMeta.ts';
import { nextPage } from './pageNext.ts';
import { areaWeight, groupRows, lastingClasses, type PageRow, type RowGroup, rowElements, rowText } from './pageRows.ts';
import { baseOf, elementsOf, foldSpace, isUnseen, liesIn, type PageElement, parsePage, textOf } from './pageTree.ts';
import { readTime } from './relativeTime.ts';

export interface ThreadPost {
  /** Lasting key inside the thread: the post's own id, else its floor, else its place on the page. */
  readonly key: string;
  /** 1 is the opening post. Where the page shows no number it is counted from the first of this page. */
  readonly floor: number;
  readonly author?: string;
  /** Without quoted posts, signature and the buttons; paragraphs parted by \n. */
  readonly body: string;
  readonly publishedAt?: Instant;
  readonly isOpening: boolean;
  /** The page says the text was changed. */
  readonly edited?: boolean;
  /** The page says the text was taken down; the body is then empty. */
  readonly gone?: boolean;
  readonly nImages?: number;
}

export interface ThreadPage {
  readonly title: string;
  readonly posts: readonly ThreadPost[];
  readonly next?: string;
  /** False when no floors were found and the page was read as an article. */
  readonly isThread: boolean;
  readonly notes: readonly string[];
}

interface Floor {
  readonly row: PageRow;
  readonly author?: string;
  readonly time?: Instant;
  readonly number?: number;
  readonly body: FloorBody;
}

/** Elements that can tell where a floor is: a time, a floor number, or a class that says post. */
function leavesOf(root: PageElement, kit: PageKit): PageElement[] {
  const leaves: PageElement[] = [];
  for (const element of elementsOf(root, isUnseen)) {
    if (leaves.length >= 1500) break;
    if (element.attributes.datetime !== undefined) leaves.push(element);
    else if (floorOf(element) !== undefined) leaves.push(element);
    else if (element.children.some((child) => typeof child === 'string' && child.length < 120 && readTime(foldSpace(child), kit) !== null))
      leaves.push(element);
    else if ((element.attributes.title?.length ?? 99) < 40 && readTime(element.attributes.title ?? '', kit) !== null) leaves.push(element);
  }
  return leaves;
}

function floorNumber(row: PageRow): number | undefined {
  for (const element of rowElements(row)) {
    const number = floorOf(element);
    if (number !== undefined) return number;
  }
  return undefined;
}

function readFloor(row: PageRow, kit: PageKit, isNested: (element: PageElement) => boolean): Floor {
  const own: PageRow = { head: row.head, parts: row.parts };
  const time = publishedTime(own, kit, isNested);
  const author = authorOf(own, kit, isNested);
  const body = bodyOf(own, kit, author, isNested);
  const number = floorNumber(own);
  return {
    row,
    body,
    ...(author === undefined ? {} : { author }),
    ...(time === undefined ? {} : { time }),
    ...(number === undefined ? {} : { number }),
  };
}

const none = () => false;
const POST_HINT = /post|floor|reply|repl|comment|thread|message|answer|louceng/;

/** How surely a group's rows are floors: each row counts by the cube of what it holds of time or number, author, text and a name. */
function scoreGroup(group: RowGroup, kit: PageKit): number {
  let score = 0;
  const rows = group.rows.slice(0, 60);
  for (const row of rows) {
    const number = floorNumber(row);
    const hasTime = publishedTime(row, kit, none) !== undefined;
    const hasAuthor = authorOf(row, kit, none) !== undefined;
    const isNamed = POST_HINT.test(row.head.hint) || [...rowElements(row)].slice(0, 12).some((at) => POST_HINT.test(at.hint));
    if (!hasTime && number === undefined) continue;
    // The head line of a single floor has all but the writer's words.
    const hasText = group.rows.length === 1 ? bodyOf(row, kit, authorOf(row, kit, none), none).text !== '' : rowText(row).length > 12;
    const share =
      ((hasTime ? 1 : 0) + (number !== undefined ? 1 : 0) + (hasAuthor ? 1 : 0) + (hasText ? 1 : 0) + (isNamed ? 0.5 : 0)) / 4.5;
    score += share ** 3;
  }
  const [first] = rows;
  const linkShare = first === undefined ? 0 : linkedShare(group.rows.slice(0, 10));
  return (
    score *
    (first === undefined ? 0 : areaWeight(first.head)) *
    (linkShare > 0.7 ? 0.3 : 1) *
    (first !== undefined && first.parts.length > 1 ? 0.8 : 1)
  );
}

function linkedShare(rows: readonly PageRow[]): number {
  let all = 0;
  let linked = 0;
  for (const row of rows) {
    all += rowText(row).length;
    for (const element of rowElements(row)) if (element.tag === 'a') linked += textOf(element).length;
  }
  return all === 0 ? 0 : linked / all;
}

/** The group of floors, or undefined when nothing on the page looks like one. Of equals the outer one, for a single floor the inner. */
function floorGroup(root: PageElement, kit: PageKit): RowGroup | undefined {
  let best: RowGroup | undefined;
  let bestScore = 0;
  for (const group of groupRows(leavesOf(root, kit)).slice(0, 400)) {
    if (group.rows.length > 500) continue;
    const score = scoreGroup(group, kit);
    // Groups come in page order, so that an outer one is seen before those inside it.
    if (score > bestScore * (group.rows.length === 1 ? 0.999 : 1.001) && score > 0) {
      best = group;
      bestScore = score;
    }
  }
  // One row with an author and a time is also what an article looks like: it is a floor if numbered, or short.
  const isLong = best?.rows.length === 1 && best.rows.every((row) => floorNumber(row) === undefined && rowText(row).length > 600);
  return bestScore >= 0.45 && !isLong ? best : undefined;
}

/** Rows nested in rows (replies under a floor) look like their floor: same tag, same classes. */
function withNested(group: RowGroup): PageRow[] {
  const [first] = group.rows;
  const look = first === undefined ? '' : lastingClasses(first.head);
  if (first === undefined || look === '') return [...group.rows];
  const heads = new Map<PageElement, PageRow>(group.rows.map((row) => [row.head, row]));
  for (const row of group.rows)
    for (const element of rowElements(row))
      if (element.tag === first.head.tag && lastingClasses(element) === look && !heads.has(element))
        heads.set(element, { head: element, parts: [element] });
  return [...heads.values()].sort((a, b) => a.head.order - b.head.order);
}

const ID_DIGITS = /^(?:[a-z_-]*?)(\d{1,20})$/i;

/** A post's own id: the digits of its element's id, a data attribute, or the anchor of its own link. */
function idOf(row: PageRow): string | undefined {
  const { attributes } = row.head;
  for (const name of ['data-pid', 'data-id', 'data-post-id', 'data-postid', 'data-comment-id', 'data-reply-id', 'data-cid'])
    if (/^[\w-]{1,40}$/.test(attributes[name] ?? '')) return attributes[name];
  if (ID_DIGITS.test(attributes.id ?? '')) return attributes.id;
  let n = 0;
  for (const element of rowElements(row)) {
    if (++n > 40) break;
    const { id, name, href } = element.attributes;
    if (/^(?:p|pid|post|floor|reply|comment|c|msg|message)[_-]?\d+$/i.test(id ?? '')) return id;
    if (element.tag === 'a' && /^(?:p|pid|post|floor|reply|comment|c)?[_-]?\d+$/i.test(name ?? '')) return name;
    const anchor = /#((?:p|pid|post|floor|reply|comment)[_-]?\d+)$/i.exec(href ?? '')?.[1];
    if (anchor !== undefined) return anchor;
  }
  return undefined;
}

function isFirstPage(address: string): boolean {
  const url = new URL(address);
  const page =
    url.searchParams.get('page') ??
    url.searchParams.get('p') ??
    /\bthread-\d+-(\d+)-\d+\.html?$/.exec(url.pathname)?.[1] ??
    /\/page[/-](\d+)/.exec(url.pathname)?.[1] ??
    '1';
  const start = url.searchParams.get('start') ?? '0';
  return (page === '1' || page === '' || !/^\d+$/.test(page)) && (start === '0' || start === '');
}

function postsOf(floors: readonly Floor[], first: boolean): ThreadPost[] {
  const posts: ThreadPost[] = [];
  const keys = new Set<string>();
  let previous = 0;
  for (const { row, author, time, number, body } of floors) {
    // A number must go up; one that does not belongs to something else (a quoted floor, a count).
    const floor = number !== undefined && number > previous ? number : previous + 1;
    previous = floor;
    const id = idOf(row);
    let key = id ?? (number !== undefined ? `floor-${floor}` : `place-${posts.length + 1}`);
    if (keys.has(key)) key = `${key}.${posts.length + 1}`;
    keys.add(key);
    posts.push({
      key,
      floor,
      ...(author === undefined ? {} : { author }),
      body: body.text,
      ...(time === undefined ? {} : { publishedAt: time }),
      isOpening: floor === 1 && first && posts.length === 0,
      ...(body.edited ? { edited: true } : {}),
      ...(body.gone ? { gone: true } : {}),
      ...(body.nImages > 0 ? { nImages: body.nImages } : {}),
    });
  }
  return posts;
}

/** The opening post where it stands outside the rows of the replies: what an article reader finds before them. */
function openingOutside(root: PageElement, rows: readonly PageRow[], kit: PageKit): Floor | undefined {
  const [first] = rows;
  if (first === undefined || first.head.parent === null) return undefined;
  let container: PageElement | null = first.head.parent;
  const isList = (element: PageElement) => rows.some((row) => row.head === element);
  while (container !== null && container !== root) {
    const before: PageElement[] = container.children.filter(
      (child) => typeof child === 'object' && child.order < first.head.order && !liesIn(first.head, child),
    ) as PageElement[];
    const told = before.filter((at) => areaWeight(at) > 0.3 && !isUnseen(at));
    const row: PageRow | undefined = told[0] === undefined ? undefined : { head: told[0], parts: told };
    if (row !== undefined && publishedTime(row, kit, isList) !== undefined) {
      const floor = readFloor(row, kit, (at) => isList(at) || /^h1$/.test(at.tag));
      if (floor.author !== undefined && floor.body.text.length >= 10) return floor;
    }
    container = container.parent;
  }
  return undefined;
}

/** Never fails. Posts in page order; a page without floors gives one post, the article. */
export function readThread(html: string, kit: PageKit): ThreadPage {
  const tree = parsePage(html);
  const { root, whole } = tree;
  const base = baseOf(root, kit.address);
  const meta = pageMeta(root, kit.address);
  const notes = whole ? [] : ['page.tooDeep'];
  const next = nextPage(root, base, kit.address.replace(/#.*$/, ''));
  const told = { title: meta.title, notes, ...(next === undefined ? {} : { next }) };
  const group = whole ? floorGroup(root, kit) : undefined;
  if (group !== undefined) {
    const rows = withNested(group);
    const heads = new Set(rows.map((row) => row.head));
    const floors = rows
      .map((row) => readFloor(row, kit, (at) => at !== row.head && heads.has(at)))
      .filter(
        (floor) =>
          (floor.time !== undefined || floor.number !== undefined) && (floor.body.text !== '' || floor.body.gone || floor.body.nImages > 0),
      );
    const first = isFirstPage(kit.address);
    const opening = first && (floors[0]?.number ?? 0) !== 1 ? openingOutside(root, rows, kit) : undefined;
    if (opening !== undefined) floors.unshift(floors[0]?.number === 1 ? opening : { ...opening, number: 1 });
    if (floors.length > 0) return { ...told, posts: postsOf(floors, first), isThread: true };
  }
  const article = readArticleTree(tree, html, kit);
  const post: ThreadPost = {
    key: entryKey(kit.address),
    floor: 1,
    ...(article.author === undefined ? {} : { author: article.author }),
    body: article.text,
    ...(article.publishedAt === undefined ? {} : { publishedAt: article.publishedAt }),
    isOpening: true,
  };
  return { ...told, posts: article.text === '' ? [] : [post], isThread: false };
}
