/** What happened when, and the documents it rests on. */
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { IssuePage } from '../../src/model/desk.ts';
import { RowMarks } from '../collect/streamList.tsx';
import { useNames, useTimes } from '../parts/session.tsx';
import { useWords } from '../parts/words.tsx';
import { langOf } from './issueTable.tsx';

const FIRST_LINES = 14;
const FIRST_DOCUMENTS = 10;

export function Timeline({ page }: { readonly page: IssuePage }) {
  const { t, w } = useWords();
  const times = useTimes();
  const [isOldFirst, setOldFirst] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const sorted = [...page.timeline].sort((a, b) => (isOldFirst ? a.at - b.at : b.at - a.at));
  const lines = isWhole ? sorted : sorted.slice(0, FIRST_LINES);
  return (
    <section className="block" aria-labelledby="timeline-name">
      <div className="block-head">
        <h2 id="timeline-name">{t('timeline.name')}</h2>
        <button type="button" className="text-button" aria-pressed={isOldFirst} onClick={() => setOldFirst(!isOldFirst)}>
          {t(isOldFirst ? 'timeline.newest' : 'timeline.oldest')}
        </button>
      </div>
      <ol className="timeline">
        {lines.map((line, index) => (
          <li key={`${line.at}-${line.kind}-${line.documentId ?? index}`} className={`timeline-${line.kind.split('.')[0] ?? ''}`}>
            <time>{times.short(line.at)}</time>
            <span>
              {line.documentId === null ? (
                w(line.text)
              ) : (
                <Link to="/stream" search={{ at: line.documentId, filter: 'all' } as never}>
                  {w(line.text)}
                </Link>
              )}
            </span>
          </li>
        ))}
      </ol>
      {sorted.length > lines.length && (
        <button type="button" className="text-button" onClick={() => setWhole(true)}>
          {t('timeline.rest', { n: sorted.length - lines.length })}
        </button>
      )}
    </section>
  );
}

function SourceBars({ page }: { readonly page: IssuePage }) {
  const names = useNames();
  const top = Math.max(1, ...page.bySource.map((one) => one.n));
  return (
    <ul className="source-bars">
      {[...page.bySource]
        .sort((a, b) => b.n - a.n)
        .map((one) => (
          <li key={one.sourceId}>
            <span>{names.source(one.sourceId)}</span>
            <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
              <rect width={(one.n / top) * 100} height="6" className="factor-score" />
            </svg>
            <span className="num">{one.n}</span>
          </li>
        ))}
    </ul>
  );
}

export function Documents({ page }: { readonly page: IssuePage }) {
  const { t } = useWords();
  const [isWhole, setWhole] = useState(false);
  const names = useNames();
  const times = useTimes();
  return (
    <section className="block" aria-labelledby="documents-name">
      <h2 id="documents-name">{t('issue.documents')}</h2>
      <SourceBars page={page} />
      {page.fewVoices ? (
        <p className="note">{t('issue.fewVoices')}</p>
      ) : (
        <ul className="document-list">
          {page.documents.slice(0, isWhole ? undefined : FIRST_DOCUMENTS).map((row) => (
            <li key={row.id}>
              <span className="document-line">
                {times.short(row.publishedAt)} · {names.source(row.sourceId)} <RowMarks row={row} />
              </span>
              <Link to="/stream" search={{ at: row.id, filter: 'all' } as never} lang={langOf(row.language)}>
                {row.title || row.start.slice(0, 80)}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {!page.fewVoices && !isWhole && page.documents.length > FIRST_DOCUMENTS && (
        <button type="button" className="text-button" onClick={() => setWhole(true)}>
          {t('timeline.rest', { n: page.documents.length - FIRST_DOCUMENTS })}
        </button>
      )}
    </section>
  );
}
