/**
 * Where a web address names an account: in the path (`/@name`, `/users/name`, `/~name`), in the query (`author=`), in the host
 * (`name.blog-host`), or as the first step of a network whose pages are accounts. Addresses are stored without it (R-01b),
 * and a source at such an address is a person's.
 */

/** Steps of a path behind which an account's name stands. */
const BEFORE_ACCOUNT: ReadonlySet<string> = new Set(
  'u user users author authors profile profiles people person member members blogger bloggers account accounts space columnist writer writers in personal accounts-feed'.split(
    ' ',
  ),
);
/** Steps that stand behind one of those without naming an account. */
const NOT_ACCOUNT =
  /^(?:feed|feeds|rss|atom|index|list|all|new|top|search|login|register|signup|me|news|help|guide|terms|index\.[a-z]+|page|(?:index|feed|rss|all|list|posts|news|latest|comments|minutes|meetings|agenda|agendas|notices|reports|events|directory|archive|announcements|jobs|press|about|contact|library|office|services)(?:\.(?:xml|rss|atom|json|s?html?|aspx?|php))?)?$/i;
const ACCOUNT_PARAMETERS: ReadonlySet<string> = new Set(
  'author authorid author_id author_name user userid user_id username user_name uid screen_name screenname account accountid un member memberid member_id space_uid spaceuid owner poster blogger acct handle from_user from_uid author_uid'.split(
    ' ',
  ),
);
/** Networks whose first step is an account. */
const ACCOUNT_HOSTS =
  /(?:^|\.)(?:x\.com|twitter\.com|nitter\.[a-z]+|facebook\.com|fb\.com|instagram\.com|weibo\.com|weibo\.cn|t\.me|telegram\.me|vk\.com|ok\.ru|pinterest\.com|twitch\.tv|github\.com|soundcloud\.com|flickr\.com|plurk\.com|about\.me|linktr\.ee|patreon\.com|ko-fi\.com|vimeo\.com|blog\.csdn\.net|cnblogs\.com|blog\.sina\.com\.cn|space\.bilibili\.com|user\.qzone\.qq\.com|jianshu\.com|xueqiu\.com|pixnet\.net|douban\.com|snapchat\.com|deviantart\.com|quora\.com|blog\.163\.com|disqus\.com)$/;
const NETWORK_STEPS =
  /^(?:search|hashtag|tag|tags|topic|topics|explore|home|i|s|p|share|hot|top|news|groups|group|pages|events|watch|about|help|login|intent|trending|ajax|newlogin|ttarticle|statuses|status|detail|n|c|channel|playlist|subject|rss|feed|feeds|api|d|k|q|question|questions|a|huati|reel|reels|stories|video|videos|v|photo|photos|cate|nav|aggsite|pick)$/i;
/** Hosts whose first label is an account. */
const ACCOUNT_DOMAINS =
  /^(?!www\.|blog\.|m\.|about\.|en\.|support\.|help\.|news\.|api\.)([a-z0-9-]+)\.(?:(?:blogspot|wordpress|tumblr|substack|medium|livejournal|typepad|weebly|wixsite|lofter|hatenablog|bearblog|ghost|blogger|deviantart|bandcamp|diaryland|blogbus|hexun|51cto|iteye|pixnet|xanga|micro)\.[a-z]{2,4}(?:\.[a-z]{2})?|blog\.(?:163\.com|sohu\.com|hexun\.com|caixin\.com|sina\.com\.cn|ifeng\.com|jp|ir)|github\.io|gitee\.io|neocities\.org|hateblo\.jp|bsky\.social|write\.as|micro\.blog|bearblog\.dev|weblog\.lol|omg\.lol|blog)$/;
/** Search pages of a network that stand on a host of their own. */
const SEARCH_HOSTS = /^(?:s|search|so)\./;
const CHANNEL_HOSTS = /(?:^|\.)(?:youtube\.com|bilibili\.com|odysee\.com|rumble\.com|ximalaya\.com|podbean\.com)$/;

export interface Account {
  readonly where: 'path' | 'query' | 'host';
  /** Index of the step in the path, or -1. */
  readonly step: number;
  readonly parameter: string;
  readonly name: string;
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    // A broken escape is a name all the same.
    return step;
  }
}

const inPath = (step: number, name: string): Account => ({ where: 'path', step, parameter: '', name });

