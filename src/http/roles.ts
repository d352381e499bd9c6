/**
 * Who may do what, as data: every route once. A route that has no line here keeps the server from being built, and a line without a
 * route fails a test. Denied unless a line allows it. Oversight reads everything and changes nothing.
 */
import type { Role } from '../model/office.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** `public`: anybody; `signedIn`: any member of staff; else one of these roles. */
export type Allowed = 'public' | 'signedIn' | readonly Role[];

/** Which row of the store tells the issue an action is about: people of an office complained of may not take it (R-15, first form). */
export type Recuse = 'issue' | 'claim' | 'statement' | 'signed' | 'promise';

export interface RoleRow {
  readonly method: Method;
  readonly path: string;
  readonly who: Allowed;
  readonly recuse?: Recuse;
}

const READERS = ['dutyOfficer', 'analyst', 'liaison', 'leader', 'spokesperson', 'oversight', 'admin'] as const;
const SETUP_READERS = ['dutyOfficer', 'analyst', 'oversight', 'admin'] as const;
const ADMIN = ['admin'] as const;
const WATCH = ['dutyOfficer', 'analyst'] as const;
const SOURCES = ['dutyOfficer', 'analyst', 'admin'] as const;
const JUDGE = ['dutyOfficer', 'analyst', 'leader'] as const;
const HANDLE = ['dutyOfficer', 'liaison', 'leader', 'spokesperson'] as const;
const SEND = ['dutyOfficer', 'leader'] as const;
const CHECK = ['dutyOfficer', 'analyst', 'liaison', 'leader', 'spokesperson'] as const;
const DRAFT = ['dutyOfficer', 'analyst', 'liaison', 'spokesperson'] as const;
const REVIEW = ['dutyOfficer', 'analyst', 'leader', 'spokesperson'] as const;
const CLERKS = ['clerk', 'dutyOfficer', 'admin'] as const;
const FIELD = ['reporter', 'dutyOfficer', 'admin'] as const;

function row(method: Method, path: string, who: Allowed, recuse?: Recuse): RoleRow {
  return recuse === undefined ? { method, path, who } : { method, path, who, recuse };
}

const SESSION_ROWS: readonly RoleRow[] = [
  row('GET', '/api/session', 'public'),
  row('POST', '/api/session', 'public'),
  row('DELETE', '/api/session', 'signedIn'),
  row('POST', '/api/setup', 'public'),
  row('POST', '/api/invitations/:token', 'public'),
  row('POST', '/api/password', 'signedIn'),
  row('GET', '/api/live', 'signedIn'),
  row('GET', '/api/demo', 'public'),
  row('POST', '/api/demo', 'signedIn'),
  row('GET', '/api/demo/chairs', 'public'),
  row('POST', '/api/demo/chair', 'public'),
  row('POST', '/api/watch', 'public'),
];

const ADMIN_ROWS: readonly RoleRow[] = [
  row('GET', '/api/admin', SETUP_READERS),
  row('PUT', '/api/admin/body', ADMIN),
  row('PUT', '/api/admin/tiers', ADMIN),
  row('PUT', '/api/admin/places', ADMIN),
  row('PUT', '/api/admin/offices/:id', ADMIN),
  row('DELETE', '/api/admin/offices/:id', ADMIN),
  row('PUT', '/api/admin/duties/:id', ADMIN),
  row('DELETE', '/api/admin/duties/:id', ADMIN),
  row('POST', '/api/admin/staff', ADMIN),
  row('PUT', '/api/admin/staff/:id', ADMIN),
  row('POST', '/api/admin/staff/:id/invite', ADMIN),
  row('PUT', '/api/admin/spokespersons', ADMIN),
  row('PUT', '/api/admin/oversight', ADMIN),
  row('PUT', '/api/admin/plans/:level', ADMIN),
  row('PUT', '/api/admin/channels/:id', ADMIN),
  row('DELETE', '/api/admin/channels/:id', ADMIN),
  row('POST', '/api/channels/:id/test', ADMIN),
  row('POST', '/api/admin/finish', ADMIN),
  row('POST', '/api/admin/jobs/:id/retry', ADMIN),
  row('POST', '/api/import', ADMIN),
];

