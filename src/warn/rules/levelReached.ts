/** Fires whenever the colour in force rises to yellow or more. Blue never alerts: it stands in the bulletin. */
import { compareLevels, type Level } from '../../model/assessment.ts';
import type { Words } from '../../model/words.ts';
import type { AlertRule } from '../evaluate.ts';

const NAMES: Readonly<Record<Level, Words>> = {
  none: { zh: '未定级', en: 'no level' },
  blue: { zh: '蓝色', en: 'blue' },
  yellow: { zh: '黄色', en: 'yellow' },
  orange: { zh: '橙色', en: 'orange' },
  red: { zh: '红色', en: 'red' },
};

/** The stop at a sentence's end is dropped: the reason is set inside another sentence. */
function withoutStop(text: string): string {
  return text.replace(/[。.\s]+$/u, '');
}

export default {
  name: 'levelReached',
  about: { zh: '预警等级升至黄色或以上时触发', en: 'fires when the level rises to yellow or above' },
  fires(before, after) {
    const from = before?.level ?? 'none';
    if (compareLevels(after.level, 'yellow') < 0 || compareLevels(after.level, from) <= 0) return null;
    const why = after.because;
    return {
      zh: `等级由${NAMES[from].zh}升为${NAMES[after.level].zh}：${withoutStop(why.zh)}`,
      en: `the level rose from ${NAMES[from].en} to ${NAMES[after.level].en}: ${withoutStop(why.en)}`,
    };
  },
} satisfies AlertRule;
