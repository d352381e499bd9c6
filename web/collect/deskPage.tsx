/** The complaint desk: typed while the caller talks; similar issues appear at the side, so that nothing is opened twice. */
import { Button, Textarea, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import type { IssueRow } from '../../src/model/desk.ts';
import { IssueTable } from '../judge/issueTable.tsx';
import { read, withQuery } from '../parts/api.ts';
import { useChanging } from '../parts/changing.tsx';
import { Heading } from '../parts/heading.tsx';
import { Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';

const WAIT = 400;
const ENOUGH = 4;

function useSimilar(text: string): readonly IssueRow[] {
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), WAIT);
    return () => clearTimeout(timer);
  }, [text]);
  const query = useQuery({
    queryKey: ['similar', asked],
    queryFn: ({ signal }) => read<IssueRow[]>(withQuery('desk/similar', { q: asked.slice(0, 300) }), signal),
    enabled: asked.length >= ENOUGH,
    placeholderData: keepPreviousData,
  });
  return asked.length >= ENOUGH ? (query.data ?? []) : [];
}

export function DeskPage() {
  const { t } = useWords();
  const changing = useChanging();
  const [text, setText] = useState('');
  const [place, setPlace] = useState('');
  const [service, setService] = useState('');
  const [receipt, setReceipt] = useState<string | null>(null);
  const similar = useSimilar(`${text} ${place}`);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const body = { text, ...(place === '' ? {} : { place }), ...(service === '' ? {} : { service }) };
    const answer = await changing.run<{ receipt: string }>('POST', 'desk', body);
    if (answer === null) return;
    setReceipt(answer.receipt);
    setText('');
    setPlace('');
    setService('');
  };
  return (
    <div className="page">
      <Heading title={t('nav.desk')} aside={t('desk.about')} />
      <div className="two desk-two">
        <form onSubmit={send} className="stack">
          {receipt !== null && (
            <div className="receipt" role="status">
              <p>{t('desk.receipt')}</p>
              <p className="receipt-code">{receipt}</p>
            </div>
          )}
          <Textarea
            required
            data-autofocus
            autosize
            minRows={5}
            label={t('desk.what')}
            description={t('desk.whatHint')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <TextInput label={t('field.where')} value={place} onChange={(event) => setPlace(event.target.value)} />
          <TextInput label={t('desk.service')} value={service} onChange={(event) => setService(event.target.value)} />
          <Problem fault={changing.fault} />
          <Button type="submit" loading={changing.busy}>
            {t('desk.send')}
          </Button>
        </form>
        <section aria-live="polite" className="similar">
          <h2>{t('desk.similar')}</h2>
          {similar.length === 0 ? <p className="quiet">{t('desk.noneSimilar')}</p> : <IssueTable rows={similar} />}
        </section>
      </div>
    </div>
  );
}
