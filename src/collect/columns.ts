/**
 * Which column of a table is what. Columns are known by their heading, in Chinese or English, or else by what stands in them. Columns
 * about persons are named here to be thrown away; every column that is not known is thrown away too.
 */

export const LINE_FIELDS = [
  'key',
  'address',
  'title',
  'body',
  'publishedAt',
  'author',
  'section',
  'place',
  'reach',
  'language',
  'thread',
] as const;
export type LineField = (typeof LINE_FIELDS)[number];

/** Field of each column, by the column's heading. */
export type ColumnMap = Readonly<Partial<Record<LineField, string>>>;

const HEADINGS: readonly [field: LineField, pattern: RegExp][] = [
  [
    'body',
    /^(?:(?:诉求|投诉|反映|帖子|文章|评论|微博|信件|来信|问题|事项|工单|留言|反馈|信息)?(?:内容|正文|文本|描述|详情|全文|原文|详细内容|具体内容)|诉求|留言|评论|body|content|contents|text|description|message|comment|full_?text|details?|post|complaint|report)$/,
  ],
  ['title', /^(?:(?:诉求|帖子|文章|事项|工单|信件|新闻)?(?:标题|题目|主题|题名)|title|subject|headline|summary|topic)$/],
  [
    'publishedAt',
    /^(?:(?:发布|发表|来电|受理|创建|提交|登记|反映|发帖|投诉|采集|诉求|上报)?(?:时间|日期)|date|time|datetime|timestamp|created(?:_?at|_?time|_?date)?|published(?:_?at|_?date)?|pub_?date|posted(?:_?at)?|requested_?datetime|date_?time)$/,
  ],
  ['address', /^(?:(?:原文|文章|帖子|页面|来源)?(?:链接|网址|url)|原文地址|网页地址|url|link|href|permalink|web_?address|source_?url)$/],
  [
    'key',
    /^(?:(?:工单|帖子|文章|信件|受理|诉求|记录|事项|流水)?(?:编号|id|号)|工单号|序列号|主键|id|key|guid|uuid|post_?id|tweet_?id|doc_?id|service_?request_?id|case_?(?:id|no|number)|ticket_?(?:id|no|number)|record_?id|unique_?key)$/,
  ],
  [
    'author',
    /^(?:作者|发布者|发布人|发帖人|用户名?|昵称|网名|账号|帐号|博主|author|user|username|user_?name|screen_?name|nickname|handle|poster|from|account|creator)$/,
  ],
  [
    'section',
    /^(?:(?:诉求|事项|问题|工单|业务)?(?:类别|分类|类型|种类)|栏目|板块|版块|频道|标签|category|section|service|service_?name|type|topic_?name|tag|tags|complaint_?type|agency)$/,
  ],
  [
    'place',
    /^(?:(?:事发|问题|发生|所属|诉求)?(?:地点|位置|区域|地区|街道|乡镇|镇街|社区|区县|辖区|属地)|place|location|area|district|ward|region|neighbou?rhood|borough|town|city|locality)$/,
  ],
  ['reach', /^(?:阅读[量数]|浏览[量数]|播放[量数]|点击[量数]|曝光量?|views?|reads?|reach|impressions|view_?count|read_?count)$/],
  ['language', /^(?:语言|语种|language|lang)$/],
  ['thread', /^(?:主帖(?:id|编号)?|主题帖|父帖|thread|thread_?id|parent|parent_?id|in_?reply_?to|conversation_?id)$/],
];

/** Headings whose values name or reach a person: looked for in the texts as well, and masked there. */
const PERSON =
  /姓名|名字|身份证|证件|手机|电话|联系|微信|wechat|weixin|qq|邮箱|e-?mail|phone|mobile|tel(?:ephone)?\b|^(?:full_?|first_?|last_?|real_?|customer_?|caller_?|contact_?)?name$|surname|id_?(?:card|number|no)\b|passport|护照|住址|家庭|address(?:_?line)?|street|来电人|反映人|投诉人|举报人|申请人|回复对象|车牌|plate|银行|卡号|account_?(?:no|number)|birthday|生日|remark|备注/i;

