/** The things scripted people do, each one or two requests to the public API. A step gives the reply that decides whether it was done. */
import type { Instant } from '../src/model/time.ts';
import type { Json } from '../src/model/words.ts';
import { type Client, makeClient, type Reply } from './client.ts';
import { asList, asRaw, asText, readInstant } from './scenario.ts';
import type { Beat, Finder } from './scenarioShape.ts';
import type { Office } from './setUp.ts';
import type { Stubs } from './stubs.ts';

/** What a step made, for later beats. */
export interface Made {
  readonly id: string;
}

export interface StepKit {
  readonly office: Office;
  readonly client: Client;
  readonly stubs: Stubs;
  readonly beat: Beat;
  /** The issue the beat speaks of; empty when it speaks of none. */
  readonly issueId: string;
  readonly find: (finder: Finder) => Promise<string | null>;
  readonly documentOf: (textId: string) => Promise<string | null>;
  readonly made: Map<string, Made>;
  /** Receipt codes by the raiser's key, oldest first. */
  readonly receipts: ReadonlyMap<string, readonly string[]>;
  readonly now: Instant;
}

export type Step = (kit: StepKit) => Promise<Reply>;

/** A step that cannot even be asked: nothing was found to act on. */
export function nothing(code: string): Reply {
  return { ok: false, status: 0, body: null, code };
}

function text(kit: StepKit, name: string): string {
  return asText(kit.beat.with[name]);
}

function instant(value: Json | undefined): Instant | undefined {
  return typeof value === 'string' ? readInstant(value, 'beats.json') : undefined;
}

function madeId(kit: StepKit, name: string): string {
  return kit.made.get(text(kit, name))?.id ?? text(kit, name);
}

function keep(kit: StepKit, reply: Reply, id: string): Reply {
  if (reply.ok && kit.beat.as !== null) kit.made.set(kit.beat.as, { id });
  return reply;
}

const path = (...parts: readonly string[]): string => `/api/${parts.map(encodeURIComponent).join('/')}`;

function post(kit: StepKit, parts: readonly string[], body: unknown = {}): Promise<Reply> {
  return kit.client.send('POST', path(...parts), body);
}

/** Opens the newest one-time link that the robot got for the issue, and signs by name, as somebody with only the message would. */
async function ackByLink(kit: StepKit): Promise<Reply> {
  const channel = text(kit, 'channel') || 'bot';
  const message = kit.stubs.messages.findLast(
    (each) =>
      each.channel === channel &&
      each.links.some((link) => link.includes('/ack/')) &&
      (kit.issueId === '' || `${each.title}${each.text}`.includes(kit.issueId)),
  );
  const link = message?.links.find((each) => each.includes('/ack/'));
  if (link === undefined) return nothing('noMessage');
  return signByLink(link, text(kit, 'name'), kit.client.address);
}

/** Whoever follows a link from a message has no session; the page is looked at first, as a person does. */
export async function signByLink(link: string, name: string, address: string): Promise<Reply> {
  const visitor = makeClient(address);
  const { pathname } = new URL(link);
  const page = await visitor.get(pathname);
  // A page without a form says that somebody has signed already: there is nothing left to do.
  if (!page.ok || !String(page.body).includes('<form')) return page;
  return visitor.send('POST', pathname, new URLSearchParams({ name }).toString(), 'application/x-www-form-urlencoded');
}

async function issuePage(kit: StepKit): Promise<Readonly<Record<string, unknown>>> {
  return asRaw((await kit.client.get(path('issues', kit.issueId))).body);
}

async function ack(kit: StepKit): Promise<Reply> {
  const open = asList((await issuePage(kit)).alerts)
    .map(asRaw)
    .filter((alert) => alert.ackedAt === null);
  let reply = nothing('noAlert');
  for (const alert of open) reply = await post(kit, ['alerts', asText(alert.id), 'ack']);
  return reply;
}

