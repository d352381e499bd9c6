/** One floor of a thread: its number, author, time and own words. */
import type { Instant } from '../model/time.ts';
import { type PageRow, rowElements, rowTimes } from './pageRows.ts';
import { elementChildren, elementsOf, foldSpace, isElement, isUnseen, linesOf, type PageElement, textOf, textStart } from './pageTree.ts';
import { readTime, type TimeKit } from './relativeTime.ts';

const FLOOR_NAMES: Readonly<Record<string, number>> = { 楼主: 1, 沙发: 2, 椅子: 3, 藤椅: 3, 板凳: 3, 凳子: 4, 报纸: 4, 地板: 5 };
const FLOOR_WORDS = /^(?:第\s*)?(\d{1,6})\s*(?:楼|樓|[Ff]|#|层)$|^(?:#|No\.?\s*|Post\s*#?\s*|Reply\s*#?\s*|Re:\s*#)\s*(\d{1,6})$/;

/** The floor number that this very element shows (12楼, #12, 沙发), in its text or a data attribute. */
export function floorOf(element: PageElement): number | undefined {
  const told = element.attributes['data-floor'] ?? element.attributes['data-floor-number'];
  if (told !== undefined && /^\d{1,6}$/.test(told)) return Number(told);
  if (element.children.length === 0 || element.children.length > 4) return undefined;
  let text = '';
  for (const child of element.children) {
    text += isElement(child) ? child.children.filter((inner) => typeof inner === 'string').join('') : child;
    if (text.length > 60) return undefined;
  }
  const folded = foldSpace(text);
  if (folded.length > 12) return undefined;
  const match = FLOOR_WORDS.exec(folded);
  if (match !== null) return Number(match[1] ?? match[2]);
  const named = FLOOR_NAMES[folded];
  // 楼主 is also a badge beside every post of the opener; as a floor it stands in an element named for the floor.
  return named === 1 && !/floor|num|lou/.test(element.hint) ? undefined : named;
}

const EDIT_LINE = /本帖最后由|最后编辑|最后修改|编辑于|已编辑|last edited|\bedited (?:by|on|at)\b|zuletzt (?:bearbeitet|geändert)/i;
const EDIT_WORD = /^[（([]?(?:已编辑|编辑过|edited|bearbeitet)[)\]）]?$/i;
const GONE =
  /^(?:\S{0,4}\s*)?(?:[该此本](?:帖|楼|回复|内容|评论|条)\S{0,3}已?(?:被\S{0,8})?(?:删除|屏蔽)|(?:内容|帖子|回复|评论)已?被?\S{0,6}(?:删除|屏蔽)|提示:\s*(?:作者被禁止|该帖被)|this (?:post|comment|message|reply) (?:has been|was) (?:deleted|removed)|\[(?:deleted|removed)\]|dieser beitrag wurde gelöscht)/i;
const QUOTE_HINT = /(?:^|[\s_-])(?:quote\w*|bbcode-?quote|cited?|blockquote|reply-?to)(?:$|[\s_-])/;
const QUOTE_START = /^.{0,40}(?:发表于|发表於|wrote|said|schrieb|说道?)\s*[:：]?|^(?:引用|回复|quote|zitat)\b|^@\S+\s*[:：]/i;
const ASIDE_HINT =
  /(?:^|[\s_-])(?:sign|signature|sig|profile|postprofile|avatar|user-?info|userinfo|pls|actions?|buttons?|toolbar|tools?|operate|share|like\w*|vote\w*|report|medal\w*|rank|stats?|level|badge|ads?|ad-\w+|pstatus|notice|locked|attach\w*-?info)(?:$|[\s_-])/;
const BUTTONS =
  /^(?:回复|举报|引用|编辑|删除|收藏|分享|点赞|赞|顶|踩|支持|反对|只看(?:该|此)?作者|只看楼主|倒序浏览|使用道具|评分|道具|置顶|发消息|加好友|来自\S{1,12}|reply|quote|report|share|like|edit|delete|permalink|link|upvote|downvote|top)(?:\s*[（(]?\d*[)）]?)?$/i;

export function isQuote(element: PageElement): boolean {
  if (element.tag === 'blockquote')
    return QUOTE_HINT.test(element.hint) || QUOTE_START.test(textStart(element, 60)) || element.parent?.tag === 'div';
  return QUOTE_HINT.test(element.hint) && !/^(?:body|td|li|article)$/.test(element.tag);
}

/** Parts of a row that are not the writer's words: profile, signature, buttons. */
export function isMeta(element: PageElement): boolean {
  return isUnseen(element) || ASIDE_HINT.test(element.hint) || element.tag === 'nav' || element.tag === 'footer' || element.tag === 'form';
}

const TIME_SKIP = /quote|sign|signature|profile|userinfo|user-info|join|regist|last-?(?:visit|login)|pls\b|pstatus|edit/;
const TIME_NOT = /注册|加入|joined|registered|最后登录|last (?:visit|active|seen)|最后编辑|最后由|edited|修改|在线/i;

/** The first time of the row that is not one of its quotes, of the writer's profile or of an edit. */
export function publishedTime(row: PageRow, kit: TimeKit, isNested: (element: PageElement) => boolean): Instant | undefined {
  const skip = (at: PageElement) => isNested(at) || (at !== row.head && TIME_SKIP.test(at.hint)) || isQuote(at);
  let doubtful: Instant | undefined;
  for (const time of rowTimes(row, kit, skip)) {
    if (TIME_NOT.test(time.line) || time.at > kit.now + 86_400_000 || BODY_HINT.test(time.element.hint)) continue;
    const rest = time.line.length - time.text.length;
    // A paragraph without a telling class can be a line of the text that names a day.
    if (time.element.tag === 'p' && !HEAD_HINT.test(time.element.hint)) doubtful ??= rest <= 12 ? time.at : undefined;
    else if (rest <= 40) return time.at;
    else doubtful ??= time.at;
  }
  return doubtful;
}

const HEAD_HINT = /author|by|time|date|meta|info|head|posted/;
const AUTHOR_HINT =
  /(?:^|[\s_-])(?:author\w*|auth|username|user-?name|uname|user|poster|nick\w*|member|writer|xw1|name|from|who|louzhu)(?:$|[\s_-])/;
const AUTHOR_LINK = /(?:space|user|member|profile|people|home|author|uid|\/u\/|\/@)/i;
const AUTHOR_TEXT = /(?:作者|发帖人|楼主|网友|用户|发布者|posted by|written by|\bby|von)\s*[:：]?\s*([^\s|»·,，:：]{1,30})/i;

function cleanName(text: string): string | undefined {
  const name = foldSpace(text)
    .replace(/^(?:作者|发帖人|楼主|网友|用户|发布者|by|von|posted by)\s*[:：]?\s*/i, '')
    .replace(/\s*(?:楼主|\[楼主\]|OP|发表于.*|says:?|said:?|wrote:?|»|[|·:：])\s*$/i, '')
    .trim();
  return name === '' || name.length > 40 || /^\W*\d*\W*$/u.test(name.replace(/\p{L}/gu, 'x')) ? undefined : name;
}

/** Inside an author's box: the piece that is named so, else a link to a person's page. */
function innerName(box: PageElement): PageElement | undefined {
  const inside = [...elementsOf(box, isUnseen)].slice(1, 40).filter((at) => textOf(at) !== '');
  const isNamed = (at: PageElement) => at.attributes.itemprop === 'name' || (AUTHOR_HINT.test(at.hint) && elementChildren(at).length === 0);
  return (
    inside.find(isNamed) ??
    inside.find((at) => at.tag === 'a' && AUTHOR_LINK.test(at.attributes.href ?? '')) ??
    inside.find((at) => at.tag === 'a' && !BUTTONS.test(textOf(at)))
  );
}

/** A short name right before the time, on its line or the line above: how pages without classes write it. */
function nameBeforeTime(row: PageRow, kit: TimeKit, skip: (element: PageElement) => boolean): string | undefined {
  let previous = '';
  const lines = cellsOf(row).flatMap((part) => linesOf(part, skip));
  for (const line of lines.slice(0, 6)) {
    const time = line.length > 80 ? null : readTime(line, kit);
    if (time !== null) {
      const before = foldSpace(line.slice(0, time.index))
        .replace(/(?:发表于|发布于|于|on|at|wrote|posted|[|·•»,，:：(（—-])+\s*$/gi, '')
        .trim();
      const name = before === '' ? previous : before;
      return FLOOR_WORDS.test(name) || name.length > 20 || /[。！？，,]/.test(name) ? undefined : cleanName(name);
    }
    previous = line;
  }
  return undefined;
}

/** A table row read cell by cell; any other row as it is. */
function cellsOf(row: PageRow): PageElement[] {
  return row.head.tag === 'tr' ? elementChildren(row.head) : row.parts.filter(isElement);
}

export function authorOf(row: PageRow, kit: TimeKit, isNested: (element: PageElement) => boolean): string | undefined {
  const skip = (at: PageElement) => isNested(at) || isQuote(at) || isUnseen(at);
  let linked: string | undefined;
  let worded: string | undefined;
  for (const element of rowElements(row, skip)) {
    const { attributes } = element;
    const told = attributes.itemprop === 'author' || attributes.rel === 'author' || attributes['data-author'] !== undefined;
    if (told || AUTHOR_HINT.test(element.hint)) {
      const text = attributes['data-author'] ?? textOf(innerName(element) ?? element);
      const name = text.length > 60 ? undefined : cleanName(text);
      if (name !== undefined && readTime(name, kit) === null && !BUTTONS.test(name)) return name;
    }
    if (linked === undefined && element.tag === 'a' && AUTHOR_LINK.test(attributes.href ?? '')) {
      const name = cleanName(textOf(element));
      if (name !== undefined && !BUTTONS.test(name) && readTime(name, kit) === null) linked = name;
    }
    if (worded === undefined && element.children.length < 8) {
      const own = element.children.filter((child) => typeof child === 'string').join(' ');
      if (own.length < 80) worded = AUTHOR_TEXT.exec(own)?.[1];
    }
  }
  return linked ?? worded ?? nameBeforeTime(row, kit, skip);
}

const BODY_HINT =
  /(?:^|[\s_-])(?:postmessage|message|msg|content|text|body|words|t_f|post-?(?:text|content|body|message)|reply-?(?:text|content|body)|comment-?(?:text|content|body)|floor-?(?:text|content|body)|entry-content|d_post_content|txt|con|says?)(?:$|[\s_-]|\d)/;
const WIDE_BODY = /postbody|post-body|main|inner|wrap|right/;

/** True when the floor's own heading line (author or time) lies in the element: then it is more than the body. */
function holdsHead(element: PageElement, isNested: (element: PageElement) => boolean): boolean {
  for (const at of elementsOf(element, (inner) => isNested(inner) || isQuote(inner)))
    if (at !== element && (at.tag === 'time' || at.attributes.rel === 'author' || (AUTHOR_HINT.test(at.hint) && !BODY_HINT.test(at.hint))))
      return true;
  return false;
}

function bodyElement(row: PageRow, isNested: (element: PageElement) => boolean): PageElement | undefined {
  let best: PageElement | undefined;
  let bestScore = 0;
  for (const element of rowElements(row, (at) => isNested(at) || (at !== row.head && isMeta(at)) || isQuote(at))) {
    if (element === row.head || !BODY_HINT.test(element.hint) || element.tag === 'a' || AUTHOR_HINT.test(element.hint)) continue;
    const length = textOf(element, isNested).length + 1;
    const score = WIDE_BODY.test(element.hint) || holdsHead(element, isNested) ? length * 0.01 : length;
    if (score >= bestScore * 0.98) {
      best = element;
      bestScore = Math.max(score, bestScore);
    }
  }
  return best;
}

export interface FloorBody {
  readonly text: string;
  readonly edited: boolean;
  readonly gone: boolean;
  readonly nImages: number;
}

/** True for a line that only repeats what else is known of the floor. */
function isRowMeta(line: string, author: string | undefined, kit: TimeKit): boolean {
  if (line === author || BUTTONS.test(line) || FLOOR_WORDS.test(line) || FLOOR_NAMES[line] !== undefined) return true;
  const pieces = line.split(/[\s|·»,，]+/).filter((piece) => piece !== '');
  if (
    pieces.length > 1 &&
    pieces.length < 10 &&
    pieces.every((piece) => piece === author || BUTTONS.test(piece) || FLOOR_WORDS.test(piece))
  )
    return true;
  const time = readTime(line, kit);
  if (time === null) return false;
  let rest = line.replace(time.text, '');
  if (author !== undefined) rest = rest.replace(author, '');
  rest = rest.replace(
    /\d+\s*(?:楼|樓|#|F\b)|#\s*\d+|发表于|发布于|楼主|作者|回复|举报|引用|只看该作者|posted|on|at|by|in reply to|reply|says|wrote/gi,
    '',
  );
  return rest.replace(/[^\p{L}\p{N}]/gu, '').length <= 2;
}

function imagesIn(root: PageElement, skip: (element: PageElement) => boolean): number {
  let n = 0;
  for (const { tag, attributes, hint } of elementsOf(root, skip)) {
    if (tag !== 'img') continue;
    const width = Number(attributes.width ?? 200);
    if (
      width >= 80 &&
      !/smil|emoji|face|emot|avatar|icon/i.test(`${hint} ${attributes.src ?? ''} ${attributes.smilieid !== undefined ? 'smil' : ''}`)
    )
      n++;
  }
  return n;
}

/** The writer's own words. A quote stays when there is nothing else. */
export function bodyOf(row: PageRow, kit: TimeKit, author: string | undefined, isNested: (element: PageElement) => boolean): FloorBody {
  const chosen = bodyElement(row, isNested);
  const roots = chosen === undefined ? cellsOf(row) : [chosen];
  const metaIn = (at: PageElement) => isNested(at) || (at !== chosen && at !== row.head && isMeta(at));
  const read = (skip: (element: PageElement) => boolean) => roots.flatMap((root) => linesOf(root, skip));
  const own = read((at) => metaIn(at) || isQuote(at));
  const lines = own.length > 0 ? own : read(metaIn);
  const whole = [...rowElements(row, isNested)];
  const edited =
    whole.some((at) => /pstatus|edited|edit-?(?:info|note|mark|time)/.test(at.hint) && textOf(at) !== '') ||
    whole.some((at) =>
      at.children.some(
        (child) => typeof child === 'string' && child.length < 120 && (EDIT_LINE.test(child) || EDIT_WORD.test(child.trim())),
      ),
    );
  const kept = lines.filter(
    (line) =>
      !(line.length < 120 && EDIT_LINE.test(line)) &&
      !EDIT_WORD.test(line) &&
      (chosen !== undefined ? !BUTTONS.test(line) || lines.length === 1 : !isRowMeta(line, author, kit)),
  );
  const text = kept.join('\n');
  const gone = kept.length <= 2 && text.length < 60 && GONE.test(text);
  return { text: gone ? '' : text, edited, gone, nImages: roots.reduce((n, root) => n + imagesIn(root, metaIn), 0) };
}
