import { describe, expect, test } from 'vitest';
import type { Document } from '../model/document.ts';
import type { Issue, Mention, Merge } from '../model/issue.ts';
import type { Standing } from '../model/source.ts';
import { DAY, HOUR, MINUTE } from '../model/time.ts';
import en from '../text/lang/en.ts';
import zh from '../text/lang/zh.ts';
import { pickPack } from '../text/pack.ts';
import { adopt, place, threadIssue } from './cluster.ts';
import { attachByPerson, mergeByPerson, splitByPerson, undoByPerson } from './persons.ts';
import { rebuild } from './rebuild.ts';
import { type BridgeNames, DEFAULT_SETTINGS, type JudgeState, newJudgeState, type Placement } from './state.ts';
import { tend } from './tend.ts';

const NAMES: BridgeNames = [
  { zh: '东门', en: 'East Gate' },
  { zh: '石桥', en: 'Shiqiao' },
  { zh: '7路', en: 'Bus 7' },
];
const T = Date.UTC(2026, 2, 10);
const PACKS = [zh, en];
const STANDINGS: Record<string, Standing> = {
  bbs: 'community',
  fedi: 'community',
  desk: 'desk',
  daily: 'press',
  gov: 'official',
  field: 'field',
  hot: 'community',
};

function documentOf(id: string, text: string, at: number, more: Partial<Document> = {}): Document {
  return {
    id,
    sourceId: 'bbs',
    key: id,
    address: '',
    kind: 'post',
    title: '',
    text,
    language: /[\u4e00-\u9fff]/.test(text) ? 'zh' : 'en',
    pseudonym: `p${id}` as Document['pseudonym'],
    publishedAt: at,
    seenAt: at,
    version: 1,
    previousId: null,
    thread: null,
    place: null,
    section: null,
    sure: null,
    reach: 0,
    nImages: 0,
    fingerprint: { exact: '', minhash: '', nShingles: 0 },
    copyOf: null,
    copyHow: null,
    nRedactions: 0,
    marks: [],
    ...more,
  };
}

function sourceOf(id: string) {
  return { id, standing: STANDINGS[id] ?? 'community', family: id, audience: 0 } as const;
}

function topicsOf(text: string): string[] {
  return [/水/.test(text) ? ['water'] : [], /公交|路车/.test(text) ? ['bus'] : [], /租金/.test(text) ? ['rent'] : []].flat();
}

function put(
  state: JudgeState,
  document: Document,
  topicIds: readonly string[] = topicsOf(document.text),
  names: BridgeNames = NAMES,
): Placement {
  return place(state, document, {
    now: document.seenAt,
    source: sourceOf(document.sourceId),
    topicIds,
    pack: pickPack(PACKS, document.language, document.text),
    names,
  });
}

const WATER = [
  '东门这边水龙头出来的水是黄的，有股味',
  '东门自来水发黄有异味，怎么回事',
  '我家东门的，水龙头放出来黄水',
  '城东自来水发黄，东门几个小区都这样',
  '水龙头黄水有味道，东门自来水能喝吗',
];
const BUS = ['7路公交车减少班次，等了四十分钟', '七路公交7路车班次减少，老人等不到车', '7路公交为什么减少班次，上班迟到'];
const RENT = ['石桥镇土地租金拖欠两年，两百多户没拿到', '石桥土地租金一直没给，村里两百户', '土地租金拖欠，石桥镇村民靠这个生活'];

/** A day of three matters, interleaved, with small variations that make texts differ. */
function stream(n: number): Document[] {
  const kinds = [WATER, BUS, RENT];
  const sources = ['bbs', 'fedi', 'desk', 'daily'];
  return Array.from({ length: n }, (_, i) => {
    const texts = kinds[(i * 7) % 3] ?? WATER;
    const base = texts[Math.floor(i / 3) % texts.length] ?? '';
    return documentOf(
      `d${String(i).padStart(4, '0')}`,
      `${base}，${['昨天', '今早', '刚才', '一直'][i % 4]}第${i}次看到`,
      T + i * 4 * MINUTE,
      { sourceId: sources[i % 4] ?? 'bbs', pseudonym: `p${i % 37}` as Document['pseudonym'] },
    );
  });
}

