/** One topic: the query with its preview as it is typed, the purpose, and the texts that must and must not match. */
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { AdminView } from '../../src/model/desk.ts';
import type { Topic } from '../../src/model/issue.ts';
import { read } from '../parts/api.ts';
import { useChanging } from '../parts/changing.tsx';
import { useGo } from '../parts/goTo.ts';
import { Heading } from '../parts/heading.tsx';
import { useMay } from '../parts/may.ts';
import { useNow, useSession } from '../parts/session.tsx';
import { Loading, Problem } from '../parts/states.tsx';
import { fieldOf, instantOf } from '../parts/time.ts';
import { useWords } from '../parts/words.tsx';
import { QueryPreview } from './queryPreview.tsx';

const DAY = 86_400_000;
/** A purpose ends by itself after ninety days at most (rule R-06). */
const LONGEST = 90 * DAY;

interface Draft {
  readonly zh: string;
  readonly en: string;
  readonly query: string;
  readonly duty: string;
  readonly purpose: Topic['purpose'];
  readonly mustMatch: string;
  readonly mustNotMatch: string;
}

function draftOf(topic: Topic | null, staffId: string, officeId: string, now: number): Draft {
  if (topic === null)
    return {
      zh: '',
      en: '',
      query: '',
      duty: '',
      purpose: {
        why: '',
        legalBasis: '',
        officeId,
        askedBy: staffId,
        approvedBy: '',
        use: '',
        reviewAt: now + LONGEST / 2,
        endsAt: now + LONGEST,
      },
      mustMatch: '',
      mustNotMatch: '',
    };
  const { name, query, duty, purpose, mustMatch, mustNotMatch } = topic;
  return { zh: name.zh, en: name.en, query, duty, purpose, mustMatch: mustMatch.join('\n'), mustNotMatch: mustNotMatch.join('\n') };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

interface PartProps {
  readonly draft: Draft;
  readonly set: (draft: Draft) => void;
}

function DayField({
  label,
  hint,
  at,
  set,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly at: number;
  readonly set: (at: number) => void;
}) {
  const { zone } = useSession();
  return (
    <TextInput
      required
      type="date"
      label={label}
      {...(hint === undefined ? {} : { description: hint })}
      value={fieldOf(at, zone).slice(0, 10)}
      onChange={(event) => set(instantOf(`${event.target.value}T00:00`, zone) ?? at)}
    />
  );
}

function PurposeFields({ draft, set }: PartProps) {
  const { t, w } = useWords();
  const { names } = useSession();
  const { purpose } = draft;
  const change = (part: Partial<Topic['purpose']>) => set({ ...draft, purpose: { ...purpose, ...part } });
  return (
    <fieldset className="fieldset">
      <legend>{t('purpose.name')}</legend>
      <p className="quiet">{t('purpose.about')}</p>
      <div className="form-grid">
        <Textarea
          className="form-wide"
          required
          autosize
          label={t('purpose.why')}
          value={purpose.why}
          onChange={(event) => change({ why: event.target.value })}
        />
        <TextInput
          required
          label={t('purpose.basis')}
          value={purpose.legalBasis}
          onChange={(event) => change({ legalBasis: event.target.value })}
        />
        <TextInput required label={t('purpose.use')} value={purpose.use} onChange={(event) => change({ use: event.target.value })} />
        <NativeSelect
          label={t('purpose.office')}
          value={purpose.officeId}
          onChange={(event) => change({ officeId: event.target.value })}
          data={Object.entries(names.offices).map(([value, name]) => ({ value, label: w(name) }))}
        />
        <NativeSelect
          required
          label={t('purpose.approver')}
          description={t('purpose.approverHint')}
          value={purpose.approvedBy}
          onChange={(event) => change({ approvedBy: event.target.value })}
          data={[
            { value: '', label: t('form.choose') },
            ...Object.entries(names.staff)
              .filter(([id]) => id !== purpose.askedBy)
              .map(([value, label]) => ({ value, label })),
          ]}
        />
        <DayField label={t('purpose.review')} at={purpose.reviewAt} set={(reviewAt) => change({ reviewAt })} />
        <DayField label={t('purpose.ends')} hint={t('purpose.endsHint')} at={purpose.endsAt} set={(endsAt) => change({ endsAt })} />
      </div>
    </fieldset>
  );
}

function Tests({ draft, set }: PartProps) {
  const { t } = useWords();
  return (
    <fieldset className="fieldset">
      <legend>{t('topic.tests')}</legend>
      <p className="quiet">{t('topic.testsHint')}</p>
      <div className="form-grid">
        <Textarea
          autosize
          minRows={3}
          label={t('topic.mustMatch')}
          value={draft.mustMatch}
          onChange={(event) => set({ ...draft, mustMatch: event.target.value })}
        />
        <Textarea
          autosize
          minRows={3}
          label={t('topic.mustNotMatch')}
          value={draft.mustNotMatch}
          onChange={(event) => set({ ...draft, mustNotMatch: event.target.value })}
        />
      </div>
    </fieldset>
  );
}

function NameFields({ draft, set }: PartProps) {
  const { t } = useWords();
  return (
    <div className="form-grid">
      <TextInput
        required={draft.en === ''}
        label={t('form.nameZh')}
        value={draft.zh}
        onChange={(event) => set({ ...draft, zh: event.target.value })}
      />
      <TextInput
        required={draft.zh === ''}
        label={t('form.nameEn')}
        value={draft.en}
        onChange={(event) => set({ ...draft, en: event.target.value })}
      />
    </div>
  );
}

function Editor({ topic }: { readonly topic: Topic | null }) {
  const { t, w } = useWords();
  const { staff } = useSession();
  const now = useNow();
  const may = useMay();
  const go = useGo();
  const changing = useChanging();
  const [draft, set] = useState(() => draftOf(topic, staff?.id ?? '', staff?.officeId ?? '', now));
  const admin = useQuery({ queryKey: ['admin'], queryFn: ({ signal }) => read<AdminView>('admin', signal), retry: false });
  const mayEdit = may('sources');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const body = {
      ...(topic ?? {}),
      name: { zh: draft.zh || draft.en, en: draft.en || draft.zh },
      query: draft.query,
      duty: draft.duty,
      purpose: draft.purpose,
      mustMatch: linesOf(draft.mustMatch),
      mustNotMatch: linesOf(draft.mustNotMatch),
    };
    const path = topic === null ? 'topics' : `topics/${encodeURIComponent(topic.id)}`;
    if ((await changing.run<Topic>(topic === null ? 'POST' : 'PUT', path, body, t('topic.saved'))) !== null) go('/topics');
  };
  return (
    <>
      <Heading title={topic === null ? t('topic.new') : w(topic.name)} />
      <form onSubmit={send} className="stack topic-form">
        <NameFields draft={draft} set={set} />
        <QueryPreview query={draft.query} set={(query) => set({ ...draft, query })} />
        <NativeSelect
          required
          label={t('topic.duty')}
          description={t('topic.dutyHint')}
          value={draft.duty}
          onChange={(event) => set({ ...draft, duty: event.target.value })}
          data={[
            { value: '', label: t('form.choose') },
            ...(admin.data?.duties ?? []).map((duty) => ({ value: duty.id, label: w(duty.name) })),
            ...(admin.data === undefined && draft.duty !== '' ? [draft.duty] : []),
          ]}
        />
        <PurposeFields draft={draft} set={set} />
        <Tests draft={draft} set={set} />
        <Problem fault={changing.fault} />
        {mayEdit && (
          <Button type="submit" loading={changing.busy}>
            {t('do.save')}
          </Button>
        )}
      </form>
    </>
  );
}

export function TopicPage() {
  const { id } = useParams({ strict: false });
  const { t } = useWords();
  const query = useQuery({ queryKey: ['topics'], queryFn: ({ signal }) => read<Topic[]>('topics', signal) });
  const topic = query.data?.find((one) => one.id === id) ?? null;
  return (
    <div className="page page-form">
      {query.isError && <Problem fault={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {query.data !== undefined && topic === null && id !== 'new' && <Heading title={t('state.notFound')} />}
      {query.data !== undefined && (topic !== null || id === 'new') && <Editor key={id} topic={topic} />}
    </div>
  );
}
