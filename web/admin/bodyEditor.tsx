/** The body: its name, zone, language, contact; and the ladder of tiers above it. */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AdminView } from '../../src/model/desk.ts';
import type { Tier } from '../../src/model/office.ts';
import { useChanging } from '../parts/changing.tsx';
import { FormEnd } from '../parts/formEnd.tsx';
import { LanguageField } from '../parts/languageField.tsx';
import { Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { newId } from './newId.ts';

export function BodyEditor({ admin, done }: { readonly admin: AdminView; readonly done?: () => void }) {
  const { t, lang } = useWords();
  const changing = useChanging();
  const { body } = admin;
  const [zh, setZh] = useState(body?.name.zh ?? '');
  const [en, setEn] = useState(body?.name.en ?? '');
  const [zone, setZone] = useState(body?.calendar.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [language, setLanguage] = useState(body?.language ?? lang);
  const [contact, setContact] = useState(body?.contact ?? '');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const sent = await changing.run(
      'PUT',
      'admin/body',
      { name: { zh: zh || en, en: en || zh }, zone, language, contact },
      t('admin.saved'),
    );
    if (sent !== null) done?.();
  };
  return (
    <form onSubmit={send} className="form-grid">
      <TextInput
        required={en === ''}
        label={t('body.nameZh')}
        placeholder="某某县人民政府"
        value={zh}
        onChange={(event) => setZh(event.target.value)}
      />
      <TextInput required={zh === ''} label={t('body.nameEn')} value={en} onChange={(event) => setEn(event.target.value)} />
      <TextInput
        required
        label={t('body.zone')}
        description={t('body.zoneHint')}
        value={zone}
        onChange={(event) => setZone(event.target.value)}
      />
      <LanguageField label={t('body.language')} value={language} set={setLanguage} />
      <TextInput
        className="form-wide"
        required
        label={t('body.contact')}
        description={t('body.contactHint')}
        value={contact}
        onChange={(event) => setContact(event.target.value)}
      />
      <FormEnd changing={changing} />
    </form>
  );
}

/** What most bodies begin with; every name can be changed. */
const FIRST_TIERS: readonly Tier[] = [
  { id: 'tier-1', name: { zh: '本级', en: 'Our own tier' }, rank: 0, officeId: null },
  { id: 'tier-2', name: { zh: '上一级', en: 'The tier above' }, rank: 1, officeId: null },
];

function TierRow({
  admin,
  tier,
  change,
  remove,
}: {
  readonly admin: AdminView;
  readonly tier: Tier;
  readonly change: (part: Partial<Tier>) => void;
  readonly remove: (() => void) | null;
}) {
  const { t, w } = useWords();
  return (
    <div className="tier-row">
      <span className="tier-rank">{tier.rank + 1}</span>
      <TextInput
        label={t('form.nameZh')}
        value={tier.name.zh}
        onChange={(event) => change({ name: { ...tier.name, zh: event.target.value } })}
      />
      <TextInput
        label={t('form.nameEn')}
        value={tier.name.en}
        onChange={(event) => change({ name: { ...tier.name, en: event.target.value } })}
      />
      <NativeSelect
        label={t('tier.office')}
        value={tier.officeId ?? ''}
        onChange={(event) => change({ officeId: event.target.value || null })}
        data={[{ value: '', label: '—' }, ...admin.offices.map((office) => ({ value: office.id, label: w(office.name) }))]}
      />
      <Button variant="subtle" disabled={remove === null} aria-label={`${t('do.remove')} ${w(tier.name)}`} onClick={() => remove?.()}>
        {t('do.remove')}
      </Button>
    </div>
  );
}

export function TiersEditor({ admin, done }: { readonly admin: AdminView; readonly done?: () => void }) {
  const { t } = useWords();
  const changing = useChanging();
  const [tiers, setTiers] = useState<readonly Tier[]>(admin.tiers.length === 0 ? FIRST_TIERS : admin.tiers);
  const change = (index: number, part: Partial<Tier>) => setTiers(tiers.map((tier, at) => (at === index ? { ...tier, ...part } : tier)));
  const add = () => {
    const id = newId(
      '',
      tiers.map((tier) => tier.id),
      'tier',
    );
    setTiers([...tiers, { id, name: { zh: '', en: '' }, rank: tiers.length, officeId: null }]);
  };
  const save = async () => {
    const named = tiers.map((tier) => ({ ...tier, name: { zh: tier.name.zh || tier.name.en, en: tier.name.en || tier.name.zh } }));
    if ((await changing.run('PUT', 'admin/tiers', named, t('admin.saved'))) !== null) done?.();
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {tiers.map((tier, index) => (
        <TierRow
          key={tier.id}
          admin={admin}
          tier={tier}
          change={(part) => change(index, part)}
          remove={
            tiers.length === 1 ? null : () => setTiers(tiers.filter((one) => one.id !== tier.id).map((one, rank) => ({ ...one, rank })))
          }
        />
      ))}
      <Problem fault={changing.fault} />
      <div className="inline">
        <Button variant="default" onClick={add}>
          {t('tier.add')}
        </Button>
        <Button type="submit" loading={changing.busy}>
          {t('do.save')}
        </Button>
      </div>
    </form>
  );
}
