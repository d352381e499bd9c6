/**
 * Words that say people were hurt, are in danger or lost what they live on. Data: a body can pass its own.
 * Nothing here names assembly, petitioning, complaint or criticism; a test holds that. Entries are pieces of regular
 * expressions without nested repeats, so matching is linear. Chinese is matched in simplified form, English in lower case.
 */
import type { HarmList } from './harmList.ts';
import { HARM_PEOPLE_WORDS } from './harmPeopleWords.ts';
import { HARM_SUPPLY_WORDS } from './harmSupplyWords.ts';

export { HARM_KINDS, type HarmKind, type HarmList } from './harmList.ts';

/** chosen: loss of life first, then injury, illness and the means of living, then danger, then service and comfort. */
export const HARM_WORDS: readonly HarmList[] = [...HARM_PEOPLE_WORDS, ...HARM_SUPPLY_WORDS];
