/**
 * Who is in charge. The law of this file: whoever is complained of never hears alone; somebody outside the complaint, with
 * power to act, always hears too. When the operating body itself is complained of, the next tier or the outside overseer hears instead.
 */
import type { Duty, Office, OfficeId, Staff } from '../model/office.ts';
import { type Refusal, refuse } from '../model/outcome.ts';
import { accusedOf, ancestorsOf, type Organisation, outsideOf, rungsAbove } from './organisation.ts';

export interface RouteKit extends Organisation {
  /** Ids of the duties of the topics. */
  readonly topicDuties: readonly string[];
  /** Offices (or their heads) said to have failed. */
  readonly complainedOf: readonly string[];
  readonly duties: readonly Duty[];
}

/**
 * The recipients, the one in charge first, each once, never none while the set-up passes `checkSetup`. An office nobody knows, or a
 * matter without a duty, goes to the duty office and the overseer. Only when everybody with power is complained of, the overseer
 * included, is the overseer told nevertheless: nobody would hear otherwise.
 */
export function route(kit: RouteKit): readonly Office[] {
  const { offices, complainedOf, body } = kit;
  const outside = outsideOf(offices, complainedOf);
  const find = (id: OfficeId | null): Office | undefined => offices.find((office) => office.id === id);
  const oversight = find(body.oversightId);
  const operating = find(body.operatingId);
  const responsible = kit.topicDuties.flatMap((id) => find(kit.duties.find((duty) => duty.id === id)?.officeId ?? null) ?? []);
  const unknown =
    responsible.length === 0 || complainedOf.some((id) => !offices.some((o) => o.id === id || o.headId === id || o.deputyId === id));
  const accused = accusedOf(offices, complainedOf);
  const rungs = rungsAbove(operating?.tierId, kit).filter(outside);

  const recipients: Office[] = [];
  const add = (...found: readonly (Office | undefined)[]): void => {
    for (const office of found) if (office !== undefined && !recipients.includes(office)) recipients.push(office);
  };
  if (operating !== undefined && !outside(operating)) {
    add(...rungs.slice(0, 1), ...responsible.filter(outside));
    if (unknown) add(...rungs.filter((office) => office === oversight));
  } else {
    add(...responsible);
    if (responsible.length === 0) add([find(body.dutyOfficeId), operating].find((office) => office !== undefined && outside(office)));
    if (unknown) add(oversight);
    for (const office of accused) add(supervisorOf(office, kit, outside));
    if (complainedOf.length > 0 && !recipients.some((office) => hasPower(office, kit, outside))) add(rungs[0] ?? operating);
  }
  if (recipients.length === 0) add(rungs[0] ?? oversight ?? operating);
  return recipients;
}

/** Nearest above the complained of and outside the complaint: a parent, the operating body, the next tier, the overseer. */
function supervisorOf(office: Office, kit: RouteKit, outside: (office: Office) => boolean): Office | undefined {
  const operating = kit.offices.find((one) => one.id === kit.body.operatingId);
  const above = [...ancestorsOf(office, kit.offices), ...(operating === undefined ? [] : [operating]), ...rungsAbove(office.tierId, kit)];
  return above.find(outside);
}

function hasPower(office: Office, kit: RouteKit, outside: (office: Office) => boolean): boolean {
  const { body, offices, complainedOf } = kit;
  if (!outside(office)) return false;
  if (office.kind !== 'office' || office.id === body.oversightId || office.id === body.operatingId) return true;
  return accusedOf(offices, complainedOf).some((accused) => ancestorsOf(accused, offices).includes(office));
}

export interface SetupKit extends Organisation {
  readonly duties: readonly Duty[];
  readonly staff: readonly Staff[];
}

/**
 * Why an organisation cannot be saved; empty when it can. It must have an overseer outside every office: of no office's tree, led and
 * staffed by nobody who leads or works in another office, and with somebody to read what arrives.
 */
export function checkSetup(kit: SetupKit): readonly Refusal[] {
  const { offices, duties, body, tiers, staff } = kit;
  const refusals: Refusal[] = [];
  const no = (...args: Parameters<typeof refuse>): void => void refusals.push(refuse(...args).refusal);
  const known = (id: string | null): boolean => id === null || offices.some((office) => office.id === id);
  const named = [
    ...duties.map((duty) => duty.officeId),
    ...offices.map((office) => office.parentId),
    ...tiers.map((tier) => tier.officeId),
    ...staff.map((person) => person.officeId),
    body.operatingId,
    body.dutyOfficeId,
  ];
  for (const id of new Set(named)) if (!known(id)) no('warn.officeUnknown', { office: id ?? '' });
  for (const office of offices) if (isInLoop(office, offices)) no('warn.officeLoop', { office: office.name.zh });
  const { opens, closes } = body.calendar;
  if (!(opens >= 0 && opens < closes && closes <= 24 * 60)) no('warn.calendarWrong');
  const oversight = offices.find((office) => office.id === body.oversightId);
  const reads = staff.some((person) => person.active && person.officeId === body.oversightId);
  if (oversight === undefined || !reads) no('warn.noOversight');
  else if (!standsOutside(oversight, kit)) no('warn.oversightInside', { office: oversight.name.zh });
  return refusals;
}

function isInLoop(office: Office, offices: readonly Office[]): boolean {
  const seen = new Set<OfficeId>();
  for (let next: Office | undefined = office; next !== undefined; ) {
    if (seen.has(next.id)) return next.id === office.id;
    seen.add(next.id);
    const { parentId }: Office = next;
    next = offices.find((one) => one.id === parentId);
  }
  return false;
}

function standsOutside(oversight: Office, { offices, body, staff }: SetupKit): boolean {
  if (oversight.id === body.operatingId || oversight.id === body.dutyOfficeId) return false;
  if (oversight.kind !== 'oversight') return false;
  if (ancestorsOf(oversight, offices).some((above) => above.kind === 'operating' || above.kind === 'office')) return false;
  const people = new Set(staff.filter((person) => person.officeId === oversight.id).map((person) => person.id));
  for (const id of [oversight.headId, oversight.deputyId]) if (id !== null) people.add(id);
  for (const office of offices) {
    if (office.id === oversight.id) continue;
    if (office.parentId === oversight.id && office.kind !== 'oversight') return false;
    for (const id of [office.headId, office.deputyId]) if (id !== null && people.has(id)) return false;
  }
  const working = new Map(staff.map((person) => [person.id, person.officeId]));
  return [...people].every((id) => (working.get(id) ?? oversight.id) === oversight.id);
}
