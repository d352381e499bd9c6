/** Offices: the operating body, ordinary ones, the overseer outside them all, and who stands for the next tier. */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AdminView } from '../../src/model/desk.ts';
import type { Office } from '../../src/model/office.ts';
import { useChanging } from '../parts/changing.tsx';
import { FormEnd } from '../parts/formEnd.tsx';
import { Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { newId } from './newId.ts';

const KINDS = ['operating', 'office', 'oversight', 'upper'] as const;

function emptyOffice(admin: AdminView): Office {
  const operating = admin.offices.find((office) => office.kind === 'operating');
  return {
    id: '',
    name: { zh: '', en: '' },
    aliases: [],
    kind: operating === undefined ? 'operating' : 'office',
    tierId: admin.tiers[0]?.id ?? '',
    parentId: operating?.id ?? null,
    headId: null,
    deputyId: null,
    hotline: '',
    rev: 0,
  };
}

/** Where an office of a kind stands: the overseer and the tier above stand under nobody here. */
function placed(admin: AdminView, kind: Office['kind']): Pick<Office, 'kind' | 'parentId' | 'tierId'> {
  const operating = admin.offices.find((office) => office.kind === 'operating');
  const tier = kind === 'upper' ? admin.tiers.at(-1) : admin.tiers[0];
  return { kind, parentId: kind === 'office' ? (operating?.id ?? null) : null, tierId: tier?.id ?? '' };
}

/** Who is called, and by which names people call the office. */
function CallFields({
  admin,
  office,
  own,
}: {
  readonly admin: AdminView;
  readonly office: Office;
  readonly own: (part: Partial<Office>) => void;
}) {
  const { t } = useWords();
  const staff = [{ value: '', label: '—' }, ...admin.staff.map((one) => ({ value: one.id, label: one.name }))];
  return (
    <>
      <NativeSelect
        label={t('office.head')}
        value={office.headId ?? ''}
        onChange={(event) => own({ headId: event.target.value || null })}
        data={staff}
      />
      <NativeSelect
        label={t('office.deputy')}
        value={office.deputyId ?? ''}
        onChange={(event) => own({ deputyId: event.target.value || null })}
        data={staff}
      />
      <TextInput
        className="form-wide"
        label={t('office.aliases')}
        description={t('office.aliasesHint')}
        value={office.aliases.join(' ')}
        onChange={(event) =>
          own({
            aliases: event.target.value.split(/[\s,，、;；]+/u).filter((alias, index, all) => alias !== '' || index === all.length - 1),
          })
        }
      />
    </>
  );
}

function OfficeFields({
  admin,
  office,
  set,
}: {
  readonly admin: AdminView;
  readonly office: Office;
  readonly set: (office: Office) => void;
}) {
  const { t, w } = useWords();
  const own = (part: Partial<Office>) => set({ ...office, ...part });
  return (
    <>
      <TextInput
        required={office.name.en === ''}
        label={t('form.nameZh')}
        value={office.name.zh}
        onChange={(event) => own({ name: { ...office.name, zh: event.target.value } })}
      />
      <TextInput
        required={office.name.zh === ''}
        label={t('form.nameEn')}
        value={office.name.en}
        onChange={(event) => own({ name: { ...office.name, en: event.target.value } })}
      />
      <NativeSelect
        label={t('office.kind')}
        description={t(`office.kindHint.${office.kind}`)}
        value={office.kind}
        onChange={(event) => own(placed(admin, KINDS.find((kind) => kind === event.target.value) ?? 'office'))}
        data={KINDS.map((value) => ({ value, label: t(`office.kind.${value}`) }))}
      />
      <NativeSelect
        label={t('office.tier')}
        value={office.tierId}
        onChange={(event) => own({ tierId: event.target.value })}
        data={admin.tiers.map((tier) => ({ value: tier.id, label: w(tier.name) }))}
      />
      <NativeSelect
        label={t('office.parent')}
        value={office.parentId ?? ''}
        onChange={(event) => own({ parentId: event.target.value || null })}
        data={[
          { value: '', label: '—' },
          ...admin.offices.filter((one) => one.id !== office.id).map((one) => ({ value: one.id, label: w(one.name) })),
        ]}
      />
      <TextInput label={t('office.hotline')} value={office.hotline} onChange={(event) => own({ hotline: event.target.value })} />
      <CallFields admin={admin} office={office} own={own} />
    </>
  );
}

function OfficeForm({ admin, office, close }: { readonly admin: AdminView; readonly office: Office; readonly close: () => void }) {
  const { t } = useWords();
  const changing = useChanging();
  const [draft, set] = useState(office);
  const isNew = office.id === '';
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const id = isNew
      ? newId(
          draft.name.en,
          admin.offices.map((one) => one.id),
          'office',
        )
      : draft.id;
    const name = { zh: draft.name.zh || draft.name.en, en: draft.name.en || draft.name.zh };
    const body = { ...draft, id, name, aliases: draft.aliases.filter((alias) => alias !== '') };
    if ((await changing.run('PUT', `admin/offices/${encodeURIComponent(id)}`, body, t('admin.saved'))) === null) return;
    const tiers = admin.tiers.map((tier) => (tier.id === draft.tierId && tier.officeId === null ? { ...tier, officeId: id } : tier));
    if (draft.kind === 'upper') await changing.run('PUT', 'admin/tiers', tiers);
    close();
  };
  const remove = async () => {
    if ((await changing.run('DELETE', `admin/offices/${encodeURIComponent(office.id)}`, {}, t('admin.removed'))) !== null) close();
  };
  return (
    <form onSubmit={send} className="form-grid inset">
      <OfficeFields admin={admin} office={draft} set={set} />
      <FormEnd changing={changing} cancel={close}>
        {!isNew && (
          <Button variant="subtle" color="red" onClick={() => void remove()}>
            {t('do.remove')}
          </Button>
        )}
      </FormEnd>
    </form>
  );
}