function accountInPath(host: string, steps: readonly string[]): Account | null {
  for (const [at, raw] of steps.entries()) {
    const step = decode(raw);
    if (/^[@＠~].+/.test(step) && !(step.startsWith('~') && NOT_ACCOUNT.test(step.slice(1))))
      return inPath(at, step.slice(1).replace(/\.(?:rss|atom|json|xml)$/i, ''));
    const before = steps[at - 1]?.toLowerCase() ?? '';
    // Some networks write `/user/profile/NAME`: the last of such steps counts.
    if (BEFORE_ACCOUNT.has(before) && !BEFORE_ACCOUNT.has(step.toLowerCase()) && !NOT_ACCOUNT.test(step))
      return inPath(at, step.replace(/\.(?:rss|atom|json|xml)$/i, ''));
    if (/^(?:channel|c)$/.test(before) && CHANNEL_HOSTS.test(host) && step !== '') return inPath(at, step);
  }
  const first = decode(steps[0] ?? '');
  if (!ACCOUNT_HOSTS.test(host) || first === '') return null;
  if (first === 'n' && /(?:^|\.)weibo\.(?:com|cn)$/.test(host) && steps[1]) return inPath(1, decode(steps[1]));
  if (SEARCH_HOSTS.test(host)) return null;
  if (first === 's' && /(?:^|\.)t\.me$/.test(host) && steps[1]) return inPath(1, decode(steps[1]));
  return NETWORK_STEPS.test(first) ? null : inPath(0, first);
}

/** The account an address names, or null. */
export function accountOf(url: URL): Account | null {
  const host = url.hostname.toLowerCase();
  const label = ACCOUNT_DOMAINS.exec(host)?.[1];
  if (label !== undefined) return { where: 'host', step: -1, parameter: '', name: label };
  const found = accountInPath(host, url.pathname.split('/').filter(Boolean));
  if (found !== null) return found;
  for (const [name, value] of url.searchParams)
    if (ACCOUNT_PARAMETERS.has(name.toLowerCase()) && value !== '') return { where: 'query', step: -1, parameter: name, name: value };
  return null;
}

function parse(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}

export function hasAccount(address: string): boolean {
  const url = parse(address);
  return url !== null && accountOf(url) !== null;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What stands for an account in an address. Nothing can be looked up by it. */
export const NO_ACCOUNT = '~';

function withoutFound(url: URL, account: Account): void {
  const steps = url.pathname.split('/').filter(Boolean);
  if (account.where === 'path') steps[account.step] = NO_ACCOUNT;
  if (account.where === 'query') url.searchParams.delete(account.parameter);
  if (account.where === 'host') {
    url.hostname = url.hostname.slice(url.hostname.indexOf('.') + 1);
    steps.unshift(NO_ACCOUNT);
  }
  const slash = url.pathname.endsWith('/') && steps.length > 0 ? '/' : '';
  url.pathname = `/${steps.join('/')}${slash}`;
}

/**
 * The address with every account, user information and mention of the author's name taken out; the same when there is none.
 * What is no address comes back as it is, but for the names.
 */
export function withoutAccount(address: string, authors: readonly string[] = []): string {
  const url = parse(address);
  let out = address;
  if (url !== null && /^https?:$/.test(url.protocol)) {
    let changed = url.username !== '' || url.password !== '';
    [url.username, url.password] = ['', ''];
    // An address may name it twice, in the path and in the query.
    for (let round = 0; round < 8; round++) {
      const account = accountOf(url);
      if (account === null || account.name === NO_ACCOUNT) break;
      withoutFound(url, account);
      changed = true;
    }
    if (changed) out = url.href;
  }
  for (const author of authors) {
    for (const form of new Set([author, encodeURIComponent(author), encodeURI(author)])) {
      // Upper case holds whatever `i` takes for equal; nearly all addresses name nobody and need no expression made for them.
      if (!out.toUpperCase().includes(form.toUpperCase())) continue;
      if (form.length < 3 && /^[\x20-\x7e]*$/.test(form)) continue;
      const edge = /^[\w-]+$/.test(form) ? '(?![A-Za-z0-9])' : '';
      const start = /^[\w-]+$/.test(form) ? '(?<![A-Za-z0-9])' : '';
      out = out.replace(new RegExp(`${start}${escaped(form)}${edge}`, 'gi'), NO_ACCOUNT);
    }
  }
  return out;
}
