/**
 * Names of private persons, found by what stands around them, without a list of given names: a surname and one or two more characters
 * behind 业主, 我叫, 住三栋的 …, or before 说, 先生 …; in English behind Mr, neighbour, my name is. Holders of an office keep their names:
 * a title next to the name says so. A name found once is masked everywhere in the text.
 */
import type { Span } from './redactSpans.ts';

const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫嵇鄢闫肖付代褚蒙仇仝佟冷凤';
const COMPOUND = '欧阳|上官|司马|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|端木|南宫|西门|长孙|宇文';
const IS_COMPOUND = new Uint8Array(0x10000);
for (const name of COMPOUND.split('|')) IS_COMPOUND[name.charCodeAt(0)] = 1;
const IS_SURNAME = new Uint8Array(0x10000);
for (let at = 0; at < SURNAMES.length; at++) IS_SURNAME[SURNAMES.charCodeAt(at)] = 1;

/** Characters that end a name: grammar, and verbs and nouns that follow one. */
const NOT_GIVEN =
  '的了着过们吗呢吧啊是在和与及或也都就还又这那之其此而但因为所以被把让给对从向于我你他她它说称道问表示反映投诉举报告诉先生女士等不没有去来到将已说叫住';
const IS_NOT_GIVEN = new Uint8Array(0x10000);
for (let at = 0; at < NOT_GIVEN.length; at++) IS_NOT_GIVEN[NOT_GIVEN.charCodeAt(at)] = 1;

const NOT_NAMES: ReadonlySet<string> = new Set(
  '于是 许多 高层 方面 马上 万一 应该 何况 常常 时常 安全 白天 全部 任何 任务 高兴 谢谢 黄河 江苏 成都 曾经 单位 石油 金额 田地 温度 水厂 文件 关于 方便 方法 向来 和平 江边 时候 时间 时间段 周边 周围 周末 周一 周二 周三 周四 周五 周六 周日 路上 路人 路口 路面 车主 车辆 车上 司机 房东 房子 房产 房屋 华人 毛病 白白 施工 施工方 管道 管理 管理员 管理处 管网 严重 严格 高度 高温 高峰 高中 高考 雷雨 左右 项目 项目部 成立 成年 成员 关注 关心 关键 边上 包括 包装 包间 解决 解释 解除 强烈 强调 强制 查处 查看 游客 向上 金融 万元 万人 万户 余人 余户 余名 余元 余元钱 高速 文化 文明 史上 平安 盛大 章程 易燃 贺电 古镇 古城 米饭 池塘 冷水 冷气 宁可 宁愿 花园 阳光 阳台 幸好 段时间 段路 常年 常住 单元 单独 单子 古人 代表 代理 代价 位置 位于 位业主 位村民 位老人 位居民 位市民 卫生 卫生间 项费 权益 何时 何处 何人 易拉 计划 牛奶 石头 白色 黄色 黄水 黄泥 黄线 金钱 向我 向他 马路 马桶 凤凰 蒙古 欧洲 东方 晋升 江水 江面 安装 安排 安置 安置房 安保 安静 康复 童年 成本 成功 成为 成果 连续 谷物 谷歌 米色 房贷 房价 车位 车库 车间 车祸 车站 关闭 关门 任凭 任意 任由 任期 查询 查明 屈服 解答 解封 单方 单日 包含 包工 左边 左侧 石子 石块 强行 强迫 强拆 强降 景区 景点 花费 席卷 冷却 冷库 沿线 沿街 沿河 沿途 畅通 万分 万里 江河 杨树 柳树 林地 林业 林场 田间 夏天 夏季 温水 温馨 温和 黎明 龙头 龙虾 万幸 高价 高楼 高空 高压'.split(
    ' ',
  ),
);

const ROLES =
  '业主|村民|居民|市民|住户|租户|租客|学生|家长|患者|病人|死者|伤者|受害人|受害者|被害人|当事人|司机|乘客|旅客|店主|摊主|摊贩|商户|工人|员工|职工|邻居|网友|老人|老汉|老太|男子|女子|妇女|孕妇|男孩|女孩|儿童|孩子|女儿|儿子|丈夫|妻子|母亲|父亲|妈妈|爸爸|奶奶|爷爷|外卖员|快递员|骑手|顾客|消费者|群众|农民|农户|养殖户|房东|退休教师|大爷|大妈|阿姨|举报人|投诉人|反映人|来电人|申请人|联系人|报料人|被告人|嫌疑人|犯罪嫌疑人|原告|被告|目击者|志愿者|残疾人|住客|姓名|名叫|名字叫|名字是|我叫|叫做|我是|本人|署名|化名|来信人|发帖人|同学|同事|室友|朋友|亲戚|女友|男友|老板|老板娘|护工|保姆|房客';
