/** a topic has a whole purpose, two people behind it and an end, by every way in; after the end it matches nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/model/time.ts';
import { runDue } from '../../src/work/runJob.ts';
import { putTopic, type TopicInput } from '../../src/work/setUpTopics.ts';
import { feedOf } from '../journeys/house.ts';
import { codeOf, openRights, type Rights } from './world.ts';

let rights: Rights;
beforeAll(async () => {
  rights = await openRights();
});
afterAll(() => rights.end());

function whole(now: number): TopicInput {
  return {
    name: { zh: '医院急诊', en: 'Hospital emergency' },
    query: '急诊 OR "emergency wait"',
    duty: 'water',
    purpose: {
      why: '急诊排队',
      legalBasis: '条例第三条',
      officeId: 'gov',
      askedBy: 'analyst',
      approvedBy: 'leader',
      use: '改善服务',
      reviewAt: now + 10 * DAY,
      endsAt: now + 30 * DAY,
    },
    mustMatch: [],
    mustNotMatch: [],
  };
}

type Purpose = TopicInput['purpose'];
const with_ = (now: number, purpose: Partial<Purpose>): TopicInput => ({ ...whole(now), purpose: { ...whole(now).purpose, ...purpose } });

/** Each field left empty in every way a form leaves one empty. */
const MISSING: readonly [what: string, (now: number) => TopicInput][] = [
  ...(['why', 'legalBasis', 'officeId', 'askedBy', 'approvedBy', 'use'] as const).flatMap((field) =>
    ['', '   ', '　\u200b'].map((blank): [string, (now: number) => TopicInput] => [
      `${field} ${JSON.stringify(blank)}`,
      (now) => with_(now, { [field]: blank }),
    ]),
  ),
  ['reviewAt 0', (now) => with_(now, { reviewAt: 0 })],
  ['endsAt 0', (now) => with_(now, { endsAt: 0 })],
  ['duty empty', (now) => ({ ...whole(now), duty: '' })],
  ['duty nobody has', (now) => ({ ...whole(now), duty: 'nonesuch' })],
  ['a name without words', (now) => ({ ...whole(now), name: { zh: ' ', en: '' } })],
  ['the office of nobody', (now) => with_(now, { officeId: 'nonesuch' })],
  ['asked by nobody we know', (now) => with_(now, { askedBy: 'nonesuch' })],
  ['approved by nobody we know', (now) => with_(now, { approvedBy: 'nonesuch' })],
];

/** The second person is a second person however the first one is spelled. */
const ONE_PERSON: readonly [what: string, askedBy: string, approvedBy: string][] = [
  ['the same', 'leader', 'leader'],
  ['a blank behind', 'leader', 'leader '],
  ['capitals', 'leader', 'LEADER'],
  ['full-width', 'leader', 'ｌｅａｄｅｒ'],
  ['a sign nobody sees', 'leader', 'leader\u200b'],
  ['name and id of one person', 'leader', '罗领导'],
];

const LATE: readonly [what: string, (now: number) => TopicInput][] = [
  ['91 days', (now) => with_(now, { endsAt: now + 91 * DAY })],
  ['90 days and a millisecond', (now) => with_(now, { endsAt: now + 90 * DAY + 1 })],
  ['ten years', (now) => with_(now, { endsAt: now + 3650 * DAY })],
  ['ended already', (now) => with_(now, { endsAt: now - 1 })],
  ['reviewed only after its end', (now) => with_(now, { reviewAt: now + 31 * DAY })],
];

const REFUSED: readonly [what: string, (now: number) => TopicInput][] = [
  ...MISSING,
  ...ONE_PERSON.map(([what, askedBy, approvedBy]): [string, (now: number) => TopicInput] => [
    `asker is approver: ${what}`,
    (now) => with_(now, { askedBy, approvedBy }),
  ]),
  ...LATE,
];

