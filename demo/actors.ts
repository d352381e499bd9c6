/**
 * The scripted people. They have sessions of their own and nothing else; a step that is refused is written down and the story goes
 * on. What is sent to the desk and from the field are texts of the scenario, typed in at their times.
 */
import type { Instant } from '../src/model/time.ts';
import { type Client, makeClient, type Reply } from './client.ts';
import { findIssue, findText, type FinderKit } from './finder.ts';
import { asList, asRaw, asText } from './scenario.ts';
import type { Beat, Scenario, Text } from './scenarioShape.ts';
import type { Office } from './setUp.ts';
import { type Made, nothing, receiptForm, STEPS, signByLink, type StepKit, WITHOUT_ISSUE } from './steps.ts';
import type { StubMessage, Stubs } from './stubs.ts';

export interface StepResult {
  readonly at: Instant;
  readonly who: string;
  readonly do: string;
  readonly ok: boolean;
  readonly status: number;
  /** The refusal's code, or why the step could not be asked. */
  readonly code: string;
}

export interface Actors {
  act(beat: Beat): Promise<StepResult>;
  /** Types a text of the desk or the field in. */
  sendIn(text: Text): Promise<StepResult>;
  /** Takes a sent-in text back by its receipt. */
  takeBack(text: Text): Promise<StepResult>;
  /** Signs by the link of a message, under a name. */
  answer(message: StubMessage, who: string): Promise<StepResult>;
  readonly results: readonly StepResult[];
}

export interface ActorsKit {
  readonly scenario: Scenario;
  readonly office: Office;
  readonly stubs: Stubs;
  readonly finder: FinderKit;
  readonly now: () => Instant;
  readonly log: (line: string) => void;
}

interface Cast extends ActorsKit {
  readonly made: Map<string, Made>;
  readonly receipts: Map<string, string[]>;
  readonly receiptOf: Map<string, string>;
  readonly results: StepResult[];
}

function record(cast: Cast, what: Omit<StepResult, 'ok' | 'status' | 'code'>, reply: Reply): StepResult {
  const result = { ...what, ok: reply.ok, status: reply.status, code: reply.ok ? '' : reply.code || `http${reply.status}` };
  cast.results.push(result);
  if (!reply.ok) {
    const said = asRaw(reply.body).message ?? asRaw(reply.body).title ?? '';
    cast.log(
      `refused: ${new Date(what.at).toISOString()} ${what.who} ${what.do}: ${result.status} ${result.code} ${JSON.stringify(said).slice(0, 200)}`,
    );
  }
  return result;
}

async function perform(cast: Cast, beat: Beat): Promise<Reply> {
  const step = STEPS[beat.do];
  const client = cast.office.clients.get(beat.who) ?? (beat.who === '' ? makeClient(cast.office.admin.address) : undefined);
  if (step === undefined) return nothing('unknownStep');
  if (client === undefined) return nothing('nobody');
  const find: StepKit['find'] = (finder) => findIssue(client, finder, cast.finder);
  const issueId = beat.issue === null ? '' : ((await find(beat.issue)) ?? '');
  if (issueId === '' && !WITHOUT_ISSUE.has(beat.do)) return nothing('noIssue');
  return step({
    office: cast.office,
    client,
    stubs: cast.stubs,
    beat,
    issueId,
    find,
    documentOf: async (textId) => {
      const text = cast.scenario.textsById.get(textId);
      return text === undefined ? null : ((await findText(client, text, cast.finder))?.documentId ?? null);
    },
    made: cast.made,
    receipts: cast.receipts,
    now: cast.now(),
  });
}

function senderOf(cast: Cast, text: Text): { readonly who: string; readonly client: Client | undefined; readonly route: string } {
  const isField = text.site === 'field';
  const who = (isField ? cast.scenario.setting.reporter : cast.scenario.setting.clerk) ?? '';
  return { who, client: cast.office.clients.get(who), route: isField ? 'field' : 'desk' };
}

/** Another system hands requests over as Open311: a service code and a description, no title and nobody's name. */
function hasOpen311(cast: Cast, text: Text): boolean {
  return text.site === 'desk' && text.title === '' && text.raiser === '' && cast.scenario.setting.services[text.service] !== undefined;
}

async function sendOpen311(cast: Cast, text: Text): Promise<StepResult> {
  const form = new URLSearchParams({
    service_code: cast.scenario.setting.services[text.service] ?? '',
    description: text.body,
    address_string: text.place === '' ? '-' : text.place,
  });
  const visitor = makeClient(cast.office.admin.address);
  const reply = await visitor.send('POST', '/open311/v2/requests.json', form.toString(), 'application/x-www-form-urlencoded');
  const code = asText(asRaw(asList(reply.body)[0]).service_request_id);
  if (code !== '') cast.receiptOf.set(text.id, code);
  return record(cast, { at: text.at, who: '', do: 'open311' }, reply);
}

async function sendIn(cast: Cast, text: Text): Promise<StepResult> {
  if (hasOpen311(cast, text)) return sendOpen311(cast, text);
  const { who, client, route } = senderOf(cast, text);
  const what = { at: text.at, who, do: route };
  if (client === undefined) return record(cast, what, nothing('nobody'));
  const reply = await client.send('POST', `/api/${route}`, {
    ...(text.title === '' ? {} : { title: text.title }),
    text: text.body,
    ...(text.place === '' ? {} : { place: text.place }),
    ...(text.service === '' || route === 'field' ? {} : { service: text.service }),
    ...(route === 'field' ? { sure: text.sure === '' ? 'told' : text.sure } : {}),
  });
  const code = asText(asRaw(reply.body).receipt);
  if (code !== '') {
    cast.receiptOf.set(text.id, code);
    if (text.raiser !== '') cast.receipts.set(text.raiser, [...(cast.receipts.get(text.raiser) ?? []), code]);
  }
  return record(cast, what, reply);
}

async function takeBack(cast: Cast, text: Text): Promise<StepResult> {
  const code = cast.receiptOf.get(text.id);
  const what = { at: text.gone ?? text.at, who: '', do: 'takeBack' };
  if (code === undefined) return record(cast, what, nothing('noReceipt'));
  return record(cast, what, await receiptForm(cast.office.admin.address, 'withdraw', { code }));
}

export function makeActors(kit: ActorsKit): Actors {
  const cast: Cast = { ...kit, made: new Map(), receipts: new Map(), receiptOf: new Map(), results: [] };
  return {
    results: cast.results,
    act: async (beat) => record(cast, { at: beat.at, who: beat.who, do: beat.do }, await perform(cast, beat)),
    sendIn: (text) => sendIn(cast, text),
    takeBack: (text) => takeBack(cast, text),
    async answer(message, who) {
      const link = message.links.find((each) => each.includes('/ack/'));
      const name = cast.scenario.setting.people.find((person) => person.key === who)?.name ?? '';
      const reply = link === undefined ? nothing('noLink') : await signByLink(link, name, cast.office.admin.address);
      return record(cast, { at: cast.now(), who, do: 'answerMessage' }, reply);
    },
  };
}
