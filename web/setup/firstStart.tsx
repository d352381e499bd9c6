/** Nothing is set up yet: watch the county first, or begin with the code from the console. */
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { SessionView } from '../../src/model/desk.ts';
import { useChanging } from '../parts/changing.tsx';
import { useGo } from '../parts/goTo.ts';
import { useEnter } from '../parts/session.tsx';
import { Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { Door } from './signIn.tsx';

/** The server starts the demo county beside this installation and says where it is. */
function Watch() {
  const { t } = useWords();
  const changing = useChanging();
  const watch = async () => {
    const answer = await changing.run<{ address: string }>('POST', 'watch');
    if (answer !== null) window.location.assign(answer.address);
  };
  return (
    <div className="watch">
      <p>{t('first.watch')}</p>
      <Button variant="default" size="md" loading={changing.busy} onClick={() => void watch()}>
        {t('first.watchDo')}
      </Button>
      {changing.fault !== null && (
        <p className="note">
          {t('first.watchBy')} <code>npm run demo</code>
        </p>
      )}
    </div>
  );
}

export function FirstStart() {
  const { t, lang } = useWords();
  const enter = useEnter();
  const go = useGo();
  const changing = useChanging();
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const next = await changing.run<SessionView>('POST', 'setup', { code, name, login, password, language: lang });
    if (next === null) return;
    enter(next);
    go('/setup');
  };
  return (
    <Door title={t('first.title')}>
      <Watch />
      <form onSubmit={send} className="stack">
        <p>{t('first.about')}</p>
        <TextInput
          required
          label={t('first.code')}
          description={t('first.codeHint')}
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => setCode(event.target.value.trim())}
        />
        <TextInput required label={t('people.name')} autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
        <TextInput
          required
          label={t('people.login')}
          autoComplete="username"
          autoCapitalize="none"
          value={login}
          onChange={(event) => setLogin(event.target.value)}
        />
        <PasswordInput
          required
          label={t('signIn.password')}
          description={t('person.passwordRule')}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Problem fault={changing.fault} />
        <Button type="submit" size="md" loading={changing.busy}>
          {t('first.do')}
        </Button>
      </form>
    </Door>
  );
}
