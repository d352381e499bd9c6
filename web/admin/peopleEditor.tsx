/** People: who they are, what they may do; the invitation is a link handed over by hand. */
import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AdminView, StaffView } from '../../src/model/desk.ts';
import { ROLE_LIST } from './roleList.ts';
import type { Role } from '../../src/model/office.ts';
import { useChanging } from '../parts/changing.tsx';
import { FormEnd } from '../parts/formEnd.tsx';
import { LanguageField } from '../parts/languageField.tsx';
import { Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';

type Draft = Pick<StaffView, 'name' | 'login' | 'roles' | 'officeId' | 'title' | 'email' | 'language' | 'active'>;

export function CopyLink({ path, label }: { readonly path: string; readonly label: string }) {
  const { t } = useWords();
  const [isCopied, setCopied] = useState(false);
  const address = new URL(path, window.location.origin).href;
  const copy = () => {
    navigator.clipboard?.writeText(address).then(
      () => setCopied(true),
      // Without the clipboard (plain http) the field above can be selected and copied by hand.
      () => setCopied(false),
    );
  };
  return (
    <div className="copy-link">
      <TextInput readOnly label={label} value={address} onFocus={(event) => event.target.select()} />
      <Button variant="default" onClick={copy}>
        {t(isCopied ? 'do.copied' : 'do.copy')}
      </Button>
    </div>
  );
}

function RolesField({ roles, set }: { readonly roles: readonly Role[]; readonly set: (roles: readonly Role[]) => void }) {
  const { t } = useWords();
  return (
    <fieldset className="fieldset form-wide roles">
      <legend>{t('people.roles')}</legend>
      {ROLE_LIST.map((role) => (
        <Checkbox
          key={role}
          label={t(`role.${role}`)}
          description={t(`role.about.${role}`)}
          checked={roles.includes(role)}
          onChange={(event) => set(event.currentTarget.checked ? [...roles, role] : roles.filter((one) => one !== role))}
        />
      ))}
    </fieldset>
  );
}

function TitleFields({ draft, set }: { readonly draft: Draft; readonly set: (draft: Draft) => void }) {
  const { t } = useWords();
  return (
    <>
      <TextInput
        label={t('people.titleZh')}
        value={draft.title.zh}
        onChange={(event) => set({ ...draft, title: { ...draft.title, zh: event.target.value } })}
      />
      <TextInput
        label={t('people.titleEn')}
        value={draft.title.en}
        onChange={(event) => set({ ...draft, title: { ...draft.title, en: event.target.value } })}
      />
    </>
  );
}

function PersonFields({
  admin,
  draft,
  set,
  isNew,
}: {
  readonly admin: AdminView;
  readonly draft: Draft;
  readonly set: (draft: Draft) => void;
  readonly isNew: boolean;
}) {
  const { t, w } = useWords();
  return (
    <>
      <TextInput required label={t('people.name')} value={draft.name} onChange={(event) => set({ ...draft, name: event.target.value })} />
      <TextInput
        required
        disabled={!isNew}
        label={t('people.login')}
        autoCapitalize="none"
        value={draft.login}
        onChange={(event) => set({ ...draft, login: event.target.value })}
      />
      <TitleFields draft={draft} set={set} />
      <NativeSelect
        required
        label={t('people.office')}
        value={draft.officeId}
        onChange={(event) => set({ ...draft, officeId: event.target.value })}
        data={[{ value: '', label: t('form.choose') }, ...admin.offices.map((office) => ({ value: office.id, label: w(office.name) }))]}
      />
      <TextInput
        type="email"
        label={t('people.email')}
        value={draft.email}
        onChange={(event) => set({ ...draft, email: event.target.value })}
      />
      <LanguageField label={t('look.language')} value={draft.language} set={(language) => set({ ...draft, language })} />
      {!isNew && (
        <Checkbox
          className="form-bottom"
          label={t('people.active')}
          checked={draft.active}
          onChange={(event) => set({ ...draft, active: event.currentTarget.checked })}
        />
      )}
      <RolesField roles={draft.roles} set={(roles) => set({ ...draft, roles })} />
    </>
  );
}

type Seat = '' | 'headId' | 'deputyId';

/** Whether the person heads the office, or stands in for its head: who is called when a clock runs out. */
function SeatField({ value, set }: { readonly value: Seat; readonly set: (seat: Seat) => void }) {
  const { t } = useWords();
  return (
    <NativeSelect
      label={t('people.seat')}
      description={t('people.seatHint')}
      value={value}
      onChange={(event) => set(SEATS.find((seat) => seat === event.target.value) ?? '')}
      data={[
        { value: '', label: '—' },
        { value: 'headId', label: t('office.head') },
        { value: 'deputyId', label: t('office.deputy') },
      ]}
    />
  );
}

const SEATS: readonly Seat[] = ['headId', 'deputyId'];

function PersonForm({
  admin,
  person,
  close,
  invited,
}: {
  readonly admin: AdminView;
  readonly person: StaffView | null;
  readonly close: () => void;
  readonly invited: (name: string, path: string) => void;
}) {
  const { t, lang } = useWords();
  const changing = useChanging();
  const [draft, set] = useState<Draft>(
    person ?? {
      name: '',
      login: '',
      roles: [],
      officeId: admin.offices[0]?.id ?? '',
      title: { zh: '', en: '' },
      email: '',
      language: lang,
      active: true,
    },
  );
  const [seat, setSeat] = useState<Seat>('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const title = { zh: draft.title.zh || draft.title.en || '—', en: draft.title.en || draft.title.zh || '—' };
    if (person === null) {
      const { active: _active, ...rest } = draft;
      const answer = await changing.run<{ invitation: string; staff: StaffView }>(
        'POST',
        'admin/staff',
        { ...rest, title },
        t('people.said'),
      );
      if (answer === null) return;
      const office = admin.offices.find((one) => one.id === draft.officeId);
      if (seat !== '' && office !== undefined)
        await changing.run('PUT', `admin/offices/${encodeURIComponent(office.id)}`, { ...office, [seat]: answer.staff.id });
      invited(draft.name, answer.invitation);
    } else if (
      (await changing.run('PUT', `admin/staff/${encodeURIComponent(person.id)}`, { ...person, ...draft, title }, t('admin.saved'))) === null
    )
      return;
    close();
  };
  return (
    <form onSubmit={send} className="form-grid inset">
      <PersonFields admin={admin} draft={draft} set={set} isNew={person === null} />
      {person === null && <SeatField value={seat} set={setSeat} />}
      <FormEnd changing={changing} save={t(person === null ? 'people.invite' : 'do.save')} cancel={close} />
    </form>
  );
}

function PersonLine({
  admin,
  person,
  isOpen,
  toggle,
  invited,
}: {
  readonly admin: AdminView;
  readonly person: StaffView;
  readonly isOpen: boolean;
  readonly toggle: () => void;
  readonly invited: (name: string, path: string) => void;
}) {
  const { t, w } = useWords();
  const changing = useChanging();
  const again = async () => {
    const answer = await changing.run<{ invitation: string }>('POST', `admin/staff/${encodeURIComponent(person.id)}/invite`);
    if (answer !== null) invited(person.name, answer.invitation);
  };
  const office = admin.offices.find((one) => one.id === person.officeId);
  return (
    <div className="entry">
      <span className="entry-name">
        <b>{person.name}</b> <span className="quiet">{person.login}</span>
        {person.invited && <span className="tag">{t('people.invited')}</span>}
        {!person.active && <span className="tag">{t('people.inactive')}</span>}
      </span>
      <span className="quiet">
        {w(office?.name)} · {person.roles.map((role) => t(`role.${role}`)).join(t('list.comma'))}
      </span>
      <span className="inline">
        {person.invited && (
          <Button size="xs" variant="default" loading={changing.busy} onClick={() => void again()}>
            {t('people.newLink')}
          </Button>
        )}
        <Button size="xs" variant="default" aria-expanded={isOpen} onClick={toggle}>
          {t('do.edit')}
        </Button>
      </span>
      <Problem fault={changing.fault} />
    </div>
  );
}

export function PeopleEditor({ admin }: { readonly admin: AdminView }) {
  const { t } = useWords();
  const [openId, setOpen] = useState<string | null>(null);
  const [links, setLinks] = useState<readonly { readonly name: string; readonly path: string }[]>([]);
  const invited = (name: string, path: string) => setLinks([...links.filter((link) => link.name !== name), { name, path }]);
  return (
    <div className="stack">
      {links.length > 0 && (
        <div className="invitations">
          <p>{t('people.handOver')}</p>
          {links.map((link) => (
            <CopyLink key={link.path} path={link.path} label={t('people.linkOf', { name: link.name })} />
          ))}
        </div>
      )}
      <ul className="entries">
        {admin.staff.map((person) => (
          <li key={person.id}>
            <PersonLine
              admin={admin}
              person={person}
              isOpen={openId === person.id}
              toggle={() => setOpen(openId === person.id ? null : person.id)}
              invited={invited}
            />
            {openId === person.id && <PersonForm admin={admin} person={person} close={() => setOpen(null)} invited={invited} />}
          </li>
        ))}
      </ul>
      {openId === '' ? (
        <PersonForm admin={admin} person={null} close={() => setOpen(null)} invited={invited} />
      ) : (
        <Button variant="default" onClick={() => setOpen('')}>
          {t('people.add')}
        </Button>
      )}
    </div>
  );
}

export function SpokespersonEditor({ admin }: { readonly admin: AdminView }) {
  const { t, w } = useWords();
  const changing = useChanging();
  const ids = admin.body?.spokespersonIds ?? [];
  const able = admin.staff.filter((person) => person.roles.includes('spokesperson') && person.active);
  return (
    <div className="stack">
      <p className="quiet">{t('spokesperson.about')}</p>
      {able.map((person) => (
        <Checkbox
          key={person.id}
          label={`${person.name} · ${w(person.title)}`}
          checked={ids.includes(person.id)}
          disabled={changing.busy}
          onChange={(event) =>
            void changing.run(
              'PUT',
              'admin/spokespersons',
              { ids: event.currentTarget.checked ? [...ids, person.id] : ids.filter((id) => id !== person.id) },
              t('admin.saved'),
            )
          }
        />
      ))}
      {able.length === 0 && <p className="note">{t('spokesperson.none')}</p>}
      <Problem fault={changing.fault} />
    </div>
  );
}