describe('placing', () => {
  test('texts of one matter stand in one issue, of three in three', () => {
    const state = newJudgeState();
    const homes = new Map<string, string>();
    for (const document of stream(120)) for (const mention of put(state, document).mentions) homes.set(mention.id, mention.issueId);
    expect(new Set(homes.values()).size).toBe(3);
  });

  test('the same documents in the same order give the same issues', () => {
    const [a, b] = [newJudgeState(), newJudgeState()];
    for (const document of stream(150)) expect(put(a, document)).toEqual(put(b, document));
  });

  test('placing twice changes nothing', () => {
    const state = newJudgeState();
    const document = documentOf('a', WATER[0] ?? '', T);
    const first = put(state, document);
    const again = put(state, document);
    expect(again.issue).toEqual(first.issue);
    expect(again.mentions).toEqual([]);
    expect(state.nPlaced).toBe(1);
  });

  test('ids run on by year and never repeat', () => {
    const state = newJudgeState();
    expect(put(state, documentOf('a', WATER[0] ?? '', T)).issue.id).toBe('HD-2026-0001');
    expect(put(state, documentOf('b', RENT[0] ?? '', T)).issue.id).toBe('HD-2026-0002');
    expect(put(state, documentOf('c', BUS[0] ?? '', T + 300 * DAY)).issue.id).toBe('HD-2027-0001');
  });

  test('a copy counts for reach and not as evidence or voice', () => {
    const state = newJudgeState();
    put(state, documentOf('a', WATER[0] ?? '', T));
    const copy = put(state, documentOf('b', WATER[0] ?? '', T + MINUTE, { copyOf: 'a', copyHow: 'exact', sourceId: 'fedi' }));
    expect(copy.mention).toMatchObject({ isCopy: true, issueId: 'HD-2026-0001' });
    expect(copy.issue).toMatchObject({ nMentions: 2, nUnique: 1, nVoices: 1, bySource: { bbs: 1, fedi: 1 } });
    expect(copy.issue.hours).toEqual([{ hour: T, unique: 1, all: 2, burst: false }]);
  });

  test('a short answer joins its thread, a long one about something else does not', () => {
    const state = newJudgeState();
    put(state, documentOf('a', WATER[0] ?? '', T, { key: 'thread1' }));
    for (const text of BUS) put(state, documentOf(text, text, T));
    const short = documentOf('b', '+1 我们三栋也是', T + MINUTE, { kind: 'reply', thread: 'thread1' });
    expect(threadIssue(state, short)?.id).toBe('HD-2026-0001');
    expect(put(state, short).issue.id).toBe('HD-2026-0001');
    const other = documentOf('c', '7路公交车减少班次，我今天上班等了四十分钟，老人等不到车', T + MINUTE, {
      kind: 'reply',
      thread: 'thread1',
    });
    expect(put(state, other).issue.id).toBe('HD-2026-0002');
  });

  test('an old text that comes round again does not join what happens now', () => {
    const state = newJudgeState();
    put(state, documentOf('a', WATER[0] ?? '', T));
    expect(put(state, documentOf('b', WATER[1] ?? '', T - 700 * DAY, { seenAt: T })).opened).toBe(true);
  });

  test('texts of another topic need to be nearer', () => {
    const [first, second] = ['东门路面修好以后公交好多了', '东门自来水还能不能喝'];
    const near = newJudgeState();
    put(near, documentOf('a', first, T), ['town']);
    expect(put(near, documentOf('b', second, T), ['town']).opened).toBe(false);
    const far = newJudgeState();
    put(far, documentOf('a', first, T), ['road']);
    expect(put(far, documentOf('b', second, T), ['water']).opened).toBe(true);
  });

  test('after the idle window a new issue is opened and names the earlier one', () => {
    const state = newJudgeState();
    for (const [i, text] of WATER.entries()) put(state, documentOf(`a${i}`, text, T + i * MINUTE));
    expect(tend(state, T + 6 * DAY).map((issue) => issue.phase)).toEqual(['over']);
    const later = put(state, documentOf('b', WATER[1] ?? '', T + 6 * DAY));
    expect(later).toMatchObject({ opened: true, issue: { earlierIssueId: 'HD-2026-0001' } });
  });

  test('listings go idle in a day and a half', () => {
    const state = newJudgeState();
    put(state, documentOf('a', WATER[0] ?? '', T, { kind: 'listing', sourceId: 'hot' }));
    expect(put(state, documentOf('b', WATER[1] ?? '', T + DAY, { kind: 'listing', sourceId: 'hot' })).opened).toBe(false);
    expect(put(state, documentOf('c', WATER[2] ?? '', T + 3 * DAY, { kind: 'listing', sourceId: 'hot' })).opened).toBe(true);
  });

  test('no issue lives past the age cap: a linked follow-up goes on', () => {
    const state = newJudgeState();
    const days = Array.from({ length: 20 }, (_, i) => put(state, documentOf(`a${i}`, WATER[i % 5] ?? '', T + i * DAY)).issue);
    expect(new Set(days.slice(0, 15).map((issue) => issue.id)).size).toBe(1);
    expect(days[15]).toMatchObject({ id: 'HD-2026-0002', earlierIssueId: 'HD-2026-0001' });
    expect(days[19]?.id).toBe('HD-2026-0002');
  });

  test('a report in the other language joins by topic, place and time, when one issue stands out', () => {
    const state = newJudgeState();
    for (const [i, text] of WATER.entries()) put(state, documentOf(`a${i}`, text, T + i * MINUTE), ['water']);
    expect(put(state, documentOf('x', 'Brown tap water near East Gate, anyone else?', T + HOUR), ['water']).issue.id).toBe('HD-2026-0001');
    expect(put(state, documentOf('y', 'Brown tap water again and it smells', T + HOUR), ['water']).issue.id).toBe('HD-2026-0001');
    expect(put(state, documentOf('z', 'Buses are late at East Gate today', T + HOUR), ['transport']).opened).toBe(true);
  });

  test('what people changed on the row stays', () => {
    const state = newJudgeState();
    const { issue } = put(state, documentOf('a', WATER[0] ?? '', T));
    adopt(state, { ...issue, state: 'open', title: '自来水异味', level: 'yellow', total: 47, rev: 3 });
    expect(put(state, documentOf('b', WATER[1] ?? '', T + MINUTE)).issue).toMatchObject({
      state: 'open',
      title: '自来水异味',
      level: 'yellow',
      total: 47,
      rev: 3,
      nUnique: 2,
    });
  });

  test('one voice that writes most of it is told as few voices', () => {
    const state = newJudgeState();
    const one = Array.from({ length: 10 }, (_, i) =>
      put(
        state,
        documentOf(`a${i}`, `${WATER[i % 5]}第${i}次`, T + i * MINUTE, { pseudonym: (i < 5 ? 'same' : `p${i}`) as Document['pseudonym'] }),
      ),
    ).at(-1);
    expect(one?.issue.fewVoices).toBe(true);
    const many = newJudgeState();
    expect(
      Array.from({ length: 10 }, (_, i) => put(many, documentOf(`a${i}`, `${WATER[i % 5]}第${i}次`, T + i * MINUTE))).at(-1)?.issue
        .fewVoices,
    ).toBe(false);
  });

  test('a burst of several sources is marked with its onset', () => {
    const state = newJudgeState();
    let last: Placement | undefined;
    for (let i = 0; i < 12; i++)
      last = put(state, documentOf(`a${i}`, `${WATER[i % 5]}第${i}次`, T + i * 3 * MINUTE, { sourceId: i % 2 ? 'bbs' : 'desk' }));
    expect(last?.issue.burstAt).not.toBeNull();
    expect(last?.issue.hours.some((hour) => hour.burst)).toBe(true);
    expect(last?.issue.phase).toBe('rising');
  });
});

