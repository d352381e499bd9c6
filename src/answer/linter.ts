/**
 * What a good statement needs, as fourteen rules about wording (sources: the six parts of CERC, the review of late and vague notices,
 * 国办发〔2016〕61号 “避免自说自话”). Rules warn; 5, 10 and 13 block. A missing required field is a refusal of `statement.ts`, not a lint.
 */
import type { Claim, Statement } from '../model/case.ts';
import type { Words } from '../model/words.ts';
import { both, type WordKey } from '../text/say.ts';

export interface Lint {
  readonly rule: number;
  readonly blocks: boolean;
  readonly message: Words;
  /** The field it is about, and the words found there. */
  readonly at?: { readonly field: keyof Statement; readonly text: string };
}

export interface LintKit {
  /** What the public asks, the most asked first; only five are held against the draft. `answered` or `notYet` is a person's mark. */
  readonly questions: readonly { readonly text: string; readonly mark?: 'answered' | 'notYet' }[];
  /** The claims that the statement corrects. */
  readonly claims: readonly Claim[];
  /** The version in the other language, if there is one. */
  readonly other: Statement | null;
}

const BLOCKING = new Set([5, 10, 13]);

type Found = Omit<Lint, 'blocks' | 'rule'>;
type Rule = (statement: Statement, kit: LintKit) => readonly Found[];

/** All remarks, by rule number. Cost: linear in the text. */
export function lint(statement: Statement, kit: LintKit): readonly Lint[] {
  return RULES.flatMap((rule, index) =>
    rule(statement, kit).map((found) => ({ rule: index + 1, blocks: BLOCKING.has(index + 1), ...found })),
  );
}

function found(key: WordKey, values: Record<string, string | number> = {}, at?: Lint['at']): readonly Found[] {
  return [{ message: both(key, values), ...(at === undefined ? {} : { at }) }];
}

const BODY = ['empathy', 'known', 'unknown', 'doing'] as const;

/** The text as it is read, without title and contact. */
export function bodyOf(statement: Statement): string {
  return BODY.map((field) => statement[field].trim())
    .filter((part) => part !== '')
    .join('\n');
}

/** Characters in Chinese (without white space), words in English. */
export function lengthOf(text: string, language: 'zh' | 'en'): number {
  return language === 'zh' ? Array.from(text.replace(/\s+/gu, '')).length : (text.match(/[\p{L}\p{N}'’.-]+/gu)?.length ?? 0);
}

const CONCERN =
  /(歉|不便|理解|关心|关切|牵挂|担心|着急|感谢|难过|哀悼|慰问|对不起|sorry|apolog|regret|understand|concern|worr|thank|inconvenien|condolence)/iu;
const TIME =
  /(\d{1,2}\s*[月日时点:：]|今天|昨天|今日|昨日|\d{4}-\d\d|\b\d{1,2}\s?(am|pm)\b|\b(mon|tues|wednes|thurs|fri|satur|sun)day\b|\b\d{1,2}\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\s+\d{1,2}|\b(today|yesterday)\b)/iu;
const PLACE =
  /([\p{Script=Han}]{1,10}(局|公司|委|办|中心|医院|学校|镇|乡|村|街道|路|街|区|县|市|厂|站|门|小区|社区|河|桥)|\b(\p{Lu}[\p{L}-]+\s+)+(Co\.|Company|Bureau|Office|Hospital|School|Road|Street|Town|District|County|City|Gate|Council|Department|Centre|Center)|\b(the\s)?(hospital|water company|town hall)\b)/u;
const NOBODY =
  /(相关部门|有关部门|有关方面|有关负责人|相关负责人|相关单位|有关单位|the relevant (departments?|authorities|parties)|relevant authorities|those responsible|the authorities concerned)/giu;
const VAGUE =
  /(近期|近日|尽快|即将|适时|高度重视|及时|早日|as soon as possible|in the near future|shortly|in due course|very seriously|at the earliest)/giu;
const DATED = /(\d{1,2}\s*[月日时点:：]|\d+\s*(小时|分钟|天|个工作日)|今天|今晚|明天|\d{4}-\d\d|\b\d{1,2}(:\d\d)?\s?(am|pm)?\b)/iu;
const PROMISING = /(我们?(?:郑重)?承诺|保证在?|will (?:compensate|refund|pay)|we promise|we guarantee|将予以(?:赔偿|补偿|减免|退还))/giu;

function sentences(text: string): readonly string[] {
  return text.split(/(?<=[。！？；!?;\n])|(?<=\.)\s/u).filter((sentence) => sentence.trim() !== '');
}

function nameless(statement: Statement): readonly Found[] {
  return BODY.flatMap((field) =>
    Array.from(statement[field].matchAll(NOBODY)).flatMap(([word]) => found('lint.nobody', { word }, { field, text: word })),
  );
}

/** Also said when the sentence has a date: only “takes seriously” stays empty talk with one, unless an act follows. */
function vague(statement: Statement): readonly Found[] {
  return BODY.flatMap((field) =>
    sentences(statement[field]).flatMap((sentence) =>
      DATED.test(sentence)
        ? []
        : Array.from(sentence.matchAll(VAGUE)).flatMap(([word]) => found('lint.vague', { word }, { field, text: word })),
    ),
  );
}

function pairs(text: string): ReadonlySet<string> {
  const characters = Array.from(text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ''));
  const set = new Set<string>();
  for (let i = 0; i + 1 < characters.length; i++) set.add(characters[i]! + characters[i + 1]!);
  return set;
}

/** Half of a question's character pairs in the draft: then it is at least spoken of. Chosen: a shorter share meets common words only. */
const SPOKEN_OF = 0.5;

function questions(statement: Statement, kit: LintKit): readonly Found[] {
  const draft = pairs(`${statement.title}\n${bodyOf(statement)}`);
  return kit.questions.slice(0, 5).flatMap(({ text, mark }) => {
    if (mark !== undefined) return [];
    const asked = [...pairs(text)];
    const met = asked.filter((pair) => draft.has(pair)).length;
    return asked.length > 0 && met / asked.length >= SPOKEN_OF ? [] : found('lint.question', { question: text });
  });
}

function promises(statement: Statement): readonly Found[] {
  const incomplete = statement.promises.flatMap(({ what, officeId, dueAt }, index) => {
    const lacks: [boolean, WordKey][] = [
      [what.trim() === '', 'lint.promiseWhat'],
      [officeId === '', 'lint.promiseOwner'],
      [!(dueAt > 0), 'lint.promiseDate'],
    ];
    return lacks.flatMap(([lacking, key]) =>
      lacking ? [{ message: both('lint.promise', { n: index + 1, what: both(key).zh }, { n: index + 1, what: both(key).en }) }] : [],
    );
  });
  if (statement.promises.length > 0) return incomplete;
  return BODY.flatMap((field) =>
    Array.from(statement[field].matchAll(PROMISING)).flatMap(([word]) => found('lint.promiseUntracked', { word }, { field, text: word })),
  );
}

/** Characters of fact that stand before a claim at least. Chosen: the shortest clause that can say something. */
const FACT_BEFORE = 8;

function corrections(statement: Statement, kit: LintKit): readonly Found[] {
  const text = bodyOf(statement);
  return kit.claims.flatMap((claim) => {
    const times = text.split(claim.text).length - 1;
    if (times > 1) return found('lint.claimTwice', { claim: claim.text, times });
    const isFirst =
      statement.empathy.includes(claim.text) || (statement.known.includes(claim.text) && statement.known.indexOf(claim.text) < FACT_BEFORE);
    return isFirst ? found('lint.claimFirst', { claim: claim.text }) : [];
  });
}

function facts(statement: Statement): readonly Found[] {
  const lacks: WordKey[] = [];
  if (!TIME.test(statement.known)) lacks.push('lint.when');
  if (!PLACE.test(statement.known)) lacks.push('lint.where');
  return lacks.map((key) => ({
    message: both('lint.facts', { what: both(key).zh }, { what: both(key).en }),
    at: { field: 'known', text: '' } as const,
  }));
}

const PERSONAL: readonly [RegExp, WordKey][] = [
  [/(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)/gu, 'lint.personalPhone'],
  [/(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/gu, 'lint.personalId'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu, 'lint.personalMail'],
  [/(?<!\d)[3-6]\d{3}(?:[\s-]?\d{4}){3}(?:[\s-]?\d{1,3})?(?!\d)/gu, 'lint.personalCard'],
  [
    /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·\s]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])/gu,
    'lint.personalPlate',
  ],
];

