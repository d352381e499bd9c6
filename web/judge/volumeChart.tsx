/** Mentions per hour with bursts, alerts and statements; `d` turns it into the table that says the same. */
import { useEffect, useRef, useState } from 'react';
import type { IssuePage } from '../../src/model/desk.ts';
import { useKeys } from '../parts/keys.ts';
import { useTimes } from '../parts/session.tsx';
import { useWords } from '../parts/words.tsx';

const SIGN = { alert: '▼', statement: '◆', burst: '▨' } as const;

/** The last four days at most: more hours than that are thinner than a pixel on a phone. */
const SHOWN_HOURS = 96;

function Drawn({ page, said }: { readonly page: IssuePage; readonly said: string }) {
  const place = useRef<HTMLDivElement>(null);
  const { t } = useWords();
  const times = useTimes();
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    const node = place.current;
    if (node === null) return;
    let away: (() => void) | null = null;
    let isGone = false;
    const draw = async () => {
      const { drawVolume } = await import('./chartEngine.ts');
      if (isGone) return;
      const style = getComputedStyle(document.documentElement);
      const colour = (name: string) => style.getPropertyValue(name).trim();
      away?.();
      const hours = page.hours.slice(-SHOWN_HOURS);
      away = drawVolume(node, {
        hours,
        marks: page.marks
          .filter((mark) => mark.kind !== 'burst' && mark.at >= (hours[0]?.hour ?? 0))
          .map((mark) => ({ at: mark.at, sign: SIGN[mark.kind] })),
        label: (at) => (times.clock(at) === '00:00' ? times.full(at).split(' ').slice(0, -1).join(' ') : times.clock(at)),
        colours: {
          ink: colour('--chart'),
          soft: colour('--chart-soft'),
          line: colour('--line'),
          text: colour('--muted'),
          burst: colour('--chart-burst'),
        },
        burstWord: t('issue.burst'),
      });
      setReady(true);
    };
    void draw();
    const themes = new MutationObserver(() => void draw());
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] });
    return () => {
      isGone = true;
      themes.disconnect();
      away?.();
    };
  }, [page.hours, page.marks, t, times]);
  return <div ref={place} className="volume" role="img" aria-label={said} data-ready={isReady} />;
}

function HourTable({ page }: { readonly page: IssuePage }) {
  const { t, w } = useWords();
  const times = useTimes();
  const marksOf = (hour: number) => page.marks.filter((mark) => mark.at >= hour && mark.at < hour + 3_600_000);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key (axe scrollable-region-focusable).
    <section className="hour-table" tabIndex={0} aria-label={t('chart.table')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('chart.hour')}</th>
            <th scope="col">{t('chart.unique')}</th>
            <th scope="col">{t('chart.all')}</th>
            <th scope="col">{t('chart.marks')}</th>
          </tr>
        </thead>
        <tbody>
          {[...page.hours].reverse().map((hour) => (
            <tr key={hour.hour}>
              <th scope="row">{times.full(hour.hour)}</th>
              <td className="num">{hour.unique}</td>
              <td className="num">{hour.all}</td>
              <td>
                {[...(hour.burst ? [t('issue.burst')] : []), ...marksOf(hour.hour).map((mark) => w(mark.text))].join(t('list.comma'))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function VolumeChart({ page }: { readonly page: IssuePage }) {
  const { t } = useWords();
  const times = useTimes();
  const [isTable, setTable] = useState(false);
  useKeys({ d: () => setTable(!isTable) });
  const top = page.hours.reduce(
    (best, hour) => (hour.all > best.all ? hour : best),
    page.hours[0] ?? { hour: 0, all: 0, unique: 0, burst: false },
  );
  const said = t('chart.said', {
    n: page.row.nMentions,
    unique: page.row.nUnique,
    top: top.all,
    at: top.hour === 0 ? '—' : times.full(top.hour),
  });
  return (
    <section className="block" aria-labelledby="volume-name">
      <div className="block-head">
        <h2 id="volume-name">{t('chart.name')}</h2>
        <button type="button" className="text-button" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {t(isTable ? 'chart.showChart' : 'chart.showTable')} <kbd>d</kbd>
        </button>
      </div>
      {isTable ? <HourTable page={page} /> : <Drawn page={page} said={said} />}
      <p className="legend">
        <span>
          <i className="key key-ink" aria-hidden="true" /> {t('chart.unique')}
        </span>
        <span>
          <i className="key key-soft" aria-hidden="true" /> {t('chart.all')}
        </span>
        <span>
          <i className="key key-burst" aria-hidden="true" /> {t('issue.burst')}
        </span>
        <span>▼ {t('chart.alert')}</span>
        <span>◆ {t('chart.statement')}</span>
      </p>
    </section>
  );
}
