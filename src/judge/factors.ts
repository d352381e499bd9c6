/** The other factors: each a score 0..1 from running counts, with a sentence in both languages. */
import type { FactorName } from '../model/assessment.ts';
import type { DocumentId } from '../model/document.ts';
import type { Issue } from '../model/issue.ts';
import { HOUR, type Instant } from '../model/time.ts';
import type { Words } from '../model/words.ts';
import type { HarmReading } from './harmFactor.ts';
import { uniqueIn } from './phase.ts';
import type { IssueFacts } from './tally.ts';

export interface FactorKit {
  readonly issue: Issue;
  readonly facts: IssueFacts;
  readonly harm: HarmReading;
  /** Voices after the cap per family. */
  readonly voices: number;
  readonly now: Instant;
  /** When our own answer was published last, or null. */
  readonly answeredAt: Instant | null;
}

export interface Reading {
  readonly score: number;
  readonly because: Words;
  readonly evidence: readonly DocumentId[];
}

function clip(score: number): number {
  return Math.max(0, Math.min(1, score));
}

/** chosen: 140 counted voices are full reach; stated audiences add at most a fifth. */
function reach({ facts, voices }: FactorKit): Reading {
  const stated = facts.reach < 1000 ? 0 : Math.min(0.2, 0.05 * Math.log10(facts.reach / 1000));
  const copies = facts.nMentions - facts.nUnique;
  return {
    score: clip(Math.sqrt(voices / 140) + stated),
    because: {
      zh: `${facts.nUnique} 条不同内容，${facts.nVoices} 个声音${copies > 0 ? `；另有 ${copies} 条相同文字，只计一个声音` : ''}`,
      en: `${facts.nUnique} different texts, ${facts.nVoices} voices${copies > 0 ? `; ${copies} more are equal texts and count as one voice` : ''}`,
    },
    evidence: facts.latestIds,
  };
}

/** chosen: a running burst of two families starts at 0.55; without one, 60 texts in six hours would be needed for half. */
function speed({ issue, facts, now }: FactorKit): Reading {
  const latest = uniqueIn(issue.hours, now, 6);
  const isBursting = issue.hours.some((hour) => hour.burst && now - hour.hour < 4 * HOUR);
  const calm = Math.min(facts.nFamilies < 2 ? 0.3 : 0.5, latest / 60);
  const zh = isBursting ? '（正在爆发：短时间内多个独立来源集中出现）' : '';
  const en = isBursting ? ' (a burst: several independent sources within a short time)' : '';
  return {
    score: clip(isBursting ? 0.55 + 0.35 * Math.min(1, latest / 60) : calm),
    because: { zh: `最近 6 小时 ${latest} 条不同内容${zh}`, en: `${latest} different texts in the last 6 hours${en}` },
    evidence: facts.latestIds,
  };
}

function scope({ facts, harm, voices }: FactorKit): Reading {
  const byPlaces = 0.15 * Math.log2(1 + facts.nPlaces);
  const byMany = harm.many * (0.1 + 0.2 * harm.score);
  const many = harm.many > 0 ? { zh: '，有文字说到许多人受影响', en: ', texts say that many people are affected' } : { zh: '', en: '' };
  return {
    score: clip(byPlaces + byMany + 0.3 * Math.min(1, voices / 40)),
    because: { zh: `涉及 ${facts.nPlaces} 个地点${many.zh}`, en: `${facts.nPlaces} places${many.en}` },
    evidence: facts.firstIds,
  };
}

function independence({ facts }: FactorKit): Reading {
  return {
    score: clip(0.12 * (facts.nFamilies - 1) + 0.13 * (facts.nKinds - 1)),
    because: {
      zh: `${facts.nFamilies} 个互不相属的来源，${facts.nKinds} 类`,
      en: `${facts.nFamilies} sources that do not belong together, of ${facts.nKinds} kinds`,
    },
    evidence: facts.firstIds,
  };
}

function credibility({ facts }: FactorKit): Reading {
  const byOwn = facts.nOwnReports === 0 ? 0 : facts.nOwnReports < 5 ? 0.25 : 0.4;
  const byPress = facts.nPress === 0 ? 0 : facts.nPress < 3 ? 0.2 : 0.3;
  const score = byOwn + byPress + (facts.nSure > 0 ? 0.3 : 0) + (facts.nImages >= 2 ? 0.1 : 0) + (facts.officialAt === null ? 0 : 0.1);
  return {
    score: clip(score),
    because: {
      zh: `${facts.nOwnReports} 条直接反映或基层上报，${facts.nPress} 条媒体报道，${facts.nSure} 条为亲见或已确认，${facts.nImages} 条带图`,
      en: `${facts.nOwnReports} sent to the desk or reported from the field, ${facts.nPress} by the press, ${facts.nSure} seen or confirmed, ${facts.nImages} with images`,
    },
    evidence: facts.firstIds,
  };
}

function persistence({ issue, facts }: FactorKit): Reading {
  const hours = Math.max(0, issue.lastAt - issue.firstPublishedAt) / HOUR;
  const nActive = issue.hours.filter((hour) => hour.unique > 0).length;
  return {
    score: clip(0.7 * Math.min(1, hours / 48) + 0.3 * Math.min(1, nActive / 12)),
    because: {
      zh: `持续 ${Math.round(hours)} 小时，其中 ${nActive} 个小时有新内容`,
      en: `Going on for ${Math.round(hours)} hours, ${nActive} of them with new texts`,
    },
    evidence: [...facts.firstIds.slice(0, 1), ...facts.latestIds.slice(-1)],
  };
}

/** Grows over 48 hours, the outer limit for an answer to any public concern; falls when an answer is out. */
function unanswered({ issue, facts, harm, voices, now, answeredAt }: FactorKit): Reading {
  const hours = Math.max(0, now - (answeredAt ?? issue.firstSeenAt)) / HOUR;
  const waiting = Math.min(1, hours / 48) * Math.min(1, voices / 20) * (0.5 + 0.5 * harm.score);
  const softened = answeredAt !== null ? 0.3 : facts.officialAt !== null ? 0.6 : 1;
  const zh = answeredAt !== null ? '已有公开回应' : facts.officialAt !== null ? '官方渠道有文字提及，尚无正式回应' : '尚无公开回应';
  const en =
    answeredAt !== null
      ? 'A public answer is out'
      : facts.officialAt !== null
        ? 'An official channel mentions it, no formal answer yet'
        : 'No public answer yet';
  return {
    score: clip(waiting * softened),
    because: { zh: `${zh}，已过 ${Math.round(hours)} 小时`, en: `${en}; ${Math.round(hours)} hours have passed` },
    evidence: facts.firstIds.slice(0, 1),
  };
}

function harmReading({ harm }: FactorKit): Reading {
  return { score: harm.score, because: harm.because, evidence: harm.evidence };
}

export const FACTORS: Readonly<Record<FactorName, (kit: FactorKit) => Reading>> = {
  reach,
  speed,
  harm: harmReading,
  scope,
  independence,
  credibility,
  persistence,
  unanswered,
};
