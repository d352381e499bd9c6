/** Setting up an office, one step after the other. Each step is saved at once; the page can be left and taken up again. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { BodyEditor, TiersEditor } from '../admin/bodyEditor.tsx';
import { ChannelsEditor } from '../admin/channelsEditor.tsx';
import { DutiesEditor } from '../admin/dutiesEditor.tsx';
import { OfficesEditor, OversightEditor } from '../admin/officesEditor.tsx';
import { PeopleEditor, SpokespersonEditor } from '../admin/peopleEditor.tsx';
import { useAdmin } from '../admin/useAdmin.ts';
import { SourceForm } from '../collect/sourceForm.tsx';
import type { AdminView, SessionView, SourceRow } from '../../src/model/desk.ts';
import { read } from '../parts/api.ts';
import { useChanging } from '../parts/changing.tsx';
import { useGo, useSearchState } from '../parts/goTo.ts';
import { Heading } from '../parts/heading.tsx';
import { useEnter, useSession } from '../parts/session.tsx';
import { Problem, Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';

const STEPS = ['body', 'tiers', 'offices', 'oversight', 'duties', 'people', 'spokesperson', 'sources', 'channel', 'finish'] as const;
type Step = (typeof STEPS)[number];

function isDone(step: Step, admin: AdminView, nSources: number): boolean {
  switch (step) {
    case 'body':
      return admin.body !== null;
    case 'tiers':
      return admin.tiers.length > 0;
    case 'offices':
      return admin.offices.some((office) => office.kind === 'operating') && admin.offices.length > 1;
    case 'oversight':
      return (admin.body?.oversightId ?? '') !== '';
    case 'duties':
      return admin.duties.length > 0;
    case 'people':
      return admin.staff.length > 1;
    case 'spokesperson':
      return (admin.body?.spokespersonIds.length ?? 0) > 0;
    case 'sources':
      return nSources > 0;
    case 'channel':
      return admin.channels.length > 0;
    case 'finish':
      return false;
  }
}

/** Sources somebody added; the desk and the field reports are there from the first day. */
function added(rows: readonly SourceRow[]): readonly SourceRow[] {
  return rows.filter((row) => row.source.address !== '' && row.source.kind !== 'open311' && row.source.kind !== 'field');
}

function SourcesStep({ rows }: { readonly rows: readonly SourceRow[] }) {
  const { t, w } = useWords();
  const [n, setN] = useState(0);
  return (
    <div className="stack">
      {rows.length > 0 && (
        <ul className="entries">
          {rows.map((row) => (
            <li key={row.source.id} className="entry">
              <span className="entry-name">
                <b>{w(row.source.name)}</b> <span className="tag">{row.source.kind}</span>
              </span>
              <span className="quiet breakable">{row.source.address}</span>
              <span>{t(`health.${row.health}`)}</span>
            </li>
          ))}
        </ul>
      )}
      <SourceForm key={n} done={() => setN(n + 1)} />
    </div>
  );
}

function Finish({ admin }: { readonly admin: AdminView }) {
  const { t, w } = useWords();
  const changing = useChanging();
  const enter = useEnter();
  const go = useGo();
  const finish = async () => {
    const session = await changing.run<SessionView>('POST', 'admin/finish');
    if (session === null) return;
    enter(session);
    go('/today');
  };
  return (
    <div className="stack">
      {admin.missing.length === 0 ? (
        <p className="verify-ok">✓ {t('setup.nothingMissing')}</p>
      ) : (
        <>
          <p>{t('setup.missing')}</p>
          <ul className="notes">
            {admin.missing.map((words) => (
              <li key={words.en}>{w(words)}</li>
            ))}
          </ul>
        </>
      )}
      <Problem fault={changing.fault} />
      <div>
        <Button size="md" disabled={admin.missing.length > 0} loading={changing.busy} onClick={() => void finish()}>
          {t('setup.finish')}
        </Button>
      </div>
    </div>
  );
}

function stepOf(step: Step, admin: AdminView, rows: readonly SourceRow[], next: () => void): ReactNode {
  switch (step) {
    case 'body':
      return <BodyEditor admin={admin} done={next} />;
    case 'tiers':
      return <TiersEditor admin={admin} done={next} />;
    case 'offices':
      return <OfficesEditor admin={admin} />;
    case 'oversight':
      return <OversightEditor admin={admin} />;
    case 'duties':
      return <DutiesEditor admin={admin} />;
    case 'people':
      return <PeopleEditor admin={admin} />;
    case 'spokesperson':
      return <SpokespersonEditor admin={admin} />;
    case 'sources':
      return <SourcesStep rows={rows} />;
    case 'channel':
      return <ChannelsEditor admin={admin} />;
    case 'finish':
      return <Finish admin={admin} />;
  }
}

function Guide({ admin, rows }: { readonly admin: AdminView; readonly rows: readonly SourceRow[] }) {
  const { t } = useWords();
  const [search, set] = useSearchState();
  const firstOpen = STEPS.find((step) => !isDone(step, admin, rows.length)) ?? 'finish';
  const here = STEPS.find((step) => step === search.step) ?? firstOpen;
  const at = STEPS.indexOf(here);
  const next = STEPS[at + 1];
  const go = (step: Step) => set({ step }, 'push');
  return (
    <div className="guide">
      <nav aria-label={t('setup.steps')}>
        <ol className="guide-steps">
          {STEPS.map((step, index) => {
            const done = isDone(step, admin, rows.length);
            return (
              <li key={step}>
                <button
                  type="button"
                  className={step === here ? 'guide-step guide-here' : 'guide-step'}
                  aria-current={step === here ? 'step' : undefined}
                  onClick={() => go(step)}
                >
                  <span className={done ? 'guide-mark guide-done' : 'guide-mark'} aria-hidden="true">
                    {done ? '✓' : index + 1}
                  </span>
                  {t(`setup.step.${step}`)}
                  {done && <span className="unseen">{t('setup.done')}</span>}
                </button>
              </li>
            );
          })}
        </ol>
      </nav>
      <section className="guide-page" aria-labelledby="step-name">
        <h2 id="step-name">{t(`setup.step.${here}`)}</h2>
        <p className="guide-about">{t(`setup.about.${here}`)}</p>
        {stepOf(here, admin, rows, () => next !== undefined && go(next))}
        {next !== undefined && (
          <div className="guide-next">
            <Button variant={isDone(here, admin, rows.length) ? 'filled' : 'default'} onClick={() => go(next)}>
              {t('setup.next', { step: t(`setup.step.${next}`) })} →
            </Button>
          </div>
        )}
      </section>
    </div>
  );
}

export function SetupPage() {
  const { t } = useWords();
  const { mode } = useSession();
  const query = useAdmin();
  const sources = useQuery({ queryKey: ['sources'], queryFn: ({ signal }) => read<SourceRow[]>('sources', signal) });
  return (
    <div className="page">
      <Heading title={t('setup.title')} aside={t('setup.about')} />
      {mode === 'ready' && (
        <p className="note">
          {t('setup.ready')} <Link to="/admin">{t('nav.admin')}</Link>
        </p>
      )}
      <Shown query={query} rows={8}>
        {(admin) => <Guide admin={admin} rows={added(sources.data ?? [])} />}
      </Shown>
    </div>
  );
}
