/** Submit, review, send back, sign. Signing asks for the password again: it is what publishes. */
import { Button, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { SignedStatement } from '../../src/model/case.ts';
import type { StatementView } from '../../src/model/desk.ts';
import { useChanging } from '../parts/changing.tsx';
import { useGo } from '../parts/goTo.ts';
import { useMay } from '../parts/may.ts';
import { useNames, useSession, useTimes } from '../parts/session.tsx';
import { Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';

const STEPS = ['draft', 'review', 'reviewed', 'published'] as const;

function Steps({ state }: { readonly state: string }) {
  const { t } = useWords();
  const at = STEPS.indexOf(state as (typeof STEPS)[number]);
  return (
    <ol className="steps">
      {STEPS.map((step, index) => (
        <li
          key={step}
          className={index < at ? 'step-done' : index === at ? 'step-here' : ''}
          {...(index === at ? { 'aria-current': 'step' } : {})}
        >
          {index < at && <span aria-hidden="true">✓ </span>}
          {t(`statement.state.${step}`)}
        </li>
      ))}
    </ol>
  );
}

function SignForm({ view }: { readonly view: StatementView }) {
  const { t } = useWords();
  const { staff } = useSession();
  const changing = useChanging();
  const [password, setPassword] = useState('');
  const [why, setWhy] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const body = { password, ...(why === '' ? {} : { why }) };
    const signed = await changing.run<SignedStatement>(
      'POST',
      `statements/${encodeURIComponent(view.statement.id)}/sign`,
      body,
      t('sign.said'),
    );
    if (signed !== null) setPassword('');
  };
  return (
    <form onSubmit={send} className="stack sign-form">
      <p>{t('sign.about', { name: staff?.name ?? '' })}</p>
      {view.published.length > 0 && (
        <TextInput
          required
          label={t('sign.why')}
          description={t('sign.whyHint')}
          value={why}
          onChange={(event) => setWhy(event.target.value)}
        />
      )}
      <PasswordInput
        required
        label={t('sign.password')}
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Problem fault={changing.fault} />
      <Button type="submit" size="md" loading={changing.busy}>
        {t('sign.do')}
      </Button>
    </form>
  );
}

function BackForm({ path }: { readonly path: string }) {
  const { t } = useWords();
  const changing = useChanging();
  const [why, setWhy] = useState('');
  return (
    <details>
      <summary>{t('review.back')}</summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void changing.run('POST', `${path}/sendBack`, { why }, t('review.saidBack'));
        }}
      >
        <Textarea required autosize minRows={2} label={t('review.why')} value={why} onChange={(event) => setWhy(event.target.value)} />
        <Problem fault={changing.fault} />
        <Button type="submit" size="sm" variant="default" loading={changing.busy}>
          {t('review.back')}
        </Button>
      </form>
    </details>
  );
}

function AmendForm({ view }: { readonly view: StatementView }) {
  const { t } = useWords();
  const changing = useChanging();
  const go = useGo();
  const [why, setWhy] = useState('');
  const last = view.published.at(-1);
  if (last === undefined) return null;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const next = await changing.run<StatementView>('POST', `signed/${encodeURIComponent(last.id)}/amend`, { why }, t('amend.said'));
    if (next !== null) go(`/issues/${encodeURIComponent(last.issueId)}/statements/${encodeURIComponent(next.statement.id)}`);
  };
  return (
    <form onSubmit={send} className="stack">
      <p className="quiet">{t('amend.about')}</p>
      <TextInput required label={t('amend.why')} value={why} onChange={(event) => setWhy(event.target.value)} />
      <Problem fault={changing.fault} />
      <Button type="submit" variant="default" loading={changing.busy}>
        {t('amend.do')}
      </Button>
    </form>
  );
}

export function Signing({ view, isDirty }: { readonly view: StatementView; readonly isDirty: boolean }) {
  const { t } = useWords();
  const names = useNames();
  const times = useTimes();
  const may = useMay();
  const { staff } = useSession();
  const changing = useChanging();
  const { statement } = view;
  const path = `statements/${encodeURIComponent(statement.id)}`;
  const isOwn = statement.draftedBy === staff?.id;
  return (
    <section className="signing" aria-label={t('sign.way')}>
      <Steps state={statement.state} />
      <p className="quiet">
        {t('statement.draftedBy', { who: names.staff(statement.draftedBy), at: times.short(statement.draftedAt) })}
        {statement.machineDrafted && <> · {t('statement.machineDrafted')}</>}
        {statement.reviewedBy !== null && <> · {t('statement.reviewedBy', { who: names.staff(statement.reviewedBy) })}</>}
      </p>
      {statement.state === 'draft' && may('draft') && (
        <Button
          loading={changing.busy}
          disabled={isDirty}
          onClick={() => void changing.run('POST', `${path}/submit`, {}, t('review.saidSubmit'))}
        >
          {t('review.submit')}
        </Button>
      )}
      {statement.state === 'review' &&
        (isOwn || !may('review') ? (
          <p className="note">{t(isOwn ? 'review.own' : 'review.notYou')}</p>
        ) : (
          <Button loading={changing.busy} onClick={() => void changing.run('POST', `${path}/review`, {}, t('review.said'))}>
            {t('review.do')}
          </Button>
        ))}
      {(statement.state === 'review' || statement.state === 'reviewed') && may('review') && <BackForm path={path} />}
      {statement.state === 'reviewed' && (may('sign') ? <SignForm view={view} /> : <p className="note">{t('sign.notYou')}</p>)}
      {statement.state === 'published' && may('draft') && <AmendForm view={view} />}
      <Problem fault={changing.fault} />
    </section>
  );
}
