/** Sources and how they fare: a silent source is a hole in what is heard. */
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SourceRow } from '../../src/model/desk.ts';
import { read } from '../parts/api.ts';
import { useChanging } from '../parts/changing.tsx';
import { useSearchState } from '../parts/goTo.ts';
import { Heading } from '../parts/heading.tsx';
import { useMay } from '../parts/may.ts';
import { useNow, useTimes } from '../parts/session.tsx';
import { Strip } from '../parts/spark.tsx';
import { Empty, Problem, Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { SourceForm } from './sourceForm.tsx';

const HEALTH_SIGN = { new: '·', ok: '✓', slow: '~', changed: '≠', dark: '╳', failing: '!', refused: '⊘', paused: '❚❚' } as const;
const HEALTH_ORDER = ['dark', 'failing', 'refused', 'changed', 'slow', 'new', 'ok', 'paused'] as const;

function SourceActions({ row }: { readonly row: SourceRow }) {
  const { t } = useWords();
  const changing = useChanging();
  const [isPausing, setPausing] = useState(false);
  const [because, setBecause] = useState('');
  const path = `sources/${encodeURIComponent(row.source.id)}`;
  return (
    <div className="stack">
      <div className="inline">
        <Button
          size="xs"
          variant="default"
          loading={changing.busy}
          onClick={() => void changing.run('POST', `${path}/read`, {}, t('source.said.read'))}
        >
          {t('source.readNow')}
        </Button>
        {row.source.paused ? (
          <Button size="xs" variant="default" onClick={() => void changing.run('POST', `${path}/resume`, {}, t('source.said.resume'))}>
            {t('source.resume')}
          </Button>
        ) : (
          <Button size="xs" variant="default" onClick={() => setPausing(!isPausing)}>
            {t('source.pause')}
          </Button>
        )}
      </div>
      {isPausing && !row.source.paused && (
        <form
          className="inline-form"
          onSubmit={(event) => {
            event.preventDefault();
            void changing
              .run('POST', `${path}/pause`, { because }, t('source.said.pause'))
              .then((done) => done !== null && setPausing(false));
          }}
        >
          <TextInput
            required
            aria-label={t('form.reason')}
            placeholder={t('form.reason')}
            value={because}
            onChange={(event) => setBecause(event.target.value)}
          />
          <Button type="submit">{t('source.pause')}</Button>
        </form>
      )}
      <Problem fault={changing.fault} />
    </div>
  );
}

function More({ row }: { readonly row: SourceRow }) {
  const { t } = useWords();
  const times = useTimes();
  const may = useMay();
  const { source } = row;
  const facts: readonly (readonly [string, string])[] = [
    [t('source.address'), source.address],
    [t('source.charset'), row.charset ?? '—'],
    [t('source.next'), row.nextAt === null ? '—' : times.short(row.nextAt)],
    [t('source.lastRead'), row.readAt === null ? '—' : times.short(row.readAt)],
    [t('source.all'), times.n(row.nDocuments)],
    [t('source.family'), source.family],
    [t('source.robots'), t(source.manners.robots ? 'source.robotsObeyed' : 'source.robotsOffered')],
    ...(source.pausedBecause === undefined ? [] : [[t('source.pausedBecause'), source.pausedBecause] as const]),
  ];
  return (
    <div className="source-more">
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="breakable">{value}</dd>
          </div>
        ))}
      </dl>
      {row.notes.length > 0 && (
        <>
          <h2>{t('source.notes')}</h2>
          <ul className="notes">
            {row.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      )}
      {may('sources') && <SourceActions row={row} />}
    </div>
  );
}

function SourceLine({ row, isOpen, toggle }: { readonly row: SourceRow; readonly isOpen: boolean; readonly toggle: () => void }) {
  const { t, w } = useWords();
  const times = useTimes();
  const now = useNow();
  return (
    <li className={`source source-${row.health}`}>
      <button type="button" className="source-line" aria-expanded={isOpen} onClick={toggle}>
        <span className="source-health">
          <span aria-hidden="true">{HEALTH_SIGN[row.health]}</span> {t(`health.${row.health}`)}
        </span>
        <span className="source-name">
          <b>{w(row.source.name)}</b>
          <span className="quiet">
            {row.source.kind} · {t(`standing.${row.source.standing}`)}
          </span>
        </span>
        <span className="source-last">
          {row.newAt === null ? t('source.never') : t('source.ago', { span: times.span(now - row.newAt) })}
          <span className="quiet">
            {row.usualGap === null ? t('source.gapUnknown') : t('source.gap', { span: times.span(row.usualGap) })}
          </span>
        </span>
        <span className="source-day">
          <b>{times.n(row.nDay)}</b> <span className="quiet">{t('source.perDay')}</span>
        </span>
        <Strip cells={row.strip} label={t('source.stripLabel', { n: row.strip.filter((cell) => cell < 0).length })} />
      </button>
      {row.because !== null && <p className="source-because">{w(row.because)}</p>}
      {isOpen && <More row={row} />}
    </li>
  );
}

export function SourcesPage() {
  const { t } = useWords();
  const may = useMay();
  const [search, set] = useSearchState();
  const query = useQuery({ queryKey: ['sources'], queryFn: ({ signal }) => read<SourceRow[]>('sources', signal) });
  const mayAdd = may('sources');
  const count = (health: string) => query.data?.filter((row) => row.health === health).length ?? 0;
  const isAdding = search.add === '1';
  return (
    <div className="page">
      <Heading
        title={t('nav.sources')}
        aside={
          query.data === undefined
            ? null
            : t('sources.count', { n: query.data.length, ok: count('ok'), dark: count('dark') + count('failing') + count('refused') })
        }
      >
        {mayAdd && (
          <Button variant={isAdding ? 'default' : 'filled'} onClick={() => set({ add: isAdding ? undefined : '1' })}>
            {t(isAdding ? 'do.close' : 'source.add')}
          </Button>
        )}
      </Heading>
      {isAdding && mayAdd && <SourceForm done={() => set({ add: undefined })} />}
      <Shown query={query} rows={8}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t('sources.none')}>{t('sources.noneMore')}</Empty>
          ) : (
            <>
              <p className="legend">
                <span>
                  <i className="key key-ink" aria-hidden="true" /> {t('strip.some')}
                </span>
                <span>
                  <i className="key key-soft" aria-hidden="true" /> {t('strip.none')}
                </span>
                <span>╳ {t('strip.dark')}</span>
                <span>{t('strip.about')}</span>
              </p>
              <ul className="sources">
                {[...rows]
                  .sort((a, b) => HEALTH_ORDER.indexOf(a.health) - HEALTH_ORDER.indexOf(b.health))
                  .map((row) => (
                    <SourceLine
                      key={row.source.id}
                      row={row}
                      isOpen={search.at === row.source.id}
                      toggle={() => set({ at: search.at === row.source.id ? undefined : row.source.id })}
                    />
                  ))}
              </ul>
            </>
          )
        }
      </Shown>
    </div>
  );
}
