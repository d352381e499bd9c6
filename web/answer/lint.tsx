/** What the linter says of a draft, and the versions that went out. */
import type { StatementView } from '../../src/model/desk.ts';
import { useTimes } from '../parts/session.tsx';
import { useWords } from '../parts/words.tsx';

export function Lint({ view, isStale }: { readonly view: StatementView | null; readonly isStale: boolean }) {
  const { t, w } = useWords();
  const rows = view?.lint ?? [];
  const blocks = rows.filter((row) => row.blocks);
  const warns = rows.filter((row) => !row.blocks);
  return (
    <section className="lint" aria-labelledby="lint-name">
      <h2 id="lint-name">
        {t('lint.name')} {view !== null && <span className="tally">{t('lint.count', { blocks: blocks.length, warns: warns.length })}</span>}
      </h2>
      {view === null && <p className="quiet">{t('lint.afterSave')}</p>}
      {view !== null && rows.length === 0 && <p className="lint-clean">✓ {t('lint.clean')}</p>}
      <ul>
        {[...blocks, ...warns].map((row) => (
          <li key={`${row.rule}-${row.message.en}`} className={row.blocks ? 'lint-row lint-blocks' : 'lint-row'}>
            <b>{t(row.blocks ? 'lint.blocks' : 'lint.warns')}</b>
            <span>
              {w(row.message)} <span className="quiet">{t('lint.rule', { n: row.rule })}</span>
            </span>
          </li>
        ))}
      </ul>
      {isStale && view !== null && <p className="quiet">{t('lint.stale')}</p>}
    </section>
  );
}

export function Versions({ published }: { readonly published: StatementView['published'] }) {
  const { t } = useWords();
  const times = useTimes();
  if (published.length === 0) return null;
  return (
    <section>
      <h2>{t('statement.versions')}</h2>
      <ul className="plain-list">
        {published.map((signed) => (
          <li key={signed.id}>
            <a href={`/answers/${encodeURIComponent(signed.statementId)}`} target="_blank" rel="noreferrer">
              {t('document.version', { n: signed.version })} · {times.full(signed.publishedAt)} <span aria-hidden="true">↗</span>
            </a>
            <span className="quiet">
              {signed.signerName} {signed.why !== '' && <>· {signed.why}</>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
