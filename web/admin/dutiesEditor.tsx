/** Duties: which matter belongs to which office. */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AdminView } from '../../src/model/desk.ts';
import type { Duty } from '../../src/model/office.ts';
import { type Changing, useChanging } from '../parts/changing.tsx';
import { Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { newId } from './newId.ts';

interface Option {
  readonly value: string;
  readonly label: string;
}

function DutyLine({ duty, options, changing }: { readonly duty: Duty; readonly options: readonly Option[]; readonly changing: Changing }) {
  const { t, w } = useWords();
  const path = `admin/duties/${encodeURIComponent(duty.id)}`;
  return (
    <li className="entry">
      <span className="entry-name">
        <b>{w(duty.name)}</b>
      </span>
      <NativeSelect
        size="xs"
        aria-label={t('duty.officeOf', { name: w(duty.name) })}
        value={duty.officeId}
        onChange={(event) => void changing.run('PUT', path, { ...duty, officeId: event.target.value }, t('admin.saved'))}
        data={[...options]}
      />
      <Button size="xs" variant="subtle" onClick={() => void changing.run('DELETE', path, {}, t('admin.removed'))}>
        {t('do.remove')}
      </Button>
    </li>
  );
}

export function DutiesEditor({ admin }: { readonly admin: AdminView }) {
  const { t, w } = useWords();
  const changing = useChanging();
  const [zh, setZh] = useState('');
  const [en, setEn] = useState('');
  const [officeId, setOffice] = useState('');
  const options = admin.offices.map((office) => ({ value: office.id, label: w(office.name) }));
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const taken = admin.duties.map((duty) => duty.id);
    const id = newId(en, taken, 'duty');
    const body = { id, name: { zh: zh || en, en: en || zh }, officeId };
    if ((await changing.run('PUT', `admin/duties/${encodeURIComponent(id)}`, body, t('admin.saved'))) === null) return;
    setZh('');
    setEn('');
  };
  return (
    <div className="stack">
      <ul className="entries">
        {admin.duties.map((duty) => (
          <DutyLine key={duty.id} duty={duty} options={options} changing={changing} />
        ))}
      </ul>
      <form onSubmit={add} className="duty-add">
        <TextInput
          required={en === ''}
          label={t('form.nameZh')}
          placeholder="供水"
          value={zh}
          onChange={(event) => setZh(event.target.value)}
        />
        <TextInput
          required={zh === ''}
          label={t('form.nameEn')}
          placeholder="Water supply"
          value={en}
          onChange={(event) => setEn(event.target.value)}
        />
        <NativeSelect
          required
          label={t('duty.office')}
          value={officeId}
          onChange={(event) => setOffice(event.target.value)}
          data={[{ value: '', label: t('form.choose') }, ...options]}
        />
        <Button type="submit" variant="default" loading={changing.busy}>
          {t('duty.add')}
        </Button>
      </form>
      <Problem fault={changing.fault} />
    </div>
  );
}
