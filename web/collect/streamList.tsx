/** The list of the stream: one document a row, the row under the cursor in step with the reading pane. */
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { StreamRow } from '../../src/model/desk.ts';
import { langOf } from '../judge/issueTable.tsx';
import { LevelMark } from '../parts/levelMark.tsx';
import { useNames, useTimes } from '../parts/session.tsx';
import { useWords } from '../parts/words.tsx';
import type { Picking } from './streamPage.tsx';

export function RowMarks({ row }: { readonly row: StreamRow }) {
  const { t } = useWords();
  return (
    <>
      {row.copyOf !== null && <span className="tag">{t('stream.copy')}</span>}
      {row.nCopies > 0 && <span className="tag">{t('stream.copies', { n: row.nCopies })}</span>}
      {row.nRedactions > 0 && <span className="tag">{t('stream.redacted', { n: row.nRedactions })}</span>}
      {row.triage !== null && <span className="tag tag-done">{t(`triage.${row.triage}`)}</span>}
    </>
  );
}

function Line({ row, picking, isHere }: { readonly row: StreamRow; readonly picking: Picking; readonly isHere: boolean }) {
  const { t } = useWords();
  const names = useNames();
  const times = useTimes();
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isHere) place.current?.scrollIntoView({ block: 'nearest' });
  }, [isHere]);
  const isPicked = picking.picked.has(row.id);
  return (
    <li ref={place} className={`stream-row${isHere ? ' stream-here' : ''}${isPicked ? ' stream-picked' : ''}`}>
      <input
        type="checkbox"
        className="pick"
        checked={isPicked}
        aria-label={t('stream.pick', { title: row.title || row.start.slice(0, 20) })}
        onChange={() => picking.toggle(row.id)}
      />
      <button type="button" className="stream-open" aria-current={isHere ? true : undefined} onClick={() => picking.point(row.id)}>
        <span className="stream-line">
          <time>{times.short(row.publishedAt)}</time>
          <span className="stream-source">{names.source(row.sourceId)}</span>
          <span className="quiet">{t(`kind.${row.kind}`)}</span>
          <RowMarks row={row} />
        </span>
        <span className="stream-title" lang={langOf(row.language)}>
          {row.title || row.start}
        </span>
        {row.title !== '' && (
          <span className="stream-start" lang={langOf(row.language)}>
            {row.start}
          </span>
        )}
        {row.issue !== null && (
          <span className="stream-issue">
            <span aria-hidden="true">→</span> <LevelMark level={row.issue.level} /> {row.issue.title}{' '}
            <span className="mono quiet">{row.issue.score.toFixed(2)}</span>
          </span>
        )}
      </button>
    </li>
  );
}

export function StreamList({
  rows,
  picking,
  shownId,
  more,
  isMoreBusy,
}: {
  readonly rows: readonly StreamRow[];
  readonly picking: Picking;
  readonly shownId: string | null;
  readonly more: (() => void) | null;
  readonly isMoreBusy: boolean;
}) {
  const { t } = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key (axe scrollable-region-focusable).
    <section className="pane-list" tabIndex={0} aria-label={t('stream.list')}>
      <ul>
        {rows.map((row) => (
          <Line key={row.id} row={row} picking={picking} isHere={row.id === shownId} />
        ))}
      </ul>
      {more !== null && (
        <Button variant="subtle" fullWidth loading={isMoreBusy} onClick={more}>
          {t('do.more')}
        </Button>
      )}
    </section>
  );
}
