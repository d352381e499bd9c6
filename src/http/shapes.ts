/** The shapes of what is sent in. Unknown fields are dropped at the door, so that no change can carry more than its route says. */
import { type Static, type TSchema, Type } from 'typebox';
import { ROLES } from '../model/office.ts';
import { STANDINGS } from '../model/source.ts';
import { CASE_STATES, VERDICTS } from '../model/case.ts';
import { LEVELS } from '../model/assessment.ts';

export const line = (maxLength = 200, minLength = 0): ReturnType<typeof Type.String> => Type.String({ minLength, maxLength });
export const text = (maxLength = 20_000): ReturnType<typeof Type.String> => Type.String({ maxLength });
export const instant: ReturnType<typeof Type.Integer> = Type.Integer({ minimum: 0, maximum: 8.64e15 });

export function oneOf<const T extends readonly string[]>(values: T) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });
}
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const span = orNull(Type.Integer({ minimum: 0 }));
const id = line(200, 1);

export const words = Type.Object({ zh: line(300), en: line(300) });
const language = oneOf(['zh', 'en'] as const);
export const level = oneOf(LEVELS);
export const verdict = oneOf(VERDICTS);
export const caseState = oneOf(CASE_STATES);
const rev = Type.Optional(Type.Integer({ minimum: 0 }));
export const reason = Type.Object({ reason: text(2000) });
export const because = Type.Object({ because: text(2000) });
export const why = Type.Object({ why: Type.Optional(text(2000)) });
/** Anything that JSON can say: settings of sources, checked by their collectors. */
const json = Type.Unsafe<import('../model/words.ts').Json>({});

const day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
const calendar = Type.Object({
  zone: line(60, 1),
  opens: Type.Integer({ minimum: 0, maximum: 1440 }),
  closes: Type.Integer({ minimum: 0, maximum: 1440 }),
  holidays: Type.Array(day, { maxItems: 2000 }),
  workedWeekends: Type.Array(day, { maxItems: 2000 }),
  validThrough: day,
});
export const bodyInput = Type.Object({
  name: words,
  zone: Type.Optional(line(60)),
  language,
  contact: line(500),
  calendar: Type.Optional(calendar),
  oversightId: Type.Optional(line()),
  operatingId: Type.Optional(line()),
  dutyOfficeId: Type.Optional(line()),
});
export const tiers = Type.Array(Type.Object({ id, name: words, rank: Type.Integer(), officeId: orNull(line()) }), { maxItems: 20 });
export const office = Type.Object({
  name: words,
  aliases: Type.Optional(Type.Array(line(100), { maxItems: 50 })),
  kind: oneOf(['operating', 'office', 'oversight', 'upper'] as const),
  tierId: line(),
  parentId: Type.Optional(orNull(line())),
  headId: Type.Optional(orNull(line())),
  deputyId: Type.Optional(orNull(line())),
  hotline: Type.Optional(line(60)),
  rev,
});
export const duty = Type.Object({ name: words, officeId: id });
export const staff = Type.Object({
  name: line(80, 1),
  login: Type.String({ minLength: 2, maxLength: 60, pattern: '^\\S+$' }),
  roles: Type.Array(oneOf(ROLES), { maxItems: 9 }),
  officeId: line(),
  title: words,
  email: line(200),
  language,
  active: Type.Optional(Type.Boolean()),
  rev,
});
export const plan = Type.Object({
  ack: span,
  verify: span,
  upward: span,
  tasks: span,
  firstWord: span,
  full: span,
  workingTime: Type.Boolean(),
  push: Type.Boolean(),
  roles: Type.Array(line(60), { maxItems: 20 }),
  facts: Type.Optional(span),
  upwardEvery: Type.Optional(span),
  returnWithin: Type.Optional(span),
  updateEvery: Type.Optional(span),
  rev,
});
export const channel = Type.Object({
  name: line(100, 1),
  kind: line(60, 1),
  officeId: Type.Optional(orNull(line())),
  settings: Type.Record(Type.String(), line(2000)),
  active: Type.Optional(Type.Boolean()),
  rev,
});
const manners = Type.Partial(
  Type.Object({
    robots: Type.Boolean(),
    pollAtLeast: Type.Integer({ minimum: 1000 }),
    pollAtMost: Type.Integer({ minimum: 1000 }),
    pause: Type.Integer({ minimum: 0 }),
  }),
);
export const source = Type.Object({
  name: words,
  kind: line(60, 1),
  address: line(2000),
  settings: Type.Optional(Type.Record(Type.String(), json)),
  standing: oneOf(STANDINGS),
  family: Type.Optional(line()),
  audience: Type.Optional(Type.Integer({ minimum: 0 })),
  manners: Type.Optional(manners),
  organisation: Type.Optional(Type.Object({ name: line(), proof: line(2000), approvedBy: line() })),
});
const purpose = Type.Object({
  why: text(2000),
  legalBasis: text(2000),
  officeId: line(),
  askedBy: line(),
  approvedBy: line(),
  use: text(2000),
  reviewAt: instant,
  endsAt: instant,
});
export const topic = Type.Object({
  name: words,
  query: text(10_000),
  duty: line(),
  purpose,
  mustMatch: Type.Array(text(5000), { maxItems: 100 }),
  mustNotMatch: Type.Array(text(5000), { maxItems: 100 }),
});
export const triage = Type.Object({
  documentIds: Type.Array(id, { minItems: 1, maxItems: 200 }),
  action: oneOf(['attach', 'newIssue', 'notRelevant', 'done'] as const),
  issueId: Type.Optional(line()),
  reason: Type.Optional(text(2000)),
});
export const task = Type.Object({
  officeId: id,
  what: text(4000),
  dueAt: Type.Optional(instant),
  isLead: Type.Boolean(),
  kind: Type.Optional(oneOf(['refer', 'assign', 'supervise'] as const)),
});
/** What a person writes in a statement; who drafted, reviewed and signed is never sent in. */
export const statement = Type.Object({
  title: text(300),
  language,
  empathy: text(),
  known: text(),
  unknown: text(),
  doing: text(),
  nextUpdateAt: orNull(instant),
  nextUpdate: text(300),
  contact: text(500),
  claimIds: Type.Array(id, { maxItems: 50 }),
  promises: Type.Array(Type.Object({ what: text(1000), officeId: id, dueAt: instant }), { maxItems: 50 }),
  machineDrafted: Type.Optional(Type.Boolean()),
});
export const bulletin = Type.Object({
  items: Type.Array(
    Type.Object({
      issueId: id,
      level,
      title: text(300),
      text: text(4000),
      office: line(),
      deadline: orNull(instant),
      nUnique: Type.Integer(),
      nMentions: Type.Integer(),
      chosen: Type.Boolean(),
    }),
    { maxItems: 200 },
  ),
  overview: text(4000),
});
export type StatementInput = Static<typeof statement>;
