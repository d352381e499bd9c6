/** What every route of the server is handed: the world, real time, and who stands before it. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Io } from '../io.ts';
import type { Staff } from '../model/office.ts';
import type { Paper } from '../model/paper.ts';
import type { Instant } from '../model/time.ts';
import type { Json } from '../model/words.ts';
import type { Session } from '../ports.ts';
import type { Who } from '../work/who.ts';
import type { Live } from './live.ts';
import type { Metrics } from './metrics.ts';
import type { RoleRow } from './roles.ts';
import type { Allowance, Throttle } from './throttle.ts';

export interface Render {
  /** A whole page that links `/paper.css`. */
  readonly html: (paper: Paper) => string;
  readonly docx: (paper: Paper) => Promise<Uint8Array>;
  /** The stylesheet of papers. */
  readonly css: string;
}

/** The demo story's controls; only there in the demo. */
export interface DemoControl {
  readonly view: () => Json;
  readonly change: (change: { readonly paused?: boolean; readonly speed?: number }) => Promise<void> | void;
}

export interface Door {
  readonly io: Io;
  /** Real time: sessions, throttles and signatures run on it, never on the domain's. */
  readonly real: () => Instant;
  /** Reached by https: cookies are bound to the host and secure. */
  readonly secure: boolean;
  readonly setupCode: string;
  readonly version: string;
  readonly webFolder: string | null;
  /** What a scraper sends as bearer; null: only this machine and signed-in admins read `/metrics`. */
  readonly metricsToken: string | null;
  readonly render: Render;
  readonly demo: DemoControl | null;
  /** Starts the demo county and gives its address; null when this installation offers none. */
  readonly watch: (() => Promise<string>) | null;
  readonly live: Live;
  readonly metrics: Metrics;
  readonly throttle: Throttle;
  /** Forms without a login: reports, and what is asked with a receipt or a link. */
  readonly reports: Allowance;
  readonly lookUps: Allowance;
}

export interface Signed {
  readonly session: Session;
  readonly staff: Staff;
  readonly who: Who;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard when somebody is signed in. */
    signed: Signed | null;
    /** The route's line of the role table; null when no route was found. */
    roleRow: RoleRow | null;
  }
  interface FastifyContextConfig {
    roleRow?: RoleRow;
  }
}

export type App = FastifyInstance;

/** Whoever a signed-in route serves; the guard let nobody else through. */
export function signedOf(request: FastifyRequest): Signed {
  if (request.signed === null) throw new Error(`${request.method} ${request.routeOptions.url} is open to the public and asks who is there`);
  return request.signed;
}