/** A title that makes the name that of an office or of a public role. */
const TITLES =
  '书记|县长|市长|省长|州长|镇长|乡长|区长|局长|主任|部长|厅长|处长|科长|股长|司长|院长|校长|所长|队长|站长|段长|村长|支书|主席|委员|常委|代表|法官|检察官|检察长|民警|警官|警长|辅警|记者|教授|研究员|专家|律师|董事长|总经理|总裁|经理|总监|负责人|发言人|秘书长|理事长|会长|主编|编辑|大使|总理|总统|议员|指挥长|政委|参谋|主持人|通讯员|摄影|实习生|评论员|导演|演员|歌手|运动员|教练|院士|总工程师|工程师|首席';
const TITLE_BEFORE = new RegExp(`(?:${TITLES})[:：、\\s]{0,2}$`);
const TITLE_BEHIND = new RegExp(`^(?:副|代|原|新|区|县|市|镇|乡)?(?:${TITLES})`);
const ROLE_BEFORE = new RegExp(`(?:${ROLES})(?:[:：是叫为]|名叫)?[\\s“"（(]{0,2}$`);
/** `住三栋的王建国`, `家住东门的王建国`. */
const LIVES_BEFORE = /住(?:在)?[^，。！？\n]{1,14}的(?:业主|居民|邻居|村民)?$/;
const HONORIFIC_BEHIND =
  /^(?:先生|女士|小姐|太太|夫人|大爷|大妈|大叔|大婶|阿姨|师傅|老人|老汉|奶奶|爷爷|婆婆|同学|同志|老师|医生|护士|一家|夫妇)/;
const SAYS_BEHIND =
  /^(?:[（(][^）)\n]{1,12}[）)])?(?:还|也|又|则|就|再次|随后|曾|哭着|无奈地)?(?:说|表示|称|告诉|反映|投诉|举报|回忆|坦言|哭诉|抱怨|介绍|透露|直言|认为|担心|发现|家住|家里|今年[0-9]{1,3}岁|[,，]?[男女][,，])/;
