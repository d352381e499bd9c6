/** What was asked of other offices, by whom it was signed for, and what came back. */
import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Task } from '../../src/model/alert.ts';
import type { IssuePage } from '../../src/model/desk.ts';
import { Dialog } from '../parts/dialog.tsx';
import { useChanging } from '../parts/changing.tsx';
import { Due } from '../parts/clock.tsx';
import { useMay } from '../parts/may.ts';
import { useNames, useSession, useTimes } from '../parts/session.tsx';
import { Problem } from '../parts/states.tsx';
import { instantOf } from '../parts/time.ts';
import { useWords } from '../parts/words.tsx';

function TextAsk({
  ask,
  act,
  send,
  cancel,
}: {
  readonly ask: string;
  readonly act: string;
  readonly send: (text: string) => void;
  readonly cancel: () => void;
}) {
  const { t } = useWords();
  const [text, setText] = useState('');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        send(text);
      }}
    >
      <Textarea required autosize minRows={2} label={ask} value={text} onChange={(event) => setText(event.target.value)} />
      <div className="inline">
        <Button type="submit" size="sm">
          {act}
        </Button>
        <Button variant="subtle" size="sm" onClick={cancel}>
          {t('do.cancel')}
        </Button>
      </div>
    </form>
  );
}

function TaskActions({ task }: { readonly task: Task }) {
  const { t } = useWords();
  const changing = useChanging();
  const [asking, setAsking] = useState<'return' | 'finish' | null>(null);
  const path = `tasks/${encodeURIComponent(task.id)}`;
  const end = async (verb: 'return' | 'finish', text: string) => {
    const body = verb === 'return' ? { reason: text } : { finding: text };
    if ((await changing.run('POST', `${path}/${verb}`, body, t(`task.said.${verb}`))) !== null) setAsking(null);
  };
  const isOpen = task.state === 'sent' || task.state === 'signed' || task.state === 'overdue';
  if (!isOpen) return null;
  return (
    <div className="task-do">
      {asking === null && (
        <div className="inline">
          {task.signedAt === null && (
            <Button size="sm" loading={changing.busy} onClick={() => void changing.run('POST', `${path}/sign`, {}, t('task.said.sign'))}>
              {t('task.sign')}
            </Button>
          )}
          <Button size="sm" variant={task.signedAt === null ? 'default' : 'filled'} onClick={() => setAsking('finish')}>
            {t('task.finish')}
          </Button>
          <Button size="sm" variant="default" onClick={() => setAsking('return')}>
            {t('task.return')}
          </Button>
        </div>
      )}
      {asking !== null && (
        <TextAsk
          ask={t(asking === 'return' ? 'task.returnReason' : 'task.finding')}
          act={t(asking === 'return' ? 'task.return' : 'task.finish')}
          send={(text) => void end(asking, text)}
          cancel={() => setAsking(null)}
        />
      )}
      <Problem fault={changing.fault} />
    </div>
  );
}

export function TaskLine({ task, mayAct }: { readonly task: Task; readonly mayAct: boolean }) {
  const { t } = useWords();
  const names = useNames();
  const times = useTimes();
  const isDone = task.state === 'done' || task.state === 'cancelled';
  return (
    <li className={`task task-${task.state}`}>
      <p className="task-head">
        <b>{names.office(task.officeId)}</b>
        <span className="tag">{t(`task.kind.${task.kind}`)}</span>
        {task.isLead && <span className="tag tag-strong">{t('task.lead')}</span>}
        <span className="task-state">{t(`task.state.${task.state}`)}</span>
        <Due at={task.dueAt} metAt={isDone ? (task.doneAt ?? task.dueAt) : null} />
      </p>
      <p className="task-what">{task.what}</p>
      {task.signedAt !== null && (
        <p className="quiet">{t('task.signedBy', { who: names.staff(task.signedBy), at: times.short(task.signedAt) })}</p>
      )}
      {task.returnReason !== '' && (
        <p className="note">
          {t('task.returned', { n: task.nReturns })} {task.returnReason}
        </p>
      )}
      {task.finding !== '' && <p className="task-finding">{task.finding}</p>}
      {mayAct && <TaskActions task={task} />}
    </li>
  );
}

