/** What is due: alerts to sign for, tasks, late clocks, and what each colour demands. */
import { useQuery } from '@tanstack/react-query';
import type { Plan } from '../../src/model/alert.ts';
import type { AdminView, IssueRow, NeedRow, TodayBoard } from '../../src/model/desk.ts';
import { IssueTable } from '../judge/issueTable.tsx';
import { read } from '../parts/api.ts';
import { useSearchState } from '../parts/goTo.ts';
import { Heading } from '../parts/heading.tsx';
import { LevelMark } from '../parts/levelMark.tsx';
import { useMay } from '../parts/may.ts';
import { useSession, useTimes } from '../parts/session.tsx';
import { Empty, Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { groupsOf, Needs } from './needs.tsx';
import { highestFirst } from './planOrder.ts';

function PlanTable({ plans }: { readonly plans: readonly Plan[] }) {
  const { t } = useWords();
  const times = useTimes();
  const span = (value: number | null | undefined) => (value === null || value === undefined ? '—' : times.span(value));
  const columns = ['ack', 'verify', 'upward', 'tasks', 'firstWord', 'full'] as const;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key (axe scrollable-region-focusable).
    <section className="scroller" tabIndex={0} aria-label={t('due.plans')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('issues.level')}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`plan.${column}`)}
              </th>
            ))}
            <th scope="col">{t('plan.time')}</th>
          </tr>
        </thead>
        <tbody>
          {highestFirst(plans).map((plan) => (
            <tr key={plan.id}>
              <th scope="row">
                <LevelMark level={plan.id} />
              </th>
              {columns.map((column) => (
                <td key={column} className="num">
                  {span(plan[column])}
                </td>
              ))}
              <td>{t(plan.workingTime ? 'plan.working' : 'plan.wall')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Plans() {
  const { t } = useWords();
  const query = useQuery({ queryKey: ['admin'], queryFn: ({ signal }) => read<AdminView>('admin', signal) });
  return (
    <section className="block">
      <h2>{t('due.plans')}</h2>
      <p className="quiet">{t('due.plansAbout')}</p>
      <Shown query={query} rows={5}>
        {(admin) => <PlanTable plans={admin.plans} />}
      </Shown>
    </section>
  );
}

const KINDS: readonly NeedRow['kind'][] = ['ack', 'late', 'returned', 'task'];

export function DuePage() {
  const { t } = useWords();
  const may = useMay();
  const { staff } = useSession();
  const [search, set] = useSearchState();
  const isMine = search.mine === '1';
  const today = useQuery({ queryKey: ['today'], queryFn: ({ signal }) => read<TodayBoard>('today', signal) });
  const issues = useQuery({ queryKey: ['issues', {}], queryFn: ({ signal }) => read<IssueRow[]>('issues', signal) });
  const own = (needs: readonly NeedRow[]) =>
    needs.filter((need) => KINDS.includes(need.kind) && (!isMine || need.officeId === staff?.officeId));
  return (
    <div className="page">
      <Heading title={t('nav.due')} aside={t('due.about')}>
        <label className="switch">
          <input type="checkbox" checked={isMine} onChange={(event) => set({ mine: event.target.checked ? '1' : undefined })} />
          {t('due.mine')}
        </label>
      </Heading>
      <section className="block">
        <h2>{t('due.now')}</h2>
        <Shown query={today} rows={5}>
          {(board) => {
            const needs = own(board.needs);
            return needs.length === 0 ? <Empty title={t('due.none')}>{t('due.noneMore')}</Empty> : <Needs groups={groupsOf(needs)} />;
          }}
        </Shown>
      </section>
      <section className="block">
        <h2>{t('due.running')}</h2>
        <Shown query={issues} rows={5}>
          {(rows) => {
            const running = rows
              .filter((row) => row.nextClock !== null && (!isMine || row.leadOfficeId === staff?.officeId))
              .sort((a, b) => (a.nextClock?.dueAt ?? 0) - (b.nextClock?.dueAt ?? 0));
            return running.length === 0 ? <p className="quiet">{t('due.noneRunning')}</p> : <IssueTable rows={running} />;
          }}
        </Shown>
      </section>
      {may('setupRead') && <Plans />}
    </div>
  );
}
