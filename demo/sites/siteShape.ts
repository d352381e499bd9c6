/** What every kind of site gives: the answer to a path, the page of a text, and the key a reader would know it by. */
import type { Instant } from '../../src/model/time.ts';
import type { SiteSetting, Text } from '../scenarioShape.ts';

export interface SiteAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** When what is shown changed last; for Last-Modified. */
  readonly changedAt?: Instant;
}

export interface SiteRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly now: Instant;
}

export interface Site {
  readonly answer: (request: SiteRequest) => SiteAnswer | null;
  /** Path of the page that shows the text; floors have the path of their thread. */
  readonly pageOf: (text: Text) => string;
  /** The source's own lasting key, as the collector for this kind of site takes it. `host` with the port. */
  readonly keyOf: (text: Text, host: string) => string;
}

export interface SiteKit {
  readonly setting: SiteSetting;
  /** Of this site, by time. */
  readonly texts: readonly Text[];
  readonly textsById: ReadonlyMap<string, Text>;
  readonly zone: string;
  /** `http://127.1.0.1:4201`, known once the site listens. */
  readonly address: () => string;
}

export const NOT_FOUND: SiteAnswer = { status: 404, type: 'text/html', body: '<!doctype html><title>404</title><h1>404</h1>' };
