/** Ctrl-K: pages, issues and commands by a few letters. */
import { Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import type { IssueRow } from '../../src/model/desk.ts';
import { read, withQuery } from './api.ts';
import { useRooms } from './rooms.ts';
import { useGo } from './goTo.ts';
import { levelText } from './levelMark.tsx';
import { useScheme } from './scheme.tsx';
import { keepTheme } from './theme.ts';
import { useWords } from './words.tsx';

interface Entry {
  readonly id: string;
  readonly group: string;
  readonly text: string;
  readonly hint: string;
  readonly run: () => void;
}

function useEntries(asked: string, opened: boolean): readonly Entry[] {
  const { t, lang, setLang } = useWords();
  const go = useGo();
  const rooms = useRooms();
  const setScheme = useScheme();
  const found = useQuery({
    queryKey: ['issues', 'palette', asked],
    queryFn: ({ signal }) => read<IssueRow[]>(withQuery('issues', { q: asked }), signal),
    enabled: opened && asked.length > 0,
  });
  const isMet = (text: string) => text.toLowerCase().includes(asked.toLowerCase());
  const pages: Entry[] = rooms
    .flatMap((room) => room.places)
    .map((place) => ({ id: place.to, group: t('palette.pages'), text: t(place.name), hint: `g ${place.letter}`, run: () => go(place.to) }));
  const themes: Entry[] = (['light', 'dark', 'auto'] as const).map((theme) => ({
    id: `theme-${theme}`,
    group: t('palette.commands'),
    text: `${t('look.theme')}: ${t(`look.${theme}`)}`,
    hint: '',
    run: () => {
      keepTheme(theme);
      setScheme(theme);
    },
  }));
  const language: Entry = {
    id: 'language',
    group: t('palette.commands'),
    text: lang === 'zh' ? 'English' : '中文',
    hint: t('look.language'),
    run: () => setLang(lang === 'zh' ? 'en' : 'zh'),
  };
  const issues: Entry[] = (found.data ?? []).slice(0, 8).map((row) => ({
    id: row.id,
    group: t('palette.issues'),
    text: `${levelText(row.level, '')} ${row.title}`,
    hint: row.id,
    run: () => go(`/issues/${encodeURIComponent(row.id)}`),
  }));
  const inStream: Entry = {
    id: 'stream',
    group: t('palette.commands'),
    text: t('palette.stream', { q: asked }),
    hint: '',
    run: () => go(withQuery('/stream', { q: asked })),
  };
  const fixed = [...pages, ...themes, language].filter((entry) => asked === '' || isMet(entry.text));
  return asked === '' ? fixed : [...issues, ...fixed, inStream];
}

function List({ entries, here, leave }: { readonly entries: readonly Entry[]; readonly here: number; readonly leave: () => void }) {
  const { t } = useWords();
  return (
    <div className="palette-list" role="listbox" id="palette-list" aria-label={t('palette.open')}>
      {entries.map((entry, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and moves through the list by key.
        <div
          key={entry.id}
          id={`palette-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === here}
          className={index === here ? 'palette-here' : ''}
          onClick={() => {
            entry.run();
            leave();
          }}
        >
          <span className="palette-group">{entry.group}</span>
          <span className="palette-text">{entry.text}</span>
          <span className="palette-hint">{entry.hint}</span>
        </div>
      ))}
    </div>
  );
}

export function Palette({ opened, close }: { readonly opened: boolean; readonly close: () => void }) {
  const { t } = useWords();
  const [asked, setAsked] = useState('');
  const [at, setAt] = useState(0);
  const entries = useEntries(asked.trim(), opened);
  const here = Math.min(at, entries.length - 1);
  const leave = () => {
    setAsked('');
    setAt(0);
    close();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt(Math.min(entries.length - 1, here + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, here - 1));
    else if (event.key === 'Enter') {
      entries[here]?.run();
      leave();
    } else return;
    event.preventDefault();
  };
  return (
    <Modal.Root opened={opened} onClose={leave} size="lg" padding={0} lockScroll={false} transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.open')}>
        <div className="palette">
          <TextInput
            data-autofocus
            size="md"
            variant="unstyled"
            role="combobox"
            aria-expanded="true"
            aria-controls="palette-list"
            aria-activedescendant={entries[here] === undefined ? undefined : `palette-${here}`}
            aria-label={t('palette.open')}
            placeholder={t('palette.ask')}
            value={asked}
            onChange={(event) => {
              setAsked(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKey}
          />
          <List entries={entries} here={here} leave={leave} />
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}
