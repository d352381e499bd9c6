/** The person at the desk: language, theme, shortcuts, password, leaving. */
import { Button, PasswordInput, SegmentedControl, Switch } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Dialog } from './dialog.tsx';
import { change } from './api.ts';
import { useChanging } from './changing.tsx';
import { areKeysOn, switchKeys } from './keys.ts';
import { useNames, useSession } from './session.tsx';
import { Problem } from './states.tsx';
import { keepTheme, keptTheme, type Theme, THEMES } from './theme.ts';
import { useScheme } from './scheme.tsx';
import { type Language, useWords } from './words.tsx';

export function LookChoice() {
  const { t, lang, setLang } = useWords();
  const setScheme = useScheme();
  const [theme, setTheme] = useState<Theme>(keptTheme);
  const choose = (value: string) => {
    const next = THEMES.find((one) => one === value) ?? 'auto';
    setTheme(next);
    keepTheme(next);
    setScheme(next);
  };
  return (
    <div className="look">
      <p className="label" id="look-lang">
        {t('look.language')}
      </p>
      <SegmentedControl
        aria-labelledby="look-lang"
        size="xs"
        value={lang}
        onChange={(value) => setLang(value as Language)}
        data={[
          { value: 'zh', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
      />
      <p className="label" id="look-theme">
        {t('look.theme')}
      </p>
      <SegmentedControl
        aria-labelledby="look-theme"
        size="xs"
        value={theme}
        onChange={choose}
        data={THEMES.map((value) => ({ value, label: t(`look.${value}`) }))}
      />
    </div>
  );
}

function PasswordForm({ done }: { readonly done: () => void }) {
  const { t } = useWords();
  const changing = useChanging();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if ((await changing.run('POST', 'password', { old, new: next }, t('person.passwordChanged'))) !== null) done();
  };
  return (
    <form onSubmit={send} className="stack">
      <PasswordInput
        label={t('person.oldPassword')}
        autoComplete="current-password"
        value={old}
        onChange={(event) => setOld(event.target.value)}
      />
      <PasswordInput
        label={t('person.newPassword')}
        description={t('person.passwordRule')}
        autoComplete="new-password"
        value={next}
        onChange={(event) => setNext(event.target.value)}
      />
      <Problem fault={changing.fault} />
      <Button type="submit" loading={changing.busy}>
        {t('do.save')}
      </Button>
    </form>
  );
}

function KeySwitch() {
  const { t } = useWords();
  const [on, setOn] = useState(areKeysOn);
  return (
    <Switch
      label={t('person.keys')}
      checked={on}
      onChange={(event) => {
        setOn(event.currentTarget.checked);
        switchKeys(event.currentTarget.checked);
      }}
    />
  );
}

export function PersonMenu() {
  const { t, w } = useWords();
  const { staff } = useSession();
  const names = useNames();
  const [opened, setOpened] = useState(false);
  if (staff === null) return null;
  const leave = async () => {
    await change('DELETE', 'session');
    window.location.assign('/desk/');
  };
  return (
    <>
      <button type="button" className="top-person" onClick={() => setOpened(true)} aria-haspopup="dialog">
        <span className="top-person-mark" aria-hidden="true">
          {Array.from(staff.name)[0]}
        </span>
        <span className="top-person-name">{staff.name}</span>
      </button>
      <Dialog opened={opened} close={() => setOpened(false)} title={staff.name}>
        <div className="stack">
          <p className="quiet">
            {w(staff.title)} · {names.office(staff.officeId)}
            <br />
            {staff.roles.map((role) => t(`role.${role}`)).join(t('list.comma'))}
          </p>
          <LookChoice />
          <KeySwitch />
          <details>
            <summary>{t('person.changePassword')}</summary>
            <PasswordForm done={() => setOpened(false)} />
          </details>
          <Button variant="default" onClick={() => void leave()}>
            {t('person.leave')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
