/** Io: the bundle `work/` receives. Whatever touches the world, the clock or chance comes in through here. */
import type { Pseudonym } from './model/document.ts';
import type { Instant, Span } from './model/time.ts';
import type { Json } from './model/words.ts';
import type { Collector, Get, Hands, Notifier, Publisher, Store } from './ports.ts';
import type { LanguagePack } from './text/pack.ts';
import type { AlertRule } from './warn/evaluate.ts';

/** Makes author marks under the key of the running period; the key never leaves it. */
export interface Seal {
  readonly mark: (sourceId: string, author: string) => Pseudonym;
  /** Encrypts what waits in the store and names people, under the key of the period. */
  readonly hide?: (text: string) => string;
  /** Null when the period it was hidden in is over. */
  readonly show?: (hidden: string) => string | null;
}

/** What changed, told to every open desk: names of things, never texts. */
export interface LiveEvent {
  readonly kind: 'issue' | 'alert' | 'notice' | 'task' | 'case' | 'statement' | 'source' | 'bulletin' | 'clock' | 'stream' | 'time';
  readonly id: string;
}

export interface Signer {
  readonly keyId: string;
  /** Ed25519 over the UTF-8 of the text; base64. */
  readonly sign: (text: string) => string;
  readonly publicKeyPem: string;
}

export interface Io {
  readonly now: () => Instant;
  readonly store: Store;
  readonly get: Get;
  readonly hands: Hands;
  readonly seal: Seal;
  readonly signer: Signer;
  readonly publisher: Publisher;
  /** SHA-256, hexadecimal. */
  readonly digest: (text: string) => string;
  /** Unguessable, URL-safe, from `nBits` random bits. */
  readonly token: (nBits: number) => string;
  readonly collectors: ReadonlyMap<string, Collector>;
  readonly notifiers: ReadonlyMap<string, Notifier>;
  readonly rules: readonly AlertRule[];
  readonly packs: readonly LanguagePack[];
  readonly tell: (event: LiveEvent) => void;
  readonly demo: boolean;
  /** Lets waiting requests be served; long work awaits it every few milliseconds. `isTime` says when. */
  readonly breathe: { readonly isTime: () => boolean; readonly now: () => Promise<void> };
  /** Lets real time pass for a person who waits at a form; whatever nobody waits for is a job. */
  readonly wait: (span: Span) => Promise<void>;
  /** Where people reach this Heed, without a slash at the end. */
  readonly publicAddress: string;
  readonly log: (line: string, data?: { readonly [key: string]: Json }) => void;
  /** State that `work/` keeps in memory and can rebuild from the store, by the name of its owner file. */
  readonly memory: Map<string, unknown>;
}