export function TaskDialog({ page, opened, close }: { readonly page: IssuePage; readonly opened: boolean; readonly close: () => void }) {
  const { t, w } = useWords();
  const session = useSession();
  const changing = useChanging();
  const [officeId, setOffice] = useState('');
  const [what, setWhat] = useState('');
  const [due, setDue] = useState('');
  const [kind, setKind] = useState('assign');
  const [isLead, setLead] = useState(page.tasks.every((task) => !task.isLead));
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const dueAt = instantOf(due, session.zone);
    const body = { officeId, what, isLead, kind, ...(dueAt === null ? {} : { dueAt }) };
    if ((await changing.run('POST', `issues/${encodeURIComponent(page.row.id)}/tasks`, body, t('task.said.sent'))) !== null) {
      setWhat('');
      close();
    }
  };
  const because = page.recipients.find((one) => one.officeId === officeId)?.because;
  return (
    <Dialog opened={opened} close={close} title={t('task.new')}>
      <form onSubmit={send} className="stack">
        <NativeSelect
          data-autofocus
          required
          label={t('task.office')}
          {...(because === undefined ? {} : { description: w(because) })}
          value={officeId}
          onChange={(event) => setOffice(event.target.value)}
          data={[
            { value: '', label: t('form.choose') },
            ...Object.entries(session.names.offices).map(([value, name]) => ({ value, label: w(name) })),
          ]}
        />
        {page.complainedOf.includes(officeId) && <p className="note">{t('task.aboutItself')}</p>}
        <Textarea required autosize minRows={3} label={t('task.what')} value={what} onChange={(event) => setWhat(event.target.value)} />
        <NativeSelect
          label={t('task.kind')}
          value={kind}
          onChange={(event) => setKind(event.target.value)}
          data={(['assign', 'refer', 'supervise'] as const).map((value) => ({ value, label: t(`task.kind.${value}`) }))}
        />
        <TextInput
          type="datetime-local"
          label={t('task.due')}
          description={t('task.dueHint')}
          value={due}
          onChange={(event) => setDue(event.target.value)}
        />
        <Checkbox label={t('task.isLead')} checked={isLead} onChange={(event) => setLead(event.currentTarget.checked)} />
        <Problem fault={changing.fault} />
        <Button type="submit" loading={changing.busy}>
          {t('task.send')}
        </Button>
      </form>
    </Dialog>
  );
}

export function Tasks({ page, open }: { readonly page: IssuePage; readonly open: (() => void) | null }) {
  const { t, w } = useWords();
  const may = useMay();
  const names = useNames();
  const { staff } = useSession();
  const mayAct = (task: Task) => may('handle') && (may('send') || task.officeId === staff?.officeId);
  return (
    <section className="block" id="tasks" aria-labelledby="tasks-name">
      <div className="block-head">
        <h2 id="tasks-name">
          {t('task.name')} <span className="tally">{page.tasks.length}</span>
        </h2>
        {open !== null && (
          <button type="button" className="text-button" onClick={open}>
            {t('task.new')} <kbd>t</kbd>
          </button>
        )}
      </div>
      {page.tasks.length === 0 ? (
        <p className="quiet">{t('task.none')}</p>
      ) : (
        <ul className="tasks">
          {page.tasks.map((task) => (
            <TaskLine key={task.id} task={task} mayAct={mayAct(task)} />
          ))}
        </ul>
      )}
      {page.recipients.length > 0 && (
        <details className="recipients">
          <summary>{t('task.recipients')}</summary>
          <ul>
            {page.recipients.map((one) => (
              <li key={one.officeId}>
                <b>{names.office(one.officeId)}</b> {w(one.because)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
