/** How an issue gets its title: the headline of the text nearest to what all its texts say. */
import type { Document } from '../model/document.ts';
import type { Script } from './documentVector.ts';
import type { LiveIssue, Member } from './state.ts';
import { cosineText } from './vector.ts';

const MOST_CHARS = 60;
/** The title is looked at again when so many unique texts are in, and then left alone: a name that changes is no name. */
const LOOK_AT = new Set([3, 8, 20]);
const MOST_READ = 20;
/** chosen: a title stays unless another says so much better what all texts say. */
const BETTER = 1.15;

/** Title, or the first sentence, cut at 60 characters. */
export function headlineOf(document: Pick<Document, 'title' | 'text'>): string {
  const title = document.title.trim();
  const text = title !== '' ? title : (/^[^。！？!?\n]*[。！？!?]?/u.exec(document.text.trim())?.[0] ?? '');
  const chars = [...text.replace(/\s+/gu, ' ').trim()];
  return chars.length <= MOST_CHARS ? chars.join('') : `${chars.slice(0, MOST_CHARS - 1).join('')}…`;
}

/** Edited titles name things best, answers inside a thread worst; very short and very long ones name little. */
export function headlineWorth(document: Pick<Document, 'title' | 'kind'>, headline: string): number {
  const length = [...headline].length;
  const byKind = document.kind === 'reply' ? 0.4 : document.title.trim() === '' ? 0.8 : 1;
  return byKind * (length < 6 ? 0.4 : length > 45 ? 0.8 : 1);
}

/** The script that most unique texts are in. */
function mainScript(live: LiveIssue): Script {
  return live.sums.han.nTexts >= live.sums.other.nTexts ? 'han' : 'other';
}

/** Gives the issue a better title, in the language of most of its texts, when one of them has it; the earlier text wins ties. */
export function retitle(live: LiveIssue, force = false): void {
  if (live.isTitled || !(force || LOOK_AT.has(live.tally.nUnique))) return;
  const script = mainScript(live);
  let best: Member | null = null;
  let bestScore = -1;
  let standing = -1;
  let nRead = 0;
  for (const member of live.members.values()) {
    if (member.mention.isCopy || member.headline === '' || member.vectors.script !== script) continue;
    if (++nRead > MOST_READ) break;
    const score = cosineText(member.vectors.all, live.sums[script]) * member.headlineWorth;
    if (member.mention.id === live.issue.titleFrom) standing = score;
    if (score > bestScore) [best, bestScore] = [member, score];
  }
  if (best !== null && bestScore > BETTER * standing) live.issue = { ...live.issue, title: best.headline, titleFrom: best.mention.id };
}
