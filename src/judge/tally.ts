/**
 * Running counts of an issue. Everything an assessment needs is counted here as documents arrive; nothing re-reads texts.
 * Voices are kept as short hashes of sealed marks and leave only as numbers.
 */
import type { Document, DocumentId } from '../model/document.ts';
import type { HourCount, TopicId } from '../model/issue.ts';
import type { Source, Standing } from '../model/source.ts';
import { HOUR, type Instant } from '../model/time.ts';
import { type HarmFind, type HarmKind, readHarm } from './harm.ts';

/** What one document adds to the counts. */
export interface Voice {
  readonly documentId: DocumentId;
  /** A hash of the sealed mark, or of the family for texts without one. */
  readonly mark: string;
  readonly isPerson: boolean;
  readonly sourceId: string;
  readonly family: string;
  readonly standing: Standing;
  readonly isListing: boolean;
  readonly at: Instant;
  readonly seenAt: Instant;
  readonly nChars: number;
  /** People, as far as source or text says; 0 when unknown. */
  readonly reach: number;
  readonly place: string | null;
  readonly isCopy: boolean;
  readonly isSure: boolean;
  readonly nImages: number;
  readonly harms: readonly HarmFind[];
  readonly topicIds: readonly TopicId[];
  /** What it counts as evidence of what the topic is about: an answer in a thread little. */
  readonly topicWeight: number;
}

/** chosen: a conversation is one sign that something happens, however long it is. */
const REPLY_WEIGHT = 0.25;

export interface HarmTally {
  readonly kind: HarmKind;
  /** Texts per family, for the cap per family. */
  readonly marks: Set<string>;
  readonly families: Set<string>;
  readonly evidence: DocumentId[];
  severity: number;
  phrase: string;
  /** Voices that passed on hearsay. */
  nHeard: number;
}

export interface Tally {
  nMentions: number;
  nUnique: number;
  nChars: number;
  readonly marks: Map<string, { n: number; nChars: number; readonly isPerson: boolean }>;
  /** Unique texts and voices by family. */
  readonly families: Map<string, { n: number; readonly marks: Set<string>; readonly standing: Standing }>;
  readonly bySource: Map<string, number>;
  readonly byStanding: Map<Standing, number>;
  /** Whose idle windows count: standings, or `listing` for hot-list entries. */
  readonly carriers: Set<Standing | 'listing'>;
  /** Oldest first. */
  readonly hours: HourCount[];
  readonly places: Map<string, number>;
  readonly reach: Map<string, number>;
  readonly harms: Map<HarmKind, HarmTally>;
  /** Unique texts by topic; a text of several topics counts for each in part, an answer in part. */
  readonly topics: Map<TopicId, number>;
  /** The same by hour number, whatever the topic; the latest `MOST_FLOW` hours. */
  readonly flow: Map<number, number>;
  /** Unique texts of the last hours, for the burst rule; bounded. */
  recent: { readonly at: Instant; readonly family: string }[];
  nImages: number;
  nSure: number;
  firstAt: Instant;
  firstSeenAt: Instant;
  lastAt: Instant;
  /** First and latest text of a public body in it. */
  officialAt: Instant | null;
  burstAt: Instant | null;
  /** Latest look of the burst rule. */
  burst: {
    readonly isBurst: boolean;
    readonly nTexts: number;
    readonly nFamilies: number;
    readonly window: number;
    readonly usual: number;
  };
  /** A few of the first and of the latest unique texts, as evidence. */
  readonly firstIds: DocumentId[];
  latestIds: DocumentId[];
}

const MOST_EVIDENCE = 6;
const RECENT_SPAN = 6 * HOUR;
const MOST_RECENT = 2000;

export const NO_BURST = { isBurst: false, nTexts: 0, nFamilies: 0, window: 0, usual: 0 };

export function emptyTally(): Tally {
  return {
    nMentions: 0,
    nUnique: 0,
    nChars: 0,
    marks: new Map(),
    families: new Map(),
    bySource: new Map(),
    byStanding: new Map(),
    carriers: new Set(),
    hours: [],
    places: new Map(),
    reach: new Map(),
    harms: new Map(),
    topics: new Map(),
    flow: new Map(),
    recent: [],
    nImages: 0,
    nSure: 0,
    firstAt: Number.POSITIVE_INFINITY,
    firstSeenAt: Number.POSITIVE_INFINITY,
    lastAt: 0,
    officialAt: null,
    burstAt: null,
    burst: NO_BURST,
    firstIds: [],
    latestIds: [],
  };
}

