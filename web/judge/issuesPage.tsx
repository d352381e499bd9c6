/** All issues, filtered by what stands in the address. */
import { NativeSelect, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { IssueRow } from '../../src/model/desk.ts';
import { read, withQuery } from '../parts/api.ts';
import { useGo, useSearchState } from '../parts/goTo.ts';
import { Heading } from '../parts/heading.tsx';
import { useKeys } from '../parts/keys.ts';
import { levelText } from '../parts/levelMark.tsx';
import { useSession } from '../parts/session.tsx';
import { Empty, Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { IssueTable } from './issueTable.tsx';

const LEVEL_CHOICES = ['red', 'orange', 'yellow', 'blue', 'none'] as const;
const STATE_CHOICES = ['detected', 'watching', 'open', 'verified', 'answered', 'closed', 'reviewed', 'dismissed', 'merged'] as const;

function Filters() {
  const { t, w } = useWords();
  const { names } = useSession();
  const [search, set] = useSearchState();
  return (
    <form className="filters" onSubmit={(event) => event.preventDefault()}>
      <TextInput
        label={t('issues.find')}
        size="xs"
        value={search.q ?? ''}
        placeholder={t('issues.findHint')}
        onChange={(event) => set({ q: event.target.value })}
      />
      <NativeSelect
        label={t('issues.level')}
        size="xs"
        value={search.level ?? ''}
        onChange={(event) => set({ level: event.target.value })}
        data={[
          { value: '', label: t('filter.all') },
          ...LEVEL_CHOICES.map((level) => ({ value: level, label: levelText(level, t(`level.${level}`)) })),
        ]}
      />
      <NativeSelect
        label={t('issues.state')}
        size="xs"
        value={search.state ?? ''}
        onChange={(event) => set({ state: event.target.value })}
        data={[
          { value: '', label: t('filter.alive') },
          ...STATE_CHOICES.map((state) => ({ value: state, label: t(`state.issue.${state}`) })),
        ]}
      />
      <NativeSelect
        label={t('issues.topic')}
        size="xs"
        value={search.topic ?? ''}
        onChange={(event) => set({ topic: event.target.value })}
        data={[{ value: '', label: t('filter.all') }, ...Object.entries(names.topics).map(([value, name]) => ({ value, label: w(name) }))]}
      />
    </form>
  );
}

function useListKeys(rows: readonly IssueRow[]) {
  const [hereId, setHere] = useState<string | null>(null);
  const go = useGo();
  const at = rows.findIndex((row) => row.id === hereId);
  const move = (by: number) => setHere(rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.id ?? null);
  const open = () => {
    if (hereId !== null) go(`/issues/${encodeURIComponent(hereId)}`);
  };
  useKeys({ j: () => move(1), down: () => move(1), k: () => move(-1), up: () => move(-1), o: open, enter: open });
  return { hereId, setHere };
}

export function IssuesPage() {
  const { t } = useWords();
  const [search] = useSearchState();
  const wanted = { level: search.level, state: search.state, q: search.q, topic: search.topic };
  const query = useQuery({
    queryKey: ['issues', wanted],
    queryFn: ({ signal }) => read<IssueRow[]>(withQuery('issues', wanted), signal),
    placeholderData: keepPreviousData,
  });
  const { hereId, setHere } = useListKeys(query.data ?? []);
  const isFiltered = Object.values(wanted).some((value) => value !== undefined && value !== '');
  return (
    <div className="page">
      <Heading title={t('nav.issues')} aside={query.data === undefined ? null : t('issues.count', { n: query.data.length })} />
      <Filters />
      <Shown query={query} rows={9}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t(isFiltered ? 'issues.noneFound' : 'issues.none')}>
              {t(isFiltered ? 'issues.noneFoundMore' : 'issues.noneMore')}
            </Empty>
          ) : (
            <IssueTable rows={rows} hereId={hereId} point={setHere} />
          )
        }
      </Shown>
    </div>
  );
}
