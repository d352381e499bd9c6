/** The bulletin as a sheet of paper. Levels in shape and word, so that a grey print loses nothing. */
import type { Bulletin, BulletinItem } from '../../src/model/bulletin.ts';
import { levelText } from '../parts/levelMark.tsx';
import { useSession } from '../parts/session.tsx';
import { Spark } from '../parts/spark.tsx';
import { dayTime } from '../parts/time.ts';
import { useWords } from '../parts/words.tsx';

const HEADS = {
  zh: {
    overview: '一、总体情况',
    focus: '二、重点关注',
    changes: '三、新增与升级',
    owed: '四、待办与超期',
    hints: '五、今日提示',
    none: '无。',
    level: '等级',
    issue: '事件',
    volume: '声量',
    office: '承办',
    due: '时限',
  },
  en: {
    overview: '1. Overview',
    focus: '2. In focus',
    changes: '3. New and raised',
    owed: '4. Owed and overdue',
    hints: '5. For today',
    none: 'None.',
    level: 'Level',
    issue: 'Issue',
    volume: 'Volume',
    office: 'Office',
    due: 'Due',
  },
} as const;

function Lines({ head, lines, none }: { readonly head: string; readonly lines: readonly string[]; readonly none: string }) {
  return (
    <>
      <h3>{head}</h3>
      {lines.length === 0 ? (
        <p>{none}</p>
      ) : (
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function FocusTable({
  items,
  language,
  at,
}: {
  readonly items: readonly BulletinItem[];
  readonly language: 'zh' | 'en';
  readonly at: (instant: number | null) => string;
}) {
  const { tIn } = useWords();
  const heads = HEADS[language];
  return (
    <table className="paper-table">
      <thead>
        <tr>
          <th scope="col">{heads.level}</th>
          <th scope="col">{heads.issue}</th>
          <th scope="col">{heads.volume}</th>
          <th scope="col">{heads.office}</th>
          <th scope="col">{heads.due}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.issueId}>
            <td>{item.level === 'none' ? '—' : levelText(item.level, tIn(language, `level.${item.level}`))}</td>
            <td>{item.title}</td>
            <td className="num">
              {item.nMentions} ({item.nUnique})
            </td>
            <td>{item.office}</td>
            <td>{at(item.deadline)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function BulletinSheet({ bulletin }: { readonly bulletin: Bulletin }) {
  const { t } = useWords();
  const { body, zone, demo } = useSession();
  const heads = HEADS[bulletin.language];
  const chosen = bulletin.items.filter((item) => item.chosen);
  const at = (instant: number | null) => (instant === null ? '—' : dayTime(instant, zone, bulletin.language));
  return (
    <article className="sheet paper" lang={bulletin.language === 'zh' ? 'zh-CN' : 'en'}>
      {demo && <p className="paper-mark">{t('demo.mark')}</p>}
      <h2 className="paper-title">{bulletin.title}</h2>
      <p className="paper-line">
        <span>{bulletin.number}</span>
        <span>{body?.name[bulletin.language]}</span>
        <span>
          {at(bulletin.from)} – {at(bulletin.to)}
        </span>
      </p>
      <h3>{heads.overview}</h3>
      <p>{bulletin.overview || heads.none}</p>
      <Spark values={bulletin.hourly} label={t('today.hourly', { n: bulletin.hourly.reduce((sum, one) => sum + one, 0) })} wide />
      <h3>{heads.focus}</h3>
      {chosen.length === 0 && <p>{heads.none}</p>}
      {chosen.length > 0 && <FocusTable items={chosen} language={bulletin.language} at={at} />}
      {chosen.map((item, index) => (
        <p key={item.issueId} className="paper-item">
          <b>
            {index + 1}. {item.title}
          </b>{' '}
          {item.text}
        </p>
      ))}
      <Lines head={heads.changes} lines={bulletin.changes} none={heads.none} />
      <Lines head={heads.owed} lines={bulletin.owed} none={heads.none} />
      <Lines head={heads.hints} lines={bulletin.hints} none={heads.none} />
    </article>
  );
}