/** FNV-1a over UTF-16 units, two lanes, 52 bits: enough to tell voices apart, useless for finding one. */
export function shortHash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b);
  }
  return ((a >>> 0) * 0x100000 + ((b >>> 0) & 0xfffff)).toString(36);
}

/** `isCopy` also holds for a later version of a text that was counted already. */
export function voiceOf(
  document: Document,
  source: Pick<Source, 'id' | 'standing' | 'family' | 'audience'>,
  isCopy: boolean,
  topicIds: readonly TopicId[] = [],
): Voice {
  const family = source.family === '' ? source.id : source.family;
  return {
    documentId: document.id,
    mark: shortHash(document.pseudonym ?? `family:${family}`),
    isPerson: document.pseudonym !== null,
    sourceId: document.sourceId,
    family,
    standing: source.standing,
    isListing: document.kind === 'listing',
    at: document.publishedAt,
    seenAt: document.seenAt,
    nChars: document.title.length + document.text.length,
    reach: Math.max(document.reach, document.kind === 'reply' ? 0 : source.audience),
    place: document.place,
    isCopy,
    isSure: document.sure === 'confirmed' || document.sure === 'seen',
    nImages: document.nImages,
    // An official notice names dangers in order to rule them out or to warn: it reports no harm suffered.
    harms: source.standing === 'official' ? [] : readHarm(`${document.title}\n${document.text}`),
    topicIds,
    topicWeight: document.thread === null ? 1 : REPLY_WEIGHT,
  };
}

/** The hour's counts, made when missing; hours stay in order. */
function hourAt(hours: HourCount[], at: Instant): number {
  const hour = Math.floor(at / HOUR) * HOUR;
  let i = hours.length;
  while (i > 0 && (hours[i - 1]?.hour ?? 0) >= hour) i--;
  if (hours[i]?.hour !== hour) hours.splice(i, 0, { hour, unique: 0, all: 0, burst: false });
  return i;
}

export function addVoice(tally: Tally, voice: Voice): void {
  tally.nMentions++;
  tally.bySource.set(voice.sourceId, (tally.bySource.get(voice.sourceId) ?? 0) + 1);
  tally.carriers.add(voice.isListing ? 'listing' : voice.standing);
  const i = hourAt(tally.hours, voice.at);
  const hour = tally.hours[i];
  if (hour !== undefined) tally.hours[i] = { ...hour, all: hour.all + 1, unique: hour.unique + (voice.isCopy ? 0 : 1) };
  tally.firstAt = Math.min(tally.firstAt, voice.at);
  tally.firstSeenAt = Math.min(tally.firstSeenAt, voice.seenAt);
  tally.lastAt = Math.max(tally.lastAt, voice.at);
  tally.reach.set(voice.sourceId, Math.max(tally.reach.get(voice.sourceId) ?? 0, voice.reach));
  if (!voice.isCopy) addUnique(tally, voice);
}

function addUnique(tally: Tally, voice: Voice): void {
  tally.nUnique++;
  tally.nChars += voice.nChars;
  tally.byStanding.set(voice.standing, (tally.byStanding.get(voice.standing) ?? 0) + 1);
  const mark = tally.marks.get(voice.mark) ?? { n: 0, nChars: 0, isPerson: voice.isPerson };
  mark.n++;
  mark.nChars += voice.nChars;
  tally.marks.set(voice.mark, mark);
  const family = tally.families.get(voice.family) ?? { n: 0, marks: new Set<string>(), standing: voice.standing };
  family.n++;
  family.marks.add(voice.mark);
  tally.families.set(voice.family, family);
  if (voice.place !== null && voice.place !== '') tally.places.set(voice.place, (tally.places.get(voice.place) ?? 0) + 1);
  tally.nImages += voice.nImages > 0 ? 1 : 0;
  tally.nSure += voice.isSure ? 1 : 0;
  if (voice.standing === 'official' && (tally.officialAt === null || voice.at < tally.officialAt)) tally.officialAt = voice.at;
  addRecent(tally, voice);
  if (tally.firstIds.length < MOST_EVIDENCE) tally.firstIds.push(voice.documentId);
  tally.latestIds = [...tally.latestIds, voice.documentId].slice(-MOST_EVIDENCE);
  for (const harm of voice.harms) addHarm(tally, voice, harm);
  for (const id of voice.topicIds) tally.topics.set(id, (tally.topics.get(id) ?? 0) + voice.topicWeight / voice.topicIds.length);
  addToHour(tally.flow, voice.at, voice.topicWeight);
}

const MOST_FLOW = 48;

