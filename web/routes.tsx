/** Every address of the desk. What a morning needs is in the first bundle; the rest comes when it is opened. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect, type RouteComponent } from '@tanstack/react-router';
import { IssuesPage } from './judge/issuesPage.tsx';
import { searchOf } from './parts/goTo.ts';
import { NotFound } from './parts/notFound.tsx';
import { TodayPage } from './warn/todayPage.tsx';

const issuePage = lazyRouteComponent(() => import('./judge/issuePage.tsx'), 'IssuePage');
const statementPage = lazyRouteComponent(() => import('./answer/statementPage.tsx'), 'StatementPage');
const streamPage = lazyRouteComponent(() => import('./collect/streamPage.tsx'), 'StreamPage');
const sourcesPage = lazyRouteComponent(() => import('./collect/sourcesPage.tsx'), 'SourcesPage');
const topicsPage = lazyRouteComponent(() => import('./collect/topicsPage.tsx'), 'TopicsPage');
const topicPage = lazyRouteComponent(() => import('./collect/topicPage.tsx'), 'TopicPage');
const fieldPage = lazyRouteComponent(() => import('./collect/fieldPage.tsx'), 'FieldPage');
const deskPage = lazyRouteComponent(() => import('./collect/deskPage.tsx'), 'DeskPage');
const duePage = lazyRouteComponent(() => import('./warn/duePage.tsx'), 'DuePage');
const answersPage = lazyRouteComponent(() => import('./answer/answersPage.tsx'), 'AnswersPage');
const bulletinsPage = lazyRouteComponent(() => import('./account/bulletinsPage.tsx'), 'BulletinsPage');
const bulletinPage = lazyRouteComponent(() => import('./account/bulletinPage.tsx'), 'BulletinPage');
const accountPage = lazyRouteComponent(() => import('./account/accountPage.tsx'), 'AccountPage');
const adminPage = lazyRouteComponent(() => import('./admin/adminPage.tsx'), 'AdminPage');
const setupPage = lazyRouteComponent(() => import('./setup/setupPage.tsx'), 'SetupPage');
const invitation = lazyRouteComponent(() => import('./setup/signIn.tsx'), 'Invitation');

export function makeRouter(root: RouteComponent) {
  const top = createRootRoute({ component: root, validateSearch: searchOf, notFoundComponent: NotFound });
  const page = (path: string, component: RouteComponent) => createRoute({ getParentRoute: () => top, path, component });
  const home = createRoute({
    getParentRoute: () => top,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: '/today' });
    },
  });
  return createRouter({
    basepath: '/desk',
    defaultPreload: false,
    // All state in an address is plain text: `?q=12345` stays the text it is.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(searchOf(search) as Record<string, string>).toString();
      return text === '' ? '' : `?${text}`;
    },
    routeTree: top.addChildren([
      home,
      page('/today', TodayPage),
      page('/stream', streamPage),
      page('/sources', sourcesPage),
      page('/topics', topicsPage),
      page('/topics/$id', topicPage),
      page('/field', fieldPage),
      page('/desk', deskPage),
      page('/issues', IssuesPage),
      page('/issues/$id', issuePage),
      page('/issues/$id/statements/$statementId', statementPage),
      page('/due', duePage),
      page('/answers', answersPage),
      page('/bulletins', bulletinsPage),
      page('/bulletins/$day', bulletinPage),
      page('/account', accountPage),
      page('/admin', adminPage),
      page('/setup', setupPage),
      page('/invite/$token', invitation),
      page('/invitations/$token', invitation),
    ]),
  });
}
