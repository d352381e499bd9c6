/** What stands around every page: rail, top bar, banners, palette and help. */
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useGo } from './goTo.ts';
import { Help } from './help.tsx';
import { useChord, useKeys } from './keys.ts';
import { useLive } from './live.tsx';
import { Palette } from './palette.tsx';
import { PersonMenu } from './personMenu.tsx';
import { useMay } from './may.ts';
import { useRooms } from './rooms.ts';
import { useNow, useSession, useTimes } from './session.tsx';
import { StoryBar } from './storyBar.tsx';
import { useWords } from './words.tsx';
import { Wordmark } from './wordmark.tsx';

function Rail({ close }: { readonly close: () => void }) {
  const { t } = useWords();
  const rooms = useRooms();
  return (
    <nav className="rail-nav" aria-label={t('nav.label')}>
      {rooms.map((room) => (
        <div key={room.name ?? 'top'} className="rail-room">
          {room.name !== null && <p className="rail-name">{t(room.name)}</p>}
          <ul>
            {room.places.map((place) => (
              <li key={place.to}>
                <Link to={place.to} className="rail-link" activeProps={{ className: 'rail-here' }} onClick={close}>
                  {t(place.name)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function TopBar({ openMenu, search, help }: { readonly openMenu: () => void; readonly search: () => void; readonly help: () => void }) {
  const { t, w } = useWords();
  const session = useSession();
  const now = useNow();
  const times = useTimes();
  return (
    <header className="top">
      <button type="button" className="top-menu" onClick={openMenu} aria-label={t('nav.menu')}>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M3 5h14M3 10h14M3 15h14" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
        </svg>
      </button>
      <p className="top-body">{w(session.body?.name ?? null) || t('app.noBody')}</p>
      {session.demo && <span className="top-demo">{t('demo.mark')}</span>}
      <time className="top-time" dateTime={new Date(now).toISOString()}>
        <span className="top-day">{times.day(now)} </span>
        {times.clock(now)}
      </time>
      <button type="button" className="top-search" onClick={search}>
        <span>{t('palette.open')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <button type="button" className="top-help" onClick={help} aria-label={t('help.title')}>
        ?
      </button>
      <PersonMenu />
    </header>
  );
}

function Tabs({ openMenu }: { readonly openMenu: () => void }) {
  const { t } = useWords();
  const may = useMay();
  const desk = may('desk');
  const tabs = desk
    ? (['today', 'issues', 'due', 'bulletins'] as const)
    : may('field')
      ? (['today', 'field'] as const)
      : (['today', 'desk'] as const);
  return (
    <nav className="tabs" aria-label={t('nav.tabs')}>
      {tabs.map((tab) => (
        <Link key={tab} to={`/${tab}`} className="tab" activeProps={{ className: 'tab-here' }}>
          {t(`nav.${tab}`)}
        </Link>
      ))}
      <button type="button" className="tab" onClick={openMenu}>
        {t('nav.more')}
      </button>
    </nav>
  );
}

/** After each move the heading of the new page takes the focus, so that a screen reader hears where it is. */
function useHeadingFocus(): void {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const first = useRef(true);
  useEffect(() => {
    if (path === '') return;
    if (first.current) {
      first.current = false;
      return;
    }
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }, [path]);
}

function Banners({ isLost }: { readonly isLost: boolean }) {
  const { t } = useWords();
  const { mode } = useSession();
  return (
    <>
      {isLost && (
        <p className="lost" role="alert">
          {t('live.lost')}
        </p>
      )}
      {mode === 'setup' && (
        <section className="unfinished" aria-label={t('setup.title')}>
          {t('setup.unfinished')} <Link to="/setup">{t('setup.continue')}</Link>
        </section>
      )}
    </>
  );
}

export function Frame() {
  const { t } = useWords();
  const go = useGo();
  const isLost = useLive();
  const [isMenuOpen, setMenu] = useState(false);
  const [isPaletteOpen, setPalette] = useState(false);
  const [isHelpOpen, setHelp] = useState(false);
  const rooms = useRooms();
  useHeadingFocus();
  useKeys({
    ...Object.fromEntries(rooms.flatMap((room) => room.places.map((place) => [`g ${place.letter}`, () => go(place.to)]))),
    '/': () => setPalette(true),
    '?': () => setHelp(true),
    esc: () => setMenu(false),
  });
  useChord();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.code !== 'KeyK' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      setPalette(true);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <div className={isMenuOpen ? 'frame frame-open' : 'frame'}>
      <a className="skip" href="#main">
        {t('nav.skip')}
      </a>
      <aside className="rail">
        <Link to="/today" className="rail-mark" onClick={() => setMenu(false)} aria-label="闻应 Heed">
          <Wordmark />
        </Link>
        <Rail close={() => setMenu(false)} />
        <a className="rail-public" href="/answers" target="_blank" rel="noreferrer">
          {t('nav.public')} <span aria-hidden="true">↗</span>
        </a>
      </aside>
      <button type="button" className="veil" aria-label={t('do.close')} tabIndex={-1} onClick={() => setMenu(false)} />
      <div className="stage">
        <TopBar openMenu={() => setMenu(true)} search={() => setPalette(true)} help={() => setHelp(true)} />
        <StoryBar />
        <Banners isLost={isLost} />
        <main id="main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Tabs openMenu={() => setMenu(true)} />
      <Palette opened={isPaletteOpen} close={() => setPalette(false)} />
      <Help opened={isHelpOpen} close={() => setHelp(false)} />
    </div>
  );
}
