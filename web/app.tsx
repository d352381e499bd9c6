/** The desk from the door inward: nobody, somebody new, or a member of staff. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Outlet, RouterProvider, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Frame } from './parts/frame.tsx';
import { Scheme } from './parts/scheme.tsx';
import { SessionRoom, useSessionQuery } from './parts/session.tsx';
import { Problem } from './parts/states.tsx';
import { UndoRoom } from './parts/undo.tsx';
import { useWords, WordsRoom } from './parts/words.tsx';
import { makeRouter } from './routes.tsx';
import { SignIn } from './setup/signIn.tsx';

const FirstStart = lazy(async () => ({ default: (await import('./setup/firstStart.tsx')).FirstStart }));

/** The root of every route: decides what stands around the page. */
export function Root() {
  const { t } = useWords();
  const query = useSessionQuery();
  const path = useRouterState({ select: (state) => state.location.pathname });
  if (query.data === undefined)
    return (
      <div className="splash" aria-busy={!query.isError}>
        {query.isError ? <Problem fault={query.error} retry={() => void query.refetch()} /> : <p className="quiet">{t('state.loading')}</p>}
      </div>
    );
  const session = query.data;
  const inside = () => {
    if (/\/invit(e|ations)\//u.test(path)) return <Outlet />;
    if (session.mode === 'fresh')
      return (
        <Suspense fallback={null}>
          <FirstStart />
        </Suspense>
      );
    return session.staff === null ? <SignIn session={session} /> : <Frame />;
  };
  return <SessionRoom session={session}>{inside()}</SessionRoom>;
}

const queries = new QueryClient({
  defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false, staleTime: 5_000 } },
});
const router = makeRouter(Root);

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <WordsRoom>
        <Scheme>
          <UndoRoom>
            <RouterProvider router={router} />
          </UndoRoom>
        </Scheme>
      </WordsRoom>
    </QueryClientProvider>
  );
}
