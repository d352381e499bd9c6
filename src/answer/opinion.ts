/**
 * Telling statements of fact from opinions and from labels on people. Only a fact can be true or false; an opinion is never called
 * false, and nobody is called a liar.
 *
 * These word lists are the first net only: they refuse almost no fact (0 of 40 texts not seen while they were made) but let most
 * unseen opinions through (18 of 20). What decides is a person: `decide` asks the reviewer whether the text can be checked at all.
 */

/** Wishes and first-person views; judgements of things; judgements of conduct; judgements of people. */
const OPINION_ZH = new RegExp(
  [
    '我觉得|我认为|个人认为|感觉|希望|建议|应该|应当|恳请|求求|能不能|难道|何必|凭什么|何时休|谁信|有没有天理|天理何在|支持|反对|喜欢|讨厌|下台',
    '太(?!阳)[\\p{Script=Han}]{1,4}了|真是|越来越|最[好差坏烂]|太差|好差|好烂|差劲|烂透|一塌糊涂|不像[话样]|离谱|过分|荒唐|可笑|可悲|奇葩|难[吃看听用]|丑|垃圾(?!桶|站|场|车|处|分|袋|清|堆|焚)|没用|坑人|不靠谱',
    '失望|满意|不公平|不合理|不作为|懒政|官僚|形式主义|面子工程|劳民伤财|瞎折腾|乱搞|胡搞|拍脑袋|形同虚设|不负责任|糊弄|敷衍|作秀|摆样子|态度(?:恶劣|差|不好)|爱答不理|不关心|不管老百姓|根本不|压根不|只会|就会|害死人',
    '寒心|心寒|令人|让人[愤气恶失无]|气人|无语|恶心|可耻|丢人|活该|没良心|良心|黑心|心太?黑|缺德|无能|废物|吃相|吃干饭|冷漠|麻木|霸道|嚣张|自私|愚蠢|脑残|虚伪|贪婪|不要脸|没素质|没水平|[这那]帮人?|一群',
  ].join('|'),
  'u',
);
const OPINION_EN = new RegExp(
  [
    "\\b(i (think|feel|believe|hope|wish)|in my opinion|should(n't)?|ought to|must (go|resign|apologi[sz]e)|support|oppose|hate|love|please|why (can't|don't|do we))\\b",
    '\\b(unfair|sham(e|ed|eful)|ashamed|disgrac\\w+|disgust\\w+|awful|terrible|horrible|worst|best|worse|better|bad|good|great|poor|ugly|nasty|ridiculous|unacceptable|outrageous|pathetic|hopeless|absurd|nonsense|scandalous|shocking|annoying|boring|crazy|insane|a (joke|mess)|what a)\\b',
    '\\b(incompetent|useless|lazy|rude|corrupt|stupid|dumb|greedy|arrogant|selfish|careless|heartless|dishonest|evil|cruel|foolish|hysterical|clueless|disappoint\\w+)\\b',
    "\\b((does|do)(n't| not) care|nobody cares|never listens?|only (care|think)s?)\\b",
  ].join('|'),
  'iu',
);
const LABEL_ZH =
  /(是|就是|这种|都是|属于)[\p{Script=Han}]{0,4}(骗子|造谣者|谣言制造者|刁民|[\p{Script=Han}]{0,2}水军|坏人|败类|人渣|无赖|疯子|别有用心的人|不法分子|喷子|闹事者)/u;
const LABEL_EN =
  /\b(is|are|was|were)\s+(a|an|the|all|just)?\s*(\w+\s+)?(liars?|frauds?|trolls?|crooks?|idiots?|scum|troublemakers?|rumou?r-?mongers?|criminals?)\b/iu;
const FACT_ZH =
  /(\d|(?:[二三四五六七八九十百千万两几]|一[十百千万二三四五六七八九])[一二三四五六七八九十百千万两几]*[个人名次天小时月日号吨元栋户起条所家]|昨[天晚]|今[天晨早晚]|上午|下午|凌晨|泄漏|漏了|爆炸|起火|着火|坍塌|死亡|身亡|送医|住院|中毒|停水|停电|超标|取消|关闭|倒闭|涨价|收费|贪污|受贿|挪用|打人|殴打|拖欠|瞒报|已经|发生)/u;
const FACT_EN =
  /(\d|\b(yesterday|today|tonight|last (night|week|month)|this morning|leak\w*|explod\w*|explosion|fire|collapsed?|died|dead|killed|hospital\w*|poison\w*|closed|cancel\w*|contaminat\w*|exceed\w*|overcharged|charged|stole|stolen|bribes?|took|paid|happened|was (taken|sent|shut|moved|sold))\b)/iu;

/** True when the text labels a person or group instead of stating something that happened. */
export function labelsPeople(text: string): boolean {
  return LABEL_ZH.test(text) || LABEL_EN.test(text);
}

/** True when nothing in the text can be checked: a wish, a judgement, a label. */
export function isOpinion(text: string): boolean {
  if (labelsPeople(text)) return true;
  const judges = OPINION_ZH.test(text) || OPINION_EN.test(text);
  return judges && !(FACT_ZH.test(text) || FACT_EN.test(text));
}