export function OfficesEditor({ admin }: { readonly admin: AdminView }) {
  const { t, w } = useWords();
  const [openId, setOpen] = useState<string | null>(admin.offices.length === 0 ? '' : null);
  const staffName = (id: string | null) => admin.staff.find((one) => one.id === id)?.name ?? '—';
  return (
    <div className="stack">
      <ul className="entries">
        {admin.offices.map((office) => (
          <li key={office.id}>
            <div className="entry">
              <span className="entry-name">
                <b>{w(office.name)}</b> <span className="tag">{t(`office.kind.${office.kind}`)}</span>
              </span>
              <span className="quiet">
                {t('office.head')} {staffName(office.headId)} · {t('office.deputy')} {staffName(office.deputyId)}
              </span>
              <Button
                size="xs"
                variant="default"
                aria-expanded={openId === office.id}
                onClick={() => setOpen(openId === office.id ? null : office.id)}
              >
                {t('do.edit')}
              </Button>
            </div>
            {openId === office.id && <OfficeForm admin={admin} office={office} close={() => setOpen(null)} />}
          </li>
        ))}
      </ul>
      {openId === '' ? (
        <OfficeForm admin={admin} office={emptyOffice(admin)} close={() => setOpen(null)} />
      ) : (
        <Button variant="default" onClick={() => setOpen('')}>
          {t('office.add')}
        </Button>
      )}
    </div>
  );
}

export function OversightEditor({ admin }: { readonly admin: AdminView }) {
  const { t, w } = useWords();
  const changing = useChanging();
  const outside = admin.offices.filter((office) => office.kind === 'oversight' || office.kind === 'upper');
  return (
    <div className="stack">
      <p className="quiet">{t('oversight.about')}</p>
      <NativeSelect
        label={t('oversight.office')}
        value={admin.body?.oversightId ?? ''}
        onChange={(event) => void changing.run('PUT', 'admin/oversight', { officeId: event.target.value }, t('admin.saved'))}
        data={[{ value: '', label: t('form.choose') }, ...outside.map((office) => ({ value: office.id, label: w(office.name) }))]}
      />
      {outside.length === 0 && <p className="note">{t('oversight.none')}</p>}
      <Problem fault={changing.fault} />
    </div>
  );
}
