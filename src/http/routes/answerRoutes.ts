/** Claims, statements, promises: the answer. */
import { Type } from 'typebox';
import type { SignedStatement } from '../../model/case.ts';
import { done } from '../../model/outcome.ts';
import { addEvidenceTo, decideClaim, openClaimOn } from '../../work/workClaim.ts';
import {
  amendSigned,
  draftStatement,
  editStatement,
  reviewStatement,
  sendBackStatement,
  signStatement,
  statementView,
  submitStatement,
} from '../../work/workStatement.ts';
import { keepPromiseMade } from '../../work/workTask.ts';
import type { App, Door } from '../door.ts';
import { route } from '../route.ts';
import { line, statement, text, verdict, why } from '../shapes.ts';
import { confirmed } from './sessionRoutes.ts';

function claims(app: App, door: Door): void {
  const { io } = door;
  const claim = Type.Object({ text: text(1000), firstDocumentId: Type.Optional(line()) });
  route(app, 'POST', '/api/issues/:id/claims', { says: 'A claim to be checked', body: claim }, ({ who, params, body }) =>
    openClaimOn(io, who, params.id, body),
  );
  const evidence = Type.Object({ what: text(4000), source: text(1000) });
  route(app, 'POST', '/api/claims/:id/evidence', { says: 'What a verdict can rest on', body: evidence }, ({ who, params, body }) =>
    addEvidenceTo(io, who, params.id, body),
  );
  const decided = Type.Object({ verdict, reviewedBy: Type.Optional(Type.Union([line(), Type.Null()])) });
  route(app, 'POST', '/api/claims/:id/verdict', { says: 'The verdict', body: decided }, ({ who, params, body }) =>
    decideClaim(io, who, params.id, { verdict: body.verdict, reviewedBy: body.reviewedBy ?? null }),
  );
}

function statements(app: App, door: Door): void {
  const { io } = door;
  route(app, 'POST', '/api/issues/:id/statements', { says: 'Draft a statement', body: statement }, ({ who, params, body }) =>
    draftStatement(io, who, params.id, { ...body, machineDrafted: body.machineDrafted ?? false }),
  );
  route(app, 'GET', '/api/statements/:id', { says: 'A statement, its lint and its versions' }, ({ params }) =>
    statementView(io, params.id),
  );
  route(app, 'GET', '/api/statements/:id/lint', { says: 'What keeps it from being published' }, async ({ params }) => {
    const view = await statementView(io, params.id);
    return view.ok ? done(view.value.lint) : view;
  });
  route(app, 'PUT', '/api/statements/:id', { says: 'Change a draft', body: Type.Partial(statement) }, ({ who, params, body }) =>
    editStatement(io, who, params.id, body),
  );
  route(app, 'POST', '/api/statements/:id/submit', { says: 'Hand in for review' }, ({ who, params }) =>
    submitStatement(io, who, params.id),
  );
  route(app, 'POST', '/api/statements/:id/review', { says: 'Reviewed, by somebody else' }, ({ who, params }) =>
    reviewStatement(io, who, params.id),
  );
  route(app, 'POST', '/api/statements/:id/sendBack', { says: 'Back to the drafter', body: why }, ({ who, params, body }) =>
    sendBackStatement(io, who, params.id, { why: body.why ?? '' }),
  );
}

/** Signing publishes. It asks for the password once more, so that an open desk cannot sign. */
function signing(app: App, door: Door): void {
  const { io } = door;
  const sign = Type.Object({ why: Type.Optional(text(1000)), password: line(1000) });
  route(app, 'POST', '/api/statements/:id/sign', { says: 'Sign and publish', body: sign }, async (asked) => {
    const staff = await confirmed(door, asked, asked.body.password);
    if (!staff.ok) return staff;
    return signStatement(io, asked.who, asked.params.id, { why: asked.body.why ?? '' });
  });
  route(app, 'POST', '/api/signed/:id/amend', { says: 'A next version of a published statement', body: why }, ({ who, params }) =>
    amendSigned(io, who, params.id satisfies SignedStatement['id']),
  );
  const proof = Type.Object({ proof: text(4000) });
  route(app, 'POST', '/api/promises/:id/keep', { says: 'A promise was kept; the proof', body: proof }, ({ who, params, body }) =>
    keepPromiseMade(io, who, params.id, body),
  );
}

export function answerRoutes(app: App, door: Door): void {
  claims(app, door);
  statements(app, door);
  signing(app, door);
}
