/** Triage: filter, list, reading pane. Every action works by key and by pointer, on the row or on the selection, and can be taken back. */
import { SegmentedControl, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { StreamPage as StreamShape, StreamRow, Undoable } from '../../src/model/desk.ts';
import { read, withQuery } from '../parts/api.ts';
import { type Changing, useChanging } from '../parts/changing.tsx';
import { useGo, useSearchState } from '../parts/goTo.ts';
import { Heading } from '../parts/heading.tsx';
import { type KeyMap, useKeys } from '../parts/keys.ts';
import { useMay } from '../parts/may.ts';
import { useTimes } from '../parts/session.tsx';
import { Empty, Loading, Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { AttachDialog } from './attachDialog.tsx';
import { ReadingPane } from './readingPane.tsx';
import { StreamList } from './streamList.tsx';

export const STREAM_FILTERS = ['all', 'new', 'loose', 'sent', 'mine'] as const;

function useStream(filter: string, q: string | undefined) {
  return useInfiniteQuery({
    queryKey: ['stream', filter, q],
    queryFn: ({ signal, pageParam }) =>
      read<StreamShape>(withQuery('stream', { filter, q, before: pageParam ?? undefined, limit: 60 }), signal),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next,
    placeholderData: (old) => old,
  });
}

export interface Picking {
  readonly here: StreamRow | null;
  readonly picked: ReadonlySet<string>;
  readonly point: (id: string) => void;
  readonly toggle: (id: string) => void;
  readonly move: (by: number, extend?: boolean) => void;
  readonly all: () => void;
  readonly clear: () => void;
  /** The selection, or else the row. */
  readonly ids: readonly string[];
}

function usePicking(rows: readonly StreamRow[]): Picking {
  const [search, set] = useSearchState();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const at = rows.findIndex((row) => row.id === search.at);
  const here = rows[at] ?? null;
  const last = useRef(0);
  if (at >= 0) last.current = at;
  const pick = (id: string, on?: boolean) =>
    setPicked((old) => {
      const next = new Set(old);
      if (on ?? !next.has(id)) next.add(id);
      else next.delete(id);
      return next;
    });
  return {
    here,
    picked,
    point: (id) => set({ at: id }),
    toggle: (id) => pick(id),
    move: (by, extend = false) => {
      // A row that was triaged away leaves its place: the next one has moved up into it.
      const from = at === -1 ? (by > 0 ? last.current - 1 : last.current) : at;
      const next = rows[Math.max(0, Math.min(rows.length - 1, from + by))];
      if (next === undefined) return;
      if (extend) {
        if (here !== null) pick(here.id, true);
        pick(next.id, true);
      }
      set({ at: next.id });
    },
    all: () => setPicked(new Set(rows.map((row) => row.id))),
    clear: () => setPicked(new Set()),
    ids: picked.size > 0 ? [...picked] : here === null ? [] : [here.id],
  };
}

export type TriageAction = 'attach' | 'newIssue' | 'notRelevant' | 'done';

function useTriage(picking: Picking, changing: Changing) {
  const { t } = useWords();
  const go = useGo();
  return async (action: TriageAction, more: { issueId?: string } = {}) => {
    const documentIds = picking.ids;
    if (documentIds.length === 0) return;
    const answer = await changing.run<Undoable & { issueId?: string }>(
      'POST',
      'triage',
      { documentIds, action, ...more },
      t(`triage.said.${action}`, { n: documentIds.length }),
    );
    if (answer === null) return;
    if (picking.picked.size > 0) picking.clear();
    else if (action !== 'newIssue') picking.move(1);
    if (action === 'newIssue' && answer.issueId !== undefined) go(`/issues/${encodeURIComponent(answer.issueId)}`);
  };
}

function Filters({ counts }: { readonly counts: StreamShape['counts'] | undefined }) {
  const { t } = useWords();
  const { n } = useTimes();
  const [search, set] = useSearchState();
  const [typed, setTyped] = useState(search.q ?? '');
  useEffect(() => setTyped(search.q ?? ''), [search.q]);
  const tally = (name: string) => {
    const of = counts?.[name as keyof StreamShape['counts']];
    return of === undefined ? '' : ` ${n(of)}`;
  };
  return (
    <div className="filters">
      <SegmentedControl
        size="xs"
        aria-label={t('stream.filter')}
        value={STREAM_FILTERS.find((one) => one === search.filter) ?? 'new'}
        onChange={(filter) => set({ filter, at: undefined })}
        data={STREAM_FILTERS.map((value) => ({ value, label: `${t(`stream.${value}`)}${tally(value)}` }))}
      />
      <form
        className="filters-find"
        onSubmit={(event) => {
          event.preventDefault();
          set({ q: typed, at: undefined });
        }}
      >
        <TextInput
          size="xs"
          aria-label={t('stream.query')}
          placeholder={t('stream.queryHint')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </form>
    </div>
  );
}

function useStreamKeys(
  picking: Picking,
  triage: ReturnType<typeof useTriage>,
  ask: () => void,
  open: () => void,
  mayTriage: boolean,
): void {
  const acts: KeyMap = mayTriage
    ? {
        i: () => picking.ids.length > 0 && ask(),
        n: () => void triage('newIssue'),
        u: () => void triage('notRelevant'),
        e: () => void triage('done'),
      }
    : {};
  useKeys({
    j: () => picking.move(1),
    down: () => picking.move(1),
    k: () => picking.move(-1),
    up: () => picking.move(-1),
    'shift+j': () => picking.move(1, true),
    'shift+k': () => picking.move(-1, true),
    'shift+a': picking.all,
    x: () => picking.here !== null && picking.toggle(picking.here.id),
    esc: picking.clear,
    o: open,
    enter: open,
    ...acts,
  });
}

/** On a wide screen the first row is read at once; on a phone the list comes first. */
function shownOf(picking: Picking, rows: readonly StreamRow[], asked: string | undefined): string | null {
  if (picking.here !== null) return picking.here.id;
  if (!matchMedia('(min-width: 900px)').matches) return null;
  return asked ?? rows[0]?.id ?? null;
}

export function StreamPage() {
  const { t } = useWords();
  const [search] = useSearchState();
  const mayTriage = useMay()('triage');
  const filter = STREAM_FILTERS.find((one) => one === search.filter) ?? 'new';
  const query = useStream(filter, search.q);
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const picking = usePicking(rows);
  const changing = useChanging();
  const triage = useTriage(picking, changing);
  const [isAttaching, setAttaching] = useState(false);
  const pane = useRef<HTMLElement>(null);
  useStreamKeys(
    picking,
    triage,
    () => setAttaching(true),
    () => pane.current?.focus(),
    mayTriage,
  );
  const shownId = shownOf(picking, rows, search.at);
  return (
    <div className="page page-stream">
      <Heading
        title={t('nav.stream')}
        aside={picking.picked.size > 0 ? t('stream.picked', { n: picking.picked.size }) : t('stream.hint')}
      />
      <Filters counts={query.data?.pages[0]?.counts} />
      <Problem fault={changing.fault} />
      {query.isError && <Problem fault={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <Loading rows={9} />}
      {query.data !== undefined && rows.length === 0 && (
        <Empty title={t(search.q ? 'stream.noneFound' : `stream.none.${filter}`)}>{t('stream.noneMore')}</Empty>
      )}
      {rows.length > 0 && (
        <div className={picking.here === null ? 'panes' : 'panes panes-open'}>
          <StreamList
            rows={rows}
            picking={picking}
            shownId={shownId}
            more={query.hasNextPage ? () => void query.fetchNextPage() : null}
            isMoreBusy={query.isFetchingNextPage}
          />
          <ReadingPane
            pane={pane}
            id={shownId}
            triage={mayTriage ? (action) => (action === 'attach' ? setAttaching(true) : void triage(action)) : null}
            nPicked={picking.picked.size}
          />
        </div>
      )}
      <AttachDialog
        opened={isAttaching}
        close={() => setAttaching(false)}
        suggested={picking.here?.issue ?? null}
        choose={(issueId) => void triage('attach', { issueId })}
      />
    </div>
  );
}
