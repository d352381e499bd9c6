/** The journal: what was done, by whom, in a chain that shows if a line was changed. */
import { Button, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AccountView } from '../../src/model/desk.ts';
import type { Entry } from '../../src/model/journal.ts';
import { read, withQuery } from '../parts/api.ts';
import { useSearchState } from '../parts/goTo.ts';
import { useNames, useTimes } from '../parts/session.tsx';
import { Loading, Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';

/** Newest first; more are read in steps of five times as many, up to the server's own limit. */
const FIRST = 50;
const MOST = 5_000;

/** What `journal/verify` answers; a field that is not there is not shown. */
interface Verified {
  readonly nEntries?: number;
  readonly head?: string;
  readonly brokenAt?: number | null;
}

function Verify({ account }: { readonly account: AccountView }) {
  const { t } = useWords();
  const times = useTimes();
  const [answer, setAnswer] = useState<Verified | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const verify = () => {
    read<Verified>('journal/verify').then(setAnswer, setFault);
  };
  const shown = answer ?? account.journal;
  const brokenAt = shown.brokenAt ?? null;
  return (
    <div className="verify">
      <p className={brokenAt === null ? 'verify-ok' : 'verify-broken'} role="status">
        {brokenAt === null
          ? `✓ ${t(answer === null ? 'journal.ok' : 'journal.verified', { n: times.n(shown.nEntries ?? account.journal.nEntries) })}`
          : `! ${t('journal.broken', { n: brokenAt })}`}
      </p>
      <p className="mono quiet breakable">{t('journal.head', { head: shown.head ?? account.journal.head })}</p>
      <Button size="xs" variant="default" onClick={verify}>
        {t('journal.verify')}
      </Button>
      <Problem fault={fault} />
    </div>
  );
}

function Entries({ entries }: { readonly entries: readonly Entry[] }) {
  const { t } = useWords();
  const names = useNames();
  const times = useTimes();
  const who = (by: string) =>
    by === 'machine' ? t('by.machine') : by === 'public' ? t('by.public') : names.staff(by.replace(/^demo:/u, ''));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key (axe scrollable-region-focusable).
    <section className="scroller journal" tabIndex={0} aria-label={t('journal.name')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('journal.seq')}</th>
            <th scope="col">{t('journal.at')}</th>
            <th scope="col">{t('journal.kind')}</th>
            <th scope="col">{t('journal.subject')}</th>
            <th scope="col">{t('journal.by')}</th>
            <th scope="col">{t('journal.data')}</th>
            <th scope="col">{t('journal.hash')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.seq}>
              <td className="num">{entry.seq}</td>
              <td>{times.full(entry.at)}</td>
              <td className="mono">{entry.kind}</td>
              <td className="mono">{entry.subject}</td>
              <td>{who(entry.by)}</td>
              <td className="mono journal-data">
                {Object.entries(entry.data)
                  .map(([key, value]) => `${key}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
                  .join('  ')}
              </td>
              <td className="mono">{entry.hash.slice(0, 8)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function Journal({ account }: { readonly account: AccountView }) {
  const { t } = useWords();
  const [search, set] = useSearchState();
  const wanted = { subject: search.subject, kind: search.kind };
  const [limit, setLimit] = useState(FIRST);
  const query = useQuery({
    queryKey: ['journal', wanted, limit],
    queryFn: ({ signal }) => read<Entry[]>(withQuery('journal', { ...wanted, limit }), signal),
    placeholderData: keepPreviousData,
  });
  return (
    <section className="block">
      <h2>{t('journal.name')}</h2>
      <Verify account={account} />
      <div className="filters">
        <TextInput
          size="xs"
          label={t('journal.subject')}
          value={search.subject ?? ''}
          onChange={(event) => set({ subject: event.target.value })}
        />
        <TextInput
          size="xs"
          label={t('journal.kind')}
          placeholder="judge.levelChanged"
          value={search.kind ?? ''}
          onChange={(event) => set({ kind: event.target.value })}
        />
      </div>
      <Problem fault={query.error} />
      {query.isPending && <Loading rows={4} />}
      <Entries entries={query.data ?? []} />
      {(query.data?.length ?? 0) >= limit && limit < MOST && (
        <Button variant="subtle" loading={query.isFetching} onClick={() => setLimit(Math.min(MOST, limit * 5))}>
          {t('do.more')}
        </Button>
      )}
    </section>
  );
}
