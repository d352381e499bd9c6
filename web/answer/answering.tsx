/** The answer of one issue: the case's step, statements in work and published, promises, instructions. */
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { CASE_STEPS } from './caseSteps.ts';
import type { IssuePage } from '../../src/model/desk.ts';
import { Dialog } from '../parts/dialog.tsx';
import { useChanging } from '../parts/changing.tsx';
import { Due } from '../parts/clock.tsx';
import { useMay } from '../parts/may.ts';
import { useNames, useSession, useTimes } from '../parts/session.tsx';
import { Problem } from '../parts/states.tsx';
import { instantOf } from '../parts/time.ts';
import { useWords } from '../parts/words.tsx';

function CaseStep({ page }: { readonly page: IssuePage }) {
  const { t } = useWords();
  const names = useNames();
  const may = useMay();
  const changing = useChanging();
  const [because, setBecause] = useState('');
  const kase = page.kase;
  const mayMove = may('handle');
  if (kase === null)
    return (
      <div className="case-none">
        <p className="quiet">{t('case.none')}</p>
        {may('send') && (
          <Button
            size="sm"
            variant="default"
            loading={changing.busy}
            onClick={() => void changing.run('POST', `issues/${encodeURIComponent(page.row.id)}/case`, {}, t('case.opened'))}
          >
            {t('case.open')}
          </Button>
        )}
        <Problem fault={changing.fault} />
      </div>
    );
  const next = CASE_STEPS[kase.state];
  const move = (to: string) =>
    void changing.run('POST', `cases/${encodeURIComponent(kase.id)}/move`, { to, because }, t('case.moved')).then((done) => {
      if (done !== null) setBecause('');
    });
  return (
    <div className="case">
      <p>
        <b>{t(`case.state.${kase.state}`)}</b> · {names.office(kase.leadOfficeId)}
        {kase.fastTrack && <span className="tag tag-strong">{t('case.fastTrack')}</span>}
      </p>
      {kase.closedBecause !== '' && <p className="quiet">{kase.closedBecause}</p>}
      {mayMove && next.length > 0 && (
        <details>
          <summary>{t('case.move')}</summary>
          <div className="stack">
            <TextInput label={t('case.because')} value={because} onChange={(event) => setBecause(event.target.value)} />
            <div className="inline">
              {next.map((to) => (
                <Button key={to} size="xs" variant="default" loading={changing.busy} onClick={() => move(to)}>
                  {t(`case.state.${to}`)}
                </Button>
              ))}
            </div>
            <Problem fault={changing.fault} />
          </div>
        </details>
      )}
    </div>
  );
}

function Statements({ page }: { readonly page: IssuePage }) {
  const { t } = useWords();
  const times = useTimes();
  const shown = page.statements.filter((one) => one.state !== 'published');
  return (
    <>
      <ul className="statement-list">
        {page.published.map((signed) => (
          <li key={signed.id}>
            <span className="tag tag-done">◆ {t('statement.state.published')}</span>
            <a href={`/answers/${encodeURIComponent(signed.statementId)}`} target="_blank" rel="noreferrer">
              {signed.statement.title} <span aria-hidden="true">↗</span>
            </a>
            <span className="quiet">
              {signed.signerName} · {times.short(signed.publishedAt)}
              {signed.version > 1 && <> · {t('document.version', { n: signed.version })}</>}
            </span>
            <Link to="/issues/$id/statements/$statementId" params={{ id: page.row.id, statementId: signed.statementId }}>
              {t('statement.openOrAmend')}
            </Link>
          </li>
        ))}
        {shown.map((one) => (
          <li key={one.id}>
            <span className="tag">{t(`statement.state.${one.state}`)}</span>
            <Link to="/issues/$id/statements/$statementId" params={{ id: page.row.id, statementId: one.id }}>
              {one.title || t('statement.untitled')}
            </Link>
            <span className="quiet">
              {one.language} · {times.short(one.draftedAt)}
            </span>
          </li>
        ))}
      </ul>
      {page.statements.length + page.published.length === 0 && <p className="quiet">{t('statement.none')}</p>}
    </>
  );
}

