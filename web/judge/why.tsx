/** Why this colour: the factors with their points and sentences, what would change it, and a person's override. */
import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Assessment, Factor, Level } from '../../src/model/assessment.ts';
import type { IssuePage } from '../../src/model/desk.ts';
import { Dialog } from '../parts/dialog.tsx';
import { useChanging } from '../parts/changing.tsx';
import { LevelMark, levelText } from '../parts/levelMark.tsx';
import { useMay } from '../parts/may.ts';
import { useNames, useTimes } from '../parts/session.tsx';
import { Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';

function FactorLine({ factor }: { readonly factor: Factor }) {
  const { t, w } = useWords();
  const points = factor.score * factor.weight;
  return (
    <li className="factor">
      <span className="factor-name">{t(`factor.${factor.name}`)}</span>
      <svg className="factor-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="6" className="factor-rest" />
        <rect width={Math.max(0, Math.min(1, factor.score)) * 100} height="6" className="factor-score" />
      </svg>
      <span className="factor-points">{t('why.points', { n: Math.round(points), of: Math.round(factor.weight) })}</span>
      <span className="factor-because">{w(factor.because)}</span>
    </li>
  );
}

export function OverrideDialog({
  id,
  level,
  opened,
  close,
}: {
  readonly id: string;
  readonly level: Level;
  readonly opened: boolean;
  readonly close: () => void;
}) {
  const { t } = useWords();
  const changing = useChanging();
  const [chosen, setChosen] = useState<Level>(level);
  const [reason, setReason] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const done = t('override.done', { level: t(`level.${chosen}`) });
    if ((await changing.run('POST', `issues/${encodeURIComponent(id)}/override`, { level: chosen, reason }, done)) !== null) {
      setReason('');
      close();
    }
  };
  return (
    <Dialog opened={opened} close={close} title={t('override.title')}>
      <form onSubmit={send} className="stack">
        <p className="quiet">{t('override.about')}</p>
        <SegmentedControl
          aria-label={t('override.level')}
          fullWidth
          value={chosen}
          onChange={(value) => setChosen(value as Level)}
          data={(['none', 'blue', 'yellow', 'orange', 'red'] as const).map((value) => ({
            value,
            label: levelText(value, t(`level.short.${value}`)),
          }))}
        />
        <Textarea
          data-autofocus
          required
          minLength={4}
          label={t('override.reason')}
          description={t('override.reasonHint')}
          autosize
          minRows={3}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Problem fault={changing.fault} />
        <Button type="submit" loading={changing.busy}>
          {t('override.do')}
        </Button>
      </form>
    </Dialog>
  );
}

function Standing({ page }: { readonly page: IssuePage }) {
  const { t } = useWords();
  const names = useNames();
  const times = useTimes();
  const may = useMay();
  const changing = useChanging();
  const { override, assessment } = page;
  if (override === null || override.lifted) return null;
  return (
    <div className="override-stands">
      <p>
        <b>{t('override.stands', { who: names.staff(override.by), at: times.short(override.at) })}</b> “{override.reason}”
      </p>
      {assessment !== null && (
        <p className="quiet">
          {t('override.computed')} <LevelMark level={assessment.computed} />
        </p>
      )}
      {may('judge') && (
        <Button
          size="xs"
          variant="default"
          loading={changing.busy}
          onClick={() =>
            void changing.run(
              'DELETE',
              `issues/${encodeURIComponent(page.row.id)}/override`,
              { reason: t('override.liftReason') },
              t('override.lifted'),
            )
          }
        >
          {t('override.lift')}
        </Button>
      )}
      <Problem fault={changing.fault} />
    </div>
  );
}

function Factors({ assessment }: { readonly assessment: Assessment }) {
  const { t, w } = useWords();
  return (
    <>
      <p className="why-because">{w(assessment.because)}</p>
      <ul className="factors">
        {assessment.factors.map((factor) => (
          <FactorLine key={factor.name} factor={factor} />
        ))}
      </ul>
      {assessment.wouldChange.length > 0 && (
        <details className="would-change" open>
          <summary>{t('why.wouldChange')}</summary>
          <ul>
            {assessment.wouldChange.map((words) => (
              <li key={words.en}>{w(words)}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

export function Why({ page, override }: { readonly page: IssuePage; readonly override: (() => void) | null }) {
  const { t } = useWords();
  const { assessment } = page;
  return (
    <section className="block why" aria-labelledby="why-name">
      <div className="block-head">
        <h2 id="why-name">
          {t('why.name')}{' '}
          <span className="why-total">{assessment === null ? '' : t('why.total', { n: Math.round(assessment.total) })}</span>
        </h2>
        {override !== null && (
          <button type="button" className="text-button" onClick={override}>
            {t('override.open')} <kbd>p</kbd>
          </button>
        )}
      </div>
      <Standing page={page} />
      {assessment === null ? <p className="quiet">{t('why.none')}</p> : <Factors assessment={assessment} />}
    </section>
  );
}
