/**
 * Small numbers are hidden: no cell under five voices, and counts are cut to fives, so that the difference of two days or of two
 * cells never tells one text. Titles made from a text of few voices are replaced by the matter's name.
 */
import type { Issue, TopicId } from '../model/issue.ts';
import type { Words } from '../model/words.ts';
import { sayIn } from '../text/say.ts';

/** The smallest number of voices that is told. */
export const FEWEST = 5;

/** Cut down to a multiple of five; 0 means “fewer than five”. */
export function toFives(count: number): number {
  return Math.floor(count / FEWEST) * FEWEST;
}

export function isSmall(issue: Pick<Issue, 'nVoices'>): boolean {
  return issue.nVoices < FEWEST;
}

/** The issue's title as a paper prints it, at most `longest` characters. */
export function printedTitle(
  issue: Pick<Issue, 'nVoices' | 'title' | 'topicIds'>,
  topics: Readonly<Record<TopicId, Words>>,
  language: 'zh' | 'en',
  longest: number,
): string {
  const say = sayIn(language);
  if (isSmall(issue)) {
    const topic = issue.topicIds.map((id) => topics[id]).find((name) => name !== undefined);
    return topic === undefined ? say('bulletin.smallTitlePlain') : say('bulletin.smallTitle', { topic: topic[language] });
  }
  return shorten(issue.title, longest);
}

/** One line of at most `longest` characters. */
export function shorten(text: string, longest: number): string {
  const characters = Array.from(text.replace(/\s+/gu, ' ').trim());
  return characters.length <= longest ? characters.join('') : `${characters.slice(0, longest - 1).join('')}…`;
}