function Promises({ page }: { readonly page: IssuePage }) {
  const { t } = useWords();
  const names = useNames();
  const may = useMay();
  const changing = useChanging();
  const [proofs, setProofs] = useState<Readonly<Record<string, string>>>({});
  if (page.promises.length === 0) return null;
  return (
    <>
      <h3>{t('promise.name')}</h3>
      <ul className="promises">
        {page.promises.map((promise) => (
          <li key={promise.id}>
            <p>
              {promise.what} <span className="quiet">{names.office(promise.officeId)}</span>{' '}
              <Due at={promise.dueAt} metAt={promise.keptAt} />
              {promise.broken && <span className="tag">{t('promise.broken')}</span>}
            </p>
            {promise.proof !== '' && <p className="quiet">{promise.proof}</p>}
            {promise.keptAt === null && may('handle') && (
              <details>
                <summary>{t('promise.keep')}</summary>
                <form
                  className="inline-form"
                  onSubmit={(event) => {
                    event.preventDefault();
                    void changing.run(
                      'POST',
                      `promises/${encodeURIComponent(promise.id)}/keep`,
                      { proof: proofs[promise.id] ?? '' },
                      t('promise.kept'),
                    );
                  }}
                >
                  <TextInput
                    required
                    aria-label={t('promise.proof')}
                    placeholder={t('promise.proof')}
                    value={proofs[promise.id] ?? ''}
                    onChange={(event) => setProofs({ ...proofs, [promise.id]: event.target.value })}
                  />
                  <Button type="submit" variant="default" loading={changing.busy}>
                    {t('do.save')}
                  </Button>
                </form>
              </details>
            )}
          </li>
        ))}
      </ul>
      <Problem fault={changing.fault} />
    </>
  );
}

export function InstructionDialog({
  page,
  opened,
  close,
}: {
  readonly page: IssuePage;
  readonly opened: boolean;
  readonly close: () => void;
}) {
  const { t, w } = useWords();
  const session = useSession();
  const changing = useChanging();
  const [text, setText] = useState('');
  const [officeId, setOffice] = useState('');
  const [due, setDue] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const dueAt = instantOf(due, session.zone);
    const body = { text, ...(officeId === '' ? {} : { officeId }), ...(dueAt === null ? {} : { dueAt }) };
    if ((await changing.run('POST', `issues/${encodeURIComponent(page.row.id)}/instruction`, body, t('instruction.said'))) === null) return;
    setText('');
    close();
  };
  return (
    <Dialog opened={opened} close={close} title={t('instruction.new')}>
      <form onSubmit={send} className="stack">
        <Textarea
          data-autofocus
          required
          autosize
          minRows={3}
          label={t('instruction.text')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <NativeSelect
          label={t('instruction.office')}
          value={officeId}
          onChange={(event) => setOffice(event.target.value)}
          data={[
            { value: '', label: t('instruction.noTask') },
            ...Object.entries(session.names.offices).map(([value, name]) => ({ value, label: w(name) })),
          ]}
        />
        <TextInput type="datetime-local" label={t('task.due')} value={due} onChange={(event) => setDue(event.target.value)} />
        <Problem fault={changing.fault} />
        <Button type="submit" loading={changing.busy}>
          {t('instruction.do')}
        </Button>
      </form>
    </Dialog>
  );
}

export function Answering({ page }: { readonly page: IssuePage }) {
  const { t } = useWords();
  const names = useNames();
  const times = useTimes();
  const may = useMay();
  return (
    <section className="block" aria-labelledby="answer-name">
      <div className="block-head">
        <h2 id="answer-name">{t('answer.name')}</h2>
        {may('draft') && (
          <Link to="/issues/$id/statements/$statementId" params={{ id: page.row.id, statementId: 'new' }} className="text-button">
            {t('statement.new')} <kbd>s</kbd>
          </Link>
        )}
      </div>
      <CaseStep page={page} />
      <Statements page={page} />
      <Promises page={page} />
      {page.instructions.length > 0 && (
        <>
          <h3>{t('instruction.name')}</h3>
          <ul className="promises">
            {page.instructions.map((one) => (
              <li key={one.id}>
                <p>
                  “{one.text}”{' '}
                  <span className="quiet">
                    {names.staff(one.by)} · {times.short(one.at)}
                  </span>
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
