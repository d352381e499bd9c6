/** One document in full: why it is here, what was taken out, which copies there are. */
import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode, RefObject } from 'react';
import type { DocumentView } from '../../src/model/desk.ts';
import { langOf } from '../judge/issueTable.tsx';
import { read } from '../parts/api.ts';
import { useSearchState } from '../parts/goTo.ts';
import { useKeys } from '../parts/keys.ts';
import { LevelMark } from '../parts/levelMark.tsx';
import { useNames, useTimes } from '../parts/session.tsx';
import { Empty, Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { RowMarks } from './streamList.tsx';
import type { TriageAction } from './streamPage.tsx';

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The text with the met words marked; overlapping ranges are joined. */
export function Marked({ text, ranges }: { readonly text: string; readonly ranges: readonly Range[] }) {
  const sorted = [...ranges].filter((range) => range.to > range.from).sort((a, b) => a.from - b.from);
  const parts: ReactNode[] = [];
  let at = 0;
  for (const range of sorted) {
    const from = Math.max(at, range.from);
    const to = Math.min(text.length, range.to);
    if (to <= from) continue;
    parts.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>);
    at = to;
  }
  parts.push(text.slice(at));
  return <>{parts}</>;
}

function WhyHere({ document }: { readonly document: DocumentView }) {
  const { t, w } = useWords();
  const names = useNames();
  return (
    <section className="why-here">
      <h3>{t('document.why')}</h3>
      <dl className="facts">
        {document.matches.map((match) => (
          <div key={match.topicId}>
            <dt>{names.topic(match.topicId)}</dt>
            <dd>{match.terms.join(t('list.comma'))}</dd>
          </div>
        ))}
        {document.place !== null && (
          <div>
            <dt>{t('document.place')}</dt>
            <dd>{document.place}</dd>
          </div>
        )}
        {document.issue !== null && (
          <div>
            <dt>{t('document.issue')}</dt>
            <dd>
              <LevelMark level={document.issue.level} />{' '}
              <Link to="/issues/$id" params={{ id: document.issue.id }}>
                {document.issue.title}
              </Link>
              {document.because !== null && <p className="quiet">{w(document.because)}</p>}
              {document.sharedTerms.length > 0 && (
                <p className="quiet">{t('document.shared', { terms: document.sharedTerms.slice(0, 10).join(t('list.comma')) })}</p>
              )}
            </dd>
          </div>
        )}
        {document.matches.length === 0 && document.issue === null && <p className="quiet">{t('document.noTopic')}</p>}
      </dl>
    </section>
  );
}

function Copies({ document }: { readonly document: DocumentView }) {
  const { t } = useWords();
  const names = useNames();
  const times = useTimes();
  const [, set] = useSearchState();
  if (document.copies.length === 0) return null;
  return (
    <section>
      <h3>{t('document.copies', { n: document.copies.length })}</h3>
      <ul className="plain-list">
        {document.copies.map((copy) => (
          <li key={copy.id}>
            <button type="button" className="text-button" onClick={() => set({ at: copy.id })}>
              {names.source(copy.sourceId)}
            </button>
            <span className="quiet">
              {times.short(copy.publishedAt)} ·{' '}
              {t(copy.how === 'exact' ? 'copy.exact' : copy.how === 'contained' ? 'copy.contained' : 'copy.near')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const ACTIONS: readonly (readonly [TriageAction, string])[] = [
  ['attach', 'i'],
  ['newIssue', 'n'],
  ['notRelevant', 'u'],
  ['done', 'e'],
];

function DocumentText({ document }: { readonly document: DocumentView }) {
  const { t } = useWords();
  const names = useNames();
  const times = useTimes();
  const ranges = (inTitle: boolean) => document.matches.flatMap((match) => match.ranges).filter((range) => range.inTitle === inTitle);
  return (
    <>
      <p className="document-line">
        {names.source(document.sourceId)} · {t(`kind.${document.kind}`)} · {times.full(document.publishedAt)} ·{' '}
        {t('document.seen', { at: times.clock(document.seenAt) })} · {document.language}
        {document.version > 1 && <> · {t('document.version', { n: document.version })}</>}
        {document.sure !== null && <> · {t('document.sure', { sure: document.sure })}</>}
      </p>
      {document.title === '' && <h2 className="unseen">{document.start.slice(0, 40)}</h2>}
      {document.title !== '' && (
        <h2 className="document-title" lang={langOf(document.language)}>
          <Marked text={document.title} ranges={ranges(true)} />
        </h2>
      )}
      <p className="document-marks">
        <RowMarks row={document} />
        {document.marks.map((mark) => (
          <span key={mark} className="tag">
            {mark}
          </span>
        ))}
      </p>
      <div className="document-text" lang={langOf(document.language)}>
        <Marked text={document.text} ranges={ranges(false)} />
      </div>
      <p className="document-original">
        <a href={document.address} target="_blank" rel="noreferrer noopener">
          {t('document.original')} <span aria-hidden="true">↗</span> <kbd>v</kbd>
        </a>
      </p>
    </>
  );
}

export function ReadingPane({
  id,
  triage,
  nPicked,
  pane,
}: {
  readonly id: string | null;
  readonly triage: ((action: TriageAction) => void) | null;
  readonly nPicked: number;
  readonly pane: RefObject<HTMLElement | null>;
}) {
  const { t } = useWords();
  const [, set] = useSearchState();
  const query = useQuery({
    queryKey: ['document', id],
    queryFn: ({ signal }) => read<DocumentView>(`documents/${encodeURIComponent(id ?? '')}`, signal),
    enabled: id !== null,
    placeholderData: keepPreviousData,
  });
  const address = query.data?.address;
  useKeys(address === undefined ? {} : { v: () => window.open(address, '_blank', 'noopener,noreferrer') });
  return (
    <section className="pane-read" ref={pane} tabIndex={-1} aria-label={t('document.pane')}>
      <button type="button" className="pane-back" onClick={() => set({ at: undefined })}>
        ← {t('do.back')}
      </button>
      {id === null ? (
        <Empty title={t('document.none')} />
      ) : (
        <>
          {triage !== null && (
            <div className="triage-do">
              {ACTIONS.map(([action, key]) => (
                <Button key={action} size="xs" variant={action === 'attach' ? 'filled' : 'default'} onClick={() => triage(action)}>
                  {t(`triage.do.${action}`)}
                  {nPicked > 0 && ` (${nPicked})`} <kbd className="kbd-in">{key}</kbd>
                </Button>
              ))}
            </div>
          )}
          <Shown query={query} rows={8}>
            {(document) => (
              <>
                <DocumentText document={document} />
                <WhyHere document={document} />
                <Copies document={document} />
              </>
            )}
          </Shown>
        </>
      )}
    </section>
  );
}
