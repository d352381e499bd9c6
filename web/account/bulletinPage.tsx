/** The day on one page: what is chosen on the left, the page as it will be printed on the right. */
import { Button, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Bulletin, BulletinItem } from '../../src/model/bulletin.ts';
import { read } from '../parts/api.ts';
import { useChanging } from '../parts/changing.tsx';
import { Heading } from '../parts/heading.tsx';
import { LevelMark } from '../parts/levelMark.tsx';
import { useMay } from '../parts/may.ts';
import { useTimes } from '../parts/session.tsx';
import { Problem, Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { BulletinSheet } from './bulletinSheet.tsx';

function ItemForm({
  item,
  index,
  count,
  change,
  move,
}: {
  readonly item: BulletinItem;
  readonly index: number;
  readonly count: number;
  readonly change: (item: BulletinItem) => void;
  readonly move: (by: number) => void;
}) {
  const { t } = useWords();
  return (
    <li className={item.chosen ? 'item' : 'item item-out'}>
      <div className="item-head">
        <label className="item-choose">
          <input type="checkbox" checked={item.chosen} onChange={(event) => change({ ...item, chosen: event.target.checked })} />
          <LevelMark level={item.level} /> <span>{item.title}</span>
        </label>
        <span className="item-move">
          <button type="button" disabled={index === 0} aria-label={t('bulletin.up', { title: item.title })} onClick={() => move(-1)}>
            ▲
          </button>
          <button
            type="button"
            disabled={index === count - 1}
            aria-label={t('bulletin.down', { title: item.title })}
            onClick={() => move(1)}
          >
            ▼
          </button>
        </span>
      </div>
      {item.chosen && (
        <div className="stack">
          <TextInput
            size="xs"
            label={t('bulletin.itemTitle')}
            value={item.title}
            onChange={(event) => change({ ...item, title: event.target.value })}
          />
          <Textarea
            size="xs"
            autosize
            minRows={2}
            label={t('bulletin.itemText')}
            value={item.text}
            onChange={(event) => change({ ...item, text: event.target.value })}
          />
        </div>
      )}
    </li>
  );
}

function Fields({
  items,
  setItems,
  overview,
  setOverview,
}: {
  readonly items: readonly BulletinItem[];
  readonly setItems: (items: readonly BulletinItem[]) => void;
  readonly overview: string;
  readonly setOverview: (overview: string) => void;
}) {
  const { t } = useWords();
  const move = (index: number, by: number) => {
    const next = [...items];
    const [one] = next.splice(index, 1);
    if (one !== undefined) next.splice(index + by, 0, one);
    setItems(next);
  };
  return (
    <div className="stack no-print">
      <Textarea
        autosize
        minRows={3}
        label={t('bulletin.overview')}
        value={overview}
        onChange={(event) => setOverview(event.target.value)}
      />
      <h2>{t('bulletin.choose')}</h2>
      <ol className="items">
        {items.map((item, index) => (
          <ItemForm
            key={item.issueId}
            item={item}
            index={index}
            count={items.length}
            change={(next) => setItems(items.map((one, at) => (at === index ? next : one)))}
            move={(by) => move(index, by)}
          />
        ))}
      </ol>
    </div>
  );
}

function Editor({ bulletin }: { readonly bulletin: Bulletin }) {
  const { t } = useWords();
  const times = useTimes();
  const may = useMay();
  const saving = useChanging();
  const [items, setItems] = useState(bulletin.items);
  const [overview, setOverview] = useState(bulletin.overview);
  const shown: Bulletin = { ...bulletin, items, overview };
  const isDirty = items !== bulletin.items || overview !== bulletin.overview;
  const mayEdit = bulletin.state === 'draft' && may('judge');
  const path = `bulletins/${encodeURIComponent(bulletin.id)}`;
  const save = () => saving.run('PUT', path, { items, overview }, t('bulletin.saved'));
  const send = async () => {
    if (isDirty && (await save()) === null) return;
    await saving.run('POST', `${path}/send`, {}, t('bulletin.said'));
  };
  const signs = Array.from(items.filter((item) => item.chosen).reduce((text, item) => text + item.title + item.text, overview)).length;
  return (
    <>
      <Heading
        title={`${bulletin.title} ${bulletin.number}`}
        aside={
          bulletin.state === 'sent' && bulletin.sentAt !== null
            ? t('bulletin.sentAt', { at: times.full(bulletin.sentAt) })
            : t('bulletin.length', { n: signs })
        }
      >
        <a className="link-button" href={`/bulletins/${encodeURIComponent(bulletin.id)}.docx`}>
          .docx
        </a>
        <a className="link-button" href={`/bulletins/${encodeURIComponent(bulletin.id)}.html`} target="_blank" rel="noreferrer">
          {t('bulletin.print')}
        </a>
        {mayEdit && (
          <>
            <Button variant="default" disabled={!isDirty} loading={saving.busy} onClick={() => void save()}>
              {t('do.save')}
            </Button>
            <Button loading={saving.busy} onClick={() => void send()}>
              {t('bulletin.send')}
            </Button>
          </>
        )}
      </Heading>
      <Problem fault={saving.fault} />
      <div className={mayEdit ? 'bulletin-grid' : 'bulletin-alone'}>
        {mayEdit && <Fields items={items} setItems={setItems} overview={overview} setOverview={setOverview} />}
        <BulletinSheet bulletin={shown} />
      </div>
    </>
  );
}

export function BulletinPage() {
  const { day } = useParams({ strict: false });
  const query = useQuery({
    queryKey: ['bulletin', day],
    queryFn: ({ signal }) => read<Bulletin>(`bulletins/${encodeURIComponent(day ?? '')}`, signal),
  });
  return (
    <div className="page">
      <Shown query={query} rows={12}>
        {(bulletin) => <Editor key={`${bulletin.id}:${bulletin.rev}`} bulletin={bulletin} />}
      </Shown>
    </div>
  );
}
