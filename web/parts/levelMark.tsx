/** A level is always told four ways at once: shape, word, colour and filled bars. */
import type { Level } from '../../src/model/assessment.ts';
import { useWords } from './words.tsx';

const RANK: Readonly<Record<Level, number>> = { none: 0, blue: 1, yellow: 2, orange: 3, red: 4 };
const GLYPH: Readonly<Record<Level, string>> = { none: '–', blue: '○', yellow: '◇', orange: '△', red: '■' };

function Shape({ level }: { readonly level: Level }) {
  const open = { fill: 'none', stroke: 'currentColor', strokeWidth: 2 };
  return (
    <svg className="level-shape" viewBox="0 0 14 14" aria-hidden="true" focusable="false">
      {level === 'blue' && <circle cx="7" cy="7" r="5" {...open} />}
      {level === 'yellow' && <path d="M7 1.5 12.5 7 7 12.5 1.5 7Z" {...open} />}
      {level === 'orange' && <path d="M7 1.8 12.8 12H1.2Z" {...open} />}
      {level === 'red' && <rect x="2" y="2" width="10" height="10" fill="currentColor" />}
    </svg>
  );
}

function Bars({ rank }: { readonly rank: number }) {
  return (
    <svg className="level-bars" viewBox="0 0 15 12" aria-hidden="true" focusable="false">
      {[3, 6, 9, 12].map((height, index) => (
        <rect key={height} x={index * 4} y={12 - height} width="3" height={height} fill="currentColor" opacity={index < rank ? 1 : 0.28} />
      ))}
    </svg>
  );
}

/** `none` is a plain dash. `small` leaves the bars out of sight where the row is narrow; shape and word stay. */
export function LevelMark({ level, big = false }: { readonly level: Level; readonly big?: boolean }) {
  const { t } = useWords();
  if (level === 'none')
    return (
      <span className="level level-none">
        <span aria-hidden="true">—</span>
        <span className="unseen">{t('level.none')}</span>
      </span>
    );
  return (
    <span className={`level level-${level}${big ? ' level-big' : ''}`}>
      <Shape level={level} />
      <span className="level-word">{t(`level.${level}`)}</span>
      <Bars rank={RANK[level]} />
    </span>
  );
}

/** For places that take plain text only: a page title, an option of a list. */
export function levelText(level: Level, word: string): string {
  return `${GLYPH[level]} ${word}`;
}
