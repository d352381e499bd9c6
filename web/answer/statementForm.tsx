/** The parts of a statement in the order a reader needs them (CERC): known, not known, doing, next. */
import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { Statement } from '../../src/model/case.ts';
import type { IssuePage } from '../../src/model/desk.ts';
import { LanguageField } from '../parts/languageField.tsx';
import { useSession, useTimes } from '../parts/session.tsx';
import { fieldOf, instantOf } from '../parts/time.ts';
import { type Language, useWords } from '../parts/words.tsx';

export type StatementText = Pick<
  Statement,
  | 'title'
  | 'language'
  | 'empathy'
  | 'known'
  | 'unknown'
  | 'doing'
  | 'nextUpdateAt'
  | 'nextUpdate'
  | 'contact'
  | 'claimIds'
  | 'promises'
  | 'machineDrafted'
>;

export function textOf(statement: Statement): StatementText {
  const { title, language, empathy, known, unknown, doing, nextUpdateAt, nextUpdate, contact, claimIds, promises, machineDrafted } =
    statement;
  return { title, language, empathy, known, unknown, doing, nextUpdateAt, nextUpdate, contact, claimIds, promises, machineDrafted };
}

/** A promise without an owner is still being typed: it stays in the form and is not sent. */
export function sendable(text: StatementText): StatementText {
  return { ...text, promises: text.promises.filter((promise) => promise.officeId !== '') };
}

export function emptyText(page: IssuePage, lang: Language): StatementText {
  const language = page.row.language === 'en' ? 'en' : page.row.language === 'zh' ? 'zh' : lang;
  return {
    title: '',
    language,
    empathy: '',
    known: '',
    unknown: '',
    doing: '',
    nextUpdateAt: null,
    nextUpdate: '',
    contact: '',
    claimIds: [],
    promises: [],
    machineDrafted: false,
  };
}

interface FormProps {
  readonly page: IssuePage;
  readonly text: StatementText;
  readonly set: (text: StatementText) => void;
  readonly mayWrite: boolean;
}

function Promises({ text, set, mayWrite }: FormProps) {
  const { t, w } = useWords();
  const { names, zone } = useSession();
  const change = (index: number, part: Partial<StatementText['promises'][number]>) =>
    set({ ...text, promises: text.promises.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  return (
    <fieldset className="fieldset">
      <legend>{t('statement.promises')}</legend>
      <p className="quiet">{t('statement.promisesHint')}</p>
      {text.promises.map((promise, index) => {
        const key = `promise-${index}`;
        return (
          <div key={key} className="promise-row">
            <TextInput
              label={t('promise.what')}
              value={promise.what}
              disabled={!mayWrite}
              onChange={(event) => change(index, { what: event.target.value })}
            />
            <NativeSelect
              label={t('promise.owner')}
              value={promise.officeId}
              disabled={!mayWrite}
              onChange={(event) => change(index, { officeId: event.target.value })}
              data={[
                { value: '', label: t('form.choose') },
                ...Object.entries(names.offices).map(([value, name]) => ({ value, label: w(name) })),
              ]}
            />
            <TextInput
              type="datetime-local"
              label={t('promise.due')}
              disabled={!mayWrite}
              value={promise.dueAt > 0 ? fieldOf(promise.dueAt, zone) : ''}
              onChange={(event) => change(index, { dueAt: instantOf(event.target.value, zone) ?? 0 })}
            />
            <Button
              variant="subtle"
              disabled={!mayWrite}
              onClick={() => set({ ...text, promises: text.promises.filter((_, at) => at !== index) })}
            >
              {t('do.remove')}
            </Button>
          </div>
        );
      })}
      <Button
        size="xs"
        variant="default"
        disabled={!mayWrite}
        onClick={() => set({ ...text, promises: [...text.promises, { what: '', officeId: '', dueAt: 0 }] })}
      >
        {t('promise.add')}
      </Button>
    </fieldset>
  );
}

function Corrections({ page, text, set, mayWrite }: FormProps) {
  const { t } = useWords();
  const decided = page.claims.filter((claim) => claim.verdict !== 'open');
  if (decided.length === 0) return null;
  return (
    <fieldset className="fieldset">
      <legend>{t('statement.corrections')}</legend>
      <p className="quiet">{t('statement.correctionsHint')}</p>
      {decided.map((claim) => (
        <Checkbox
          key={claim.id}
          disabled={!mayWrite}
          label={`${claim.text} — ${t(`verdict.${claim.verdict}`)}`}
          checked={text.claimIds.includes(claim.id)}
          onChange={(event) =>
            set({
              ...text,
              claimIds: event.currentTarget.checked ? [...text.claimIds, claim.id] : text.claimIds.filter((id) => id !== claim.id),
            })
          }
        />
      ))}
    </fieldset>
  );
}

function NextWord({ text, set, mayWrite }: FormProps) {
  const { t } = useWords();
  const { zone } = useSession();
  const times = useTimes();
  const isLast = text.nextUpdate === 'none';
  return (
    <fieldset className="fieldset">
      <legend>{t('statement.next')}</legend>
      <TextInput
        type="datetime-local"
        label={t('statement.nextAt')}
        disabled={!mayWrite || isLast}
        description={text.nextUpdateAt === null ? t('statement.nextHint') : times.full(text.nextUpdateAt)}
        value={text.nextUpdateAt === null ? '' : fieldOf(text.nextUpdateAt, zone)}
        onChange={(event) => set({ ...text, nextUpdateAt: instantOf(event.target.value, zone) })}
      />
      <Checkbox
        label={t('statement.last')}
        disabled={!mayWrite}
        checked={isLast}
        onChange={(event) =>
          set(event.currentTarget.checked ? { ...text, nextUpdate: 'none', nextUpdateAt: null } : { ...text, nextUpdate: '' })
        }
      />
    </fieldset>
  );
}

const PARTS = ['empathy', 'known', 'unknown', 'doing'] as const;

function Parts({ text, set, mayWrite }: Pick<FormProps, 'text' | 'set' | 'mayWrite'>) {
  const { t } = useWords();
  return PARTS.map((part) => (
    <Textarea
      key={part}
      autosize
      minRows={part === 'empathy' ? 1 : 2}
      label={t(`statement.${part}`)}
      description={t(`statement.${part}Hint`)}
      disabled={!mayWrite}
      lang={text.language === 'zh' ? 'zh-CN' : 'en'}
      value={text[part]}
      onChange={(event) => set({ ...text, [part]: event.target.value })}
    />
  ));
}

export function StatementForm(props: FormProps & { readonly save: () => void; readonly busy: boolean }) {
  const { text, set, mayWrite, save, busy } = props;
  const { t } = useWords();
  return (
    <form
      className="stack statement-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className="title-row">
        <TextInput
          required
          label={t('statement.name')}
          description={t('statement.nameHint')}
          disabled={!mayWrite}
          value={text.title}
          onChange={(event) => set({ ...text, title: event.target.value })}
        />
        <LanguageField
          label={t('look.language')}
          disabled={!mayWrite}
          value={text.language}
          set={(language) => set({ ...text, language })}
        />
      </div>
      <Parts text={text} set={set} mayWrite={mayWrite} />
      <NextWord {...props} />
      <TextInput
        label={t('statement.contact')}
        description={t('statement.contactHint')}
        disabled={!mayWrite}
        value={text.contact}
        onChange={(event) => set({ ...text, contact: event.target.value })}
      />
      <Corrections {...props} />
      <Promises {...props} />
      {mayWrite && (
        <Button type="submit" variant="default" loading={busy}>
          {t('do.save')}
        </Button>
      )}
    </form>
  );
}
