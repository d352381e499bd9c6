/** Whether the planted copies were found, and whether texts were joined that are none. */
import type { Scenario } from '../scenarioShape.ts';
import type { Truth } from '../truth.ts';
import type { ReadDocument, Reading } from './readAll.ts';

export interface CopyScore {
  readonly nGroups: number;
  readonly nFound: number;
  readonly missed: readonly (readonly string[])[];
  /** Pairs that Heed calls copies and the truth does not: later text, earlier text. */
  readonly wrong: readonly (readonly [string, string])[];
}

/** Text ids joined to one name each. */
function joined(pairs: readonly (readonly [string, string])[]): (id: string) => string {
  const parents = new Map<string, string>();
  const root = (id: string): string => {
    const parent = parents.get(id);
    return parent === undefined || parent === id ? id : root(parent);
  };
  for (const [a, b] of pairs) parents.set(root(a), root(b));
  return root;
}

export function scoreCopies(truth: Truth, reading: Reading, scenario: Scenario): CopyScore {
  const byId = new Map<string, ReadDocument>(reading.documents.map((document) => [document.id, document]));
  const said: (readonly [string, string])[] = [];
  for (const document of reading.documents) {
    const first = document.copyOf === null ? undefined : byId.get(document.copyOf);
    if (document.textId !== null && first?.textId != null && first.textId !== document.textId) said.push([document.textId, first.textId]);
  }
  const root = joined(said);
  const missed = truth.copies.filter((group) => new Set(group.map(root)).size > 1);
  const boosts = scenario.texts.flatMap((text): (readonly [string, string])[] => (text.boostOf === null ? [] : [[text.id, text.boostOf]]));
  const groups = truth.copies.flatMap((group) => group.slice(1).map((id): readonly [string, string] => [id, group[0] ?? id]));
  const isTrue = joined([...boosts, ...groups]);
  const wrong = said.filter(([a, b]) => isTrue(a) !== isTrue(b));
  return { nGroups: truth.copies.length, nFound: truth.copies.length - missed.length, missed, wrong };
}
