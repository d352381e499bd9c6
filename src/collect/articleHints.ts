/**
 * What class names, ids and fixed phrases say about a piece of a page, in English, Chinese (and its pinyin in class names)
 * and German. Words of publishing software and of the trade only: no rule here names a site.
 */
import type { PageElement } from './pageTree.ts';

const word = (words: string) => new RegExp(`(?:^|[\\s_-])(?:${words})(?:$|[\\s_-]|\\d+(?:$|[\\s_-]))`);

/** Names that say what a page is about, how it looks or in which state it is, not what an element is for. */
const NOT_TELLING =
  /(?:^|\s)(?:(?:category|tag|format|type|status|author|term|topic|has|no|not|with|without|js|is|lang|locale)[-_]\S*|\S*[:[\](){}/]\S*)(?=\s|$)/g;

/** A hint without such names and without the hashes that build tools add. */
function telling(hint: string): string {
  return hint.replace(NOT_TELLING, ' ').replace(/__[a-z0-9_]{1,3}[a-z0-9_-]{2,6}(?=\s|$)/g, ' ');
}

/** Pieces that surround a body on news pages, blogs and portals: never the body itself. */
const AROUND = word(
  [
    'comments?|comment-?(?:list|area|form|respond|section|wrap|box)|commentlist|disqus\\w*|respond|replies|pinglun|kommentare?|kommentar\\w*',
    'related\\w*|similar\\w*|recommend\\w*|recirc\\w*|more-?(?:stories|articles|news|posts|from|on|links?)|read-?(?:more|next|also)|also-?read|further-?reading|see-?also|xiangguan\\w*|tuijian\\w*|yanshen|xgxw|xgyd|mehr-?zum\\w*|weitere\\w*|empfehl\\w*|verwandte?\\w*|teasers?|teaser-?(?:list|box|block|group|grid|row|container|wrapper)',
    'share\\w*|sharing|social\\w*|sns|addthis\\w*|addtoany\\w*|a2a|fenxiang|bdshare\\w*|bdsharebuttonbox|jiathis\\w*|sharedaddy|shariff|follow-?us|weixin|wechat|qrcode|erweima|ewm|teilen',
    'side-?bar\\w*|sidecol|rail|right-?(?:rail|column|col|sidebar)|left-?(?:rail|nav)|aside|widgets?|widget-?area|seitenleiste',
    'foot|footer\\w*|site-?footer|masthead|site-?header|top-?bar|topnav|header-?(?:nav|top|bar)|nav|navi|navbar\\w*|navigation|mainnav|menu\\w*|submenu|subnav|breadcrumbs?\\w*|crumbs?|mianbao\\w*|daohang|pager|pagination|paging|pages?-?nav|post-?nav\\w*|nav-?links|prev-?next|nextprev|previous|skip-?links?|toc|table-?of-?contents',
    'ads?|adv|advert\\w*|ad-?(?:container|wrapper|slot|box|unit|block|zone)|adsbygoogle|banner\\w*|sponsor\\w*|promo\\w*|promotion|dfp|gpt|guanggao|werbung|anzeigen?|outbrain\\w*|taboola\\w*|plista|affiliate|commerce|partner-?links?',
    'newsletter\\w*|subscri\\w*|sign-?up\\w*|login\\w*|register|paywall\\w*|piano|cookie\\w*|consent\\w*|gdpr\\w*|modal\\w*|popup\\w*|popover\\w*|overlay|lightbox|tooltip\\w*|rollover\\w*|hover-?\\w+|dialog|toast',
    'tags?|tag-?(?:list|links|cloud|s)|tagcloud|keywords?|topics?-?list|categories|cat-?links|category-?list|labels|post-?tags|entry-?tags|biaoqian|schlagw\\w*|themen',
    'by-?line\\w*|author-?(?:bio|info|box|card|block|profile|description|meta|name|image|about)|about-?(?:the-?)?author|authors?|bio|contributor\\w*|autor\\w*|post-?author|vcard',
    'post-?meta|entry-?meta|article-?meta|meta|meta-?data|metadata|post-?(?:info|date|details|footer|byline)|entry-?(?:footer|date|utility)|article-?(?:info|header|footer|date|tools|byline|actions|foot|source)|date-?(?:line|time)?|timestamp|pub-?(?:date|time|info)|publish-?(?:date|time|info)|published|time|source|laiyuan|bianji|zrbj|editor|zebian|posted-?on|dateline|infos?',
    'tools?|toolbar\\w*|tool-?box|utility|utilities|print\\w*|email-?(?:this|link|article)|actions?|buttons?|btn\\w*|vote\\w*|rating\\w*|ratings?|likes?|dianzan|zan|report|feedback|jubao|jiucuo|error-?report',
    'captions?|wp-caption-text|caption-?text|img-?(?:caption|desc|info|title)|image-?(?:caption|credit|source|info)|photo-?(?:caption|credit)|pic-?(?:desc|title|info)|credits?|copyright\\w*|banquan|shengming|legend|bildunterschrift|bildtext|bildnachweis',
    'galler\\w*|slideshow\\w*|slider|carousel\\w*|swiper\\w*|thumb(?:nail)?s?|video-?(?:player|info|list|title|wrapper)|player|playlist|jwplayer|audio-?player',
    'hot\\w*|rank\\w*|popular\\w*|most-?(?:read|viewed|popular|commented|shared)|trending|latest\\w*|top-?(?:stories|news)|headlines|breaking|ticker|phb|paihang\\w*|beliebt\\w*|meistgelesen\\w*',
    'hidden|hide|invisible|visually-?hidden|sr-?only|screen-?reader-?text|offscreen|noprint|no-?print|d-none|display-?none',
    'search\\w*|searchform|disclaimer|mianze|app-?download|download-?app|statement|shengming|friend-?links?|youqing\\w*|widget-?title|language-?switch\\w*|lang-?switch\\w*',
  ].join('|'),
);

