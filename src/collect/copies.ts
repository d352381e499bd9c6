/**
 * CopyIndex: which earlier document does this text copy? An index in memory over the documents of the last days: exact digests,
 * and MinHash bands in one hash table of chains. Bounded by time and by number; rebuilt from stored documents at start.
 *
 * Slots are a ring, filled in order of arrival. A chain runs from the newest entry to the oldest, so the first entry whose
 * slot was used again ends it: forgetting costs nothing.
 */
import type { Document, DocumentId, Fingerprint } from '../model/document.ts';
import type { Instant, Span } from '../model/time.ts';
import { DAY } from '../model/time.ts';
import { bandKeys, containment, fromBase64, jaccard, LEAST_SHINGLES, N_BANDS, N_VALUES } from '../text/fingerprint.ts';

export interface Copy {
  /** The earliest known document of the family, never itself a copy. */
  readonly copyOf: DocumentId;
  readonly how: 'exact' | 'near' | 'contained';
}

export interface CopyIndex {
  /** `owner` (see `ownerOf`) is passed over: a new version is no copy of its old one. Cost bounded: at most 48 candidates a band. */
  readonly find: (fingerprint: Fingerprint, owner: string, now: Instant) => Copy | null;
  /** Documents come in order of `seenAt`, after their commit or when rebuilding. Adding one twice changes nothing. */
  readonly add: (document: Document) => void;
  /** Documents still remembered. */
  readonly size: () => number;
}

/** Estimated Jaccard from which a text is a near copy, and share of the smaller text from which it is contained. Measured: bench/neardup. */
export const NEAR = 0.5;
export const CONTAINED = 0.6;
/** Below this similarity the estimate of containment is mostly noise. */
const LEAST_SIMILARITY = 0.2;
export const REMEMBERED: Span = 14 * DAY;
export const MOST_DOCUMENTS = 50_000;
const MOST_CANDIDATES = 48;
/** Exact copies need this many distinct shingles: a reply of a few words (`+1`, 顶) is said by many, not copied. */
const LEAST_EXACT = 6;

export function ownerOf(sourceId: string, key: string): string {
  return `${sourceId}\n${key}`;
}

interface Slot {
  readonly id: DocumentId;
  readonly owner: string;
  readonly rootId: DocumentId;
  readonly exact: string;
  readonly nShingles: number;
  readonly seenAt: Instant;
  /** Grows with each document; a slot used again has a greater one. */
  readonly order: number;
}

/** The chains: which slots hold a band key. Room for `capacity` documents. */
class Bands {
  readonly capacity: number;
  readonly values: Uint32Array;
  private readonly heads: Int32Array;
  private readonly next: Int32Array;
  private readonly mask: number;
  constructor(capacity: number) {
    this.capacity = capacity;
    this.values = new Uint32Array(capacity * N_VALUES);
    this.next = new Int32Array(capacity * N_BANDS).fill(-1);
    this.mask = 2 ** Math.ceil(Math.log2(capacity * N_BANDS)) - 1;
    this.heads = new Int32Array(this.mask + 1).fill(-1);
  }
  put(slot: number, values: Uint32Array): void {
    this.values.set(values, slot * N_VALUES);
    const keys = bandKeys(values);
    for (let band = 0; band < N_BANDS; band++) {
      const entry = slot * N_BANDS + band;
      const place = (keys[band] ?? 0) & this.mask;
      this.next[entry] = this.heads[place] ?? -1;
      this.heads[place] = entry;
    }
  }
  /** The slot's former entries may still be met; with no values they resemble nothing. */
  clear(slot: number): void {
    this.values.fill(0, slot * N_VALUES, (slot + 1) * N_VALUES);
  }
  valuesOf(slot: number): Uint32Array {
    return this.values.subarray(slot * N_VALUES, (slot + 1) * N_VALUES);
  }
  /** Calls `visit` with each slot of one chain, newest first, until it gives false. */
  walk(key: number, visit: (slot: number) => boolean): void {
    let entry = this.heads[key & this.mask] ?? -1;
    while (entry >= 0 && visit(Math.floor(entry / N_BANDS))) entry = this.next[entry] ?? -1;
  }
}

class Index implements CopyIndex {
  private bands: Bands;
  private slots: (Slot | undefined)[] = [];
  private nOrder = 0;
  private readonly most: number;
  private readonly remembered: Span;
  private readonly byExact = new Map<string, number>();
  private readonly known = new Set<DocumentId>();
  private oldest = 0;
  constructor(most: number, remembered: Span) {
    this.most = most;
    this.remembered = remembered;
    this.bands = new Bands(Math.min(1024, most));
  }

  size(): number {
    return this.known.size;
  }

