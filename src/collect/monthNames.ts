/** Names of months as pages write them: English, German, French, Spanish, Italian, Portuguese, Dutch, Turkish, Polish, Russian, Arabic, Scandinavian. */

const NAMES: readonly string[] = [
  'january januar jänner janvier enero gennaio janeiro januari ocak stycznia января janúar jan janv ene gen sty янв يناير',
  'february februar feber février fevrier febrero febbraio fevereiro februari şubat lutego февраля feb febr fév fev lut фев فبراير شباط',
  'march märz maerz mars marzo março marco maart mart marca марта mar mär mrz мар مارس آذار',
  'april avril abril aprile april nisan kwietnia апреля apr avr abr kwi апр أبريل ابريل نيسان',
  'may mai mayo maggio maio mei mayıs maja мая maj mag مايو أيار',
  'june juni juin junio giugno junho haziran czerwca июня jun giu cze июн يونيو حزيران',
  'july juli juillet julio luglio julho temmuz lipca июля jul juil lug lip июл يوليو تموز',
  'august août aout agosto augustus ağustos sierpnia августа augusti aug ago sie авг أغسطس آب',
  'september septembre septiembre setiembre settembre setembro eylül września сентября sep sept set wrz сен سبتمبر أيلول',
  'october oktober octobre octubre ottobre outubro ekim października октября oct okt ott out paź окт أكتوبر',
  'november novembre noviembre novembro kasım listopada ноября nov lis ноя نوفمبر',
  'december dezember décembre decembre diciembre dicembre dezembro aralık grudnia декабря desember dec dez déc dic des gru дек ديسمبر',
];

const NUMBERS: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, i) => names.split(' ').map((name): [string, number] => [name, i + 1])),
);

/** A pattern for any of the names, longest first; to be used without regard to case. */
export const MONTHS: string = [...NUMBERS.keys()].sort((a, b) => b.length - a.length).join('|');

/** 1..12, or 0 for what is no month. */
export function monthOf(name: string): number {
  return NUMBERS.get(name.toLowerCase().replace(/\.$/, '')) ?? 0;
}