async function task(kit: StepKit): Promise<Reply> {
  const { due, lead, kind } = kit.beat.with;
  const dueAt = instant(due);
  const reply = await post(kit, ['issues', kit.issueId, 'tasks'], {
    officeId: text(kit, 'office'),
    what: text(kit, 'what'),
    isLead: lead === true,
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(kind === undefined ? {} : { kind }),
  });
  return keep(kit, reply, asText(asRaw(reply.body).id));
}

async function claim(kit: StepKit): Promise<Reply> {
  const first = text(kit, 'first') === '' ? null : await kit.documentOf(text(kit, 'first'));
  const reply = await post(kit, ['issues', kit.issueId, 'claims'], {
    text: text(kit, 'text'),
    ...(first === null ? {} : { firstDocumentId: first }),
  });
  return keep(kit, reply, asText(asRaw(reply.body).id));
}

function verdict(kit: StepKit): Promise<Reply> {
  const reviewer = kit.office.staffIds.get(text(kit, 'reviewer')) ?? null;
  return post(kit, ['claims', madeId(kit, 'claim'), 'verdict'], { verdict: text(kit, 'verdict'), reviewedBy: reviewer });
}

async function draft(kit: StepKit): Promise<Reply> {
  const { nextUpdateAt, claims, promises } = kit.beat.with;
  const words = Object.fromEntries(['title', 'empathy', 'known', 'unknown', 'doing', 'contact'].map((name) => [name, text(kit, name)]));
  const reply = await post(kit, ['issues', kit.issueId, 'statements'], {
    ...words,
    language: text(kit, 'language') || 'zh',
    nextUpdateAt: instant(nextUpdateAt) ?? null,
    nextUpdate: text(kit, 'nextUpdate') || (nextUpdateAt === undefined ? 'none' : ''),
    claimIds: asList(claims).map((name) => kit.made.get(asText(name))?.id ?? asText(name)),
    promises: asList(promises)
      .map(asRaw)
      .map((each) => ({ what: asText(each.what), officeId: asText(each.office), dueAt: readInstant(each.due, 'beats.json') })),
    machineDrafted: false,
  });
  return keep(kit, reply, asText(asRaw(asRaw(reply.body).statement).id));
}

function statementStep(step: string): Step {
  return (kit) => post(kit, ['statements', madeId(kit, 'statement'), step], { why: text(kit, 'why') });
}

async function sign(kit: StepKit): Promise<Reply> {
  const password = kit.office.accounts[kit.beat.who]?.password ?? '';
  return keep(
    kit,
    await post(kit, ['statements', madeId(kit, 'statement'), 'sign'], { why: text(kit, 'why'), password }),
    madeId(kit, 'statement'),
  );
}

/** `from` and `into` are finders. One issue already: nothing to do, and that is fine. */
async function merge(kit: StepKit): Promise<Reply> {
  const from = await kit.find(asRaw(kit.beat.with.from) as Finder);
  const into = await kit.find(asRaw(kit.beat.with.into) as Finder);
  if (from === null || into === null) return nothing('noIssue');
  if (from === into) return { ok: true, status: 200, body: { already: true }, code: '' };
  return post(kit, ['issues', 'merge'], { from, into, reason: text(kit, 'reason') });
}

async function documentsOf(kit: StepKit): Promise<string[]> {
  const ids: string[] = [];
  for (const textId of asList(kit.beat.with.texts)) {
    const id = await kit.documentOf(asText(textId));
    if (id !== null) ids.push(id);
  }
  return ids;
}

async function triage(kit: StepKit): Promise<Reply> {
  const documentIds = await documentsOf(kit);
  if (documentIds.length === 0) return nothing('noDocument');
  const issueId = kit.issueId === '' ? {} : { issueId: kit.issueId };
  return post(kit, ['triage'], { documentIds, action: text(kit, 'action'), ...issueId, reason: text(kit, 'reason') });
}