describe('a person decides', () => {
  const act = { by: 'lin', because: '同一件事', now: T + HOUR };
  function two(): { state: JudgeState; a: string; b: string } {
    const state = newJudgeState();
    for (const [i, text] of WATER.entries()) put(state, documentOf(`w${i}`, text, T + i * MINUTE));
    for (const [i, text] of RENT.entries()) put(state, documentOf(`r${i}`, text, T + i * MINUTE));
    return { state, a: state.issueOf.get('w0') ?? '', b: state.issueOf.get('r0') ?? '' };
  }

  test('these are one, and take that back', () => {
    const { state, a, b } = two();
    const before = state.live.get(b)?.issue;
    const merged = mergeByPerson(state, b, a, act);
    if (!merged.ok) throw new Error('refused');
    expect(merged.value.issue).toMatchObject({ id: a, nUnique: 8 });
    expect(merged.value.issues.find((issue) => issue.id === b)).toMatchObject({ state: 'merged', mergedInto: a });
    const undone = undoByPerson(state, merged.value.merges[0] as Merge, before as Issue, act);
    if (!undone.ok) throw new Error('refused');
    expect(undone.value.issue).toMatchObject({ id: b, nUnique: 3, mergedInto: null });
    expect(state.live.get(a)?.tally.nUnique).toBe(5);
    for (let i = 0; i < 60; i++) put(state, documentOf(`n${i}`, `${i % 2 ? RENT[0] : WATER[0]}第${i}次`, T + HOUR + i * MINUTE));
    expect(state.live.has(a) && state.live.has(b)).toBe(true);
  });

  test('these are two, and the machine never joins them again', () => {
    const state = newJudgeState();
    for (let i = 0; i < 10; i++) put(state, documentOf(`w${i}`, `${WATER[i % 5]}第${i}次`, T + i * MINUTE));
    const split = splitByPerson(state, 'HD-2026-0001', ['w0', 'w1', 'w2', 'w3'], act);
    if (!split.ok) throw new Error('refused');
    expect(split.value.issue).toMatchObject({ id: 'HD-2026-0002', nUnique: 4 });
    expect(split.value.mentions.every((mention) => mention.pinned)).toBe(true);
    for (let i = 10; i < 120; i++) put(state, documentOf(`w${i}`, `${WATER[i % 5]}第${i}次`, T + i * MINUTE));
    expect(['w0', 'w1', 'w2', 'w3'].map((id) => state.issueOf.get(id))).toEqual(Array(4).fill('HD-2026-0002'));
    expect(state.issueOf.get('w4')).toBe('HD-2026-0001');
  });

  test('this text belongs there, or opens an issue', () => {
    const { state, a, b } = two();
    const context = { now: act.now, source: sourceOf('bbs'), topicIds: [], pack: zh };
    const document = documentOf('r0', RENT[0] ?? '', T);
    const moved = attachByPerson(state, document, a, act, context);
    if (!moved.ok) throw new Error('refused');
    expect(moved.value.mentions[0]).toMatchObject({ issueId: a, pinned: true });
    expect(state.live.get(b)?.tally.nUnique).toBe(2);
    const opened = attachByPerson(state, documentOf('new', '路灯坏了', T), null, act, context);
    expect(opened.ok && opened.value.issue.id).toBe('HD-2026-0003');
    expect(attachByPerson(state, document, 'HD-2026-9999', act, context)).toMatchObject({
      ok: false,
      refusal: { code: 'judge.issueGone' },
    });
  });

  test('all texts of an issue cannot be split off, nor an issue merged with itself', () => {
    const { state, b } = two();
    expect(splitByPerson(state, b, ['r0', 'r1', 'r2'], act).ok).toBe(false);
    expect(mergeByPerson(state, b, b, act).ok).toBe(false);
  });
});

