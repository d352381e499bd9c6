/** Adding a source: the address is read first, what it gives is shown, only then it is saved. */
import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AdminView, SourceRow, SourceTest } from '../../src/model/desk.ts';
import type { Standing } from '../../src/model/source.ts';
import { read } from '../parts/api.ts';
import { useChanging } from '../parts/changing.tsx';
import { useTimes } from '../parts/session.tsx';
import { fieldsOf, SettingFields, type Settings } from '../parts/settingFields.tsx';
import { Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';

const STANDING_CHOICES: readonly Standing[] = ['official', 'press', 'community', 'desk', 'field', 'import'];

function Preview({ test, retry }: { readonly test: SourceTest; readonly retry: (address: string) => void }) {
  const { t, w } = useWords();
  const times = useTimes();
  return (
    <div className="preview">
      <p>
        <b>{t('source.found', { n: test.nItems })}</b> · {test.kind} · {test.charset ?? '—'} · {test.language ?? '—'} ·{' '}
        {t('source.nextPoll', { at: times.short(test.nextAt) })}
      </p>
      <ol className="preview-first">
        {test.first.map((item) => (
          <li key={`${item.title}-${item.publishedAt ?? ''}`}>
            {item.title} <span className="quiet">{item.publishedAt === null ? t('source.noDate') : times.full(item.publishedAt)}</span>
          </li>
        ))}
      </ol>
      <p className="quiet">{w(test.robots)}</p>
      {test.notes.length > 0 && (
        <ul className="notes">
          {test.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {test.found.length > 0 && (
        <div>
          <p>{t('source.feedsFound')}</p>
          <ul className="plain-list">
            {test.found.map((address) => (
              <li key={address}>
                <span className="breakable">{address}</span>
                <Button size="xs" variant="default" onClick={() => retry(address)}>
                  {t('source.take')}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function SaveForm({ test, done }: { readonly test: SourceTest; readonly done: () => void }) {
  const { t } = useWords();
  const changing = useChanging();
  const admin = useQuery({ queryKey: ['admin'], queryFn: ({ signal }) => read<AdminView>('admin', signal), retry: false });
  const [zh, setZh] = useState('');
  const [en, setEn] = useState('');
  const [standing, setStanding] = useState<Standing>(test.kind === 'page' || test.kind === 'feed' ? 'press' : 'community');
  const [family, setFamily] = useState('');
  const [audience, setAudience] = useState<string | number>(0);
  const [settings, setSettings] = useState<Settings>({});
  const fields = fieldsOf(admin.data?.collectors.find((one) => one.kind === test.kind)?.settings ?? []);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const body = {
      name: { zh: zh || en, en: en || zh },
      kind: test.kind,
      address: test.address,
      settings,
      standing,
      ...(family === '' ? {} : { family }),
      ...(Number(audience) > 0 ? { audience: Number(audience) } : {}),
    };
    if ((await changing.run<SourceRow>('POST', 'sources', body, t('source.said.added'))) !== null) done();
  };
  return (
    <form onSubmit={send} className="form-grid">
      <TextInput required={en === ''} label={t('form.nameZh')} value={zh} onChange={(event) => setZh(event.target.value)} />
      <TextInput required={zh === ''} label={t('form.nameEn')} value={en} onChange={(event) => setEn(event.target.value)} />
      <NativeSelect
        label={t('source.standing')}
        description={t('source.standingHint')}
        value={standing}
        onChange={(event) => setStanding(event.target.value as Standing)}
        data={STANDING_CHOICES.map((value) => ({ value, label: t(`standing.${value}`) }))}
      />
      <TextInput
        label={t('source.family')}
        description={t('source.familyHint')}
        value={family}
        onChange={(event) => setFamily(event.target.value)}
      />
      <NumberInput
        label={t('source.audience')}
        description={t('source.audienceHint')}
        min={0}
        hideControls
        value={audience}
        onChange={setAudience}
      />
      <SettingFields fields={fields} values={settings} set={setSettings} />
      <div className="form-wide">
        <Problem fault={changing.fault} />
        <Button type="submit" loading={changing.busy}>
          {t('source.save')}
        </Button>
      </div>
    </form>
  );
}

export function SourceForm({ done }: { readonly done: () => void }) {
  const { t } = useWords();
  const changing = useChanging();
  const [address, setAddress] = useState('');
  const [test, setTest] = useState<SourceTest | null>(null);
  const tryOut = async (wanted: string) => {
    setAddress(wanted);
    setTest(await changing.run<SourceTest>('POST', 'sources/test', { address: wanted }));
  };
  return (
    <section className="block add-source" aria-label={t('source.add')}>
      <form
        className="inline-form"
        onSubmit={(event) => {
          event.preventDefault();
          void tryOut(address.trim());
        }}
      >
        <TextInput
          required
          data-autofocus
          label={t('source.address')}
          description={t('source.addressHint')}
          placeholder="https://"
          inputMode="url"
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
        <Button type="submit" variant={test === null ? 'filled' : 'default'} loading={changing.busy}>
          {t('source.try')}
        </Button>
      </form>
      <Problem fault={changing.fault} />
      {test !== null && (
        <>
          <Preview test={test} retry={(found) => void tryOut(found)} />
          <SaveForm key={test.address} test={test} done={done} />
        </>
      )}
    </section>
  );
}