const COLLECT_ROWS: readonly RoleRow[] = [
  row('GET', '/api/sources', READERS),
  row('POST', '/api/sources/test', SOURCES),
  row('GET', '/api/sources/opml', READERS),
  row('POST', '/api/sources/opml', SOURCES),
  row('POST', '/api/sources', SOURCES),
  row('PUT', '/api/sources/:id', SOURCES),
  row('POST', '/api/sources/:id/pause', SOURCES),
  row('POST', '/api/sources/:id/resume', SOURCES),
  row('POST', '/api/sources/:id/read', SOURCES),
  row('GET', '/api/topics', READERS),
  row('POST', '/api/topics/preview', SOURCES),
  row('POST', '/api/topics', SOURCES),
  row('PUT', '/api/topics/:id', SOURCES),
  row('GET', '/api/stream', READERS),
  row('GET', '/api/documents/:id', READERS),
  row('POST', '/api/triage', WATCH),
  row('POST', '/api/undo/:id', JUDGE),
  row('POST', '/api/field', FIELD),
  row('POST', '/api/desk', CLERKS),
  row('GET', '/api/desk/similar', CLERKS),
];

const ISSUE_ROWS: readonly RoleRow[] = [
  row('GET', '/api/today', 'signedIn'),
  row('GET', '/api/issues', READERS),
  row('GET', '/api/issues/:id', READERS),
  row('POST', '/api/issues/:id/override', JUDGE, 'issue'),
  row('DELETE', '/api/issues/:id/override', JUDGE, 'issue'),
  row('POST', '/api/issues/merge', JUDGE),
  row('POST', '/api/issues/:id/split', JUDGE, 'issue'),
  row('POST', '/api/issues/:id/dismiss', JUDGE, 'issue'),
  row('POST', '/api/alerts/:id/ack', HANDLE),
  row('POST', '/api/issues/:id/case', SEND, 'issue'),
  row('POST', '/api/cases/:id/move', HANDLE, 'issue'),
  row('POST', '/api/issues/:id/tasks', SEND, 'issue'),
  row('POST', '/api/tasks/:id/sign', HANDLE),
  row('POST', '/api/tasks/:id/return', HANDLE),
  row('POST', '/api/tasks/:id/finish', HANDLE),
  row('POST', '/api/issues/:id/instruction', ['leader'], 'issue'),
  row('POST', '/api/issues/:id/express', SEND, 'issue'),
];

const ANSWER_ROWS: readonly RoleRow[] = [
  row('POST', '/api/issues/:id/claims', CHECK, 'issue'),
  row('POST', '/api/claims/:id/evidence', CHECK),
  row('POST', '/api/claims/:id/verdict', CHECK, 'claim'),
  row('POST', '/api/issues/:id/statements', DRAFT, 'issue'),
  row('GET', '/api/statements/:id', READERS),
  row('GET', '/api/statements/:id/lint', READERS),
  row('PUT', '/api/statements/:id', DRAFT, 'statement'),
  row('POST', '/api/statements/:id/submit', DRAFT, 'statement'),
  row('POST', '/api/statements/:id/review', REVIEW, 'statement'),
  row('POST', '/api/statements/:id/sendBack', REVIEW, 'statement'),
  row('POST', '/api/statements/:id/sign', ['spokesperson'], 'statement'),
  row('POST', '/api/signed/:id/amend', DRAFT, 'signed'),
  row('POST', '/api/promises/:id/keep', HANDLE),
];

