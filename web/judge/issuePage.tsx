/** Everything about one issue, in the order of the paper. */
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import type { IssuePage as IssueShape } from '../../src/model/desk.ts';
import { Answering, InstructionDialog } from '../answer/answering.tsx';
import { Claims } from '../answer/claims.tsx';
import { read } from '../parts/api.ts';
import { useChanging } from '../parts/changing.tsx';
import { Lanes } from '../parts/clock.tsx';
import { useGo } from '../parts/goTo.ts';
import { useKeys } from '../parts/keys.ts';
import { LevelMark } from '../parts/levelMark.tsx';
import { useMay } from '../parts/may.ts';
import { useNames, useTimes } from '../parts/session.tsx';
import { Problem, Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { Alerts } from '../warn/alerts.tsx';
import { TaskDialog, Tasks } from '../warn/tasks.tsx';
import { Documents, Timeline } from './history.tsx';
import { IssueActions } from './issueActions.tsx';
import { langOf } from './issueTable.tsx';
import { VolumeChart } from './volumeChart.tsx';
import { OverrideDialog, Why } from './why.tsx';

type Dialog = 'override' | 'task' | 'instruction' | null;

/** Enough to know where; an issue of a day names dozens. */
const FIRST_PLACES = 6;

function Places({ places }: { readonly places: readonly string[] }) {
  const { t } = useWords();
  const [isWhole, setWhole] = useState(false);
  if (places.length === 0) return '—';
  const shown = isWhole ? places : places.slice(0, FIRST_PLACES);
  return (
    <>
      {shown.join(t('list.comma'))}{' '}
      {shown.length < places.length && (
        <button type="button" className="text-button" onClick={() => setWhole(true)}>
          {t('timeline.rest', { n: places.length - shown.length })}
        </button>
      )}
    </>
  );
}

function Facts({ page }: { readonly page: IssueShape }) {
  const { t } = useWords();
  const names = useNames();
  const times = useTimes();
  const { row } = page;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('issue.lead'), row.leadOfficeId === null ? t('issue.noLead') : names.office(row.leadOfficeId)],
    [t('issue.count'), t('issue.countOf', { n: times.n(row.nMentions), unique: times.n(row.nUnique), voices: times.n(row.nVoices) })],
    [t('issue.firstSeen'), times.full(row.firstSeenAt)],
    [t('issue.topics'), row.topicIds.map(names.topic).join(t('list.comma')) || '—'],
    [t('issue.places'), <Places key="places" places={row.places} />],
    [
      t('issue.times'),
      [
        page.times.toAlert === null ? null : t('issue.toAlert', { span: times.span(page.times.toAlert) }),
        page.times.toAck === null ? null : t('issue.toAck', { span: times.span(page.times.toAck) }),
        page.times.toFirstWord === null ? null : t('issue.toFirstWord', { span: times.span(page.times.toFirstWord) }),
        page.times.toAnswer === null ? null : t('issue.toAnswer', { span: times.span(page.times.toAnswer) }),
      ]
        .filter((one) => one !== null)
        .join(' · ') || '—',
    ],
  ];
  return (
    <dl className="issue-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Head({ page, open }: { readonly page: IssueShape; readonly open: (dialog: Dialog) => void }) {
  const { t } = useWords();
  const names = useNames();
  const { row } = page;
  useEffect(() => {
    document.title = `${row.title} · 闻应 Heed`;
  }, [row.title]);
  return (
    <header className={`issue-head edge-${row.level}`}>
      <p className="issue-crumb">
        <Link to="/issues">{t('nav.issues')}</Link> <span className="mono">{row.id}</span>
        <span>{t(`state.issue.${row.state}`)}</span>
        <span>{t(`nature.${row.nature}`)}</span>
        <span>{t(`phase.${row.phase}`)}</span>
      </p>
      <div className="issue-name">
        <LevelMark level={row.level} big />
        <h1 tabIndex={-1} lang={langOf(row.language)}>
          {row.title}
        </h1>
      </div>
      {page.complainedOf.length > 0 && (
        <p className="note">{t('issue.complainedOf', { who: page.complainedOf.map((id) => names.office(id)).join(t('list.comma')) })}</p>
      )}
      {page.mergedInto !== null && (
        <p className="note">
          {t('issue.mergedInto')}{' '}
          <Link to="/issues/$id" params={{ id: page.mergedInto }}>
            {page.mergedInto}
          </Link>
        </p>
      )}
      {page.earlierIssueId !== null && (
        <p className="quiet">
          {t('issue.earlier')}{' '}
          <Link to="/issues/$id" params={{ id: page.earlierIssueId }}>
            {page.earlierIssueId}
          </Link>
        </p>
      )}
      <Facts page={page} />
      <IssueActions page={page} openInstruction={() => open('instruction')} />
    </header>
  );
}

