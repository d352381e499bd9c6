/** The query and, as it is typed, what it would find: the mistake with a caret, hits per term, a sample. */
import { Button, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { TopicPreview } from '../../src/model/desk.ts';
import { langOf } from '../judge/issueTable.tsx';
import { change } from '../parts/api.ts';
import { useNames, useTimes } from '../parts/session.tsx';
import { Spark } from '../parts/spark.tsx';
import { Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';

const WAIT = 600;

function usePreview(query: string): { preview: TopicPreview | null; fault: unknown; busy: boolean } {
  const [preview, setPreview] = useState<TopicPreview | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (query.trim() === '') {
      setPreview(null);
      return;
    }
    let isOld = false;
    const timer = setTimeout(async () => {
      setBusy(true);
      try {
        const next = await change<TopicPreview>('POST', 'topics/preview', { query });
        if (!isOld) {
          setPreview(next);
          setFault(null);
        }
      } catch (cause) {
        // The query stays as typed; the refusal is shown under it.
        if (!isOld) setFault(cause);
      } finally {
        if (!isOld) setBusy(false);
      }
    }, WAIT);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [query]);
  return { preview, fault, busy };
}

function Mistake({
  query,
  error,
  apply,
}: {
  readonly query: string;
  readonly error: NonNullable<TopicPreview['error']>;
  readonly apply: (query: string) => void;
}) {
  const { t, w } = useWords();
  const { fix } = error;
  return (
    <div className="mistake" role="status">
      <code>
        {query.slice(0, error.at)}
        <mark className="mistake-mark">{query.slice(error.at, error.at + Math.max(1, error.length)) || ' '}</mark>
        {query.slice(error.at + Math.max(1, error.length))}
      </code>
      <p>
        <b>{t('query.at', { n: error.at + 1 })}</b> {w(error.message)}
      </p>
      {fix !== null && (
        <p>
          {t('query.fix')} <code>{fix}</code>{' '}
          <Button size="compact-xs" variant="default" onClick={() => apply(fix)}>
            {t('query.apply')}
          </Button>
        </p>
      )}
    </div>
  );
}

function Found({ preview }: { readonly preview: TopicPreview }) {
  const { t, w } = useWords();
  const names = useNames();
  const times = useTimes();
  const top = Math.max(1, ...preview.perTerm.map((one) => one.n));
  return (
    <div className="found">
      <div className="found-head">
        <p>
          <b className="figure-n">{times.n(preview.nHits)}</b> {t('query.hits', { n: preview.daily.length })}
        </p>
        <Spark values={preview.daily} label={t('query.daily', { n: preview.nHits })} wide />
      </div>
      {preview.hints.map((hint) => (
        <p key={`${hint.at}-${hint.message.en}`} className="note">
          {w(hint.message)}
        </p>
      ))}
      <div className="two">
        <div>
          <h2>{t('query.perTerm')}</h2>
          <ul className="source-bars">
            {preview.perTerm.map((one) => (
              <li key={one.term}>
                <span>{one.term}</span>
                <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={(one.n / top) * 100} height="6" className="factor-score" />
                </svg>
                <span className="num">{one.n}</span>
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h2>{t('query.sample')}</h2>
          <ul className="document-list">
            {preview.sample.map((row) => (
              <li key={row.id}>
                <span className="document-line">
                  {times.short(row.publishedAt)} · {names.source(row.sourceId)}
                </span>
                <span lang={langOf(row.language)}>{row.title || row.start}</span>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}

export function QueryPreview({ query, set }: { readonly query: string; readonly set: (query: string) => void }) {
  const { t } = useWords();
  const { preview, fault, busy } = usePreview(query);
  return (
    <div className="query-edit">
      <Textarea
        required
        autosize
        minRows={2}
        spellCheck={false}
        classNames={{ input: 'query-input' }}
        label={t('topic.query')}
        description={t('topic.queryHint')}
        error={preview !== null && !preview.ok}
        value={query}
        onChange={(event) => set(event.target.value)}
      />
      <Problem fault={fault} />
      {preview?.error != null && <Mistake query={query} error={preview.error} apply={set} />}
      {preview?.ok === true && <Found preview={preview} />}
      {busy && <p className="quiet">{t('query.busy')}</p>}
    </div>
  );
}
