/** Only in the demo: what the scripted county is doing, and its speed. */
import { useQuery } from '@tanstack/react-query';
import type { Instant } from '../../src/model/time.ts';
import type { Words } from '../../src/model/words.ts';
import { read } from './api.ts';
import { useChanging } from './changing.tsx';
import { useSession, useTimes } from './session.tsx';
import { useWords } from './words.tsx';

interface Demo {
  readonly speed: number;
  readonly paused: boolean;
  readonly now: Instant;
  readonly story: readonly { readonly at: Instant; readonly text: Words }[];
  readonly done: boolean;
}

/** Times the scenario's own pace. */
const SPEEDS = [0.5, 1, 2, 4, 10] as const;

export function StoryBar() {
  const { demo } = useSession();
  return demo ? <Story /> : null;
}

function Story() {
  const { t, w } = useWords();
  const times = useTimes();
  const query = useQuery({ queryKey: ['demo'], queryFn: ({ signal }) => read<Demo>('demo', signal), refetchInterval: 1_000 });
  const state = query.data;
  if (state === undefined) return null;
  const last = state.story.filter((line) => line.at <= state.now).at(-1);
  return (
    <section className="story" aria-label={t('demo.story')}>
      {!state.done && <Pace state={state} />}
      <p className="story-text">
        {last !== undefined && (
          <>
            <time>{times.clock(last.at)}</time> {w(last.text)}
          </>
        )}
        {last === undefined && t('demo.start')}
        {state.done && ` · ${t('demo.done')}`}
      </p>
    </section>
  );
}

function Pace({ state }: { readonly state: Demo }) {
  const { t } = useWords();
  const changing = useChanging();
  const speeds = SPEEDS.some((speed) => speed === state.speed) ? [...SPEEDS] : [...SPEEDS, state.speed].sort((a, b) => a - b);
  return (
    <>
      <button
        type="button"
        className="story-pause"
        onClick={() => void changing.run('POST', 'demo', { paused: !state.paused })}
        aria-pressed={state.paused}
      >
        <span aria-hidden="true">{state.paused ? '▶' : '❚❚'}</span> {state.paused ? t('demo.play') : t('demo.pause')}
      </button>
      <label className="story-speed">
        <span className="unseen">{t('demo.speed')}</span>
        <select value={state.speed} onChange={(event) => void changing.run('POST', 'demo', { speed: Number(event.target.value) })}>
          {speeds.map((speed) => (
            <option key={speed} value={speed}>
              ×{speed}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
