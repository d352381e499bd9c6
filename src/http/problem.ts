/** Refusals and faults as they leave Heed: RFC 9457 problem answers, in both languages. A fault tells an id and nothing else. */
import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Problem } from '../model/desk.ts';
import type { Refusal, RefusalCode } from '../model/outcome.ts';
import { sayRefusal } from '../text/say.ts';

/** Codes that are not a plain “understood, but no” (422). */
const STATUS: Partial<Readonly<Record<RefusalCode, number>>> = {
  'collect.addressForbidden': 403,
  'judge.issueGone': 404,
  'judge.queryWrong': 400,
  'warn.linkUsed': 409,
  'warn.linkUnknown': 404,
  'answer.wrongStep': 409,
  'answer.ownOffice': 403,
  'answer.receiptUnknown': 404,
  'answer.alreadyClosed': 409,
  'answer.reopenedOnce': 409,
  'http.notSignedIn': 401,
  'http.notAllowed': 403,
  'http.wrongLogin': 401,
  'http.tooMany': 429,
  'http.badRequest': 400,
  'http.notFound': 404,
  'http.forgedRequest': 403,
  'http.setupDone': 409,
  'http.setupCode': 403,
  'http.setupUnfinished': 409,
  'http.stale': 409,
  'http.busy': 503,
};

export function statusOf(refusal: Refusal): number {
  return STATUS[refusal.code] ?? 422;
}

export function problemOf(refusal: Refusal, status = statusOf(refusal)): Problem {
  const message = sayRefusal(refusal);
  const details = refusal.details === undefined ? {} : { details: refusal.details };
  return { status, code: refusal.code, title: message.en, message, ...details };
}

/** Sends a refusal. `status` replaces the code's own one where HTTP has a better word (413, 415). */
export function sendProblem(reply: FastifyReply, refusal: Refusal, status = statusOf(refusal)): FastifyReply {
  const seconds = refusal.details?.seconds;
  if (typeof seconds === 'number') reply.header('retry-after', String(Math.max(1, Math.ceil(seconds))));
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemOf(refusal, status)));
}

/** What a person tells the administrator; the log line carries the same id. */
export function newFaultId(): string {
  return randomBytes(6).toString('hex');
}

export function sendFault(reply: FastifyReply, faultId: string): FastifyReply {
  const problem: Problem = {
    status: 500,
    code: 'http.fault',
    title: `Something broke. Fault ${faultId}.`,
    message: {
      zh: `系统出了故障，您的内容没有提交。请把故障编号告诉管理员：${faultId}。`,
      en: `Something broke and your change was not made. Tell the administrator this fault number: ${faultId}.`,
    },
    faultId,
  };
  return reply.code(500).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}
