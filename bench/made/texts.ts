/**
 * Made texts for figures that need many documents: short matters told by several voices, some of them copied, Chinese and English, about
 * 400 characters each. The same seed gives the same texts. A few words are common and most are rare, as in real writing.
 */

/** Numbers 0..1 that repeat with the seed (Park and Miller, 1988). */
export function chance(seed: number): () => number {
  let last = (Math.trunc(seed) % 2_147_483_646) + 1;
  return () => {
    last = (last * 48_271) % 2_147_483_647;
    return last / 2_147_483_647;
  };
}

const HAN_FROM = 0x4e00;
const N_HAN = 3000;
const SYLLABLES =
  'ba ren to li mos ker ta vin dor es pal un gra she no fil am wes bri cho dun el fen gal hin jo kal lum mer nad os pir'.split(' ');
const N_WORDS = 6000;

function hanWord(next: () => number, length: number): string {
  let word = '';
  for (let i = 0; i < length; i++) word += String.fromCharCode(HAN_FROM + Math.floor(N_HAN * next() ** 2));
  return word;
}

function latinWord(next: () => number): string {
  let word = '';
  for (let i = 0; i < 2 + Math.floor(next() * 2); i++) word += SYLLABLES[Math.floor(next() * SYLLABLES.length)];
  return word;
}

/** What anybody may say: word number k stands about 1/k as often as the first (Zipf). */
function vocabulary(make: (next: () => number) => string): (next: () => number) => string {
  const next = chance(97);
  const words = Array.from({ length: N_WORDS }, () => make(next));
  return (draw) => words[Math.floor(N_WORDS ** draw()) - 1] ?? words[0]!;
}

const anyZh = vocabulary((next) => hanWord(next, 2));
const anyEn = vocabulary(latinWord);

/** Twenty subjects that an office watches: the words of their queries, and what a text about them says. */
export const SUBJECTS: readonly (readonly [id: string, zh: string, en: string])[] = [
  ['water', '自来水', 'tap water'],
  ['power', '停电', 'power cut'],
  ['school', '学校食堂', 'school canteen'],
  ['hospital', '医院挂号', 'hospital queue'],
  ['bus', '公交线路', 'bus route'],
  ['road', '道路施工', 'road works'],
  ['noise', '夜间噪音', 'night noise'],
  ['waste', '垃圾清运', 'waste collection'],
  ['river', '河道污染', 'river pollution'],
  ['heating', '暖气不热', 'cold radiators'],
  ['gas', '燃气泄漏', 'gas leak'],
  ['lift', '电梯故障', 'broken lift'],
  ['parking', '停车收费', 'parking fee'],
  ['wages', '拖欠工资', 'unpaid wages'],
  ['pension', '养老金', 'pension payment'],
  ['housing', '拆迁补偿', 'housing compensation'],
  ['farm', '农田灌溉', 'field irrigation'],
  ['market', '菜市场', 'food market'],
  ['stray', '流浪狗', 'stray dogs'],
  ['smoke', '油烟扰民', 'kitchen smoke'],
];

/** Two words of the matter among six of anybody's. */
function sentence(own: readonly string[], any: (next: () => number) => string, between: string, next: () => number): string {
  const words = Array.from({ length: 6 }, () => any(next));
  for (const place of [0, 4]) words.splice(place, 0, own[Math.floor(next() * own.length)]!);
  return words.join(between);
}

export interface MadeText {
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly language: 'zh' | 'en';
  /** Which matter it tells of. */
  readonly matter: number;
}

export interface MadeOptions {
  readonly seed: number;
  readonly n: number;
  /** So many texts tell of one matter on average. */
  readonly perMatter: number;
  /** Share of texts that are copies, in full or nearly, of an earlier one, 0..1. */
  readonly copied: number;
  /** Share of matters that no topic asks for, 0..1. */
  readonly offTopic: number;
  readonly length?: number;
}

function tell(matter: number, n: number, options: MadeOptions): MadeText {
  const about = chance(options.seed * 7919 + matter * 104_729);
  const isZh = about() < 0.6;
  const isWatched = about() >= options.offTopic;
  const own = Array.from({ length: 14 }, () => (isZh ? hanWord(about, 2 + Math.floor(about() * 2)) : latinWord(about)));
  const [, zh, en] = SUBJECTS[matter % SUBJECTS.length]!;
  if (isWatched) own.push(isZh ? zh : en);
  const next = chance(options.seed + n * 15_485_863);
  const say = (): string => sentence(own, isZh ? anyZh : anyEn, isZh ? '' : ' ', next);
  const lines = [`${isWatched ? (isZh ? zh : en) : own[0]}${isZh ? '，' : ', '}${say()}`];
  const length = options.length ?? 400;
  for (let size = lines[0]!.length; size < length; size += lines.at(-1)!.length + 1) lines.push(say());
  const title = say();
  const body = lines.join(isZh ? '。' : '. ');
  return { key: `k${n}`, title, body, author: `u${n % 997}`, language: isZh ? 'zh' : 'en', matter };
}

/** In order of arrival: a matter's texts come close together. */
export function* madeTexts(options: MadeOptions): Generator<MadeText> {
  const { seed, n, perMatter, copied } = options;
  const next = chance(seed + 31);
  const recent: MadeText[] = [];
  for (let i = 0; i < n; i++) {
    const original = recent[Math.floor(next() * recent.length)];
    if (original !== undefined && next() < copied) {
      const body = next() < 0.5 ? original.body : `${original.body.slice(0, -20)}${original.language === 'zh' ? '（转）' : ' (via)'}`;
      yield { ...original, key: `k${i}`, author: `u${i % 997}`, body };
      continue;
    }
    const made = tell(Math.floor(i / perMatter + next() * 30), i, options);
    recent.push(made);
    if (recent.length > 200) recent.shift();
    yield made;
  }
}