const ACCOUNT_ROWS: readonly RoleRow[] = [
  row('GET', '/api/bulletins', READERS),
  row('GET', '/api/bulletins/:day', READERS),
  row('PUT', '/api/bulletins/:day', JUDGE),
  row('POST', '/api/bulletins/:day/send', JUDGE),
  row('GET', '/bulletins/:day.html', READERS),
  row('GET', '/bulletins/:day.docx', READERS),
  row('GET', '/issues/:id/report.html', READERS),
  row('GET', '/issues/:id/report.docx', READERS),
  row('GET', '/api/account', READERS),
  row('GET', '/api/journal', ['leader', 'oversight', 'admin', 'dutyOfficer', 'analyst']),
  row('GET', '/api/journal/verify', ['leader', 'oversight', 'admin', 'dutyOfficer', 'analyst']),
];

const PUBLIC_ROWS: readonly RoleRow[] = [
  row('GET', '/', 'public'),
  row('GET', '/public.css', 'public'),
  row('GET', '/mark.svg', 'public'),
  row('GET', '/paper.css', 'public'),
  row('GET', '/answers', 'public'),
  row('GET', '/answers/:id', 'public'),
  row('GET', '/answers.atom', 'public'),
  row('GET', '/answers.json', 'public'),
  row('GET', '/receipt', 'public'),
  row('POST', '/receipt', 'public'),
  row('POST', '/receipt/message', 'public'),
  row('POST', '/receipt/reopen', 'public'),
  row('POST', '/receipt/withdraw', 'public'),
  row('GET', '/report', 'public'),
  row('POST', '/report', 'public'),
  row('GET', '/about', 'public'),
  row('GET', '/key.pem', 'public'),
  row('GET', '/ack/:token', 'public'),
  row('POST', '/ack/:token', 'public'),
  row('GET', '/healthz', 'public'),
  row('GET', '/openapi.json', 'public'),
  // Guarded by its own rule: this machine, the scraper's token, or a signed-in admin or overseer.
  row('GET', '/metrics', 'public'),
  row('GET', '/desk', 'public'),
  row('GET', '/desk/*', 'public'),
  row('POST', '/intake/:sourceId', 'public'),
  row('GET', '/intake/websub/:sourceId/:token', 'public'),
  row('POST', '/intake/websub/:sourceId/:token', 'public'),
  row('GET', '/open311/v2/discovery.:form', 'public'),
  row('GET', '/open311/v2/services.:form', 'public'),
  row('GET', '/open311/v2/services/:code.:form', 'public'),
  row('GET', '/open311/v2/requests.:form', 'public'),
  row('POST', '/open311/v2/requests.:form', 'public'),
  row('GET', '/open311/v2/requests/:code.:form', 'public'),
  row('GET', '/open311/v2/tokens/:code.:form', 'public'),
];

export const ROLE_ROWS: readonly RoleRow[] = [
  ...SESSION_ROWS,
  ...ADMIN_ROWS,
  ...COLLECT_ROWS,
  ...ISSUE_ROWS,
  ...ANSWER_ROWS,
  ...ACCOUNT_ROWS,
  ...PUBLIC_ROWS,
];

const BY_NAME = new Map(ROLE_ROWS.map((one) => [`${one.method} ${one.path}`, one]));

/** The route's line; undefined means the route may not exist. */
export function roleRow(method: string, path: string): RoleRow | undefined {
  return BY_NAME.get(`${method} ${path}`);
}

/** An overseer's own door: signing out and the own password. Nothing else changes for them, whatever other roles they hold. */
const OVERSEER_CHANGES = new Set(['DELETE /api/session', 'POST /api/password']);

export function mayDo(rowOf: RoleRow, roles: readonly Role[]): boolean {
  if (rowOf.who === 'public') return true;
  if (rowOf.method !== 'GET' && roles.includes('oversight') && !OVERSEER_CHANGES.has(`${rowOf.method} ${rowOf.path}`)) return false;
  return rowOf.who === 'signedIn' || rowOf.who.some((role) => roles.includes(role));
}