/** Pieces that hold a body. */
const BODY = word(
  'article|article-?(?:body|content|text|main|detail|wrap|page|container|inner)|body|content|contents|main-?content|post|post-?(?:body|content|text|entry)|entry|entry-?content|story|story-?(?:body|content|text)|text|text-?content|news-?(?:body|content|text|detail)|detail|detail-?(?:body|content)|hentry|main|page-?content|blog-?(?:post|content|body)|zhengwen|neirong|wenzhang|con|article_?con|trs_editor|view|inhalt|artikel\\w*|beitrag\\w*|prose|markdown|rich-?text|td-?post-?content|single-?content',
);

export function isBodyHint(element: PageElement): boolean {
  return BODY.test(element.hint) || /articleBody|mainContentOfPage/i.test(element.attributes.itemprop ?? '');
}

const COMMENTS = word(
  'comments?|comment-?(?:list|area|section|wrap|box)|commentlist|comments-?\\w+|disqus\\w*|respond|pinglun\\w*|kommentare?|kommentar-?\\w*|forum-?posts?|discussion',
);
const LEAD = word(
  'lead|lede|intro\\w*|teaser|teaser-?text|summary|standfirst|abstract|vorspann|excerpt|subtitle|sub-?head\\w*|sub-?line|dek|deck|description|article-?(?:lead|intro|summary|subtitle|teaser)|zhaiyao|daodu|daoyu|einleitung|anrei(?:ss|ß)er|kicker-?text|chapo|sapo|entradilla|bajada|copete|ingress',
);
const EMBED = /tweet|embed|quote|instagram-media/;

export function isComments(element: PageElement): boolean {
  return COMMENTS.test(element.hint);
}

/** A piece that introduces the body: standfirst, summary, 导读. */
export function isLead(element: PageElement): boolean {
  return LEAD.test(element.hint) || element.attributes.itemprop === 'description';
}

const AROUND_ROLES: ReadonlySet<string> = new Set([
  'navigation',
  'complementary',
  'banner',
  'contentinfo',
  'search',
  'menu',
  'menubar',
  'dialog',
  'alert',
  'alertdialog',
  'tooltip',
  'toolbar',
  'note',
]);
const AROUND_TAGS: ReadonlySet<string> = new Set([
  'nav',
  'footer',
  'aside',
  'form',
  'figcaption',
  'dialog',
  'menu',
  'time',
  'address',
  'fieldset',
  'label',
]);

const hintCache = new Map<string, boolean>();

