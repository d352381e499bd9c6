/** The one server: guard, headers, problem answers, and every route. It listens nowhere by itself. */
import Fastify, {
  LogController,
  type FastifyError,
  type FastifyServerOptions,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import swagger from '@fastify/swagger';
import { Compile } from 'typebox/compile';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import type { Io } from '../io.ts';
import { type Refusal, refuse } from '../model/outcome.ts';
import { MINUTE, type Instant } from '../model/time.ts';
import type { App, DemoControl, Door, Render } from './door.ts';
import { admit, recuse } from './guard.ts';
import { setHeaders } from './headers.ts';
import { makeLive, type Live } from './live.ts';
import { makeMetrics, type Metrics } from './metrics.ts';
import { newFaultId, sendFault, sendProblem } from './problem.ts';
import { roleRow } from './roles.ts';
import { registerAll } from './routes/all.ts';
import { isAlive } from './sessions.ts';
import { makeAllowance, makeThrottle } from './throttle.ts';

export interface ServerOptions {
  readonly io: Io;
  /** Real time in milliseconds. */
  readonly real: () => Instant;
  /** The built desk; null serves none. */
  readonly webFolder: string | null;
  /** What the console printed for the first account. */
  readonly setupCode: string;
  readonly render: Render;
  readonly version?: string;
  /** Default: whether `io.publicAddress` is https. */
  readonly secure?: boolean;
  readonly live?: Live;
  readonly metrics?: Metrics;
  readonly metricsToken?: string | null;
  readonly demo?: DemoControl | null;
  readonly watch?: () => Promise<string>;
  /** Where log lines go (pino, JSON, one a line); left out: no log. */
  readonly log?: { write(line: string): void };
  /** Number of proxies before this server whose forwarded addresses are believed; 0 when there is none. */
  readonly proxies?: number;
}

/** 1 MB: the largest statement or table row is far below; imports have a limit of their own. */
const MOST_BYTES = 1_000_000;
/** A person's reports, and look-ups of a receipt or link, in ten minutes. Offices share an address. */
const REPORTS = 60;
const LOOK_UPS = 300;

function doorOf(options: ServerOptions): Door {
  const { io } = options;
  return {
    io,
    real: options.real,
    secure: options.secure ?? io.publicAddress.startsWith('https:'),
    setupCode: options.setupCode,
    version: options.version ?? '0',
    webFolder: options.webFolder,
    metricsToken: options.metricsToken ?? null,
    render: options.render,
    demo: options.demo ?? null,
    watch: options.watch ?? null,
    live: options.live ?? makeLive(),
    metrics: options.metrics ?? makeMetrics(io.now()),
    throttle: makeThrottle(io.digest),
    reports: makeAllowance(REPORTS, 10 * MINUTE, io.digest),
    lookUps: makeAllowance(LOOK_UPS, 10 * MINUTE, io.digest),
  };
}

interface Bad {
  readonly instancePath?: string;
  readonly params?: { readonly requiredProperties?: readonly string[] };
}

/** Names the field, never its value. */
function fieldOf(errors: readonly Bad[]): string {
  const first = errors[0];
  const path = (first?.instancePath ?? '').replace(/^\//, '').replaceAll('/', '.');
  const missing = first?.params?.requiredProperties?.[0];
  return [path, missing].filter((part) => part !== undefined && part !== '').join('.') || 'body';
}

/** Query strings and paths are turned into their types; bodies must have them. Fields nobody asked for are dropped. */
function useTypeBox(app: FastifyInstance): void {
  app.setValidatorCompiler(({ schema, httpPart }) => {
    const shape = schema as TSchema;
    const check = Compile(shape);
    return (value: unknown) => {
      const converted = httpPart === 'body' ? Value.Clean(shape, value) : Value.Clean(shape, Value.Convert(shape, value));
      if (check.Check(converted)) return { value: converted };
      const found: FastifyError = Object.assign(new Error('the request does not fit'), {
        code: 'FST_ERR_VALIDATION',
        name: 'FastifyError',
        statusCode: 400,
        field: fieldOf(check.Errors(converted) as readonly Bad[]),
      });
      return { error: found };
    };
  });
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
}

/** What the server itself finds wrong with a request, before any route sees it. */
function refusalOf(error: FastifyError): { readonly refusal: Refusal; readonly status: number } | null {
  const { field } = error as { field?: string };
  if (error.code === 'FST_ERR_VALIDATION') return { refusal: refuse('http.badRequest', { field: field ?? 'body' }).refusal, status: 400 };
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 500 ? { refusal: refuse('http.badRequest').refusal, status } : null;
}

function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = refusalOf(error);
  if (known !== null) return sendProblem(reply, known.refusal, known.status);
  const faultId = newFaultId();
  const route = `${request.method} ${request.routeOptions.url ?? '?'}`;
  request.log.error({ faultId, route, err: error }, 'fault');
  return sendFault(reply, faultId);
}

/** Hooks and checks that stand before every route. A route without a line in the role table stops the building. */
export function stand(app: FastifyInstance, door: Door): void {
  app.decorateRequest('signed', null);
  app.decorateRequest('roleRow', null);
  app.addHook('onRoute', (route) => {
    const row = roleRow(String(route.method), route.url);
    if (row === undefined) throw new Error(`${String(route.method)} ${route.url} has no line in the role table (http/roles.ts)`);
    route.config = { ...route.config, roleRow: row };
  });
  app.addHook('onRequest', async (request, reply) => {
    setHeaders(reply, request.url.split('?')[0] ?? '/', door.secure);
    request.roleRow = request.routeOptions.config.roleRow ?? null;
    const refusal = await admit(door, request);
    return refusal === null ? undefined : sendProblem(reply, refusal);
  });
  app.addHook('preHandler', async (request, reply) => {
    const refusal = await recuse(door, request);
    return refusal === null ? undefined : sendProblem(reply, refusal);
  });
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, refuse('http.notFound').refusal));
}

/** Log lines hold no address, no cookie, no text of anybody: the route's name and the fault. */
function loggerOf(options: ServerOptions): FastifyServerOptions['logger'] {
  if (options.log === undefined) return false;
  const serializers = { req: () => ({}), res: () => ({}) };
  return { level: 'warn' as const, stream: options.log, serializers };
}

/** The nearest `n` senders are our own proxies; what they say about the one before is believed. */
function trusted(n: number): false | ((address: string, hop: number) => boolean) {
  return n === 0 ? false : (_address, hop) => hop < n;
}

/** Not listening: `app.listen(...)` is the caller's. Rejects when a route is missing from the role table. */
export async function buildServer(options: ServerOptions): Promise<App> {
  const door = doorOf(options);
  const app = Fastify({
    logger: loggerOf(options),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MOST_BYTES,
    trustProxy: trusted(options.proxies ?? 0),
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: false },
    requestTimeout: 30_000,
    forceCloseConnections: true,
    frameworkErrors: (_error, request, reply) => {
      setHeaders(reply as FastifyReply, '', door.secure);
      request.log.warn('unreadable address');
      sendProblem(reply as FastifyReply, refuse('http.badRequest').refusal);
    },
  });
  useTypeBox(app);
  stand(app, door);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Heed 闻应', version: door.version, description: 'Collect, judge, warn, answer, account.' },
    },
  });
  await registerAll(app, door);
  door.live.stillAlive = (sessionId) => isAlive(door, sessionId);
  app.addHook('preClose', async () => door.live.close());
  await app.ready();
  return app;
}
