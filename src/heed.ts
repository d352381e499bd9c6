/** Builds one Heed: opens the data folder, loads the shelves, bundles Io. No server and no runner yet: `main.ts` starts what a command needs. */
import { setTimeout as pause } from 'node:timers/promises';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeBreathe } from './breathe.ts';
import type { Config } from './config.ts';
import { digest, token } from './edge/chance.ts';
import { makeOutbound, type Outbound } from './edge/get.ts';
import { makeHands } from './edge/hands.ts';
import { makeMail } from './edge/mail.ts';
import { makeMailboxGet, withMailboxes } from './edge/mailboxGet.ts';
import { openSeal } from './edge/seal.ts';
import { named, readShelf } from './edge/shelf.ts';
import { openSigner } from './edge/signer.ts';
import { openStore } from './edge/store/sqlite.ts';
import type { Io, LiveEvent } from './io.ts';
import type { SignedStatement } from './model/case.ts';
import type { Instant } from './model/time.ts';
import type { Json } from './model/words.ts';
import type { Collector, Notifier, Publisher, Store } from './ports.ts';
import { waking } from './pulse.ts';
import type { LanguagePack } from './text/pack.ts';
import type { AlertRule } from './warn/evaluate.ts';

export interface HeedOptions {
  readonly config: Config;
  /** The domain clock: real, or stepped in the demo and in replays. */
  readonly now: () => Instant;
  readonly demo: boolean;
  /** Nothing but loopback is reached: the demo and replays. */
  readonly onlyLoopback: boolean;
  readonly log: (line: string, data?: { readonly [key: string]: Json }) => void;
}

export interface Heed {
  readonly io: Io;
  readonly outbound: Outbound;
  /** Called after each commit that brought jobs; set by whoever runs them. */
  onWork: () => void;
  /** Called for each change that open desks should know of. */
  onTell: (event: LiveEvent) => void;
  readonly close: () => Promise<void>;
}

/** Keeps a copy of each signed statement in the data folder, outside the database. The public pages read the store. */
function filePublisher(folder: string): Publisher {
  return {
    publish: async (signed: SignedStatement) => {
      mkdirSync(join(folder, 'public'), { recursive: true });
      writeFileSync(join(folder, 'public', `${signed.id}.json`), `${JSON.stringify(signed, null, 1)}\n`);
    },
  };
}

async function shelves(): Promise<Pick<Io, 'collectors' | 'notifiers' | 'rules' | 'packs'>> {
  const here = import.meta.url;
  const [collectors, notifiers, rules, packs] = await Promise.all([
    readShelf<Collector>(new URL('./edge/sources/', here), named('kind')),
    readShelf<Notifier>(new URL('./edge/notifiers/', here), named('kind')),
    readShelf<AlertRule>(new URL('./warn/rules/', here), named('name')),
    readShelf<LanguagePack>(new URL('./text/lang/', here), named('code')),
  ]);
  return {
    collectors: new Map(collectors.map((one) => [one.kind, one])),
    notifiers: new Map(notifiers.map((one) => [one.kind, one])),
    rules,
    packs,
  };
}

/** Refused with `FolderInUse` when another process holds the data folder. */
export async function openHeed(options: HeedOptions): Promise<Heed> {
  const { config, now, demo, onlyLoopback, log } = options;
  const folder = config.dataFolder;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const store: Store = openStore({ folder });
  const allowLoopback = config.allowLoopback || onlyLoopback;
  const outbound = makeOutbound({ allowLoopback, onlyLoopback, userAgent: config.userAgent, now, internal: config.internal });
  const seal = openSeal({ folder, now });
  const heed: { onWork: () => void; onTell: (event: LiveEvent) => void } = { onWork: () => {}, onTell: () => {} };
  const io: Io = {
    now,
    store: waking(store, () => heed.onWork()),
    get: withMailboxes(outbound.get, makeMailboxGet({ allowLoopback, onlyLoopback })),
    hands: makeHands({ post: outbound.post, mail: makeMail({ allowLoopback, onlyLoopback, now }) }),
    seal,
    signer: openSigner({ folder }),
    publisher: filePublisher(folder),
    digest,
    token,
    ...(await shelves()),
    tell: (event) => heed.onTell(event),
    demo,
    breathe: makeBreathe(),
    wait: (span) => pause(span),
    publicAddress: config.publicAddress,
    log,
    memory: new Map(),
  };
  return Object.assign(heed, { io, outbound, close: () => store.close() });
}