function Merges({ page }: { readonly page: IssueShape }) {
  const { t } = useWords();
  const times = useTimes();
  const names = useNames();
  if (page.merges.length === 0) return null;
  return (
    <section className="block">
      <h2>{t('merge.name')}</h2>
      <ul className="plain-list">
        {page.merges.map((merge) => (
          <li key={merge.id}>
            <span>
              {times.short(merge.at)} ·{' '}
              {t(merge.kind === 'split' ? 'merge.split' : merge.kind === 'undo' ? 'merge.undo' : 'merge.merge', { id: merge.from })} —{' '}
              {merge.because}
              {merge.sharedTerms.length > 0 && <span className="quiet"> ({merge.sharedTerms.slice(0, 6).join(t('list.comma'))})</span>}
            </span>
            <span className="quiet">{merge.by === 'machine' ? t('by.machine') : names.staff(merge.by)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useIssueKeys(
  page: IssueShape | undefined,
  may: { override: boolean; task: boolean },
  open: (dialog: Dialog) => void,
  ack: (id: string) => void,
) {
  const go = useGo();
  const alert = page?.alerts.find((one) => one.ackedAt === null);
  useKeys({
    ...(may.override ? { p: () => open('override') } : {}),
    ...(may.task ? { t: () => open('task') } : {}),
    ...(page === undefined ? {} : { s: () => go(`/issues/${encodeURIComponent(page.row.id)}/statements/new`) }),
    ...(alert === undefined ? {} : { a: () => ack(alert.id) }),
  });
}

export function IssuePage() {
  const { id } = useParams({ strict: false });
  const { t } = useWords();
  const may = useMay();
  const changing = useChanging();
  const [dialog, setDialog] = useState<Dialog>(null);
  const query = useQuery({
    queryKey: ['issue', id],
    queryFn: ({ signal }) => read<IssueShape>(`issues/${encodeURIComponent(id ?? '')}`, signal),
  });
  const mayOverride = may('judge');
  const mayTask = may('send');
  const ack = (alertId: string) => void changing.run('POST', `alerts/${encodeURIComponent(alertId)}/ack`, {}, t('alert.acked'));
  useIssueKeys(query.data, { override: mayOverride, task: mayTask }, setDialog, ack);
  const close = () => setDialog(null);
  return (
    <div className="page page-issue">
      <Shown query={query} rows={12}>
        {(page) => (
          <>
            <Head page={page} open={setDialog} />
            <Problem fault={changing.fault} />
            <Alerts page={page} ack={ack} busy={changing.busy} />
            <Lanes clocks={page.clocks} />
            <div className="issue-grid">
              <div>
                <VolumeChart page={page} />
                <Claims page={page} />
                <Tasks page={page} open={mayTask ? () => setDialog('task') : null} />
                <Timeline page={page} />
                <Merges page={page} />
              </div>
              <div>
                <Why page={page} override={mayOverride ? () => setDialog('override') : null} />
                <Answering page={page} />
                <Documents page={page} />
              </div>
            </div>
            <OverrideDialog id={page.row.id} level={page.row.level} opened={dialog === 'override'} close={close} />
            <TaskDialog page={page} opened={dialog === 'task'} close={close} />
            <InstructionDialog page={page} opened={dialog === 'instruction'} close={close} />
          </>
        )}
      </Shown>
    </div>
  );
}
