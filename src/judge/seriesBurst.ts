/**
 * Bursts in a regular series of counts with many texts per bin: a topic, or all of a source. Negative-binomial tails against an
 * EWMA baseline at three widths; only onsets are told.
 */
import { DAY, HOUR, type Instant, MINUTE } from '../model/time.ts';
import { type Baseline, follow, NO_BASELINE, surprise } from './burst.ts';

/** measured: bench/judge (alpha .0005 per 5 minutes; a day's hold-off; 30 % higher re-arms). */
const ALPHA_PER_MINUTE = 0.0001;
const WIDTHS = [15 * MINUTE, HOUR];
const LEARN = 2 * DAY;
const HOLD = DAY;
const GROWN = 1.3;
const FLOOR = 0.5;
/** chosen: minus log10 of the tail at which the score is one half. */
const ALARM = 9;

interface Scale {
  readonly width: number;
  readonly nBins: number;
  readonly window: number[];
  sum: number;
  baseline: Baseline;
}

/** One score 0..1 per bin, in order; 0.5 and above is an onset. `times` must be evenly spaced. */
export function scoreSeries(times: readonly Instant[], values: readonly number[]): number[] {
  const bin = Math.max(MINUTE, (times[1] ?? 0) - (times[0] ?? 0));
  const scales = [bin, ...WIDTHS.filter((width) => width > bin)].map(
    (width): Scale => ({ width, nBins: Math.round(width / bin), window: [], sum: 0, baseline: NO_BASELINE }),
  );
  const alpha = ALPHA_PER_MINUTE * (bin / MINUTE);
  let heldUntil = Number.NEGATIVE_INFINITY;
  let heldAbove = 0;
  return values.map((value, i) => {
    const at = times[i] ?? 0;
    const rare = Math.max(...scales.map((scale) => look(scale, value, alpha)));
    if (at - (times[0] ?? 0) < LEARN) return 0;
    const score = rare / (rare + ALARM);
    if (score < 0.5) return score;
    if (at < heldUntil && rare < heldAbove * GROWN) return 0.49;
    heldUntil = at + HOLD;
    heldAbove = rare;
    return score;
  });
}

/** Rarity of the sum of the last bins of this width, before it is learned. */
function look(scale: Scale, value: number, alpha: number): number {
  scale.window.push(value);
  scale.sum += value;
  if (scale.window.length > scale.nBins) scale.sum -= scale.window.shift() ?? 0;
  const rare = surprise(scale.baseline, scale.sum, FLOOR);
  scale.baseline = follow(scale.baseline, scale.sum, alpha);
  return rare;
}
