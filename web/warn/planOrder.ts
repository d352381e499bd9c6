import type { Plan } from '../../src/model/alert.ts';

const LEVEL_ORDER: readonly Plan['id'][] = ['red', 'orange', 'yellow', 'blue'];

/** The highest level first; what has no level has no clocks. */
export function highestFirst(plans: readonly Plan[]): readonly Plan[] {
  return LEVEL_ORDER.flatMap((level) => plans.filter((plan) => plan.id === level));
}