async function split(kit: StepKit): Promise<Reply> {
  const documentIds = await documentsOf(kit);
  if (documentIds.length === 0) return nothing('noDocument');
  return post(kit, ['issues', kit.issueId, 'split'], { documentIds, reason: text(kit, 'reason') });
}

function instruct(kit: StepKit): Promise<Reply> {
  const dueAt = instant(kit.beat.with.due);
  const office = text(kit, 'office');
  return post(kit, ['issues', kit.issueId, 'instruction'], {
    text: text(kit, 'text'),
    ...(office === '' ? {} : { officeId: office }),
    ...(dueAt === undefined ? {} : { dueAt }),
  });
}

/** The raiser has no account: the code of the last receipt is typed into the public form. */
function receipt(kit: StepKit): Promise<Reply> {
  const code = kit.receipts.get(text(kit, 'raiser'))?.at(-1);
  if (code === undefined) return Promise.resolve(nothing('noReceipt'));
  return receiptForm(kit.client.address, text(kit, 'action') || 'message', { code, text: text(kit, 'text') });
}

/** `message`, `reopen` or `withdraw`. */
export function receiptForm(address: string, action: string, fields: Readonly<Record<string, string>>): Promise<Reply> {
  const form = new URLSearchParams(fields).toString();
  return makeClient(address).send('POST', `/receipt/${action}`, form, 'application/x-www-form-urlencoded');
}

async function keepPromise(kit: StepKit): Promise<Reply> {
  const promises = asList((await issuePage(kit)).promises).map(asRaw);
  const promise = promises.find((each) => each.keptAt === null);
  return promise === undefined ? nothing('noPromise') : post(kit, ['promises', asText(promise.id), 'keep'], { proof: text(kit, 'proof') });
}

export const STEPS: Readonly<Record<string, Step>> = {
  ackByLink,
  ack,
  triage,
  merge,
  split,
  dismiss: (kit) => post(kit, ['issues', kit.issueId, 'dismiss'], { reason: text(kit, 'reason') }),
  override: (kit) => post(kit, ['issues', kit.issueId, 'override'], { level: text(kit, 'level'), reason: text(kit, 'reason') }),
  liftOverride: (kit) => kit.client.send('DELETE', path('issues', kit.issueId, 'override'), { reason: text(kit, 'reason') }),
  openCase: (kit) => post(kit, ['issues', kit.issueId, 'case']),
  move: (kit) => post(kit, ['cases', kit.issueId, 'move'], { to: text(kit, 'to'), because: text(kit, 'because') }),
  task,
  signTask: (kit) => post(kit, ['tasks', madeId(kit, 'task'), 'sign']),
  returnTask: (kit) => post(kit, ['tasks', madeId(kit, 'task'), 'return'], { reason: text(kit, 'reason') }),
  finishTask: (kit) => post(kit, ['tasks', madeId(kit, 'task'), 'finish'], { finding: text(kit, 'finding') }),
  claim,
  evidence: (kit) => post(kit, ['claims', madeId(kit, 'claim'), 'evidence'], { what: text(kit, 'what'), source: text(kit, 'source') }),
  verdict,
  draft,
  submit: statementStep('submit'),
  review: statementStep('review'),
  sendBack: statementStep('sendBack'),
  sign,
  keepPromise,
  instruct,
  express: (kit) => post(kit, ['issues', kit.issueId, 'express']),
  sendBulletin: (kit) => post(kit, ['bulletins', text(kit, 'day'), 'send']),
  receipt,
};

/** Steps that act on no issue of their own. */
export const WITHOUT_ISSUE: ReadonlySet<string> = new Set([
  'ackByLink',
  'triage',
  'merge',
  'signTask',
  'returnTask',
  'finishTask',
  'evidence',
  'verdict',
  'submit',
  'review',
  'sendBack',
  'sign',
  'sendBulletin',
  'receipt',
]);
