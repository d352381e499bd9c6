/** The field report: what, where, how sure; thirty seconds on a phone. Without a signal it waits on the phone and goes out later. */
import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { change, NoAnswerFault } from '../parts/api.ts';
import { Heading } from '../parts/heading.tsx';
import { recall, remember } from '../parts/keep.ts';
import { Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';

const SURE = ['seen', 'told', 'confirmed'] as const;

interface Report {
  readonly text: string;
  readonly place?: string;
  readonly sure: (typeof SURE)[number];
}

function waiting(): Report[] {
  return JSON.parse(recall('field') ?? '[]') as Report[];
}

/** Sends what waits, oldest first; gives the number still waiting. */
async function sendWaiting(): Promise<number> {
  let reports = waiting();
  while (reports.length > 0) {
    try {
      await change('POST', 'field', reports[0]);
    } catch (cause) {
      if (cause instanceof NoAnswerFault) return reports.length;
      throw cause;
    }
    reports = reports.slice(1);
    remember('field', JSON.stringify(reports));
  }
  return 0;
}

function useWaiting(): [number, () => void, unknown] {
  const [n, setN] = useState(() => waiting().length);
  const [fault, setFault] = useState<unknown>(null);
  useEffect(() => {
    const go = () => {
      sendWaiting().then(setN, setFault);
    };
    go();
    window.addEventListener('online', go);
    return () => window.removeEventListener('online', go);
  }, []);
  return [n, () => setN(waiting().length), fault];
}

function HowSure({ sure, set }: { readonly sure: Report['sure']; readonly set: (sure: Report['sure']) => void }) {
  const { t } = useWords();
  return (
    <fieldset className="fieldset sure">
      <legend>{t('field.sure')}</legend>
      {SURE.map((value) => (
        <label key={value} className="big-choice">
          <input type="radio" name="sure" value={value} checked={sure === value} onChange={() => set(value)} />
          <span>{t(`sure.${value}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Receipt({ code }: { readonly code: string }) {
  const { t } = useWords();
  return (
    <div className="receipt" role="status">
      <p>{t('field.thanks')}</p>
      <p className="receipt-code">{code}</p>
      <p className="quiet">{t('field.receiptHint')}</p>
    </div>
  );
}

export function FieldPage() {
  const { t } = useWords();
  const [text, setText] = useState('');
  const [place, setPlace] = useState('');
  const [sure, setSure] = useState<Report['sure']>('seen');
  const [receipt, setReceipt] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [nWaiting, count, waitingFault] = useWaiting();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    const report: Report = { text, sure, ...(place === '' ? {} : { place }) };
    try {
      const answer = await change<{ receipt: string }>('POST', 'field', report);
      setReceipt(answer.receipt);
      setText('');
    } catch (cause) {
      if (!(cause instanceof NoAnswerFault)) setFault(cause);
      else {
        // No signal: the report stays on this phone until there is one.
        remember('field', JSON.stringify([...waiting(), report]));
        setText('');
        count();
      }
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="page page-form page-narrow">
      <Heading title={t('nav.field')} aside={t('field.about')} />
      {receipt !== null && <Receipt code={receipt} />}
      {nWaiting > 0 && <p className="note">{t('field.waiting', { n: nWaiting })}</p>}
      <Problem fault={waitingFault} />
      <form onSubmit={send} className="stack">
        <Textarea
          required
          autosize
          minRows={4}
          size="md"
          label={t('field.what')}
          description={t('field.whatHint')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <TextInput size="md" label={t('field.where')} value={place} onChange={(event) => setPlace(event.target.value)} />
        <HowSure sure={sure} set={setSure} />
        <Problem fault={fault} />
        <Button type="submit" size="lg" loading={busy}>
          {t('field.send')}
        </Button>
      </form>
    </div>
  );
}