/** What a store would hold. */
class Rows {
  readonly issues = new Map<string, Issue>();
  readonly mentions = new Map<string, Mention>();
  readonly merges: Merge[] = [];
  take(changes: { issues: readonly Issue[]; mentions: readonly Mention[]; merges: readonly Merge[] }): void {
    for (const issue of changes.issues) this.issues.set(issue.id, issue);
    for (const mention of changes.mentions) this.mentions.set(mention.id, mention);
    this.merges.push(...changes.merges);
  }
}

describe('rebuilding after a kill', () => {
  function restart(rows: Rows, documents: readonly Document[], now: number, settings = DEFAULT_SETTINGS): JudgeState {
    const state = newJudgeState(settings);
    // A store gives rows in no order of ours.
    rebuild(state, {
      issues: [...rows.issues.values()].reverse(),
      mentions: [...rows.mentions.values()].reverse(),
      merges: [...rows.merges].reverse(),
      documents,
      sources: ['bbs', 'fedi', 'desk', 'daily'].map(sourceOf),
      packs: PACKS,
      names: NAMES,
      topicIdsOf: (document) => topicsOf(document.text),
      now,
    });
    return state;
  }

  for (const killedAt of [1, 24, 25, 26, 137]) {
    test(`killed after ${killedAt} documents, the rest goes on as if nothing had happened`, () => {
      const documents = stream(170);
      // A high bar opens many issues, so that merge passes have work.
      const settings = { ...DEFAULT_SETTINGS, joinShort: 0.6, mergeBase: 0.1 };
      const live = newJudgeState(settings);
      let other = newJudgeState(settings);
      const [liveRows, otherRows] = [new Rows(), new Rows()];
      for (const [i, document] of documents.entries()) {
        if (i === killedAt) other = restart(otherRows, documents.slice(0, i), documents[i - 1]?.seenAt ?? T, settings);
        liveRows.take(put(live, document));
        otherRows.take(put(other, document));
      }
      expect(liveRows.merges.length).toBeGreaterThan(3);
      expect(otherRows.merges).toEqual(liveRows.merges);
      expect(Object.fromEntries(otherRows.mentions)).toEqual(Object.fromEntries(liveRows.mentions));
      expect(Object.fromEntries(otherRows.issues)).toEqual(Object.fromEntries(liveRows.issues));
    });
  }

  test('decisions of people stand after it', () => {
    const documents = Array.from({ length: 10 }, (_, i) => documentOf(`w${i}`, `${WATER[i % 5]}第${i}次`, T + i * MINUTE));
    const state = newJudgeState();
    const rows = new Rows();
    for (const document of documents) rows.take(put(state, document));
    const split = splitByPerson(state, 'HD-2026-0001', ['w0', 'w1', 'w2'], { by: 'lin', because: '两件事', now: T + HOUR });
    if (!split.ok) throw new Error('refused');
    rows.take(split.value);
    const again = restart(rows, documents, T + HOUR);
    expect([...again.issueOf].sort()).toEqual([...state.issueOf].sort());
    expect(again.apart).toEqual(state.apart);
    for (let i = 10; i < 120; i++) put(again, documentOf(`w${i}`, `${WATER[i % 5]}第${i}次`, T + HOUR + i * MINUTE));
    expect(again.issueOf.get('w0')).toBe('HD-2026-0002');
    expect(again.live.get('HD-2026-0001')?.tally.nUnique).toBeGreaterThanOrEqual(7);
  });
});

