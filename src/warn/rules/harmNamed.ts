/** Fires once, when harm to people is first named as grave or by enough voices, whatever the colour: harm is not a matter of volume. */
import type { Assessment } from '../../model/assessment.ts';
import type { AlertRule } from '../evaluate.ts';

/** chosen: one voice that tells of deaths comes to it, a nuisance never does. Lower, it would fire on every complaint. */
const WORTH_TELLING = 0.5;

function harmOf(assessment: Assessment | null) {
  return assessment?.factors.find((factor) => factor.name === 'harm');
}

export default {
  name: 'harmNamed',
  about: { zh: '首次出现有人受到较重伤害的说法时触发', en: 'fires the first time people are said to have been seriously hurt' },
  fires(before, after) {
    const was = harmOf(before)?.score ?? 0;
    const harm = harmOf(after);
    if (harm === undefined || was >= WORTH_TELLING || harm.score < WORTH_TELLING) return null;
    const zh = harm.because.zh.replace(/[。.\s]+$/u, '');
    const en = harm.because.en.replace(/[。.\s]+$/u, '');
    return { zh: `首次提到可能有人受到伤害：${zh}`, en: `people may have been hurt, said for the first time: ${en}` };
  },
} satisfies AlertRule;
