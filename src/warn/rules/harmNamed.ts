/** Fires once, the first time an issue names harm to people, whatever its colour: harm is not a matter of volume. */
import type { Assessment } from '../../model/assessment.ts';
import type { AlertRule } from '../evaluate.ts';

function harmOf(assessment: Assessment | null) {
  return assessment?.factors.find((factor) => factor.name === 'harm');
}

export default {
  name: 'harmNamed',
  about: { zh: '首次出现可能有人受到伤害的说法时触发', en: 'fires the first time people are said to have been hurt' },
  fires(before, after) {
    const was = harmOf(before)?.score ?? 0;
    const harm = harmOf(after);
    if (harm === undefined || was > 0 || harm.score <= 0) return null;
    const zh = harm.because.zh.replace(/[。.\s]+$/u, '');
    const en = harm.because.en.replace(/[。.\s]+$/u, '');
    return { zh: `首次提到可能有人受到伤害：${zh}`, en: `people may have been hurt, said for the first time: ${en}` };
  },
} satisfies AlertRule;
