/** Compiled by `tsc` with everything else: what is not a signed statement cannot be handed to the publisher, and there is no second way out. */
import type { Document } from '../../src/model/document.ts';
import type { SignedStatement, Statement } from '../../src/model/case.ts';
import type { Bulletin } from '../../src/model/bulletin.ts';
import type { Collector, Notifier, Publisher } from '../../src/ports.ts';

declare const publisher: Publisher;
declare const statement: Statement;
declare const signed: SignedStatement;
declare const document_: Document;
declare const bulletin: Bulletin;

export const tried: readonly Promise<void>[] = [
  publisher.publish(signed),
  // @ts-expect-error: a draft is not signed
  publisher.publish(statement),
  // @ts-expect-error: a text is not a statement
  publisher.publish('text'),
  // @ts-expect-error: a document of the public is not ours
  publisher.publish(document_),
  // @ts-expect-error: a bulletin is internal
  publisher.publish(bulletin),
  // @ts-expect-error: without the signer's name it is not signed
  publisher.publish({ ...signed, signerName: undefined }),
  // @ts-expect-error: without the signature it is not signed
  publisher.publish({ ...signed, signature: undefined }),
];

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
/** Each is `true` or the file does not compile: nothing was added to what reaches outside. */
export const publisherHasOneWay: Same<keyof Publisher, 'publish'> = true;
export const publisherTakesOneThing: Same<Parameters<Publisher['publish']>, [statement: SignedStatement]> = true;
export const collectorsOnlyRead: Same<
  keyof Collector,
  'kind' | 'about' | 'settings' | 'standing' | 'manners' | 'pull' | 'read' | 'receive'
> = true;
export const notifiersOnlySend: Same<keyof Notifier, 'kind' | 'about' | 'settings' | 'perMinute' | 'personal' | 'send'> = true;
