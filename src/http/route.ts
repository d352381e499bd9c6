/** One way to write a JSON route: its shape is its check, its types and its line in the API description. Answers are outcomes. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Static, type TSchema, Type } from 'typebox';
import { done, type Outcome } from '../model/outcome.ts';
import type { Session } from '../ports.ts';
import type { Who } from '../work/who.ts';
import { type App, signedOf } from './door.ts';
import { sendProblem } from './problem.ts';
import type { Method } from './roles.ts';

type Params<U extends string> = U extends `${string}:${infer P}/${infer Rest}`
  ? { readonly [K in P]: string } & Params<`/${Rest}`>
  : U extends `${string}:${infer P}`
    ? { readonly [K in P]: string }
    : unknown;

export interface Asked<B extends TSchema, Q extends TSchema, U extends string> {
  readonly body: Static<B>;
  readonly query: Static<Q>;
  readonly params: Params<U>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Only on routes for signed-in people. */
  readonly who: Who;
  readonly session: Session;
}

export interface Shape<B extends TSchema, Q extends TSchema> {
  /** One line of the API description. */
  readonly says: string;
  readonly body?: B;
  readonly query?: Q;
}

const NOTHING = Type.Object({});
const ANYTHING = Type.Unsafe<unknown>({ description: 'See src/model/desk.ts.' });
const PROBLEM = Type.Object(
  {
    status: Type.Integer(),
    code: Type.String(),
    title: Type.String(),
    message: Type.Object({ zh: Type.String(), en: Type.String() }),
    details: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
    faultId: Type.Optional(Type.String()),
  },
  { description: 'A refusal or a fault (RFC 9457).' },
);

function paramsOf(path: string): TSchema | undefined {
  const names = Array.from(path.matchAll(/:(\w+)/gu), ([, name]) => name!);
  if (names.length === 0) return undefined;
  return Type.Object(Object.fromEntries(names.map((name) => [name, Type.String({ minLength: 1, maxLength: 300 })])));
}

function groupOf(path: string): string {
  return path.split('/')[2] ?? 'public';
}

/** The schema of a route for Fastify and for the API description. */
export function schemaOf<B extends TSchema, Q extends TSchema>(path: string, shape: Shape<B, Q>): object {
  const params = paramsOf(path);
  return {
    summary: shape.says,
    tags: [groupOf(path)],
    ...(shape.body === undefined ? {} : { body: shape.body }),
    ...(shape.query === undefined ? {} : { querystring: shape.query }),
    ...(params === undefined ? {} : { params }),
    response: { 200: ANYTHING, '4xx': PROBLEM, '5xx': PROBLEM },
  };
}

/** Registers the route. A refusal becomes a problem answer, a value JSON. */
export function route<U extends string, B extends TSchema = typeof NOTHING, Q extends TSchema = typeof NOTHING>(
  app: App,
  method: Method,
  url: U,
  shape: Shape<B, Q>,
  run: (asked: Asked<B, Q, U>) => Promise<Outcome<unknown>>,
): void {
  app.route({
    method,
    url,
    schema: schemaOf(url, shape),
    handler: async (request, reply) => {
      const asked = {
        body: request.body,
        query: request.query,
        params: request.params,
        request,
        reply,
        get who() {
          return signedOf(request).who;
        },
        get session() {
          return signedOf(request).session;
        },
      } as Asked<B, Q, U>;
      const outcome = await run(asked);
      if (reply.sent) return reply;
      if (!outcome.ok) return sendProblem(reply, outcome.refusal);
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(outcome.value ?? {}));
    },
  });
}

/** A reading that cannot be refused. */
export function always<T>(value: T): Outcome<T> {
  return done(value);
}
