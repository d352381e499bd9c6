/** What a list of words of harm is. */
import type { Nature } from '../model/assessment.ts';
import type { Words } from '../model/words.ts';

export const HARM_KINDS = [
  'death',
  'injury',
  'abuse',
  'illness',
  'medicine',
  'unpaid',
  'hazard',
  'contamination',
  'cutOff',
  'conduct',
  'serviceDown',
  'cost',
  'nuisance',
  'vulnerable',
  'many',
] as const;
export type HarmKind = (typeof HARM_KINDS)[number];

export interface HarmList {
  readonly kind: HarmKind;
  readonly nature: Nature;
  /** 0..1: how bad it is for those it happens to. Amplifiers (`vulnerable`, `many`) count only beside another kind. */
  readonly severity: number;
  readonly name: Words;
  readonly zh: readonly string[];
  readonly en: readonly string[];
}