const NAME_END =
  /^(?:$|[\sA-Za-z0-9@，。、；：！？”"'（）()《》,.;:!?…▮\-—]|家|的|说|称|在|因|为|和|及|与|被|是|也|就|还|对|从|向|于|将|已|到|去|把|给|让|等|一家|今年|昨|今|表示|反映|投诉|告诉|举报|发|打|拨|住|没|有|不|来|先生|女士|大爷|大妈|阿姨|师傅|老人)/;
const SENTENCE_START = /(?:^|[\s，。、；：！？“”"'（）()《》,.;:!?…\n—])$/;

const isHan = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff;

function givenLength(shadow: string, at: number, most: number): number {
  let length = 0;
  while (length < most && isHan(shadow.charCodeAt(at + length)) && IS_NOT_GIVEN[shadow.charCodeAt(at + length)] !== 1) length++;
  return length;
}

const COMPOUND_HERE = new RegExp(COMPOUND, 'y');

/** Lengths a name that begins here may have, longest first; empty when no surname stands here. */
function nameLengths(shadow: string, at: number): number[] {
  COMPOUND_HERE.lastIndex = at;
  const compound = COMPOUND_HERE.test(shadow);
  if (!compound && IS_SURNAME[shadow.charCodeAt(at)] !== 1) return [];
  const start = compound ? 2 : 1;
  const given = givenLength(shadow, at + start, 2);
  return given === 2 ? [start + 2, start + 1] : given === 1 ? [start + 1] : [];
}

/** `王某`, `李某某` and `张XX` are no names any more. */
const isMasked = (name: string): boolean => /[某xX×*]/.test(name);

/** What is known while one text is read. */
interface Reading {
  readonly shadow: string;
  /** In edited press only a role or a form of address makes a name private: `X says` is mostly a public person there. */
  readonly isPress: boolean;
  /** Names that stood next to a title: they stay everywhere in the text. */
  readonly holders: Set<string>;
}

function judgeName(reading: Reading, at: number, length: number, before: string): boolean {
  const { shadow } = reading;
  const name = shadow.slice(at, at + length);
  const behind = shadow.slice(at + length, at + length + 16);
  if (NOT_NAMES.has(name) || NOT_NAMES.has(name.slice(0, 2)) || isMasked(name)) return false;
  if (TITLE_BEFORE.test(before) || TITLE_BEHIND.test(behind)) {
    reading.holders.add(name);
    return false;
  }
  if (TITLE_BEHIND.test(shadow.slice(at + 1, at + 9))) return false;
  if (HONORIFIC_BEHIND.test(behind)) return !HONORIFIC_BEHIND.test(shadow.slice(at + 1, at + length + 4));
  if (ROLE_BEFORE.test(before) || LIVES_BEFORE.test(before)) return NAME_END.test(behind);
  return !reading.isPress && SENTENCE_START.test(before) && SAYS_BEHIND.test(behind);
}

/** What can stand directly before or behind a name that is masked or spared: one look-up spares nearly all surnames the patterns below. */
const CAN_STAND_BEFORE = new Uint8Array(0x10000);
const CAN_STAND_BEHIND = new Uint8Array(0x10000);
for (const word of `${ROLES}|${TITLES}`.split('|')) CAN_STAND_BEFORE[word.charCodeAt(word.length - 1)] = 1;
for (const char of ' \n\t，。、；：！？“”"\'（）()《》,.;:!?…—是叫为的') CAN_STAND_BEFORE[char.charCodeAt(0)] = 1;
for (const word of TITLES.split('|')) CAN_STAND_BEHIND[word.charCodeAt(0)] = 1;
for (const char of '副代原新区县市镇乡先女小太夫大阿师老奶爷婆同医护一') CAN_STAND_BEHIND[char.charCodeAt(0)] = 1;

function canBeName(shadow: string, at: number): boolean {
  if (at === 0 || CAN_STAND_BEFORE[shadow.charCodeAt(at - 1)] === 1) return true;
  return [2, 3, 4].some((length) => CAN_STAND_BEHIND[shadow.charCodeAt(at + length)] === 1);
}

function hanNameAt(reading: Reading, at: number): Span | null {
  const { shadow } = reading;
  if (!canBeName(shadow, at)) return null;
  const lengths = nameLengths(shadow, at);
  if (lengths.length === 0) return null;
  const before = shadow.slice(Math.max(0, at - 18), at);
  for (const length of lengths) if (judgeName(reading, at, length, before)) return { from: at, to: at + length, kind: 'name' };
  return null;
}

const NAME = "[A-Z](?:['’][A-Z])?[a-z]+(?:-[A-Z][a-z]+)?";
const MIDDLE = `(?: (?:[A-Z]\\.|${NAME})){0,2}`;
const HONORIFIC = new RegExp(`(?:Mr|Mrs|Ms|Miss|Mx)\\.? (${NAME}${MIDDLE})`, 'y');
const CALLED = new RegExp(
  `(?:[Mm]y name is|[Ii]'m|I am|[Nn]ame:|[Cc]alled|[Nn]amed|[Ss]igned,?|[Cc]ontact:|[Rr]egards,|[Ss]incerely,|[Tt]hanks,|(?:[Nn]eighbou?r|[Rr]esident|[Tt]enant|[Dd]river|[Vv]ictim|[Pp]atient|[Pp]upil|[Ss]tudent|[Pp]arent|[Mm]other|[Ff]ather|[Ss]on|[Dd]aughter|[Ww]ife|[Hh]usband|[Pp]ensioner|[Ss]hopkeeper|[Cc]ustomer|[Ww]itness|[Vv]illager|[Ff]armer|[Ww]orker|[Mm]um|[Dd]ad|[Ll]andlord|[Cc]omplainant|[Pp]assenger|[Gg]randmother|[Gg]randfather|[Oo]wner|[Hh]omeowner),?)[ \\n]{1,2}(${NAME}(?: (?:[A-Z]\\. )?${NAME}){1,2})`,
  'y',
);
const FULL = new RegExp(
  `(${NAME} (?:[A-Z]\\. )?${NAME})(?:,? (?:said|says|told|complained|reported|wrote|lives|claims|claimed|explained|added)\\b|, (?:aged )?[0-9]{1,2},)`,
  'y',
);
const NOT_PERSON =
  /\b(?:Council|Company|Ministry|Department|Water|City|County|District|Hospital|School|University|Police|Street|Road|Park|East|West|North|South|New|The|Office|Board|Committee|Authority|Agency|News|Times|Post|Daily|Government|National|Royal|High|Health|Public|Fire|Town|Village|Bank|Group|Centre|Center|River|Lake|Bridge|Station|Party|Union|Association|Service|Services|United|States|Kingdom|But|And|This|That|They|There|When|What|Gate|House|Garden|Gardens|Bay|Hill|Bus|Line|Airport|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|World|Court|State|Federal|Energy|Electric|Gas|Press|Radio|Reuters|Xinhua)\b/;
const OFFICE_BEFORE =
  /\b(?:Mayor|Minister|President|Governor|Senator|Councillor|Cllr|Commissioner|Director|Chief|Chair(?:man|woman|person)?|Secretary|Superintendent|Inspector|Sergeant|Captain|Constable|Officer|Judge|Justice|Professor|Prof\.?|spokes(?:man|woman|person)|Spokes(?:man|woman|person)|head|manager|editor|reporter|Sheriff|Ambassador|MP|MEP|leader|CEO|Representative|Rep\.|Sen\.|Gov\.|Dr\.?|General|Colonel|Chancellor),? $/;

function groupAt(pattern: RegExp, shadow: string, at: number): Span | null {
  pattern.lastIndex = at;
  const found = pattern.exec(shadow);
  const name = found?.[1];
  if (found === null || name === undefined || NOT_PERSON.test(name)) return null;
  const from = at + found[0].indexOf(name);
  if (OFFICE_BEFORE.test(shadow.slice(Math.max(0, from - 24), from)) || OFFICE_BEFORE.test(`${shadow.slice(from, from + name.length)} `))
    return null;
  return { from, to: from + name.length, kind: 'name' };
}

const STARTS = new Set('mMiInNcCsSrRtTdDvVpPwWhHfFgGlLoO');
const isLetter = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);

function latinNameAt(reading: Reading, at: number, code: number): Span | null {
  const { shadow } = reading;
  const isCapital = code <= 0x5a;
  if (isCapital && code === 0x4d) {
    const span = groupAt(HONORIFIC, shadow, at);
    if (span !== null) return span;
  }
  if (STARTS.has(shadow[at] ?? '')) {
    const span = groupAt(CALLED, shadow, at);
    if (span !== null) return span;
  }
  return isCapital && !reading.isPress ? groupAt(FULL, shadow, at) : null;
}

/** Every other place where a found name stands. Two-character Han names stand inside other words too often. */
function repeats(shadow: string, names: ReadonlySet<string>): Span[] {
  const spans: Span[] = [];
  for (const name of names) {
    if (isHan(name.charCodeAt(0)) ? name.length < 3 : !name.includes(' ')) continue;
    for (let at = shadow.indexOf(name); at >= 0; at = shadow.indexOf(name, at + name.length))
      spans.push({ from: at, to: at + name.length, kind: 'name' });
  }
  return spans;
}

/** At most this many different names are followed through a text, to stay linear. */
const MOST_NAMES = 20;

export function nameSpans(shadow: string, isPress: boolean): Span[] {
  const reading: Reading = { shadow, isPress, holders: new Set() };
  const spans: Span[] = [];
  const names = new Set<string>();
  let before = 0;
  for (let at = 0; at < shadow.length; at++) {
    const code = shadow.charCodeAt(at);
    let span: Span | null = null;
    if (isHan(code))
      span =
        IS_SURNAME[code] === 1 || (IS_COMPOUND[code] === 1 && COMPOUND.includes(shadow.slice(at, at + 2))) ? hanNameAt(reading, at) : null;
    else if (isLetter(code) && !isLetter(before)) span = latinNameAt(reading, at, code);
    before = code;
    if (span === null) continue;
    spans.push(span);
    if (names.size < MOST_NAMES) names.add(shadow.slice(span.from, span.to));
    at = Math.max(at, span.to - 1);
    before = shadow.charCodeAt(at);
  }
  const all = isPress ? spans : [...spans, ...repeats(shadow, names)];
  return reading.holders.size === 0 ? all : all.filter((span) => !reading.holders.has(shadow.slice(span.from, span.to)));
}