/** Personal data in the text, without the contact field: the office's own number and mail belong there. */
export function personalData(statement: Statement): readonly Found[] {
  const fields = ['title', ...BODY] as const;
  return fields.flatMap((field) =>
    PERSONAL.flatMap(([pattern, key]) =>
      Array.from(statement[field].normalize('NFKC').matchAll(pattern)).map(([text]) => ({
        message: both('lint.personal', { what: both(key).zh }, { what: both(key).en }),
        at: { field, text },
      })),
    ),
  );
}

/** Numbers as written, thousands separators dropped; dates and times count by their parts. Month names are their numbers. */
function numbersOf(statement: Statement): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const months = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/giu;
  const order = 'janfebmaraprmayjunjulaugsepoctnovdec';
  const text = `${statement.title}\n${bodyOf(statement)}`
    .normalize('NFKC')
    .replace(/(\d),(?=\d{3})/gu, '$1')
    .replace(months, (name) => ` ${order.indexOf(name.slice(0, 3).toLowerCase()) / 3 + 1} `);
  for (const [number] of text.matchAll(/\d+(?:\.\d+)?/gu)) {
    const plain = String(Number(number));
    counts.set(plain, (counts.get(plain) ?? 0) + 1);
  }
  return counts;
}

function numbers(statement: Statement, { other }: LintKit): readonly Found[] {
  if (other === null) return [];
  const [here, there] = [numbersOf(statement), numbersOf(other)];
  const odd = [...new Set([...here.keys(), ...there.keys()])].filter((number) => here.has(number) !== there.has(number));
  return odd.length === 0 ? [] : found('lint.numbers', { numbers: odd.join(', ') });
}

function length(statement: Statement): readonly Found[] {
  const max = statement.language === 'zh' ? 600 : 250;
  const length = lengthOf(bodyOf(statement), statement.language);
  return length <= max ? [] : found('lint.length', { length, max });
}

const empty =
  (field: (typeof BODY)[number], key: WordKey): Rule =>
  (statement) =>
    statement[field].trim() === '' ? found(key, {}, { field, text: '' }) : [];

const RULES: readonly Rule[] = [
  (statement) =>
    CONCERN.test(Array.from(bodyOf(statement)).slice(0, 80).join('')) ? [] : found('lint.empathy', {}, { field: 'empathy', text: '' }),
  facts,
  empty('unknown', 'lint.unknown'),
  empty('doing', 'lint.doing'),
  (statement) =>
    statement.nextUpdateAt === null && statement.nextUpdate !== 'none'
      ? found('lint.nextUpdate', {}, { field: 'nextUpdateAt', text: '' })
      : [],
  (statement) => (/\d{3,}|https?:|@/u.test(statement.contact) ? [] : found('lint.contact', {}, { field: 'contact', text: '' })),
  nameless,
  vague,
  questions,
  promises,
  length,
  corrections,
  personalData,
  numbers,
];
