/** The data a scenario folder holds, as read. Everything marked optional may be left out; what leans on it is then left out too. */
import type { Duty, Office, Role, Tier } from '../src/model/office.ts';
import type { Calendar, Instant } from '../src/model/time.ts';
import type { Standing } from '../src/model/source.ts';
import type { Json, Words } from '../src/model/words.ts';

/** One line of `texts/*.jsonl`, times read. */
export interface Text {
  readonly id: string;
  readonly site: string;
  readonly at: Instant;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly thread: string | null;
  readonly boostOf: string | null;
  /** Oldest first. */
  readonly edits: readonly { readonly at: Instant; readonly body: string }[];
  readonly gone: Instant | null;
  readonly tags: readonly string[];
  readonly image: boolean;
  readonly place: string;
  readonly service: string;
  readonly sure: string;
  readonly raiser: string;
}

/** A time in which a site misbehaves. `retryAfter` is in seconds of domain time. */
export interface Fault {
  readonly from: Instant;
  readonly to: Instant;
  readonly status: number;
  readonly retryAfter: number | null;
}

/** One loopback site. `number` makes its address (127.1.0.number) and its port (base + number). */
export interface SiteSetting {
  readonly id: string;
  readonly number: number;
  readonly kind: 'feed' | 'forum' | 'fediverse';
  readonly name: string;
  readonly language: string;
  /** For feeds: `rss`, `atom` or `json`. */
  readonly form: 'rss' | 'atom' | 'json';
  /** Where the feed or the list is. */
  readonly path: string;
  /** Address of one text's page; `{id}`, `{year}`, `{month}` and `{day}` are filled in. */
  readonly pages: string;
  /** What the feed itself tells of a text: all of it, its first sentence, or its title only. */
  readonly content: 'full' | 'summary' | 'title';
  /** How much stands around the text on its page. */
  readonly around: 'none' | 'light' | 'heavy';
  /** Entries of a feed, threads of a list page. */
  readonly most: number;
  readonly floors: number;
  /** Encoding of the bytes, and the one the header claims; they may differ. */
  readonly charset: 'utf-8' | 'gb18030';
  readonly charsetHeader: string | null;
  readonly validators: boolean;
  readonly gzip: boolean;
  readonly redirects: readonly { readonly from: string; readonly to: string; readonly status: number }[];
  readonly robots: readonly string[] | null;
  readonly faults: readonly Fault[];
  /** The pages look different from this time on. */
  readonly newLayoutAt: Instant | null;
  /** Requests in five minutes that a fediverse server allows. */
  readonly rateLimit: number;
  readonly advert: string;
}

export interface Person {
  readonly key: string;
  readonly name: string;
  readonly login: string;
  readonly roles: readonly Role[];
  readonly officeId: string;
  readonly title: Words;
  readonly email: string;
  readonly language: 'zh' | 'en';
}

export type OfficeSetting = Pick<Office, 'id' | 'name' | 'aliases' | 'kind' | 'tierId' | 'parentId' | 'hotline'> & {
  /** Keys of people. */
  readonly head?: string;
  readonly deputy?: string;
};

export interface TopicSetting {
  readonly name: Words;
  readonly query: string;
  readonly duty: string;
  /** `askedBy` and `approvedBy` are keys of people; `days` from the start of the ordinary week. */
  readonly purpose: {
    readonly why: string;
    readonly legalBasis: string;
    readonly officeId: string;
    readonly askedBy: string;
    readonly approvedBy: string;
    readonly use: string;
    readonly days: number;
  };
  readonly mustMatch: readonly string[];
  readonly mustNotMatch: readonly string[];
}

export interface SourceSetting {
  /** The site it reads, or `desk` and `field` for what is sent in. */
  readonly site: string;
  readonly path: string;
  readonly name: Words;
  readonly kind: string;
  readonly standing: Standing;
  readonly family: string;
  readonly audience: number;
  readonly settings: { readonly [key: string]: Json };
}

export interface ChannelSetting {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly officeId: string | null;
  /** `{bot}`, `{hook}`, `{mailHost}`, `{mailPort}` and `{hookSecret}` are filled in. */
  readonly settings: Readonly<Record<string, string>>;
}

/** scenario.json */
export interface Setting {
  readonly name: Words;
  readonly zone: string;
  readonly language: 'zh' | 'en';
  readonly base: Instant;
  readonly watch: Instant;
  readonly end: Instant;
  /** Real seconds spent up to each time, the first from `watch`; how fast the story is told. */
  readonly pace: readonly { readonly until: Instant; readonly seconds: number }[];
  readonly admin: { readonly name: string; readonly login: string };
  readonly body: { readonly name: Words; readonly contact: string; readonly calendar?: Calendar };
  readonly tiers: readonly Tier[];
  readonly offices: readonly OfficeSetting[];
  readonly duties: readonly Duty[];
  readonly people: readonly Person[];
  readonly spokespersons: readonly string[];
  readonly oversight: string;
  readonly channels: readonly ChannelSetting[];
  readonly topics: readonly TopicSetting[];
  readonly sources: readonly SourceSetting[];
  readonly places: readonly Words[];
  /** Duty by name of service: what has no title and no raiser of its own comes by Open311 instead of the clerk's form. */
  readonly services: Readonly<Record<string, string>>;
  /** Who types in what comes to the desk, and who reports from the field; keys of people. */
  readonly clerk: string | null;
  readonly reporter: string | null;
  /** Who watches the desk; the alerts pushed to this person are counted. */
  readonly dutyOfficer: string | null;
  /** Who signs by the link of a message, and how many domain minutes after it came. */
  readonly answering: readonly { readonly who: string; readonly channel: string; readonly minutes: number }[];
  /** Names of this place that no product file may know. */
  readonly properNames: readonly string[];
}

/** How a beat names an issue: the one that holds a text, else the one with most mentions for a query. */
export interface Finder {
  readonly text?: string;
  readonly query?: string;
}

/** One step of a scripted person. `do` names a step of `demo/steps`; the rest are its arguments. */
export interface Beat {
  readonly at: Instant;
  readonly who: string;
  readonly do: string;
  readonly issue: Finder | null;
  /** Shown in the story bar. */
  readonly say: Words | null;
  /** The name under which later beats find what this one made. */
  readonly as: string | null;
  readonly with: { readonly [name: string]: Json };
}

export interface Scenario {
  readonly folder: string;
  readonly setting: Setting;
  readonly sites: readonly SiteSetting[];
  readonly beats: readonly Beat[];
  /** By time, then id. */
  readonly texts: readonly Text[];
  readonly textsById: ReadonlyMap<string, Text>;
}
