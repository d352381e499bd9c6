/** Going to a page by its path, and the one state a page keeps in the address. */
import { useNavigate, useRouter, useRouterState } from '@tanstack/react-router';
import { useCallback } from 'react';

export type Search = Readonly<Record<string, string | undefined>>;

/** All search values are plain text; a page reads the ones it knows. */
export function searchOf(raw: Record<string, unknown>): Search {
  return Object.fromEntries(
    Object.entries(raw).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[key, String(value)]] : [],
    ),
  );
}

export function useGo(): (path: string) => void {
  const router = useRouter();
  return useCallback((path) => router.history.push(`/desk${path}`), [router]);
}

export function useSearchState(): [Search, (change: Search, how?: 'push' | 'replace') => void] {
  const navigate = useNavigate();
  const search = useRouterState({ select: (state) => state.location.search as Search });
  const set = useCallback(
    (change: Search, how: 'push' | 'replace' = 'replace') => {
      void navigate({
        to: '.',
        replace: how === 'replace',
        resetScroll: false,
        search: ((old: Search) =>
          Object.fromEntries(Object.entries({ ...old, ...change }).filter(([, value]) => value !== undefined && value !== ''))) as never,
      });
    },
    [navigate],
  );
  return [search, set];
}
