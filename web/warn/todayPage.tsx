/** The 08:00 screen: what needs a person, what the last day was like, what is alive. */
import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { TodayBoard } from '../../src/model/desk.ts';
import { IssueTable } from '../judge/issueTable.tsx';
import { read } from '../parts/api.ts';
import { Due } from '../parts/clock.tsx';
import { useSearchState } from '../parts/goTo.ts';
import { Heading } from '../parts/heading.tsx';
import { useMay } from '../parts/may.ts';
import { useNames, useSession, useTimes } from '../parts/session.tsx';
import { Spark } from '../parts/spark.tsx';
import { Empty, Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { groupsOf, Needs } from './needs.tsx';

/** What fits beside the figures of the day; the rest is one press away. */
const FIRST_NEEDS = 5;
const FIRST_ISSUES = 10;
const FIRST_CHANGES = 12;

function Figure({ n, of, children }: { readonly n: string; readonly of: string; readonly children?: ReactNode }) {
  return (
    <div className="figure">
      <p className="figure-n">{n}</p>
      <p className="figure-of">{of}</p>
      {children}
    </div>
  );
}

function LastDay({ board }: { readonly board: TodayBoard }) {
  const { t, w } = useWords();
  const times = useTimes();
  const { last24h: day, answers, sources } = board;
  const more = day.nDocuments - day.usual;
  const compared = more === 0 ? t('today.asUsual') : t(more > 0 ? 'today.more' : 'today.fewer', { n: times.n(Math.abs(Math.round(more))) });
  return (
    <aside className="last-day" aria-label={t('today.last24h')}>
      <h2>{t('today.last24h')}</h2>
      <Spark values={day.hourly} label={t('today.hourly', { n: day.nDocuments })} wide />
      <div className="figures">
        <Figure n={times.n(day.nDocuments)} of={t('today.documents')}>
          <p className="figure-more">{compared}</p>
        </Figure>
        <Figure n={times.n(day.nIssues)} of={t('today.issues')}>
          <p className="figure-more">{t('today.offTopic', { n: times.n(day.nOffTopic) })}</p>
        </Figure>
        <Figure n={`${answers.nAnswered}/${answers.nDue}`} of={t('today.answered')}>
          <p className="figure-more">
            {answers.medianToFirstWord === null ? t('today.noMedian') : t('today.median', { span: times.span(answers.medianToFirstWord) })}
          </p>
        </Figure>
        <Figure n={String(sources.nOk)} of={t('today.sourcesOk')}>
          <p className="figure-more">
            {sources.nDark === 0 ? t('today.noneDark') : <Link to="/sources">{t('today.dark', { n: sources.nDark })}</Link>}
          </p>
        </Figure>
      </div>
      {sources.dark.length > 0 && (
        <ul className="dark-list">
          {sources.dark.map((source) => (
            <li key={source.id}>
              <span className="dark-mark" aria-hidden="true">
                ╳
              </span>
              <Link to="/sources" search={{ at: source.id } as never}>
                {w(source.name)}
              </Link>{' '}
              <span className="quiet">{w(source.because)}</span>
            </li>
          ))}
        </ul>
      )}
    </aside>
  );
}

function Promises({ board }: { readonly board: TodayBoard }) {
  const { t } = useWords();
  const names = useNames();
  return (
    <section className="block">
      <h2>{t('today.promises')}</h2>
      {board.promises.length === 0 ? (
        <p className="quiet">{t('today.noPromises')}</p>
      ) : (
        <ul className="plain-list">
          {board.promises.map((promise) => (
            <li key={promise.id}>
              <Link to="/issues/$id" params={{ id: promise.issueId }}>
                {promise.what}
              </Link>
              <span className="plain-side">
                {names.office(promise.officeId)} <Due at={promise.dueAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Changes({ board }: { readonly board: TodayBoard }) {
  const { t, w } = useWords();
  const [isWhole, setWhole] = useState(false);
  const times = useTimes();
  return (
    <section className="block">
      <h2>{t('today.changes')}</h2>
      {board.changes.length === 0 ? (
        <p className="quiet">{t('today.noChanges')}</p>
      ) : (
        <ol className="changes">
          {board.changes.slice(0, isWhole ? undefined : FIRST_CHANGES).map((change) => (
            <li key={change.seq}>
              <time>{times.short(change.at)}</time>
              {/^[A-Z]+-\d{4}-\d+$/u.test(change.subject) ? (
                <span>
                  {w(change.text)}
                  <Link to="/issues/$id" params={{ id: change.subject }} className="change-of">
                    {change.title ?? change.subject}
                  </Link>
                </span>
              ) : (
                <span>{w(change.text)}</span>
              )}
            </li>
          ))}
        </ol>
      )}
      {!isWhole && board.changes.length > FIRST_CHANGES && (
        <button type="button" className="text-button" onClick={() => setWhole(true)}>
          {t('timeline.rest', { n: board.changes.length - FIRST_CHANGES })}
        </button>
      )}
    </section>
  );
}

function NeedsNow({ board }: { readonly board: TodayBoard }) {
  const { t } = useWords();
  const [search, set] = useSearchState();
  const isWhole = search.needs === 'all';
  const groups = groupsOf(board.needs);
  return (
    <section className="today-needs" aria-labelledby="needs-name">
      <h2 id="needs-name">
        {t('today.needs')} <span className="tally">{groups.length}</span>
      </h2>
      {groups.length === 0 ? (
        <Empty title={t('today.noNeeds')}>{t('today.noNeedsMore')}</Empty>
      ) : (
        <Needs groups={isWhole ? groups : groups.slice(0, FIRST_NEEDS)} />
      )}
      {groups.length > FIRST_NEEDS && (
        <button type="button" className="text-button" aria-expanded={isWhole} onClick={() => set({ needs: isWhole ? undefined : 'all' })}>
          {isWhole ? t('today.needsFewer') : t('today.needsRest', { n: groups.length - FIRST_NEEDS })}
        </button>
      )}
    </section>
  );
}

/** Without a topic nothing is grouped into issues: the first thing a new office has to know. */
function NoTopics() {
  const { t } = useWords();
  const { names } = useSession();
  const may = useMay();
  if (!may('sources') || Object.keys(names.topics).length > 0) return null;
  return (
    <p className="note">
      {t('today.noTopics')}{' '}
      <Link to="/topics/$id" params={{ id: 'new' }}>
        {t('today.firstTopic')}
      </Link>
    </p>
  );
}

/** A clerk and a reporter see how the day stands and go to their form; the issues are not theirs to read. */
function NarrowBoard({ board }: { readonly board: TodayBoard }) {
  const { t } = useWords();
  const may = useMay();
  return (
    <div className="narrow-board">
      <p className="inline">
        {may('clerk') && (
          <Link to="/desk" className="link-button">
            {t('nav.desk')}
          </Link>
        )}
        {may('field') && (
          <Link to="/field" className="link-button">
            {t('nav.field')}
          </Link>
        )}
      </p>
      <LastDay board={board} />
    </div>
  );
}

function Board({ board }: { readonly board: TodayBoard }) {
  const { t } = useWords();
  const may = useMay();
  if (!may('desk')) return <NarrowBoard board={board} />;
  return (
    <>
      <NoTopics />
      <div className="today-top">
        <NeedsNow board={board} />
        <LastDay board={board} />
      </div>
      <section className="block">
        <h2>
          {t('today.alive')} <span className="tally">{board.issues.length}</span>
        </h2>
        {board.issues.length === 0 ? (
          <Empty title={t('issues.none')}>
            {t('issues.noneMore')} <Link to="/sources">{t('nav.sources')}</Link>
          </Empty>
        ) : (
          <>
            <IssueTable rows={board.issues.slice(0, FIRST_ISSUES)} />
            {board.issues.length > FIRST_ISSUES && (
              <p>
                <Link to="/issues">{t('today.allIssues', { n: board.issues.length - FIRST_ISSUES })}</Link>
              </p>
            )}
          </>
        )}
      </section>
      <div className="two">
        <Promises board={board} />
        <Changes board={board} />
      </div>
    </>
  );
}

export function TodayPage() {
  const { t } = useWords();
  const { names } = useSession();
  const query = useQuery({ queryKey: ['today'], queryFn: ({ signal }) => read<TodayBoard>('today', signal) });
  const duty = query.data?.onDuty ?? [];
  return (
    <div className="page">
      <Heading
        title={t('nav.today')}
        aside={
          query.data === undefined
            ? null
            : duty.length === 0
              ? t('today.noDuty')
              : t('today.onDuty', { who: duty.map((id) => names.staff[id] ?? id).join(t('list.comma')) })
        }
      >
        {query.data?.bulletin != null && (
          <Link to="/bulletins/$day" params={{ day: query.data.bulletin.id }} className="link-button">
            {t(query.data.bulletin.state === 'draft' ? 'today.bulletinReady' : 'today.bulletinSent')}
          </Link>
        )}
      </Heading>
      <Shown query={query} rows={10}>
        {(board) => <Board board={board} />}
      </Shown>
    </div>
  );
}
