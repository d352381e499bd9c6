/** Which issue the selected documents belong to: a few letters, arrow keys, Enter. */
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import type { IssueRow, StreamRow } from '../../src/model/desk.ts';
import { Dialog } from '../parts/dialog.tsx';
import { read, withQuery } from '../parts/api.ts';
import { LevelMark } from '../parts/levelMark.tsx';
import { useWords } from '../parts/words.tsx';

type Choice = Pick<NonNullable<StreamRow['issue']>, 'id' | 'title' | 'level'>;

interface ChoicesAsked {
  readonly list: readonly Choice[];
  readonly suggested: Choice | null;
  readonly here: number;
  readonly take: (issueId: string) => void;
}

function Choices({ list, suggested, here, take }: ChoicesAsked) {
  const { t } = useWords();
  return list.map((choice, index) => (
    <li key={choice.id}>
      <button type="button" className={index === here ? 'choice choice-here' : 'choice'} onClick={() => take(choice.id)}>
        <LevelMark level={choice.level} />
        <span>{choice.title}</span>
        <span className="mono quiet">{choice.id}</span>
        {choice === suggested && <span className="tag">{t('attach.suggested')}</span>}
      </button>
    </li>
  ));
}

export function AttachDialog({
  opened,
  close,
  suggested,
  choose,
}: {
  readonly opened: boolean;
  readonly close: () => void;
  readonly suggested: StreamRow['issue'];
  readonly choose: (issueId: string) => void;
}) {
  const { t } = useWords();
  const [asked, setAsked] = useState('');
  const [at, setAt] = useState(0);
  const query = useQuery({
    queryKey: ['issues', 'attach', asked],
    queryFn: ({ signal }) => read<IssueRow[]>(withQuery('issues', { q: asked }), signal),
    enabled: opened,
  });
  const rows = (query.data ?? []).filter((row) => row.id !== suggested?.id);
  const first = suggested === null || asked !== '' ? [] : [suggested];
  const choices = [...first, ...rows].slice(0, 9);
  const here = Math.min(at, choices.length - 1);
  const take = (issueId: string) => {
    close();
    choose(issueId);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const picked = choices[here];
    if (event.key === 'ArrowDown') setAt(Math.min(choices.length - 1, here + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, here - 1));
    else if (event.key === 'Enter' && picked !== undefined) take(picked.id);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog opened={opened} close={close} title={t('attach.title')}>
      <TextInput
        data-autofocus
        label={t('attach.find')}
        value={asked}
        onChange={(event) => {
          setAsked(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <ul className="choices">
        <Choices list={choices} suggested={suggested} here={here} take={take} />
        {choices.length === 0 && !query.isPending && <li className="quiet">{t('attach.none')}</li>}
      </ul>
    </Dialog>
  );
}
