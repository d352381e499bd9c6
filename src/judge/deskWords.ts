/**
 * Formula words of complaint desks and clerks, and the masks of redaction: they stand in every such text and say nothing about
 * its matter. General vocabulary of the trade, per language; the rarity of terms would learn it only after hundreds of texts.
 */

/** Longer forms first: the first that fits is taken out. */
const FORMULA_ZH = new RegExp(
  [
    '(?:同一|该|本次|外籍|老年|另一)?来电人(?:员)?(?:代[^，。：]{1,4}反映|再次|自述|自称|反映|称|系|为|问|说)?',
    '(?:市民|群众|居民|家长|住户|业主|村民|网民)(?:来电|致电|来信|留言)(?:咨询|反映|称)?',
    '(?:再次|重复|多次|首次|第[一二三四五六七八九十\\d]+次)?(?:来电|致电)',
    '诉求|咨询|反映|投诉|举报|求助|催办|催促|询问',
    '(?:希望|请|请求|要求|建议|盼)(?:有关|相关|职能|主管)?(?:部门|单位)?(?:尽快|尽早|及时|立即|马上)?(?:予以)?(?:核实|核查|处理|解决|协调|答复|回复|回电|查处|落实)?',
    '尽快(?:处理|解决|答复|回复|核实)|(?:有关|相关|职能|主管)(?:部门|单位)',
    '(?:已|现)?(?:记录|登记|派单|转派|转办|交办|受理|办结|安抚|告知|通知|回访)|工单|热线|坐席|话务员?|派单',
    '(?:联系|回访)?(?:电话|方式|人)(?:号码)?|身份证号?码?|号码|情绪(?:激动|焦急|稳定)|表示不满|便于(?:核对|回访|登记)',
  ].join('|'),
  'gu',
);

const FORMULA_EN =
  /\b(?:(?:second |third |same |another |repeat |anonymous )?(?:callers?|complainants?|enquirers?)|residents? (?:reports?|calls?|called|writes?|states?)|(?:also |again )?(?:reports?|reported|states?|stated|says?|said|asks?|asked|asking|requests?|requested|advises?|advised|complains?|complained|enquir(?:es|ed|y))(?: that| whether| if| when| for)?|would like|wants to know|call(?:ed|s)? back|callback|(?:has been |was )?(?:logged|forwarded|referred|passed on)|ticket|reference number|case number|contact (?:number|details)|telephone|phone number|as soon as possible|please|urgently|calm|upset|distressed|repeat(?:ed)? call)\b/giu;

const MASK = /▮[^▮\n]{1,12}▮/gu;

/** The text without masks, and, when a clerk wrote it, without the formulas. */
export function withoutFormulas(text: string, isClerks: boolean): string {
  const open = text.includes('▮') ? text.replace(MASK, ' ') : text;
  return isClerks ? open.replace(FORMULA_ZH, ' ').replace(FORMULA_EN, ' ') : open;
}
