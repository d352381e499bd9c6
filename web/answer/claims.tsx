/** What is being said that can be checked: opened by a person, decided on evidence with sources, reviewed by another person. */
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Claim, Verdict } from '../../src/model/case.ts';
import type { IssuePage } from '../../src/model/desk.ts';
import { useChanging } from '../parts/changing.tsx';
import { useMay } from '../parts/may.ts';
import { useNames, useSession, useTimes } from '../parts/session.tsx';
import { Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';

const SIGN: Readonly<Record<Verdict, string>> = { open: '⚑', true: '✓', false: '✗', partly: '◐', unknowable: '?' };

function EvidenceForm({ claim }: { readonly claim: Claim }) {
  const { t } = useWords();
  const changing = useChanging();
  const [what, setWhat] = useState('');
  const [source, setSource] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const sent = await changing.run('POST', `claims/${encodeURIComponent(claim.id)}/evidence`, { what, source }, t('claim.said.evidence'));
    if (sent === null) return;
    setWhat('');
    setSource('');
  };
  return (
    <form onSubmit={send} className="stack">
      <Textarea required autosize minRows={2} label={t('claim.what')} value={what} onChange={(event) => setWhat(event.target.value)} />
      <TextInput
        required
        label={t('claim.source')}
        description={t('claim.sourceHint')}
        value={source}
        onChange={(event) => setSource(event.target.value)}
      />
      <Problem fault={changing.fault} />
      <Button type="submit" size="sm" variant="default" loading={changing.busy}>
        {t('claim.addEvidence')}
      </Button>
    </form>
  );
}

function VerdictForm({ claim }: { readonly claim: Claim }) {
  const { t } = useWords();
  const { names, staff } = useSession();
  const changing = useChanging();
  const [verdict, setVerdict] = useState<Verdict>('false');
  const [reviewedBy, setReviewer] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    void changing.run('POST', `claims/${encodeURIComponent(claim.id)}/verdict`, { verdict, reviewedBy }, t('claim.said.verdict'));
  };
  return (
    <form onSubmit={send} className="stack">
      <NativeSelect
        label={t('claim.verdict')}
        value={verdict}
        onChange={(event) => setVerdict(event.target.value as Verdict)}
        data={(['false', 'true', 'partly', 'unknowable'] as const).map((value) => ({
          value,
          label: `${SIGN[value]} ${t(`verdict.${value}`)}`,
        }))}
      />
      <NativeSelect
        required
        label={t('claim.reviewer')}
        value={reviewedBy}
        onChange={(event) => setReviewer(event.target.value)}
        data={[
          { value: '', label: t('form.choose') },
          ...Object.entries(names.staff)
            .filter(([id]) => id !== staff?.id)
            .map(([value, label]) => ({ value, label })),
        ]}
      />
      <Problem fault={changing.fault} />
      <Button type="submit" size="sm" loading={changing.busy} disabled={claim.evidence.length === 0}>
        {t('claim.decide')}
      </Button>
      {claim.evidence.length === 0 && <p className="quiet">{t('claim.needsEvidence')}</p>}
    </form>
  );
}

function ClaimLine({ claim, mayWork }: { readonly claim: Claim; readonly mayWork: boolean }) {
  const { t } = useWords();
  const times = useTimes();
  const names = useNames();
  return (
    <li className={`claim claim-${claim.verdict}`}>
      <details>
        <summary>
          <span className="claim-sign" aria-hidden="true">
            {SIGN[claim.verdict]}
          </span>
          <span className="claim-text">{claim.text}</span>
          <span className="claim-count">{t('claim.count', { n: claim.nDocuments, voices: claim.nVoices })}</span>
          <span className="claim-verdict">{t(`verdict.${claim.verdict}`)}</span>
        </summary>
        <div className="claim-more">
          {claim.evidence.length === 0 ? (
            <p className="quiet">{t('claim.noEvidence')}</p>
          ) : (
            <ul className="evidence">
              {claim.evidence.map((one) => (
                <li key={`${one.at}-${one.source}`}>
                  {one.what}
                  <span className="quiet">
                    {one.source} · {names.staff(one.by)} {times.short(one.at)}
                  </span>
                </li>
              ))}
            </ul>
          )}
          {claim.reviewedBy !== null && (
            <p className="quiet">
              {t('claim.reviewedBy', { who: names.staff(claim.reviewedBy), at: times.short(claim.decidedAt ?? claim.openedAt) })}
            </p>
          )}
          {mayWork && (
            <>
              <EvidenceForm claim={claim} />
              {claim.verdict === 'open' && <VerdictForm claim={claim} />}
            </>
          )}
        </div>
      </details>
    </li>
  );
}

function NewClaim({ issueId }: { readonly issueId: string }) {
  const { t } = useWords();
  const changing = useChanging();
  const [text, setText] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if ((await changing.run('POST', `issues/${encodeURIComponent(issueId)}/claims`, { text }, t('claim.said.opened'))) !== null)
      setText('');
  };
  return (
    <form onSubmit={send} className="inline-form">
      <TextInput
        required
        aria-label={t('claim.new')}
        placeholder={t('claim.new')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" variant="default" loading={changing.busy}>
        {t('claim.open')}
      </Button>
      <Problem fault={changing.fault} />
    </form>
  );
}

const FIRST_DRAFTS = 6;

function Drafts({ page, mayWork }: { readonly page: IssuePage; readonly mayWork: boolean }) {
  const { t } = useWords();
  const changing = useChanging();
  const [isWhole, setWhole] = useState(false);
  if (page.claimDrafts.length === 0) return null;
  const shown = isWhole ? page.claimDrafts : page.claimDrafts.slice(0, FIRST_DRAFTS);
  return (
    <div className="claim-drafts">
      <h3>{t('claim.drafts')}</h3>
      <ul className="plain-list">
        {shown.map((draft) => (
          <li key={draft.text}>
            <span>
              <span className="tag">{t(draft.isQuestion ? 'claim.question' : 'claim.saying')}</span> {draft.text}{' '}
              <span className="quiet">{t('claim.voices', { n: draft.nVoices })}</span>
            </span>
            {mayWork && (
              <Button
                size="xs"
                variant="default"
                loading={changing.busy}
                onClick={() =>
                  void changing.run(
                    'POST',
                    `issues/${encodeURIComponent(page.row.id)}/claims`,
                    { text: draft.text, firstDocumentId: draft.firstDocumentId },
                    t('claim.said.opened'),
                  )
                }
              >
                {t('claim.take')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {shown.length < page.claimDrafts.length && (
        <button type="button" className="text-button" onClick={() => setWhole(true)}>
          {t('timeline.rest', { n: page.claimDrafts.length - shown.length })}
        </button>
      )}
      <Problem fault={changing.fault} />
    </div>
  );
}

export function Claims({ page }: { readonly page: IssuePage }) {
  const { t } = useWords();
  const may = useMay();
  const mayWork = may('check');
  return (
    <section className="block" aria-labelledby="claims-name">
      <h2 id="claims-name">
        {t('claim.name')} <span className="tally">{page.claims.length}</span>
      </h2>
      {page.claims.length === 0 ? (
        <p className="quiet">{t('claim.none')}</p>
      ) : (
        <ul className="claims">
          {page.claims.map((claim) => (
            <ClaimLine key={claim.id} claim={claim} mayWork={mayWork} />
          ))}
        </ul>
      )}
      <Drafts page={page} mayWork={mayWork} />
      {mayWork && <NewClaim issueId={page.row.id} />}
    </section>
  );
}
