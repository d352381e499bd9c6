/** What a page shows while it has nothing yet, has nothing at all, or could not read. */
import { Button, Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { NoAnswerFault, ProblemFault } from './api.ts';
import { useTimes } from './session.tsx';
import { useWords } from './words.tsx';

export function Loading({ rows = 6 }: { readonly rows?: number }) {
  const { t } = useWords();
  return (
    <div className="loading" aria-busy="true">
      <span className="unseen">{t('state.loading')}</span>
      {Array.from({ length: rows }, (_, index) => `row${index}`).map((key, index) => (
        <Skeleton key={key} height={index === 0 ? 26 : 18} width={index === 0 ? '42%' : `${96 - (index % 3) * 11}%`} />
      ))}
    </div>
  );
}

/** Says why there is nothing and what to do about it. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children !== undefined && <div className="empty-more">{children}</div>}
    </div>
  );
}

export function useProblemWords(): (fault: unknown) => string {
  const { t, w } = useWords();
  return (fault) => {
    if (fault instanceof NoAnswerFault) return t('state.noAnswer');
    if (fault instanceof ProblemFault) {
      const id = fault.problem.faultId === undefined ? '' : ` ${t('state.faultId', { id: fault.problem.faultId })}`;
      return `${w(fault.problem.message)}${id}`;
    }
    return t('state.broken');
  };
}

/** A refusal or fault, said in place. */
export function Problem({ fault, retry }: { readonly fault: unknown; readonly retry?: () => void }) {
  const { t } = useWords();
  const say = useProblemWords();
  if (fault === null || fault === undefined) return null;
  const code = fault instanceof ProblemFault ? fault.problem.code : '';
  return (
    <div className="problem" role="alert">
      <span className="problem-mark" aria-hidden="true">
        !
      </span>
      <div>
        <p>{say(fault)}</p>
        {code !== '' && <p className="code">{code}</p>}
      </div>
      {retry !== undefined && (
        <Button size="xs" variant="default" onClick={retry}>
          {t('do.retry')}
        </Button>
      )}
    </div>
  );
}

/** A page's data: skeleton at first, then the data; after a failed re-read the old data stays, marked with its time. */
export function Shown<T>({
  query,
  rows,
  children,
}: {
  readonly query: UseQueryResult<T>;
  readonly rows?: number;
  readonly children: (data: T) => ReactNode;
}) {
  const { t } = useWords();
  const times = useTimes();
  if (query.data === undefined) {
    if (query.isError) return <Problem fault={query.error} retry={() => void query.refetch()} />;
    return <Loading {...(rows === undefined ? {} : { rows })} />;
  }
  return (
    <>
      {query.isError && (
        <div className="stale">
          <Problem fault={query.error} retry={() => void query.refetch()} />
          <p className="quiet">{t('state.asOf', { at: times.clock(query.dataUpdatedAt) })}</p>
        </div>
      )}
      {children(query.data)}
    </>
  );
}
