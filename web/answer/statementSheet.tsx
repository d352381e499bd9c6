/** The statement as the public will read it: no colours, no internal word. */
import type { Claim } from '../../src/model/case.ts';
import { useSession } from '../parts/session.tsx';
import { dayTime } from '../parts/time.ts';
import { useWords } from '../parts/words.tsx';
import type { StatementText } from './statementForm.tsx';

const HEADS = {
  zh: {
    known: '已经核实',
    unknown: '尚未核实',
    doing: '正在做',
    next: '下次更新',
    contact: '咨询',
    corrections: '更正',
    promises: '承诺',
    none: '这是本事项的最后一次通报',
  },
  en: {
    known: 'What we know',
    unknown: 'What we do not know yet',
    doing: 'What we are doing',
    next: 'Next update',
    contact: 'Ask us',
    corrections: 'Corrections',
    promises: 'Promises',
    none: 'This is the last notice on this matter',
  },
} as const;

function Lists({ text, claims }: { readonly text: StatementText; readonly claims: readonly Claim[] }) {
  const { tIn } = useWords();
  const { names, zone } = useSession();
  const heads = HEADS[text.language];
  const corrected = claims.filter((claim) => text.claimIds.includes(claim.id));
  return (
    <>
      {corrected.length > 0 && (
        <div>
          <h4>{heads.corrections}</h4>
          <ul>
            {corrected.map((claim) => (
              <li key={claim.id}>
                “{claim.text}” — {tIn(text.language, `verdict.${claim.verdict}`)}.{' '}
                {claim.evidence.map((one) => `${one.what} (${one.source})`).join('; ')}
              </li>
            ))}
          </ul>
        </div>
      )}
      {text.promises.length > 0 && (
        <div>
          <h4>{heads.promises}</h4>
          <ul>
            {text.promises.map((promise) => (
              <li key={`${promise.what}-${promise.officeId}`}>
                {promise.what} — {names.offices[promise.officeId]?.[text.language]}
                {promise.dueAt > 0 && ` — ${dayTime(promise.dueAt, zone, text.language)}`}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

export function StatementSheet({
  text,
  number,
  claims,
}: {
  readonly text: StatementText;
  readonly number: number;
  readonly claims: readonly Claim[];
}) {
  const { t } = useWords();
  const { zone } = useSession();
  const heads = HEADS[text.language];
  const next = text.nextUpdate === 'none' ? heads.none : text.nextUpdateAt === null ? '—' : dayTime(text.nextUpdateAt, zone, text.language);
  return (
    <section aria-label={t('statement.preview')} className="sheet-place">
      <h2>{t('statement.preview')}</h2>
      <article className="sheet" lang={text.language === 'zh' ? 'zh-CN' : 'en'}>
        <h3 className="sheet-title">
          {text.title || '—'} <span className="sheet-number">({number})</span>
        </h3>
        {text.empathy !== '' && <p>{text.empathy}</p>}
        {(['known', 'unknown', 'doing'] as const).map((part) => (
          <div key={part}>
            <h4>{heads[part]}</h4>
            <p className="sheet-text">{text[part] || '—'}</p>
          </div>
        ))}
        <Lists text={text} claims={claims} />
        <p>
          <b>{heads.next}:</b> {next}
          <br />
          <b>{heads.contact}:</b> {text.contact || '—'}
        </p>
      </article>
    </section>
  );
}
