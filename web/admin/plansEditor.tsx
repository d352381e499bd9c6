/** The plan of each colour: hours for each clock. Blue and yellow may run in working time; orange and red run on the wall clock. */
import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Plan } from '../../src/model/alert.ts';
import type { AdminView } from '../../src/model/desk.ts';
import { useChanging } from '../parts/changing.tsx';
import { LevelMark } from '../parts/levelMark.tsx';
import { Problem } from '../parts/states.tsx';
import { highestFirst } from '../warn/planOrder.ts';
import { useWords } from '../parts/words.tsx';
import { fieldSpan, spanField } from './spanField.ts';

const CLOCKS = ['ack', 'verify', 'upward', 'tasks', 'firstWord', 'facts', 'full', 'upwardEvery', 'returnWithin', 'updateEvery'] as const;
function PlanForm({ plan }: { readonly plan: Plan }) {
  const { t } = useWords();
  const changing = useChanging();
  const [fields, setFields] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(CLOCKS.map((clock) => [clock, spanField(plan[clock])])),
  );
  const [isWorking, setWorking] = useState(plan.workingTime);
  const [isPush, setPush] = useState(plan.push);
  const wrong = CLOCKS.filter((clock) => fieldSpan(fields[clock] ?? '') === undefined);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (wrong.length > 0) return;
    const spans = Object.fromEntries(CLOCKS.map((clock) => [clock, fieldSpan(fields[clock] ?? '')]));
    void changing.run('PUT', `admin/plans/${plan.id}`, { ...plan, ...spans, workingTime: isWorking, push: isPush }, t('admin.saved'));
  };
  return (
    <form onSubmit={send} className="plan-form">
      <h3>
        <LevelMark level={plan.id} />
      </h3>
      <div className="plan-fields">
        {CLOCKS.map((clock) => (
          <TextInput
            key={clock}
            size="xs"
            label={t(`plan.${clock}`)}
            placeholder="—"
            error={wrong.includes(clock) ? t('plan.format') : null}
            value={fields[clock] ?? ''}
            onChange={(event) => setFields({ ...fields, [clock]: event.target.value })}
          />
        ))}
      </div>
      <div className="inline">
        <Checkbox size="xs" label={t('plan.working')} checked={isWorking} onChange={(event) => setWorking(event.currentTarget.checked)} />
        <Checkbox
          size="xs"
          label={t('plan.push')}
          disabled={plan.id === 'blue'}
          checked={isPush}
          onChange={(event) => setPush(event.currentTarget.checked)}
        />
        <Button type="submit" size="xs" variant="default" loading={changing.busy}>
          {t('do.save')}
        </Button>
      </div>
      <Problem fault={changing.fault} />
    </form>
  );
}

export function PlansEditor({ admin }: { readonly admin: AdminView }) {
  const { t } = useWords();
  return (
    <div className="stack">
      <p className="quiet">{t('plan.about')}</p>
      {highestFirst(admin.plans).map((plan) => (
        <PlanForm key={`${plan.id}:${plan.rev}`} plan={plan} />
      ))}
    </div>
  );
}
