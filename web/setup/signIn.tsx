/** The door: sign in, or take an invitation. */
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { SessionView } from '../../src/model/desk.ts';
import { useChanging } from '../parts/changing.tsx';
import { LookChoice } from '../parts/personMenu.tsx';
import { useEnter } from '../parts/session.tsx';
import { Problem } from '../parts/states.tsx';
import { isChosenLanguage, useWords } from '../parts/words.tsx';
import { Wordmark } from '../parts/wordmark.tsx';
import { Chairs } from './chairs.tsx';

/** The two-sided page of everybody who is not inside yet. */
export function Door({ title, children, aside }: { readonly title: string; readonly children: ReactNode; readonly aside?: ReactNode }) {
  const { t } = useWords();
  return (
    <div className="door">
      <header className="door-side">
        <Wordmark big />
        <p className="door-line">{t('door.line')}</p>
        <ol className="door-steps">
          {(['collect', 'judge', 'warn', 'answer', 'account'] as const).map((room) => (
            <li key={room}>
              <b>{t(`room.${room}`)}</b> {t(`door.${room}`)}
            </li>
          ))}
        </ol>
        <p className="door-never">{t('door.never')}</p>
      </header>
      <main className="door-main">
        <h1>{title}</h1>
        {children}
        {aside}
        <div className="door-look">
          <LookChoice />
        </div>
      </main>
    </div>
  );
}

export function SignIn({ session }: { readonly session: SessionView }) {
  const { t, w, setLang } = useWords();
  const enter = useEnter();
  const changing = useChanging();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const next = await changing.run<SessionView>('POST', 'session', { login, password });
    if (next === null) return;
    if (next.staff !== null && !isChosenLanguage()) setLang(next.staff.language);
    enter(next);
  };
  const name = w(session.body?.name ?? null);
  const form = (
    <form onSubmit={send} className="stack">
      <TextInput
        required
        label={t('signIn.login')}
        autoComplete="username"
        autoCapitalize="none"
        value={login}
        onChange={(event) => setLogin(event.target.value)}
      />
      <PasswordInput
        required
        label={t('signIn.password')}
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Problem fault={changing.fault} />
      <Button type="submit" size="md" loading={changing.busy}>
        {t('signIn.do')}
      </Button>
    </form>
  );
  return (
    <Door title={name === '' ? t('signIn.title') : t('signIn.titleOf', { name })}>
      {session.demo ? (
        <>
          <p className="note">{t('signIn.demo')}</p>
          <Chairs />
          <details className="sign-more">
            <summary>{t('chairs.sign')}</summary>
            {form}
          </details>
        </>
      ) : (
        form
      )}
      <p className="quiet">
        {t('signIn.public')} <a href="/answers">{t('nav.public')}</a>
      </p>
    </Door>
  );
}

export function Invitation() {
  const { token } = useParams({ strict: false });
  const { t } = useWords();
  const enter = useEnter();
  const changing = useChanging();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const isSame = password === again;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!isSame) return;
    const session = await changing.run<SessionView>('POST', `invitations/${encodeURIComponent(token ?? '')}`, { password });
    if (session === null) return;
    enter(session);
    window.location.assign('/desk/');
  };
  return (
    <Door title={t('invite.title')}>
      <form onSubmit={send} className="stack">
        <p>{t('invite.about')}</p>
        <PasswordInput
          required
          label={t('person.newPassword')}
          description={t('person.passwordRule')}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <PasswordInput
          required
          label={t('invite.again')}
          autoComplete="new-password"
          error={again !== '' && !isSame ? t('invite.notSame') : null}
          value={again}
          onChange={(event) => setAgain(event.target.value)}
        />
        <Problem fault={changing.fault} />
        <Button type="submit" size="md" loading={changing.busy}>
          {t('invite.do')}
        </Button>
      </form>
    </Door>
  );
}
