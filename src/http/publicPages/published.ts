/** What is published, read for the public: statements with all their versions, newest first. */
import type { Io } from '../../io.ts';
import type { SignedStatement } from '../../model/case.ts';

export interface Published {
  readonly newest: SignedStatement;
  /** Oldest first; the newest is the last. */
  readonly versions: readonly SignedStatement[];
}

const MOST = 200;

function grouped(signed: readonly SignedStatement[]): Published[] {
  const groups = Map.groupBy(signed, (one) => one.statementId);
  return [...groups.values()].map((own) => {
    const versions = [...own].sort((a, b) => a.version - b.version);
    return { newest: versions.at(-1)!, versions };
  });
}

/** The newest 200 signed versions, by statement. */
export async function publishedList(io: Io): Promise<Published[]> {
  const signed = await io.store.list('signed', { by: 'publishedAt', order: 'down', limit: MOST });
  return grouped(signed).sort((a, b) => b.newest.publishedAt - a.newest.publishedAt);
}

/** By a statement's id (its newest version) or a signed version's own. */
export async function publishedBy(io: Io, id: string): Promise<{ readonly shown: SignedStatement; readonly all: Published } | null> {
  const one = await io.store.get('signed', id);
  const versions = await io.store.list('signed', { equal: { statementId: one?.statementId ?? id }, by: 'version', order: 'up' });
  const all = grouped(versions)[0];
  return all === undefined ? null : { shown: one ?? all.newest, all };
}
