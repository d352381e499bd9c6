/** Reading the office table: who stands above whom, and who is touched by a complaint. */
import type { Body, Office, OfficeId, StaffId, Tier, TierId } from '../model/office.ts';

export interface Organisation {
  readonly offices: readonly Office[];
  readonly tiers: readonly Tier[];
  readonly body: Body;
}

/** The tier with the next higher rank; undefined at the top. An unknown tier counts as the lowest. */
export function tierAbove(tiers: readonly Tier[], tierId: TierId | undefined): Tier | undefined {
  const lowest = [...tiers].sort((a, b) => a.rank - b.rank);
  const rank = tiers.find((tier) => tier.id === tierId)?.rank ?? lowest[0]?.rank;
  return rank === undefined ? undefined : lowest.find((tier) => tier.rank > rank);
}

/** Parents of an office, nearest first; a loop in the table ends the walk. */
export function ancestorsOf(office: Office, offices: readonly Office[]): readonly Office[] {
  const found: Office[] = [];
  for (let next = offices.find((one) => one.id === office.parentId); next !== undefined; ) {
    if (next === office || found.includes(next)) break;
    found.push(next);
    const { parentId } = next;
    next = offices.find((one) => one.id === parentId);
  }
  return found;
}

function leads(office: Office, people: ReadonlySet<string>): boolean {
  return (office.headId !== null && people.has(office.headId)) || (office.deputyId !== null && people.has(office.deputyId));
}

/** The offices complained of: those named, and those led by a person named. */
export function accusedOf(offices: readonly Office[], complainedOf: readonly string[]): readonly Office[] {
  const named = new Set(complainedOf);
  return offices.filter((office) => named.has(office.id) || leads(office, named));
}

/**
 * The complained of, in full: the offices named, everything under them, and every office led by one of their heads or deputies.
 * A name that is a person's counts as the offices this person leads. Ids the table does not know are passed over here.
 */
export function touchedBy(offices: readonly Office[], complainedOf: readonly string[]): ReadonlySet<OfficeId> {
  const accused = accusedOf(offices, complainedOf);
  const accusedIds = new Set(accused.map((office) => office.id));
  const inside = offices.filter(
    (office) => accusedIds.has(office.id) || ancestorsOf(office, offices).some((above) => accusedIds.has(above.id)),
  );
  const people = new Set<StaffId>();
  for (const { headId, deputyId } of inside) for (const id of [headId, deputyId]) if (id !== null) people.add(id);
  const touched = new Set(inside.map((office) => office.id));
  for (const office of offices) if (leads(office, people)) touched.add(office.id);
  return touched;
}

/** Tells whether an office stands outside a complaint. */
export function outsideOf(offices: readonly Office[], complainedOf: readonly string[]): (office: Office) => boolean {
  const touched = touchedBy(offices, complainedOf);
  return (office) => !touched.has(office.id);
}

/** The offices that stand for the tiers above `tierId`, nearest first, then the overseer; each once. */
export function rungsAbove(tierId: TierId | undefined, { offices, tiers, body }: Organisation): readonly Office[] {
  const rungs: Office[] = [];
  const add = (office: Office | undefined): void => {
    if (office !== undefined && !rungs.includes(office)) rungs.push(office);
  };
  const upper = (id: OfficeId | null | undefined) => offices.find((office) => office.id === id && office.kind === 'upper');
  let below = tiers.find((tier) => tier.id === tierId) ?? [...tiers].sort((a, b) => a.rank - b.rank)[0];
  while (below !== undefined) {
    const above = tierAbove(tiers, below.id);
    for (const office of offices) if (office.kind === 'upper' && office.tierId === above?.id) add(office);
    add(upper(below.officeId));
    add(upper(above?.officeId));
    below = above;
  }
  add(offices.find((office) => office.id === body.oversightId));
  return rungs;
}
