/** Ways to reach people. Secrets are never shown again; each can be tested with a real message. */
import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AdminView } from '../../src/model/desk.ts';
import type { Channel } from '../../src/model/office.ts';
import { useChanging } from '../parts/changing.tsx';
import { FormEnd } from '../parts/formEnd.tsx';
import { defaultsOf, fieldsOf, SettingFields, type Settings } from '../parts/settingFields.tsx';
import { Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { newId } from './newId.ts';

/** Settings of a channel are texts. */
function textsOf(settings: Settings): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, String(value)]));
}

function OfficeField({
  admin,
  isPersonal,
  value,
  set,
}: {
  readonly admin: AdminView;
  readonly isPersonal: boolean;
  readonly value: string;
  readonly set: (value: string) => void;
}) {
  const { t, w } = useWords();
  return (
    <NativeSelect
      label={t('channel.office')}
      description={t(isPersonal ? 'channel.personal' : 'channel.group')}
      value={value}
      onChange={(event) => set(event.target.value)}
      data={[
        { value: '', label: t('channel.allOffices') },
        ...admin.offices.map((office) => ({ value: office.id, label: w(office.name) })),
      ]}
    />
  );
}

function ChannelForm({
  admin,
  channel,
  close,
}: {
  readonly admin: AdminView;
  readonly channel: Channel | null;
  readonly close: () => void;
}) {
  const { t, w } = useWords();
  const changing = useChanging();
  const [kind, setKind] = useState(channel?.kind ?? admin.notifiers[0]?.kind ?? '');
  const notifier = admin.notifiers.find((one) => one.kind === kind);
  const fields = fieldsOf(notifier?.settings ?? []);
  const [name, setName] = useState(channel?.name ?? '');
  const [officeId, setOffice] = useState(channel?.officeId ?? '');
  const [isActive, setActive] = useState(channel?.active ?? true);
  const [settings, setSettings] = useState<Settings>(channel?.settings ?? {});
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const taken = admin.channels.map((one) => one.id);
    const id = channel?.id ?? newId(name, taken, kind);
    const body = {
      id,
      name,
      kind,
      officeId: officeId || null,
      settings: textsOf({ ...defaultsOf(fields), ...settings }),
      active: isActive,
      rev: channel?.rev ?? 0,
    };
    if ((await changing.run('PUT', `admin/channels/${encodeURIComponent(id)}`, body, t('admin.saved'))) !== null) close();
  };
  return (
    <form onSubmit={send} className="form-grid inset">
      <NativeSelect
        label={t('channel.kind')}
        disabled={channel !== null}
        value={kind}
        onChange={(event) => {
          setKind(event.target.value);
          setSettings({});
        }}
        data={admin.notifiers.map((one) => ({ value: one.kind, label: w(one.about) }))}
      />
      <TextInput required label={t('channel.name')} value={name} onChange={(event) => setName(event.target.value)} />
      <OfficeField admin={admin} isPersonal={notifier?.personal === true} value={officeId} set={setOffice} />
      <SettingFields fields={fields} values={{ ...defaultsOf(fields), ...settings }} set={setSettings} />
      <Checkbox
        className="form-bottom"
        label={t('channel.active')}
        checked={isActive}
        onChange={(event) => setActive(event.currentTarget.checked)}
      />
      <FormEnd changing={changing} cancel={close} />
    </form>
  );
}

function ChannelLine({
  admin,
  channel,
  isOpen,
  toggle,
}: {
  readonly admin: AdminView;
  readonly channel: Channel;
  readonly isOpen: boolean;
  readonly toggle: () => void;
}) {
  const { t, w } = useWords();
  const changing = useChanging();
  const [answer, setAnswer] = useState<{ result: string; why: string } | null>(null);
  const path = `channels/${encodeURIComponent(channel.id)}`;
  const test = async () => setAnswer(await changing.run<{ result: string; why: string }>('POST', `${path}/test`));
  const office = admin.offices.find((one) => one.id === channel.officeId);
  return (
    <li>
      <div className="entry">
        <span className="entry-name">
          <b>{channel.name}</b>{' '}
          <span className="tag">{w(admin.notifiers.find((one) => one.kind === channel.kind)?.about ?? null) || channel.kind}</span>
          {!channel.active && <span className="tag">{t('channel.off')}</span>}
        </span>
        <span className="quiet">{office === undefined ? t('channel.allOffices') : w(office.name)}</span>
        <span className="inline">
          <Button size="xs" variant="default" loading={changing.busy} onClick={() => void test()}>
            {t('channel.test')}
          </Button>
          <Button size="xs" variant="default" aria-expanded={isOpen} onClick={toggle}>
            {t('do.edit')}
          </Button>
          <Button size="xs" variant="subtle" onClick={() => void changing.run('DELETE', `admin/${path}`, {}, t('admin.removed'))}>
            {t('do.remove')}
          </Button>
        </span>
      </div>
      {answer !== null && (
        <p className={answer.result === 'sent' ? 'verify-ok' : 'note'} role="status">
          {answer.result === 'sent' ? `✓ ${t('channel.testSent')}` : `${t('channel.testFailed')} ${answer.why}`}
        </p>
      )}
      <Problem fault={changing.fault} />
      {isOpen && <ChannelForm admin={admin} channel={channel} close={toggle} />}
    </li>
  );
}

export function ChannelsEditor({ admin }: { readonly admin: AdminView }) {
  const { t } = useWords();
  const [openId, setOpen] = useState<string | null>(null);
  return (
    <div className="stack">
      <ul className="entries">
        {admin.channels.map((channel) => (
          <ChannelLine
            key={channel.id}
            admin={admin}
            channel={channel}
            isOpen={openId === channel.id}
            toggle={() => setOpen(openId === channel.id ? null : channel.id)}
          />
        ))}
      </ul>
      {openId === '' ? (
        <ChannelForm admin={admin} channel={null} close={() => setOpen(null)} />
      ) : (
        <Button variant="default" onClick={() => setOpen('')}>
          {t('channel.add')}
        </Button>
      )}
    </div>
  );
}
