/** The account: how fast, what was promised and kept, who was late; all computed from the journal, which anyone here can verify. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { AccountView } from '../../src/model/desk.ts';
import type { Span } from '../../src/model/time.ts';
import { read } from '../parts/api.ts';
import { Heading } from '../parts/heading.tsx';
import { LevelMark } from '../parts/levelMark.tsx';
import { useMay } from '../parts/may.ts';
import { useNames, useTimes } from '../parts/session.tsx';
import { Empty, Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { Journal } from './journal.tsx';

const TIMES = ['toAlert', 'toAck', 'toFirstWord', 'toAnswer'] as const;

function Medians({ account }: { readonly account: AccountView }) {
  const { t } = useWords();
  const times = useTimes();
  const { promises } = account;
  const span = (value: Span | null) => (value === null ? '—' : times.span(value));
  return (
    <dl className="account-figures">
      {TIMES.map((name) => (
        <div key={name}>
          <dt>{t(`account.${name}`)}</dt>
          <dd>{span(account.medians[name])}</dd>
        </div>
      ))}
      <div>
        <dt>{t('account.promises')}</dt>
        <dd>
          {promises.kept}/{promises.made}
          <span className="quiet"> {t('account.lateBroken', { late: promises.late, broken: promises.broken })}</span>
        </dd>
      </div>
      <div>
        <dt>{t('account.overrides')}</dt>
        <dd>{account.overrides}</dd>
      </div>
      <div>
        <dt>{t('account.lateClocks')}</dt>
        <dd>
          {account.lateClocks.reduce((sum, one) => sum + one.n, 0)}
          <span className="quiet">
            {' '}
            {account.lateClocks
              .filter((one) => one.n > 0)
              .map((one) => `${t(`lane.${one.lane}`)} ${one.n}`)
              .join(t('list.comma'))}
          </span>
        </dd>
      </div>
    </dl>
  );
}

function Offices({ account }: { readonly account: AccountView }) {
  const { t } = useWords();
  const names = useNames();
  if (account.offices.length === 0) return <p className="quiet">{t('account.noOffices')}</p>;
  const part = (n: number, of: number) => (of === 0 ? '—' : `${n}/${of}`);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key (axe scrollable-region-focusable).
    <section className="scroller" tabIndex={0} aria-label={t('account.offices')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('account.office')}</th>
            <th scope="col">{t('account.tasks')}</th>
            <th scope="col">{t('account.signedInTime')}</th>
            <th scope="col">{t('account.doneInTime')}</th>
            <th scope="col">{t('account.returned')}</th>
          </tr>
        </thead>
        <tbody>
          {account.offices.map((office) => (
            <tr key={office.officeId}>
              <th scope="row">{names.office(office.officeId)}</th>
              <td className="num">{office.nTasks}</td>
              <td className="num">{part(office.signedInTime, office.nTasks)}</td>
              <td className="num">{part(office.doneInTime, office.nTasks)}</td>
              <td className="num">{office.nReturned}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Issues({ account }: { readonly account: AccountView }) {
  const { t } = useWords();
  const times = useTimes();
  if (account.issues.length === 0) return <p className="quiet">{t('account.noIssues')}</p>;
  const longest = Math.max(1, ...account.issues.map((issue) => issue.toAnswer ?? issue.toFirstWord ?? 0));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key (axe scrollable-region-focusable).
    <section className="scroller" tabIndex={0} aria-label={t('account.issues')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('account.issue')}</th>
            {TIMES.map((name) => (
              <th key={name} scope="col">
                {t(`account.${name}`)}
              </th>
            ))}
            <th scope="col">
              <span className="unseen">{t('account.bar')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {account.issues.map((issue) => (
            <tr key={issue.id}>
              <th scope="row">
                <LevelMark level={issue.level} />{' '}
                <Link to="/issues/$id" params={{ id: issue.id }}>
                  {issue.title}
                </Link>
              </th>
              {TIMES.map((name) => (
                <td key={name} className="num">
                  {issue[name] === null ? '—' : times.span(issue[name])}
                </td>
              ))}
              <td className="account-bar">
                <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={((issue.toAnswer ?? 0) / longest) * 100} height="8" className="factor-rest" />
                  <rect width={((issue.toFirstWord ?? 0) / longest) * 100} height="8" className="factor-score" />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function AccountPage() {
  const { t } = useWords();
  const may = useMay();
  const query = useQuery({ queryKey: ['account'], queryFn: ({ signal }) => read<AccountView>('account', signal) });
  return (
    <div className="page">
      <Heading title={t('nav.account')} aside={t('account.about')} />
      <Shown query={query} rows={10}>
        {(account) =>
          account.issues.length === 0 && account.journal.nEntries === 0 ? (
            <Empty title={t('account.none')} />
          ) : (
            <>
              <Medians account={account} />
              <section className="block">
                <h2>{t('account.offices')}</h2>
                <Offices account={account} />
              </section>
              <section className="block">
                <h2>{t('account.issues')}</h2>
                <Issues account={account} />
              </section>
              {may('journal') && <Journal account={account} />}
            </>
          )
        }
      </Shown>
    </div>
  );
}
