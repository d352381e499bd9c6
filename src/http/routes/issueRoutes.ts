/** Issues: the lists, the page, a person's decisions, alerts, cases and tasks. */
import { Type } from 'typebox';
import { done } from '../../model/outcome.ts';
import { dismissIssue, liftOverride, mergeIssues, overrideLevel, splitIssue } from '../../work/overrule.ts';
import { signForAlert } from '../../work/signFor.ts';
import { moveCase, openCaseFor } from '../../work/workCase.ts';
import { expressReport, finishTask, instruct, returnTask, sendTask, signTask } from '../../work/workTask.ts';
import type { App, Door } from '../door.ts';
import { route } from '../route.ts';
import { caseState, instant, level, line, reason, task, text } from '../shapes.ts';
import { issuePage } from '../views/issue.ts';
import { issueList } from '../views/issueRows.ts';
import { todayBoard } from '../views/today.ts';

function readRoutes(app: App, door: Door): void {
  const { io } = door;
  route(app, 'GET', '/api/today', { says: 'What needs a person now' }, async ({ who }) => done(await todayBoard(io, who)));
  const query = Type.Object({
    level: Type.Optional(line(60)),
    state: Type.Optional(line(120)),
    q: Type.Optional(line(200)),
    topic: Type.Optional(line()),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  });
  route(app, 'GET', '/api/issues', { says: 'Issues, highest first', query }, async ({ query: asked }) => done(await issueList(io, asked)));
  route(app, 'GET', '/api/issues/:id', { says: 'Everything about one issue' }, ({ params }) => issuePage(io, params.id));
}

function decisions(app: App, door: Door): void {
  const { io } = door;
  const override = Type.Object({ level, reason: text(2000) });
  route(app, 'POST', '/api/issues/:id/override', { says: 'Set the colour, with a reason', body: override }, ({ who, params, body }) =>
    overrideLevel(io, who, params.id, body),
  );
  route(app, 'DELETE', '/api/issues/:id/override', { says: 'Lift the override', body: reason }, ({ who, params, body }) =>
    liftOverride(io, who, params.id, body),
  );
  const merge = Type.Object({ from: line(), into: line(), reason: text(2000) });
  route(app, 'POST', '/api/issues/merge', { says: 'Join two issues', body: merge }, ({ who, body }) => mergeIssues(io, who, body));
  const split = Type.Object({ documentIds: Type.Array(line(), { minItems: 1, maxItems: 500 }), reason: text(2000) });
  route(
    app,
    'POST',
    '/api/issues/:id/split',
    { says: 'Take documents out as an issue of their own', body: split },
    ({ who, params, body }) => splitIssue(io, who, params.id, body),
  );
  route(app, 'POST', '/api/issues/:id/dismiss', { says: 'Nothing to answer, with a reason', body: reason }, ({ who, params, body }) =>
    dismissIssue(io, who, params.id, body),
  );
}

function handling(app: App, door: Door): void {
  const { io } = door;
  route(app, 'POST', '/api/alerts/:id/ack', { says: 'Sign for an alert, for the own office' }, ({ who, params }) =>
    signForAlert(io, who, params.id),
  );
  route(app, 'POST', '/api/issues/:id/case', { says: 'Open a case' }, ({ who, params }) => openCaseFor(io, who, params.id));
  const move = Type.Object({ to: caseState, because: Type.Optional(text(2000)) });
  route(app, 'POST', '/api/cases/:id/move', { says: 'The next step of a case', body: move }, ({ who, params, body }) =>
    moveCase(io, who, params.id, { to: body.to, because: body.because ?? '' }),
  );
  route(app, 'POST', '/api/issues/:id/tasks', { says: 'Ask something of an office', body: task }, ({ who, params, body }) =>
    sendTask(io, who, params.id, body),
  );
  route(app, 'POST', '/api/tasks/:id/sign', { says: 'Sign for a task' }, ({ who, params }) => signTask(io, who, params.id));
  route(app, 'POST', '/api/tasks/:id/return', { says: 'Give a task back', body: reason }, ({ who, params, body }) =>
    returnTask(io, who, params.id, body),
  );
  const finding = Type.Object({ finding: text(10_000) });
  route(app, 'POST', '/api/tasks/:id/finish', { says: 'What was found', body: finding }, ({ who, params, body }) =>
    finishTask(io, who, params.id, body),
  );
  const instruction = Type.Object({ text: text(2000), officeId: Type.Optional(line()), dueAt: Type.Optional(instant) });
  route(app, 'POST', '/api/issues/:id/instruction', { says: 'A leader’s written word', body: instruction }, ({ who, params, body }) =>
    instruct(io, who, params.id, body),
  );
  route(app, 'POST', '/api/issues/:id/express', { says: 'Report to the next tier' }, ({ who, params }) =>
    expressReport(io, who, params.id),
  );
}

export function issueRoutes(app: App, door: Door): void {
  readRoutes(app, door);
  decisions(app, door);
  handling(app, door);
}