/** Adds to the hour's count; the oldest hours are dropped when there are more than `most`. */
export function addToHour(flow: Map<number, number>, at: Instant, n: number, most = MOST_FLOW): void {
  const hour = Math.floor(at / HOUR);
  flow.set(hour, (flow.get(hour) ?? 0) + n);
  if (flow.size <= most) return;
  const oldest = [...flow.keys()].sort((a, b) => a - b).slice(0, flow.size - most);
  for (const old of oldest) flow.delete(old);
}

function addRecent(tally: Tally, voice: Voice): void {
  tally.recent.push({ at: voice.at, family: voice.family });
  if (tally.recent.length <= 16) return;
  const from = tally.lastAt - RECENT_SPAN;
  if ((tally.recent[0]?.at ?? 0) <= from || tally.recent.length > MOST_RECENT) {
    tally.recent = tally.recent.filter((text) => text.at > from).slice(-MOST_RECENT);
  }
}

function addHarm(tally: Tally, voice: Voice, harm: HarmFind): void {
  const known = tally.harms.get(harm.kind);
  if (known === undefined) {
    tally.harms.set(harm.kind, {
      kind: harm.kind,
      marks: new Set([voice.mark]),
      families: new Set([voice.family]),
      evidence: [voice.documentId],
      severity: harm.severity,
      phrase: harm.phrase,
      nHeard: harm.isHeard ? 1 : 0,
    });
    return;
  }
  const isNewVoice = !known.marks.has(voice.mark);
  if (isNewVoice && harm.isHeard) known.nHeard++;
  known.marks.add(voice.mark);
  known.families.add(voice.family);
  if (isNewVoice && known.evidence.length < MOST_EVIDENCE) known.evidence.push(voice.documentId);
  if (harm.severity > known.severity) {
    known.severity = harm.severity;
    known.phrase = harm.phrase;
  }
}

/** What an assessment reads besides the issue: numbers and evidence ids, never a voice. */
export interface IssueFacts {
  readonly nMentions: number;
  readonly nUnique: number;
  /** Independent families, and how many different kinds of source they are. */
  readonly nFamilies: number;
  readonly nKinds: number;
  readonly nVoices: number;
  /** Voices of each family, largest first: the cap per family is laid on these. */
  readonly voicesByFamily: readonly number[];
  readonly nPlaces: number;
  readonly nOwnReports: number;
  readonly nPress: number;
  readonly nSure: number;
  readonly nImages: number;
  readonly reach: number;
  readonly harms: readonly {
    readonly kind: HarmKind;
    readonly severity: number;
    readonly nVoices: number;
    readonly nFamilies: number;
    readonly nHeard: number;
    readonly phrase: string;
    readonly evidence: readonly DocumentId[];
  }[];
  readonly burst: Tally['burst'];
  readonly burstAt: Instant | null;
  readonly officialAt: Instant | null;
  readonly firstIds: readonly DocumentId[];
  readonly latestIds: readonly DocumentId[];
}

export function factsOf(tally: Tally): IssueFacts {
  const standing = (wanted: readonly Standing[]): number => wanted.reduce((n, one) => n + (tally.byStanding.get(one) ?? 0), 0);
  return {
    nMentions: tally.nMentions,
    nUnique: tally.nUnique,
    nFamilies: tally.families.size,
    nKinds: tally.byStanding.size,
    nVoices: tally.marks.size,
    voicesByFamily: [...tally.families.values()].map((family) => family.marks.size).sort((a, b) => b - a),
    nPlaces: tally.places.size,
    nOwnReports: standing(['desk', 'field']),
    nPress: standing(['press']),
    nSure: tally.nSure,
    nImages: tally.nImages,
    reach: [...tally.reach.values()].reduce((sum, reach) => sum + reach, 0),
    harms: [...tally.harms.values()]
      .map((harm) => ({
        kind: harm.kind,
        severity: harm.severity,
        nVoices: harm.marks.size,
        nFamilies: harm.families.size,
        nHeard: harm.nHeard,
        phrase: harm.phrase,
        evidence: [...harm.evidence],
      }))
      .sort((a, b) => b.severity - a.severity || (a.kind < b.kind ? -1 : 1)),
    burst: tally.burst,
    burstAt: tally.burstAt,
    officialAt: tally.officialAt,
    firstIds: [...tally.firstIds],
    latestIds: [...tally.latestIds],
  };
}

/** one sealed mark wrote 30 % or more of an issue that has enough texts for a share to mean something. */
export function isFewVoices(tally: Tally, share = 0.3, least = 8): boolean {
  if (tally.nUnique < least) return false;
  for (const mark of tally.marks.values()) if (mark.isPerson && mark.nChars >= share * tally.nChars) return true;
  return false;
}
