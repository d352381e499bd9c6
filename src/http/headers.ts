/** Headers of every answer, whatever its status (S-HDR). */
import type { FastifyReply } from 'fastify';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
];

/** Public pages and data: no inline anything, and no script may make markup from text. */
export const STRICT_POLICY: string = [...POLICY, "style-src 'self'", "require-trusted-types-for 'script'"].join('; ');

/** The desk: its component library writes style attributes, and its charts set markup themselves. No inline script, nothing from elsewhere. */
export const DESK_POLICY: string = [...POLICY, "style-src 'self' 'unsafe-inline'", "manifest-src 'self'"].join('; ');

const YEAR = 31_536_000;

/** `secure`: reached by https; only then may a browser be told to stay there. */
export function setHeaders(reply: FastifyReply, path: string, secure: boolean): void {
  reply.header('content-security-policy', path === '/desk' || path.startsWith('/desk/') ? DESK_POLICY : STRICT_POLICY);
  reply.header('x-content-type-options', 'nosniff');
  reply.header('referrer-policy', 'no-referrer');
  reply.header('cross-origin-opener-policy', 'same-origin');
  reply.header('cross-origin-resource-policy', 'same-origin');
  reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=()');
  reply.header('cache-control', 'no-store');
  if (secure) reply.header('strict-transport-security', `max-age=${YEAR}; includeSubDomains`);
}