describe('a long stream', () => {
  let seed = 7;
  // A few characters are common and most are rare, as in real text.
  const next = (): string => {
    seed = (seed * 48_271) % 2_147_483_647;
    return String.fromCharCode(0x4e00 + Math.floor(3000 * (seed / 2_147_483_647) ** 3));
  };
  const text = (): string => Array.from({ length: 40 }, next).join('');

  test('what is over leaves nothing behind: index, documents, threads, and in the end the issue', () => {
    const state = newJudgeState({ ...DEFAULT_SETTINGS, termDays: 20, linkable: 10 * DAY });
    for (let i = 0; i < 300; i++) put(state, documentOf(`x${i}`, text(), T + i * MINUTE));
    expect(state.live.size).toBeGreaterThan(100);
    tend(state, T + 8 * DAY);
    expect([state.live.size, state.index.han.size, state.issueOf.size, state.threads.size, state.changed.size]).toEqual([0, 0, 0, 0, 0]);
    expect(state.closed.size).toBeGreaterThan(100);
    tend(state, T + 40 * DAY);
    expect([state.closed.size, state.closedIndex.han.size, state.terms.nHolding.size]).toEqual([0, 0, 0]);
  });

  test('an issue keeps a bounded vector however many texts it takes, and the index holds that and no more', () => {
    const state = newJudgeState();
    for (let i = 0; i < 300; i++) put(state, documentOf(`y${i}`, `${WATER[i % 5]}${text()}`, T + i * MINUTE));
    let nIndexed = 0;
    for (const live of state.live.values()) {
      expect(live.sums.han.weights.size).toBeLessThanOrEqual(400);
      for (const term of live.sums.han.weights.keys()) nIndexed += term.length > 1 ? 1 : 0;
    }
    expect([...state.index.han.values()].reduce((sum, owners) => sum + owners.size, 0)).toBe(nIndexed);
  });
});

// A topic, its flow and two shared places take the bar down to almost nothing; words must still say a little.
const ANOTHER =
  '路灯坏了很久没人修理请问谁负责这件事情天天摸黑走路孩子上学害怕摔倒老人出门也不方便希望早日解决谢谢各位领导关心我们小区住户反映好几次';
test.each([
  ['half of it is places: joins', 10, false],
  ['another matter at length: stays apart, whatever else speaks for it', 60, true],
])('%s', (_name, length, opened) => {
  const state = newJudgeState();
  for (let i = 0; i < 40; i++) {
    const sourceId = ['bbs', 'fedi', 'desk', 'daily'][i % 4] ?? 'bbs';
    put(state, documentOf(`a${i}`, `石桥${WATER[i % 5]}${i}`, T + i * MINUTE, { sourceId }), ['water']);
  }
  expect(put(state, documentOf('x', `东门石桥${ANOTHER.slice(0, length)}`, T + HOUR), ['water']).opened).toBe(opened);
});