type Way = (id: string, input: TopicInput) => Promise<string>;
const WAYS: Readonly<Record<string, Way>> = {
  'by the work, new': async (_id, input) => {
    const made = await putTopic(rights.io, rights.house.who('analyst'), input);
    return made.ok ? 'saved' : made.refusal.code;
  },
  'by the work, edited': async (id, input) => {
    const made = await putTopic(rights.io, rights.house.who('analyst'), { ...input, id });
    return made.ok ? 'saved' : made.refusal.code;
  },
  'over HTTP, new': async (_id, input) => {
    const reply = await (await rights.as('analyst')).send('POST', '/api/topics', input);
    return reply.statusCode === 200 ? 'saved' : codeOf(reply);
  },
  'over HTTP, edited': async (id, input) => {
    const reply = await (await rights.as('analyst')).send('PUT', `/api/topics/${id}`, input);
    return reply.statusCode === 200 ? 'saved' : codeOf(reply);
  },
};

describe.each(Object.entries(WAYS))('a topic without its purpose is refused (R-06), %s', (_name, way) => {
  test('a whole one is saved', async () => {
    expect(await way('water', whole(rights.io.now()))).toBe('saved');
  });

  test.each(REFUSED)('%s', async (_what, make) => {
    const before = JSON.stringify(await rights.store.list('topic'));
    expect(await way('water', make(rights.io.now()))).not.toBe('saved');
    expect(JSON.stringify(await rights.store.list('topic'))).toBe(before);
  });

  test('a field that is not sent at all', async () => {
    if (!_name.startsWith('over HTTP')) return;
    for (const field of Object.keys(whole(0).purpose)) {
      const { [field as keyof Purpose]: _gone, ...rest } = whole(rights.io.now()).purpose;
      expect([field, await way('water', { ...whole(rights.io.now()), purpose: rest as Purpose })]).toEqual([field, 'http.badRequest']);
    }
    const { purpose: _none, ...bare } = whole(rights.io.now());
    expect(await way('water', bare as TopicInput)).toBe('http.badRequest');
  });
});

describe('a topic whose time is over', () => {
  test('matches nothing, whenever within the hour it is asked, and is shown nowhere as met', async () => {
    const own = await openRights();
    const { io, house } = own;
    const now = io.now();
    for (let i = 0; i < 50; i++) {
      const made = await putTopic(io, house.who('analyst'), {
        ...with_(now, { endsAt: now + (i + 1) * HOUR, reviewAt: now + 1 }),
        id: `end${i}`,
      });
      expect(made.ok).toBe(true);
    }
    const feed = (n: number, at: number): void =>
      house.site('http://board.example/feed.xml', feedOf([{ id: `t${n}`, title: `急诊排队 ${n}`, body: `急诊等了很久 ${n}`, at }]), {});
    feed(1, now);
    for (let i = 0; i < 20; i++) await runDue(io, 8);
    expect((await own.store.list('issue')).flatMap((issue) => issue.topicIds).filter((id) => id.startsWith('end')).length).toBe(50);
    house.clock.set(now + 25 * HOUR);
    feed(2, now + 25 * HOUR);
    for (let i = 0; i < 60; i++) await runDue(io, 8);
    const documents = (await own.store.list('document')).sort((a, b) => a.seenAt - b.seenAt);
    expect(documents).toHaveLength(2);
    const shown = (await (await own.as('duty')).send('GET', `/api/documents/${documents[1]?.id}`)).json() as {
      matches: { topicId: string }[];
    };
    const met = shown.matches.map((match) => match.topicId).filter((id) => id.startsWith('end'));
    expect(met.map((id) => Number(id.slice(3))).sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, i) => i + 25));
    house.clock.set(now + 51 * HOUR);
    feed(3, now + 51 * HOUR);
    for (let i = 0; i < 60; i++) await runDue(io, 8);
    const last = (await own.store.list('document', { by: 'seenAt', order: 'down', limit: 1 }))[0]!;
    expect(await own.store.get('mention', last.id)).toBeUndefined();
    expect(((await (await own.as('duty')).send('GET', `/api/documents/${last.id}`)).json() as { matches: unknown[] }).matches).toEqual([]);
    await own.end();
  });
});
