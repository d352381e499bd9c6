/** Issues as dense rows: level, title, how much, how fast, whose, until when. The same row on the board and in the list. */
import { Link } from '@tanstack/react-router';
import type { IssueRow } from '../../src/model/desk.ts';
import { Due, laneName } from '../parts/clock.tsx';
import { LevelMark } from '../parts/levelMark.tsx';
import { useNames, useTimes } from '../parts/session.tsx';
import { Spark } from '../parts/spark.tsx';
import { useWords } from '../parts/words.tsx';

const ARROW = { rising: '↑', peak: '⇈', fading: '↓', over: '·' } as const;

export function langOf(language: string): string | undefined {
  if (language === 'zh') return 'zh-CN';
  return language === 'und' ? undefined : language;
}

function Volume({ row }: { readonly row: IssueRow }) {
  const { t } = useWords();
  const { n } = useTimes();
  return (
    <div className="row-volume">
      <Spark values={row.spark} label={t('issue.sparkLabel', { n: row.spark.reduce((sum, one) => sum + one, 0) })} />
      <span className="row-count">
        <b>{n(row.nMentions)}</b> <span className="quiet">{t('issue.unique', { n: n(row.nUnique) })}</span>
      </span>
      <span className={row.burstAt === null ? 'row-phase' : 'row-phase row-burst'}>
        <span aria-hidden="true">{ARROW[row.phase]}</span> {t(`phase.${row.phase}`)}
        {row.burstAt !== null && row.phase !== 'over' && <> · {t('issue.burst')}</>}
      </span>
    </div>
  );
}

function IssueLine({
  row,
  isHere,
  onPoint,
}: {
  readonly row: IssueRow;
  readonly isHere: boolean;
  readonly onPoint: (() => void) | undefined;
}) {
  const { t } = useWords();
  const names = useNames();
  const times = useTimes();
  return (
    <li className={isHere ? 'issue-row issue-here' : 'issue-row'} {...(isHere ? { 'aria-current': true } : {})} onPointerDown={onPoint}>
      <div className="row-level">
        <LevelMark level={row.level} />
        {row.overridden && <span className="row-flag">{t('issue.overridden')}</span>}
      </div>
      <div className="row-main">
        <Link to="/issues/$id" params={{ id: row.id }} className="row-title" lang={langOf(row.language)}>
          {row.title}
        </Link>
        <p className="row-under">
          <span className="mono">{row.id}</span>
          <span>{t(`nature.${row.nature}`)}</span>
          {row.places.length > 0 && <span>{row.places.slice(0, 2).join(t('list.comma'))}</span>}
          <span>{t('issue.sources', { n: row.nSources })}</span>
          <span>{t('issue.lastAt', { at: times.short(row.lastAt) })}</span>
        </p>
      </div>
      <Volume row={row} />
      <div className="row-owner">
        <span>{row.leadOfficeId === null ? <span className="quiet">{t('issue.noLead')}</span> : names.office(row.leadOfficeId)}</span>
        <span className="quiet">
          {t(`state.issue.${row.state}`)}
          {row.answered && row.state !== 'answered' && <> · {t('issue.answered')}</>}
        </span>
      </div>
      <div className="row-due">
        {row.nextClock === null ? (
          <span className="quiet">{t('clock.none')}</span>
        ) : (
          <>
            <span className="quiet">{t(laneName(row.nextClock))}</span>
            <Due at={row.nextClock.dueAt} metAt={row.nextClock.metAt} />
          </>
        )}
      </div>
    </li>
  );
}

export function IssueTable({
  rows,
  hereId = null,
  point,
}: {
  readonly rows: readonly IssueRow[];
  readonly hereId?: string | null;
  readonly point?: (id: string) => void;
}) {
  return (
    <ul className="issue-table">
      {rows.map((row) => (
        <IssueLine key={row.id} row={row} isHere={row.id === hereId} onPoint={point === undefined ? undefined : () => point(row.id)} />
      ))}
    </ul>
  );
}
