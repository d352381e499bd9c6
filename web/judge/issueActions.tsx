/** What is done to an issue as a whole: papers, express report, instruction, merging, dismissing. */
import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { IssuePage } from '../../src/model/desk.ts';
import { Dialog } from '../parts/dialog.tsx';
import { type Changing, useChanging } from '../parts/changing.tsx';
import { useGo } from '../parts/goTo.ts';
import { useMay } from '../parts/may.ts';
import { Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';

type Kind = 'dismiss' | 'merge' | 'split';

function DocumentPicker({
  page,
  picked,
  set,
}: {
  readonly page: IssuePage;
  readonly picked: ReadonlySet<string>;
  readonly set: (picked: ReadonlySet<string>) => void;
}) {
  const toggle = (id: string) => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    set(next);
  };
  return (
    <ul className="choices">
      {page.documents.map((row) => (
        <li key={row.id}>
          <label className="choice">
            <input type="checkbox" checked={picked.has(row.id)} onChange={() => toggle(row.id)} /> {row.title || row.start.slice(0, 50)}
          </label>
        </li>
      ))}
    </ul>
  );
}

/** Sends what the dialog asks for; gives the page to go to, or false where it was refused. */
function useSend(kind: Kind | null, page: IssuePage, changing: Changing) {
  const { t } = useWords();
  const path = `issues/${encodeURIComponent(page.row.id)}`;
  return async (reason: string, into: string, documentIds: readonly string[]): Promise<string | null | false> => {
    if (kind === 'merge') {
      const done = await changing.run('POST', 'issues/merge', { from: page.row.id, into, reason }, t('merge.said'));
      return done === null ? false : into;
    }
    if (kind === 'split') {
      const done = await changing.run<{ issueId: string }>('POST', `${path}/split`, { documentIds, reason }, t('merge.saidSplit'));
      return done === null ? false : done.issueId;
    }
    const done = await changing.run('POST', `${path}/dismiss`, { reason }, t('dismiss.said'));
    return done === null ? false : null;
  };
}

function ReasonDialog({ kind, page, close }: { readonly kind: Kind | null; readonly page: IssuePage; readonly close: () => void }) {
  const { t } = useWords();
  const changing = useChanging();
  const go = useGo();
  const [reason, setReason] = useState('');
  const [into, setInto] = useState('');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const sendTo = useSend(kind, page, changing);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const next = await sendTo(reason, into, [...picked]);
    if (next === false) return;
    if (next !== null) go(`/issues/${encodeURIComponent(next)}`);
    close();
  };
  return (
    <Dialog opened={kind !== null} close={close} title={kind === null ? '' : t(`${kind}.title`)}>
      <form onSubmit={send} className="stack">
        {kind === 'merge' && (
          <TextInput
            required
            label={t('merge.into')}
            placeholder="HD-2026-0001"
            value={into}
            onChange={(event) => setInto(event.target.value.trim())}
          />
        )}
        {kind === 'split' && <DocumentPicker page={page} picked={picked} set={setPicked} />}
        <Textarea
          required
          autosize
          minRows={2}
          label={t('form.reason')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Problem fault={changing.fault} />
        <Button type="submit" loading={changing.busy}>
          {kind === null ? '' : t(`${kind}.do`)}
        </Button>
      </form>
    </Dialog>
  );
}

export function IssueActions({ page, openInstruction }: { readonly page: IssuePage; readonly openInstruction: () => void }) {
  const { t } = useWords();
  const may = useMay();
  const changing = useChanging();
  const [kind, setKind] = useState<Kind | null>(null);
  const id = encodeURIComponent(page.row.id);
  const isDesk = may('judge');
  return (
    <div className="issue-do">
      <a className="link-button" href={`/issues/${id}/report.html`} target="_blank" rel="noreferrer">
        {t('issue.report')}
      </a>
      <a className="link-button" href={`/issues/${id}/report.docx`}>
        .docx
      </a>
      {may('instruct') && (
        <Button size="xs" variant="default" onClick={openInstruction}>
          {t('instruction.new')}
        </Button>
      )}
      {may('send') && (
        <Button
          size="xs"
          variant="default"
          loading={changing.busy}
          onClick={() => void changing.run('POST', `issues/${id}/express`, {}, t('express.said'))}
        >
          {t('express.do')}
        </Button>
      )}
      {isDesk && (
        <>
          <Button size="xs" variant="default" onClick={() => setKind('merge')}>
            {t('merge.do')}
          </Button>
          <Button size="xs" variant="default" onClick={() => setKind('split')}>
            {t('split.do')}
          </Button>
          <Button size="xs" variant="default" onClick={() => setKind('dismiss')}>
            {t('dismiss.do')}
          </Button>
        </>
      )}
      <Problem fault={changing.fault} />
      <ReasonDialog key={kind ?? 'none'} kind={kind} page={page} close={() => setKind(null)} />
    </div>
  );
}
