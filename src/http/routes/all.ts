/** Every route of the server. */
import { intakeRoutes } from '../intake/intakeRoutes.ts';
import { publicRoutes } from '../public.ts';
import type { App, Door } from '../door.ts';
import { accountRoutes } from './accountRoutes.ts';
import { adminRoutes } from './adminRoutes.ts';
import { answerRoutes } from './answerRoutes.ts';
import { collectRoutes } from './collectRoutes.ts';
import { demoRoutes } from './demoRoutes.ts';
import { issueRoutes } from './issueRoutes.ts';
import { plainRoutes } from './plainRoutes.ts';
import { sessionRoutes } from './sessionRoutes.ts';
import { subscriptionRoutes } from './subscriptionRoutes.ts';

export async function registerAll(app: App, door: Door): Promise<void> {
  sessionRoutes(app, door);
  demoRoutes(app, door);
  adminRoutes(app, door);
  collectRoutes(app, door);
  await subscriptionRoutes(app, door);
  issueRoutes(app, door);
  answerRoutes(app, door);
  accountRoutes(app, door);
  plainRoutes(app, door);
  await app.register(async (scope) => publicRoutes(scope, door));
  await app.register(async (scope) => intakeRoutes(scope, door));
}
