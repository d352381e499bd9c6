/** Clocks: a promise with a due time. Late is said in a word and a mark, not by colour alone. */
import type { Clock as ClockShape, Lane } from '../../src/model/alert.ts';
import { useNow, useTimes } from './session.tsx';
import { type Key, useWords } from './words.tsx';

export function Due({ at, metAt = null }: { readonly at: number; readonly metAt?: number | null }) {
  const { t } = useWords();
  const now = useNow();
  const times = useTimes();
  if (metAt !== null)
    return (
      <span className="due due-met">
        <span aria-hidden="true">✓</span> {times.short(metAt)}
      </span>
    );
  const left = at - now;
  const words = left < 0 ? t('clock.late', { span: times.span(left) }) : t('clock.left', { span: times.span(left) });
  const near = left >= 0 && left < 30 * 60_000;
  return (
    <span className={`due ${left < 0 ? 'due-late' : near ? 'due-near' : ''}`}>
      {left < 0 && <span aria-hidden="true">! </span>}
      <time dateTime={new Date(at).toISOString()} title={times.full(at)}>
        {words}
      </time>
    </span>
  );
}

const LANE_ORDER: readonly Lane[] = ['ack', 'verify', 'upward', 'tasks', 'answer'];

export function laneName(clock: Pick<ClockShape, 'lane' | 'part'>): Key {
  return clock.part === undefined ? `lane.${clock.lane}` : `lane.${clock.part}`;
}

/** `isOneOfMany`: clocks of several levels ran in this lane; each names its own. */
function LaneClock({ clock, isOneOfMany }: { readonly clock: ClockShape; readonly isOneOfMany: boolean }) {
  const { t } = useWords();
  const now = useNow();
  const whole = Math.max(1, clock.dueAt - clock.startedAt);
  const end = clock.metAt ?? now;
  const used = Math.min(1, Math.max(0, (end - clock.startedAt) / whole));
  const isLate = end > clock.dueAt;
  return (
    <li className="lane-clock">
      <span className="lane-part">
        {t(laneName(clock))}
        {isOneOfMany && <> · {t(`level.${clock.level}`)}</>}
      </span>
      <Due at={clock.dueAt} metAt={clock.metAt} />
      <svg className="lane-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="4" className="lane-rest" />
        <rect
          width={used * 100}
          height="4"
          className={isLate ? 'lane-used lane-late' : clock.metAt === null ? 'lane-used' : 'lane-used lane-met'}
        />
      </svg>
      {clock.step > 0 && <span className="lane-step">{t('clock.escalated', { n: clock.step })}</span>}
      {clock.metAt !== null && isLate && <span className="lane-step">{t('clock.metLate')}</span>}
    </li>
  );
}

/** The five lanes side by side, in the order in which they fall due. */
export function Lanes({ clocks }: { readonly clocks: readonly ClockShape[] }) {
  const { t } = useWords();
  return (
    <section aria-labelledby="lanes-name">
      <h2 id="lanes-name" className="unseen">
        {t('issue.clocks')}
      </h2>
      <div className="lanes">
        {LANE_ORDER.map((lane) => {
          const own = clocks.filter((clock) => clock.lane === lane && !clock.cancelled).sort((a, b) => a.dueAt - b.dueAt);
          return (
            <div key={lane} className={own.length === 0 ? 'lane lane-empty' : 'lane'}>
              <h3>{t(`lane.${lane}`)}</h3>
              {own.length === 0 ? (
                <p className="quiet">{t('lane.off')}</p>
              ) : (
                <ul>
                  {own.map((clock) => (
                    <LaneClock key={clock.id} clock={clock} isOneOfMany={own.length > 1} />
                  ))}
                </ul>
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}
