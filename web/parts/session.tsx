/** Who is here, what the body is called, and what time it is for it. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';
import type { SessionView } from '../../src/model/desk.ts';
import type { Instant, Span } from '../../src/model/time.ts';
import { read, useToken as keepToken } from './api.ts';
import { count, dayTime, hourMinute, shortTime, spanWords, weekday } from './time.ts';
import { type Language, useWords } from './words.tsx';

const Context = createContext<SessionView | null>(null);

export function useSessionQuery() {
  return useQuery({
    queryKey: ['session'],
    queryFn: async ({ signal }) => {
      const session = await read<SessionView>('session', signal);
      keepToken(session.csrf);
      domainTime.set(session.now, session.demo);
      return session;
    },
    staleTime: 60_000,
  });
}

export function SessionRoom({ session, children }: { readonly session: SessionView; readonly children: ReactNode }) {
  return <Context.Provider value={session}>{children}</Context.Provider>;
}

export function useSession(): SessionView {
  const session = useContext(Context);
  if (session === null) throw new Error('useSession outside SessionRoom');
  return session;
}

/** Puts a session the server just answered in place of the kept one. */
export function useEnter(): (session: SessionView) => void {
  const queries = useQueryClient();
  return (session) => {
    keepToken(session.csrf);
    domainTime.set(session.now, session.demo);
    queries.setQueryData(['session'], session);
    void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
  };
}

/** Domain time: told by the server, and in the demo stepped by it; between two tellings it runs with the wall only outside the demo. */
class DomainTime {
  private told: Instant = 0;
  private at = 0;
  private stepped = false;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setInterval> | null = null;
  shown: Instant = 0;

  set(now: Instant, stepped: boolean): void {
    this.told = now;
    this.at = performance.now();
    this.stepped = stepped;
    this.tell();
  }
  step(now: Instant): void {
    if (Number.isFinite(now)) this.set(now, this.stepped);
  }
  private tell(): void {
    this.shown = this.stepped ? this.told : this.told + Math.floor((performance.now() - this.at) / 1000) * 1000;
    for (const listener of this.listeners) listener();
  }
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    this.timer ??= setInterval(() => this.tell(), 15_000);
    return () => {
      this.listeners.delete(listener);
    };
  };
}

export const domainTime = new DomainTime();

export function useNow(): Instant {
  return useSyncExternalStore(domainTime.subscribe, () => domainTime.shown);
}

export interface Times {
  readonly zone: string;
  readonly lang: Language;
  readonly clock: (at: Instant) => string;
  readonly full: (at: Instant) => string;
  readonly short: (at: Instant) => string;
  readonly day: (at: Instant) => string;
  readonly span: (span: Span) => string;
  readonly n: (n: number) => string;
}

export function useTimes(): Times {
  const { zone } = useSession();
  const { lang } = useWords();
  return useMemo(
    () => ({
      zone,
      lang,
      clock: (at) => hourMinute(at, zone),
      full: (at) => dayTime(at, zone, lang),
      short: (at) => shortTime(at, domainTime.shown, zone, lang),
      day: (at) => weekday(at, zone, lang),
      span: (span) => spanWords(span, lang),
      n: (n) => count(n, lang),
    }),
    [zone, lang],
  );
}

/** Names of offices, topics, sources and staff by id; the id itself where the name is not known. */
export function useNames() {
  const { names } = useSession();
  const { w } = useWords();
  return useMemo(
    () => ({
      office: (id: string | null | undefined) => (id ? w(names.offices[id]) || id : ''),
      topic: (id: string) => w(names.topics[id]) || id,
      source: (id: string) => w(names.sources[id]?.name) || id,
      standing: (id: string) => names.sources[id]?.standing ?? null,
      staff: (id: string | null | undefined) => (id ? (names.staff[id] ?? id) : ''),
    }),
    [names, w],
  );
}