  add(document: Document): void {
    if (this.known.has(document.id)) return;
    this.forget(document.seenAt);
    if (this.nOrder - this.oldest >= this.most) this.drop();
    const { fingerprint } = document;
    const place = this.nOrder % this.most;
    if (place >= this.bands.capacity) this.grow();
    const slot: Slot = {
      id: document.id,
      owner: ownerOf(document.sourceId, document.key),
      rootId: document.copyOf ?? document.id,
      exact: fingerprint.exact,
      nShingles: fingerprint.nShingles,
      seenAt: document.seenAt,
      order: this.nOrder++,
    };
    this.slots[place] = slot;
    this.known.add(slot.id);
    if (!this.byExact.has(slot.exact)) this.byExact.set(slot.exact, place);
    // An exact copy adds nothing to the chains: its twin stands there already, and a flood of equal texts must not lengthen them.
    const values = document.copyHow === 'exact' ? null : fromBase64(fingerprint.minhash);
    if (values !== null) this.bands.put(place, values);
    else this.bands.clear(place);
  }

  find(fingerprint: Fingerprint, owner: string, now: Instant): Copy | null {
    const twin = this.twin(fingerprint, owner, now);
    if (twin !== null) return { copyOf: twin.rootId, how: 'exact' };
    const values = fromBase64(fingerprint.minhash);
    if (values === null || fingerprint.nShingles < LEAST_SHINGLES) return null;
    return this.nearest(values, fingerprint.nShingles, owner, now);
  }

  private isAlive(slot: Slot, now: Instant): boolean {
    return slot.order >= this.oldest && now - slot.seenAt <= this.remembered;
  }

  private twin(fingerprint: Fingerprint, owner: string, now: Instant): Slot | null {
    if (fingerprint.nShingles < LEAST_EXACT) return null;
    const place = this.byExact.get(fingerprint.exact);
    const slot = place === undefined ? undefined : this.slots[place];
    return slot !== undefined && slot.owner !== owner && this.isAlive(slot, now) ? slot : null;
  }

  private nearest(values: Uint32Array, nShingles: number, owner: string, now: Instant): Copy | null {
    const seen = new Set<number>();
    let best: { readonly slot: Slot; readonly similarity: number; readonly how: 'near' | 'contained' } | null = null;
    const keys = bandKeys(values);
    for (let band = 0; band < N_BANDS; band++) {
      let last = Number.POSITIVE_INFINITY;
      let nSeen = 0;
      this.bands.walk(keys[band] ?? 0, (place) => {
        const slot = this.slots[place];
        // An entry that is newer than the one before it stands in a slot used again: the rest of the chain is forgotten.
        if (slot === undefined || slot.order > last || !this.isAlive(slot, now) || nSeen++ >= MOST_CANDIDATES) return false;
        last = slot.order;
        if (seen.has(place) || slot.owner === owner) return true;
        seen.add(place);
        const similarity = jaccard(values, this.bands.valuesOf(place));
        const how = howAlike(similarity, nShingles, slot.nShingles);
        if (how !== null && (best === null || similarity > best.similarity)) best = { slot, similarity, how };
        return true;
      });
    }
    const found = best as { readonly slot: Slot; readonly how: 'near' | 'contained' } | null;
    return found === null ? null : { copyOf: found.slot.rootId, how: found.how };
  }

  private forget(now: Instant): void {
    while (this.oldest < this.nOrder) {
      const slot = this.slots[this.oldest % this.most];
      if (slot !== undefined && now - slot.seenAt <= this.remembered) return;
      this.drop();
    }
  }

  private drop(): void {
    const place = this.oldest++ % this.most;
    const slot = this.slots[place];
    if (slot === undefined) return;
    this.known.delete(slot.id);
    if (this.byExact.get(slot.exact) === place) this.byExact.delete(slot.exact);
    this.slots[place] = undefined;
  }

  /** Only before the ring is full, so slots and order still agree. */
  private grow(): void {
    const old = this.bands;
    this.bands = new Bands(Math.min(this.most, old.capacity * 4));
    for (let place = 0; place < old.capacity; place++) {
      const slot = this.slots[place];
      const values = old.valuesOf(place);
      if (slot !== undefined && values.some((value) => value !== 0)) this.bands.put(place, values);
    }
  }
}

export function howAlike(similarity: number, nA: number, nB: number): 'near' | 'contained' | null {
  if (similarity >= NEAR) return 'near';
  return similarity >= LEAST_SIMILARITY && containment(similarity, nA, nB) >= CONTAINED ? 'contained' : null;
}

/** About 40 MB when full. Smaller bounds are for tests. */
export function makeCopyIndex(most: number = MOST_DOCUMENTS, remembered: Span = REMEMBERED): CopyIndex {
  const index = new Index(most, remembered);
  return {
    find: (fingerprint, owner, now) => index.find(fingerprint, owner, now),
    add: (document) => index.add(document),
    size: () => index.size(),
  };
}