/** True for a piece that by tag, role, class or id stands around a body. */
export function isAround(element: PageElement): boolean {
  if (AROUND_TAGS.has(element.tag)) return true;
  if (element.tag === 'tr' || element.tag === 'tbody') return false;
  const { role, itemprop } = element.attributes;
  if (role !== undefined && AROUND_ROLES.has(role)) return true;
  if (itemprop !== undefined && /^(?:author|datePublished|dateModified|caption|keywords|comment|publisher)$/.test(itemprop)) return true;
  if (element.attributes['aria-hidden'] === 'true' && element.tag !== 'span') return true;
  if (element.hint === '') return false;
  let around = hintCache.get(element.hint);
  if (around === undefined) {
    around = AROUND.test(telling(element.hint)) && !EMBED.test(element.hint);
    // A bounded memory: pages of one site repeat their classes.
    if (hintCache.size > 20_000) hintCache.clear();
    hintCache.set(element.hint, around);
  }
  return around;
}

/** A heading or line that begins what follows a body: everything after it in its container is not the body. */
export const TAIL_HEADING =
  /^[\s\W]*(?:related(?: (?:articles?|posts?|stories|news|content|links|topics|coverage|reading|video\w*))?|more (?:from|on|about|stories|news|articles)\b.{0,40}|read (?:more|next|also)|(?:you )?(?:may|might) (?:also )?(?:like|be interested).{0,20}|see also|also read|recommended(?: for you| reading| stories)?|further reading|(?:share|like) this(?: \w+)?|share|leave a (?:reply|comment).*|(?:\d+ )?comments?(?: \(\d+\))?|join the (?:conversation|discussion)|about the authors?|tags?|topics?|most (?:read|popular|viewed).{0,20}|popular(?: posts| stories| now)?|trending(?: now)?|latest (?:news|stories|posts)|don'?t miss|follow us.{0,40}|newsletter|sign up.{0,60}|subscribe.{0,60}|sponsored(?: content)?|advertisement|references|external links|footnotes|相关(?:阅读|新闻|链接|报道|文章|推荐|专题|内容|资讯|附件|搜索)|推荐(?:阅读|文章|新闻)?|延伸阅读|扩展阅读|热门(?:推荐|新闻|文章|评论|资讯)?|猜你喜欢|大家都在看|更多(?:精彩|新闻|内容|阅读|>*)?|网友评论|最新评论|评论(?:区|列表)?|发表评论|我要评论|为您推荐|精彩推荐|阅读排行|点击排行|分享(?:到|至)?|往期回顾|上一篇|下一篇|mehr zum thema|weitere (?:artikel|meldungen|themen|nachrichten|beiträge).{0,30}|lesen sie (?:auch|mehr).{0,20}|das könnte (?:sie|dich) auch interessieren.{0,20}|verwandte (?:artikel|themen|beiträge)|ähnliche (?:artikel|beiträge|themen)|auch interessant|kommentare?(?: \(\d+\))?|schreib(?:e|en sie)? einen kommentar|kommentar (?:schreiben|verfassen|hinterlassen)|hinterlasse.{0,20}(?:antwort|kommentar)|themen|schlagw[oö]rter|zur startseite|teilen|artikel teilen|empfehlungen?|meistgelesen|quellen?)[\s:：>»…]*$/i;

/** Lines that are no part of a body wherever they stand. */
export const NOISE_LINE =
  /^(?:[（([【]?\s*(?:责任编辑|责编|编辑|原标题|本文来源|文章来源|来源|作者|记者|通讯员|编审|审核|校对|监制|值班主任|发布时间|发布日期|更新时间|浏览次数|阅读(?:数|量|次数)?|点击(?:数|量|次数)?|字号|关键词|关键字|标签|分享(?:到|至)?|上一篇|下一篇|返回(?:首页|顶部|列表)|打印(?:本页)?|关闭(?:窗口)?|扫一扫|扫码|版权(?:声明|所有)|免责声明|声明|特别声明|举报|收藏|点赞|展开全文|阅读全文|查看全文|全文|图片来源|图源|视频加载中)\s*(?:[:：】)）\]|丨].{0,80}|$)|(?:by|von|text|photos?|photograph|image|picture|credit|foto|bild|quelle|source|tags?|filed under|posted (?:in|on|by)|published(?: on)?|updated(?: on)?|last (?:updated|modified)|categories|category|topics|image (?:credit|source|copyright|caption)|photo(?:graph)?s? (?:by|credit)|media caption|video caption|veröffentlicht|aktualisiert|stand|autor|schlagworte)\s*[:：|].{0,120}|(?:share|tweet|print|email|e-mail|save|like|reply|comment|comments?|advertisement|advert|sponsored|loading\.*|close|continue reading.{0,60}|read more.{0,3}|click here to.{0,60}|sign up.{0,100}|subscribe.{0,100}|share this.{0,30}|follow us.{0,60}|story continues below.{0,40}|article continues (?:below|after).{0,40}|scroll (?:down )?(?:to|for).{0,40}|anzeige|werbung|drucken|teilen|merken|kommentieren|weiterlesen.{0,20}|nach oben|zum seitenanfang|download|copyright .{0,100}|©.{0,200}|all rights reserved.{0,60}|image copyright.{0,60}|view (?:comments|gallery|this post).{0,40}|getty(?: images)?|file photo|archivbild|symbolbild))$/i;

/** Lines at the foot of every page of a publisher. */
export const FOOT_LINE =
  /copyright|©|版权所有|备案|ICP[备证]|许可证|举报(?:电话|邮箱)|郑重声明|免责声明|客服电话|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos|cookies?\b|impressum|privacy policy|terms of (?:use|service)|datenschutz/i;

/** A pointer to another article inside the text: the words before its title, in the languages such lines were seen in. */
const ALSO =
  'read (?:more|also|next)|also read|see (?:also|more)|related|watch|more on this|further reading|don.t miss|lesen sie (?:auch|mehr|hier)|lies auch|auch interessant|mehr (?:dazu|zum thema|lesen)|siehe auch|schon gelesen|zum weiterlesen|lea también|lee también|lea (?:además|más)|le puede interesar|te puede interesar|también (?:puede|te puede) interesar.{0,8}|mira(?: también)?|ver también|vea también|leia (?:também|mais)|veja também|saiba mais|lire aussi|à lire aussi|voir aussi|leggi anche|guarda anche|czytaj (?:także|też|więcej)|zobacz (?:też|także)|читайте (?:также|ещ[её])|смотрите также|по теме|läs (?:också|mer|även)|lees ook|les også|相关阅读|延伸阅读|推荐阅读|更多阅读|点击(?:阅读|查看)';
export const ALSO_LINE = new RegExp(`^[\\W_]*(?:${ALSO})\\s*(?:[:：|»>→–-]|$)`, 'i');

/** Calls to follow, subscribe, download or write in; only short lines are tried. */
export const CALL_LINE =
  /\b(?:follow (?:us|me|him|her|them|\w+ \w+|@\w+|the \w+) on (?:twitter|facebook|instagram|social)|(?:like|find|join) us on (?:facebook|twitter|telegram|whatsapp)|sign up (?:for|to|here)|subscribe (?:to|now|here|today)|(?:our|free|daily|weekly) newsletters?\b|delivered to your inbox|download (?:the|our) .{0,40}app|(?:can|may) be reached at|click here (?:to|for) (?:subscribe|sign|more|read|view)|get the latest .{0,60}(?:inbox|newsletter)|have a (?:news )?tip\b|send (?:us )?(?:your )?tips|let us know in the comments|what do you think\? (?:let|tell|share)|support (?:us|our work) (?:on|by)|become a (?:member|subscriber|patron)|(?:newsletter|push-?nachrichten) (?:abonnieren|anmelden|bestellen)|(?:folgen|folge) (?:sie )?uns|canal de (?:telegram|whatsapp)|síguenos en|suscríbete|suivez-nous|abonnez-vous|abonnieren sie|jetzt abonnieren)\b|(?:扫描|长按|识别).{0,12}二维码|关注.{0,16}(?:公众号|微信|微博)|下载.{0,10}(?:客户端|APP)|点击.{0,12}(?:阅读原文|在看|菜单栏)|点【?在看|欢迎(?:关注|订阅|转发)/i;

/** A line that says where a picture comes from. */
export const PICTURE_LINE =
  /^(?:.{0,160}[(（[])?\s*(?:photos?|foto|bild|image|picture|quelle|fotos|abbildung|grafik|credit|图片?|摄影?|视频截图|资料图片?|网络配图)\s*(?:credit|courtesy|by|via|of|source|copyright)?\s*[:：/].{0,90}[)）\]]?$|(?:getty images|afp|reuters|shutterstock|imago|dpa)[)）]?$|^(?:image|photo|bild|foto) \d+ (?:of|von|\/) \d+$/i;
