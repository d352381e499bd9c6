/** Sources: admitted by the rule that no person is followed, paused and read by hand. */
import { mailboxPlace } from '../collect/mailboxAddress.ts';
import { admitSource } from '../collect/sourceAdmission.ts';
import { freshState } from '../collect/pace.ts';
import type { Io } from '../io.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Source, Standing } from '../model/source.ts';
import type { Json, Words } from '../model/words.ts';
import type { Collector } from '../ports.ts';
import { act, entry } from './act.ts';
import { pollJob } from './collectSource.ts';
import { forget } from './memory.ts';
import type { Who } from './who.ts';

export interface SourceInput {
  readonly id?: string;
  readonly name: Words;
  readonly kind: string;
  readonly address: string;
  readonly settings: { readonly [key: string]: Json };
  readonly standing: Standing;
  readonly family?: string;
  readonly audience?: number;
  readonly manners?: Partial<Source['manners']>;
  /** For a channel that looks like an account: whose it is, the proof, and the second person. */
  readonly organisation?: Source['organisation'];
}

function sourceOf(io: Io, who: Who, input: SourceInput, collector: Collector, before: Source | undefined): Source {
  return {
    id: before?.id ?? input.id ?? `src${io.token(40)}`,
    name: input.name,
    kind: input.kind,
    address: input.address,
    settings: input.settings,
    standing: input.standing,
    family: input.family?.trim() || before?.family || (before?.id ?? input.address),
    audience: input.audience ?? before?.audience ?? 0,
    manners: { ...collector.manners, ...before?.manners, ...input.manners },
    paused: before?.paused ?? false,
    ...(before?.group === undefined ? {} : { group: before.group }),
    ...(input.organisation === undefined ? {} : { organisation: input.organisation }),
    addedBy: before?.addedBy ?? who.staffId,
    addedAt: before?.addedAt ?? io.now(),
    rev: before?.rev ?? 0,
  };
}

/** True without a declared organisation. With one it must be declared in full, by a second person of the staff: it switches sealing off. */
async function isVouchedFor(io: Io, who: Who, { organisation, addedBy }: Source): Promise<boolean> {
  if (organisation === undefined) return true;
  const { name, proof, approvedBy } = organisation;
  if (name.trim() === '' || proof.trim() === '' || approvedBy === who.staffId || approvedBy === addedBy) return false;
  return (await io.store.get('staff', approvedBy))?.active === true;
}

export function putSource(io: Io, who: Who, input: SourceInput): Promise<Outcome<Source>> {
  return act(io, async () => {
    const collector = io.collectors.get(input.kind);
    if (collector === undefined) return refuse('collect.unknownKind', { kind: input.kind });
    const before = input.id === undefined ? undefined : await io.store.get('source', input.id);
    const source = sourceOf(io, who, input, collector, before);
    if (!(await isVouchedFor(io, who, source))) return refuse('collect.personalSource');
    // What is pushed or imported comes through the same door when it names the address it comes from.
    const isMailbox = collector.kind === 'mailbox';
    if (collector.pull !== undefined || /^https?:/i.test(source.address.trim())) {
      const admitted = isMailbox ? mailboxPlace(source.address) : admitSource(source);
      if (!admitted.ok) return admitted;
    }
    const isNew = before === undefined;
    return done({
      change: {
        put: { source: [source], sourceState: isNew ? [freshState(source.id)] : [] },
        jobs: isNew && collector.pull !== undefined ? [pollJob(source.id, io.now())] : [],
        journal: [entry(io, who, isNew ? 'collect.sourceAdded' : 'collect.sourceChanged', source.id, { kind: source.kind })],
      },
      value: { ...source, rev: source.rev + 1 },
      after: () => {
        forget(io, 'organisation');
        io.tell({ kind: 'source', id: source.id });
      },
    });
  });
}

function changed(io: Io, who: Who, id: string, kind: string, think: (source: Source) => Source, isRead: boolean): Promise<Outcome<Source>> {
  return act(io, async () => {
    const source = await io.store.get('source', id);
    if (source === undefined) return refuse('http.notFound');
    const after = think(source);
    return done({
      change: {
        put: { source: after === source ? [] : [after] },
        jobs: isRead ? [pollJob(id, io.now())] : [],
        journal: [entry(io, who, kind, id)],
      },
      value: after,
      after: () => io.tell({ kind: 'source', id }),
    });
  });
}

export function pauseSource(io: Io, who: Who, id: string, input: { readonly because: string }): Promise<Outcome<Source>> {
  if (input.because.trim() === '') return Promise.resolve(refuse('answer.reasonMissing'));
  return changed(
    io,
    who,
    id,
    'collect.sourcePaused',
    (source) => ({ ...source, paused: true, pausedBecause: input.because.trim() }),
    false,
  );
}

export function resumeSource(io: Io, who: Who, id: string): Promise<Outcome<Source>> {
  const resumed = ({ pausedBecause: _, ...source }: Source): Source => ({ ...source, paused: false });
  return changed(io, who, id, 'collect.sourceResumed', resumed, true);
}

export function readSourceNow(io: Io, who: Who, id: string): Promise<Outcome<Source>> {
  return changed(io, who, id, 'collect.sourceRead', (source) => source, true);
}
