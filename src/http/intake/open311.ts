/**
 * Open311 GeoReport v2, in and out, as JSON and XML. What is read out is the state of a request, never its text, place or anybody's
 * name: those stay inside. The `service_request_id` given at posting is the receipt's code.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Io } from '../../io.ts';
import type { Document } from '../../model/document.ts';
import type { Duty } from '../../model/office.ts';
import { DAY, type Instant } from '../../model/time.ts';
import { sayIn, sayRefusal } from '../../text/say.ts';
import { receiptView, receiveReport } from '../../work/receive.ts';
import type { App, Door } from '../door.ts';
import { fieldOf } from '../formBody.ts';
import { statusOf } from '../problem.ts';
import { type Record311, toXml } from './xml.ts';

const MOST_ROWS = 1000;
const WINDOW = 90 * DAY;
const HIDE = { schema: { hide: true } };

type Form = 'json' | 'xml';
type Asked = FastifyRequest;

function formOf(request: Asked): Form | null {
  const { form } = request.params as { readonly form: string };
  return form === 'json' || form === 'xml' ? form : null;
}

function send(
  reply: FastifyReply,
  form: Form,
  root: string,
  one: string | null,
  records: readonly Record311[],
  status = 200,
): FastifyReply {
  reply.code(status);
  if (form === 'xml') return reply.type('text/xml; charset=utf-8').send(toXml(root, one, records));
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(one === null ? records[0] : records));
}

function sendErrors(reply: FastifyReply, form: Form | null, status: number, description: string): FastifyReply {
  return send(reply, form ?? 'json', 'errors', 'error', [{ code: status, description }], status);
}

/** W3C date and time, whole seconds. */
function dateOf(instant: Instant | null): string {
  return instant === null ? '' : new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

async function language(io: Io): Promise<'zh' | 'en'> {
  return (await io.store.get('body', 'body'))?.language ?? 'zh';
}

function discovery(app: App, door: Door): void {
  app.get('/open311/v2/discovery.:form', HIDE, async (request, reply) => {
    const form = formOf(request);
    if (form === null) return sendErrors(reply, form, 404, 'unknown format');
    const body = await door.io.store.get('body', 'body');
    const endpoint: Record311 = {
      specification: 'http://wiki.open311.org/GeoReport_v2',
      url: `${door.io.publicAddress}/open311/v2`,
      changeset: dateOf(door.io.now()),
      type: door.io.demo ? 'test' : 'production',
    };
    const record: Record311 = {
      changeset: dateOf(door.io.now()),
      contact: body?.contact ?? '',
      key_service: '',
      endpoints: [endpoint],
    };
    return send(reply, form, 'discovery', null, [record]);
  });
}

function serviceRecord(duty: Duty, lang: 'zh' | 'en'): Record311 {
  return {
    service_code: duty.id,
    service_name: duty.name[lang] || duty.name.zh,
    description: duty.name[lang] || duty.name.zh,
    metadata: 'false',
    type: 'realtime',
    keywords: '',
    group: '',
  };
}

function services(app: App, door: Door): void {
  const { io } = door;
  app.get('/open311/v2/services.:form', HIDE, async (request, reply) => {
    const form = formOf(request);
    if (form === null) return sendErrors(reply, form, 404, 'unknown format');
    const [duties, lang] = await Promise.all([io.store.list('duty'), language(io)]);
    return send(
      reply,
      form,
      'services',
      'service',
      duties.map((duty) => serviceRecord(duty, lang)),
    );
  });
  app.get('/open311/v2/services/:code.:form', HIDE, async (request, reply) => {
    const form = formOf(request);
    const { code } = request.params as { readonly code: string };
    const duty = await io.store.get('duty', code);
    if (form === null || duty === undefined) return sendErrors(reply, form, 404, 'service_code was not found');
    return send(reply, form, 'service_definition', null, [{ service_code: duty.id, attributes: [] }]);
  });
}

/** Coordinates are cut to about 100 m, so that they do not name a household. */
function placeOf(body: unknown): string | null {
  const address = fieldOf(body, 'address_string', 200) || fieldOf(body, 'address_id', 200);
  if (address !== '') return address;
  const [lat, long] = [fieldOf(body, 'lat', 20), fieldOf(body, 'long', 20)];
  const isPoint = lat !== '' && long !== '' && Math.abs(Number(lat)) <= 90 && Math.abs(Number(long)) <= 180;
  return isPoint ? `${Number(lat).toFixed(3)},${Number(long).toFixed(3)}` : null;
}

/** Null when the installation asks for no key, or the right one was given. */
async function keyRefusal(io: Io, key: string): Promise<string | null> {
  const keys = (await io.store.get('setting', 'open311Keys'))?.value;
  if (!Array.isArray(keys) || keys.length === 0) return null;
  return keys.includes(io.digest(key)) ? null : 'api_key was not given or is unknown';
}

function posting(app: App, door: Door): void {
  const { io } = door;
  app.post('/open311/v2/requests.:form', HIDE, async (request, reply) => {
    const form = formOf(request);
    if (form === null) return sendErrors(reply, form, 404, 'unknown format');
    const { body } = request;
    const wait = door.reports.take(request.ip, door.real());
    if (wait > 0) return sendErrors(reply.header('retry-after', String(Math.ceil(wait / 1000))), form, 429, 'too many requests');
    const wrongKey = await keyRefusal(io, fieldOf(body, 'api_key', 200));
    if (wrongKey !== null) return sendErrors(reply, form, 403, wrongKey);
    const duty = await io.store.get('duty', fieldOf(body, 'service_code', 200));
    if (duty === undefined)
      return sendErrors(reply, form, fieldOf(body, 'service_code', 200) === '' ? 400 : 404, 'service_code was not given or not found');
    const text = fieldOf(body, 'description', 4001);
    if (text === '' || text.length > 4000) return sendErrors(reply, form, 400, 'description must have 1 to 4000 characters');
    const place = placeOf(body);
    if (place === null) return sendErrors(reply, form, 400, 'lat and long, address_string or address_id must be given');
    const taken = await receiveReport(io, { kind: 'desk', title: '', text, place, service: duty.id, sure: null, author: null });
    if (!taken.ok) return sendErrors(reply, form, statusOf(taken.refusal), sayRefusal(taken.refusal).en);
    const record = {
      service_request_id: taken.value.receipt,
      service_notice: sayIn(await language(io))('receipt.receivedOpen'),
      account_id: '',
    };
    return send(reply, form, 'service_requests', 'request', [record]);
  });
}

/** By a receipt's code: what the raiser sees. */
async function byCode(io: Io, code: string): Promise<Record311 | null> {
  const view = await receiptView(io, code);
  if (!view.ok) return null;
  const lang = await language(io);
  const { state, sentence, office, dueAt } = view.value;
  return {
    service_request_id: code,
    status: state === 'closed' || state === 'withdrawn' ? 'closed' : 'open',
    status_notes: sentence[lang],
    agency_responsible: office?.[lang] ?? '',
    expected_datetime: dateOf(dueAt),
  };
}

async function records(io: Io, documents: readonly Document[]): Promise<Record311[]> {
  const ids = documents.map((document) => document.id);
  const mentions = new Map((await io.store.many('mention', ids)).map((mention) => [mention.id, mention.issueId]));
  const [cases, offices, duties, lang] = await Promise.all([
    io.store.many('case', [...new Set(mentions.values())]),
    io.store.list('office'),
    io.store.list('duty'),
    language(io),
  ]);
  return documents.map((document) => {
    const kase = cases.find((one) => one.issueId === mentions.get(document.id));
    const office = offices.find((one) => one.id === kase?.leadOfficeId);
    const duty = duties.find((one) => one.id === document.section);
    return {
      service_request_id: document.id,
      status: kase?.state === 'closed' ? 'closed' : 'open',
      status_notes: '',
      service_code: duty?.id ?? '',
      service_name: duty?.name[lang] ?? '',
      agency_responsible: office?.name[lang] ?? '',
      requested_datetime: dateOf(document.seenAt),
      updated_datetime: dateOf(kase?.closedAt ?? kase?.openedAt ?? document.seenAt),
    };
  });
}

interface Range {
  readonly from: Instant;
  readonly to: Instant;
}

/** At most 90 days; a sentence when the dates are wrong. */
function rangeOf(query: Readonly<Record<string, string | undefined>>, now: Instant): Range | string {
  const to = query.end_date === undefined ? now + 1 : Date.parse(query.end_date);
  const from = query.start_date === undefined ? to - WINDOW : Date.parse(query.start_date);
  if (!Number.isFinite(from) || !Number.isFinite(to)) return 'start_date and end_date must be W3C dates';
  if (to < from || to - from > WINDOW) return 'the range must be at most 90 days';
  return { from, to };
}

async function byId(io: Io, id: string): Promise<Record311 | null> {
  const document = await io.store.get('document', id);
  if (document?.kind === 'request') return (await records(io, [document]))[0] ?? null;
  return byCode(io, id);
}

type Query = Readonly<Record<string, string | undefined>>;

/** What the query asks for: by ids, which override everything else, or a range; a sentence when its dates are wrong. */
async function listed(io: Io, query: Query): Promise<readonly Record311[] | string> {
  if (query.service_request_id !== undefined) {
    const ids = query.service_request_id.split(',').slice(0, 50);
    return (await Promise.all(ids.map((id) => byId(io, id.trim())))).filter((one) => one !== null);
  }
  const range = rangeOf(query, io.now());
  if (typeof range === 'string') return range;
  const limit = Math.min(MOST_ROWS, Math.max(1, Number(query.page_size ?? MOST_ROWS) || MOST_ROWS));
  const skip = limit * (Math.max(1, Number(query.page ?? 1) || 1) - 1);
  const where = { equal: { sourceId: 'desk' }, by: 'publishedAt', ...range, order: 'down', limit, skip } as const;
  const found = await records(io, await io.store.list('document', where));
  const isWanted = (asked: string | undefined, value: Record311[string] | undefined): boolean =>
    asked === undefined || asked.split(',').includes(String(value));
  return found.filter((one) => isWanted(query.status, one.status) && isWanted(query.service_code, one.service_code));
}

function reading(app: App, door: Door): void {
  const { io } = door;
  app.get('/open311/v2/requests.:form', HIDE, async (request, reply) => {
    const form = formOf(request);
    if (form === null) return sendErrors(reply, form, 404, 'unknown format');
    const found = await listed(io, request.query as Query);
    if (typeof found === 'string') return sendErrors(reply, form, 400, found);
    return send(reply, form, 'service_requests', 'request', found);
  });
  app.get('/open311/v2/requests/:code.:form', HIDE, async (request, reply) => {
    const form = formOf(request);
    const wait = door.lookUps.take(request.ip, door.real());
    if (wait > 0) return sendErrors(reply, form, 429, 'too many requests');
    const found = form === null ? null : await byId(io, (request.params as { readonly code: string }).code);
    if (form === null || found === null) return sendErrors(reply, form, 404, 'service_request_id was not found');
    return send(reply, form, 'service_requests', 'request', [found]);
  });
  // A request has its id at once; a token is that id.
  app.get('/open311/v2/tokens/:code.:form', HIDE, async (request, reply) => {
    const form = formOf(request);
    const { code } = request.params as { readonly code: string };
    const wait = door.lookUps.take(request.ip, door.real());
    if (wait > 0) return sendErrors(reply, form, 429, 'too many requests');
    const found = form === null ? null : await byId(io, code);
    if (form === null || found === null) return sendErrors(reply, form, 404, 'token was not found');
    return send(reply, form, 'service_requests', 'request', [{ service_request_id: code, token: code }]);
  });
}

export function open311Routes(app: App, door: Door): void {
  discovery(app, door);
  services(app, door);
  posting(app, door);
  reading(app, door);
}