/** Headings that name a person or the way to one: such a column may be told to be the author, which is sealed, and nothing else. */
const IDENTITY =
  /姓名|名字|身份证|证件|手机|电话|联系|微信|wechat|weixin|qq|邮箱|e-?mail|phone|mobile|tel(?:ephone)?\b|^(?:full_?|first_?|last_?|real_?|customer_?|caller_?|contact_?)?name$|surname|id_?(?:card|number|no)\b|passport|护照|来电人|反映人|投诉人|举报人|申请人|车牌|plate|银行|卡号|birthday|生日/i;

export function isPersonColumn(heading: string): boolean {
  const plain = plainHeading(heading);
  return PERSON.test(plain) && !/^(?:web_?address|原文地址|网页地址)$/.test(plain);
}

function plainHeading(heading: string): string {
  return heading
    .normalize('NFKC')
    .replace(/^\ufeff/, '')
    .replace(/[\s"'“”（(【[].*?[)）\]】]$/, '')
    .replace(/[\s:：*]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

function byHeading(headings: readonly string[]): Partial<Record<LineField, string>> {
  const found: Partial<Record<LineField, string>> = {};
  for (const [field, pattern] of HEADINGS)
    for (const heading of headings) {
      if (found[field] !== undefined || Object.values(found).includes(heading)) continue;
      if (pattern.test(plainHeading(heading))) found[field] = heading;
    }
  return found;
}

/** What somebody told: `{ body: '诉求' }` or `{ 诉求: 'body' }`. A column that is not there is passed over. */
function byOrder(told: Readonly<Record<string, string>>, headings: readonly string[]): Partial<Record<LineField, string>> {
  const found: Partial<Record<LineField, string>> = {};
  const isField = (name: string): name is LineField => (LINE_FIELDS as readonly string[]).includes(name);
  for (const [left, right] of Object.entries(told)) {
    const [field, heading] = isField(left) && headings.includes(right) ? [left, right] : [right, left];
    if (!isField(field) || !headings.includes(heading)) continue;
    if (field === 'author' || field === heading || !IDENTITY.test(plainHeading(heading))) found[field] = heading;
  }
  return found;
}

type Rows = readonly Readonly<Record<string, string>>[];

function longest(headings: readonly string[], rows: Rows): string | undefined {
  let best: string | undefined;
  let most = 12;
  for (const heading of headings) {
    const mean = rows.reduce((sum, row) => sum + (row[heading]?.length ?? 0), 0) / Math.max(1, rows.length);
    const isText =
      rows.some((row) => /[\p{L}]{2,}[\s\p{L}，。,.]/u.test(row[heading] ?? '')) &&
      !rows.every((row) => /^https?:/.test(row[heading] ?? 'https:'));
    if (isText && mean > most) [best, most] = [heading, mean];
  }
  return best;
}

/**
 * `sample` are the first rows. Without any heading for the text, the column with the longest texts is it. Null when there is
 * neither title nor text.
 */
export function guessColumns(headings: readonly string[], sample: Rows, told: Readonly<Record<string, string>> = {}): ColumnMap | null {
  const ordered = byOrder(told, headings);
  const left = headings.filter((heading) => !Object.values(ordered).includes(heading));
  const found = { ...byHeading(left), ...ordered };
  if (found.body === undefined) {
    const free = headings.filter((heading) => !Object.values(found).includes(heading) && !isPersonColumn(heading));
    const body = longest(free, sample);
    if (body !== undefined) found.body = body;
  }
  if (found.address === undefined) {
    const free = headings.filter((heading) => !Object.values(found).includes(heading) && !isPersonColumn(heading));
    const address = free.find((heading) => sample.length > 0 && sample.every((row) => /^https?:\/\/\S+$/.test(row[heading] ?? '')));
    if (address !== undefined) found.address = address;
  }
  return found.body === undefined && found.title === undefined ? null : found;
}
