/** Statements inside and outside: what waits for a person, which issues still owe an answer, what has been published. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { IssueRow, TodayBoard } from '../../src/model/desk.ts';
import { IssueTable } from '../judge/issueTable.tsx';
import { read } from '../parts/api.ts';
import { Heading } from '../parts/heading.tsx';
import { useTimes } from '../parts/session.tsx';
import { Empty, Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { groupsOf, Needs } from '../warn/needs.tsx';

/** JSON Feed 1.1, as the public page gives it. */
interface PublicFeed {
  readonly items: readonly { readonly id: string; readonly url?: string; readonly title?: string; readonly date_published?: string }[];
}

function Published() {
  const { t } = useWords();
  const times = useTimes();
  const query = useQuery({ queryKey: ['published'], queryFn: ({ signal }) => read<PublicFeed>('/answers.json', signal) });
  return (
    <section className="block">
      <div className="block-head">
        <h2>{t('answers.published')}</h2>
        <a className="text-button" href="/answers" target="_blank" rel="noreferrer">
          {t('nav.public')} <span aria-hidden="true">↗</span>
        </a>
      </div>
      <Shown query={query} rows={4}>
        {(feed) =>
          feed.items.length === 0 ? (
            <Empty title={t('answers.nonePublished')} />
          ) : (
            <ul className="plain-list">
              {feed.items.map((item) => (
                <li key={item.id}>
                  <a href={item.url ?? '/answers'} target="_blank" rel="noreferrer">
                    {item.title ?? item.id} <span aria-hidden="true">↗</span>
                  </a>
                  <span className="quiet">{item.date_published === undefined ? '' : times.full(Date.parse(item.date_published))}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </section>
  );
}

export function AnswersPage() {
  const { t } = useWords();
  const today = useQuery({ queryKey: ['today'], queryFn: ({ signal }) => read<TodayBoard>('today', signal) });
  const issues = useQuery({ queryKey: ['issues', {}], queryFn: ({ signal }) => read<IssueRow[]>('issues', signal) });
  return (
    <div className="page">
      <Heading title={t('nav.answers')} aside={t('answers.about')} />
      <section className="block">
        <h2>{t('answers.waiting')}</h2>
        <Shown query={today} rows={3}>
          {(board) => {
            const waiting = board.needs.filter((need) => need.kind === 'sign' || need.kind === 'review');
            return waiting.length === 0 ? <p className="quiet">{t('answers.noneWaiting')}</p> : <Needs groups={groupsOf(waiting)} />;
          }}
        </Shown>
      </section>
      <section className="block">
        <h2>{t('answers.owed')}</h2>
        <Shown query={issues} rows={5}>
          {(rows) => {
            const owed = rows
              .filter((row) => !row.answered && row.level !== 'none' && !['closed', 'reviewed', 'dismissed', 'merged'].includes(row.state))
              .sort((a, b) => (a.nextClock?.dueAt ?? Number.MAX_SAFE_INTEGER) - (b.nextClock?.dueAt ?? Number.MAX_SAFE_INTEGER));
            return owed.length === 0 ? <p className="quiet">{t('answers.noneOwed')}</p> : <IssueTable rows={owed} />;
          }}
        </Shown>
      </section>
      <Published />
      <p className="quiet">
        {t('answers.statementsAt')} <Link to="/issues">{t('nav.issues')}</Link>
      </p>
    </div>
  );
}
