/** The statement: written in parts, checked by the linter as it is saved, reviewed by another person, signed by a named spokesperson. */
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { Statement } from '../../src/model/case.ts';
import type { IssuePage, StatementView } from '../../src/model/desk.ts';
import { read } from '../parts/api.ts';
import { useChanging } from '../parts/changing.tsx';
import { useGo } from '../parts/goTo.ts';
import { Heading } from '../parts/heading.tsx';
import { useMay } from '../parts/may.ts';
import { useTimes } from '../parts/session.tsx';
import { Problem, Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { Lint, Versions } from './lint.tsx';
import { Signing } from './signing.tsx';
import { emptyText, sendable, StatementForm, type StatementText, textOf } from './statementForm.tsx';
import { StatementSheet } from './statementSheet.tsx';

const SAVE_AFTER = 1_500;

/** Saves a draft a moment after the last key; a statement past its draft is only changed by the button, because a change unreviews it. */
function useAutosave(text: StatementText, isDraft: boolean, isDirty: boolean, save: () => void): void {
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    if (!isDraft || !isDirty || text.title === '') return;
    const timer = setTimeout(() => latest.current(), SAVE_AFTER);
    return () => clearTimeout(timer);
  }, [text, isDraft, isDirty]);
}

function Editor({ page, view }: { readonly page: IssuePage; readonly view: StatementView | null }) {
  const { t, lang } = useWords();
  const times = useTimes();
  const may = useMay();
  const go = useGo();
  const saving = useChanging();
  const [text, setText] = useState<StatementText>(() => (view === null ? emptyText(page, lang) : textOf(view.statement)));
  const [saved, setSaved] = useState<StatementText>(text);
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const statement: Statement | null = view?.statement ?? null;
  const mayWrite = may('draft') && (statement === null || statement.state !== 'published');
  const isDirty = text !== saved;
  const save = async () => {
    const path =
      statement === null ? `issues/${encodeURIComponent(page.row.id)}/statements` : `statements/${encodeURIComponent(statement.id)}`;
    const answer = await saving.run<StatementView>(statement === null ? 'POST' : 'PUT', path, sendable(text));
    if (answer === null) return;
    setSaved(text);
    setSavedAt(Date.now());
    if (statement === null) go(`/issues/${encodeURIComponent(page.row.id)}/statements/${encodeURIComponent(answer.statement.id)}`);
  };
  useAutosave(text, statement === null || statement.state === 'draft', isDirty && mayWrite && !saving.busy, () => void save());
  const state = isDirty ? t('statement.unsaved') : savedAt === null ? '' : t('statement.saved', { at: times.clock(savedAt) });
  const sheet = <StatementSheet text={text} number={statement?.number ?? page.statements.length + 1} claims={page.claims} />;
  return (
    <>
      <Heading
        title={t('statement.title', { n: statement?.number ?? page.statements.length + 1 })}
        aside={
          <>
            <Link to="/issues/$id" params={{ id: page.row.id }}>
              {page.row.title}
            </Link>{' '}
            · {t(`statement.state.${statement?.state ?? 'draft'}`)} {state !== '' && <>· {state}</>}
          </>
        }
      />
      <Problem fault={saving.fault} />
      <div className="statement-grid">
        {mayWrite ? <StatementForm page={page} text={text} set={setText} mayWrite save={() => void save()} busy={saving.busy} /> : sheet}
        <div className="statement-side">
          <Lint view={view} isStale={isDirty} />
          {view !== null && <Signing view={view} isDirty={isDirty} />}
          {mayWrite && sheet}
          {view !== null && <Versions published={view.published} />}
        </div>
      </div>
    </>
  );
}

export function StatementPage() {
  const { id, statementId } = useParams({ strict: false });
  const isNew = statementId === 'new';
  const issue = useQuery({
    queryKey: ['issue', id],
    queryFn: ({ signal }) => read<IssuePage>(`issues/${encodeURIComponent(id ?? '')}`, signal),
  });
  const statement = useQuery({
    queryKey: ['statement', statementId],
    queryFn: ({ signal }) => read<StatementView>(`statements/${encodeURIComponent(statementId ?? '')}`, signal),
    enabled: !isNew,
  });
  return (
    <div className="page">
      <Shown query={issue} rows={10}>
        {(page) =>
          isNew ? (
            <Editor key="new" page={page} view={null} />
          ) : (
            <Shown query={statement} rows={10}>
              {(view) => <Editor key={`${view.statement.id}:${view.statement.state}`} page={page} view={view} />}
            </Shown>
          )
        }
      </Shown>
    </div>
  );
}
