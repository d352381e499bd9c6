/** How fast the story is told: real seconds for each domain time, from the scenario's pace, times the speed; can be paused and changed. */
import type { Instant } from '../src/model/time.ts';
import type { Setting } from './scenarioShape.ts';

/** Told without a pace: two domain days in a minute. */
const USUAL = 48 * 3_600_000;
const USUAL_SECONDS = 60;

/** Real seconds from the beginning at speed 1; grows with `at`. */
export function secondsAt(setting: Pick<Setting, 'watch' | 'pace'>, at: Instant): number {
  let [from, done] = [setting.watch, 0];
  for (const { until, seconds } of setting.pace) {
    if (until <= from) done = Math.max(done, seconds);
    else if (at >= until) [from, done] = [until, seconds];
    else return done + ((seconds - done) * Math.max(0, at - from)) / (until - from);
  }
  return done + (Math.max(0, at - from) / USUAL) * USUAL_SECONDS;
}

export interface Pace {
  /** Resolves when the telling has reached `at`; at once when the speed is Infinity. False when it was stopped. */
  wait(at: Instant): Promise<boolean>;
  change(to: { readonly paused?: boolean; readonly speed?: number }): void;
  view(): { readonly speed: number; readonly paused: boolean };
}

export interface PaceOptions {
  readonly speed: number;
  readonly secondsAt: (at: Instant) => number;
  /** Monotonic real milliseconds. */
  readonly realNow: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** A pause and a change of speed are noticed within this. */
const TICK = 100;

export function makePace(options: PaceOptions): Pace {
  let { speed } = options;
  let paused = false;
  let told = 0;
  let last = options.realNow();
  function tick(): void {
    const now = options.realNow();
    if (!paused && Number.isFinite(speed)) told += ((now - last) / 1000) * speed;
    last = now;
  }
  return {
    async wait(at) {
      const due = options.secondsAt(at);
      for (;;) {
        if (options.signal?.aborted === true) return false;
        tick();
        if (!paused && (speed === Number.POSITIVE_INFINITY || told >= due)) return true;
        const left = paused ? TICK : ((due - told) / speed) * 1000;
        await options.sleep(Math.min(TICK, Math.max(1, left)));
      }
    },
    change(to) {
      tick();
      if (to.paused !== undefined) paused = to.paused;
      if (to.speed !== undefined && to.speed > 0) speed = to.speed;
    },
    view: () => ({ speed, paused }),
  };
}
