/** What waits for a person, the most urgent first. */
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { NeedRow } from '../../src/model/desk.ts';
import { type Changing, useChanging } from '../parts/changing.tsx';
import { Due } from '../parts/clock.tsx';
import { useGo } from '../parts/goTo.ts';
import { useKeys } from '../parts/keys.ts';
import { LevelMark } from '../parts/levelMark.tsx';
import { useNames } from '../parts/session.tsx';
import { Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';

/** Where a need is met. */
export function placeOf(need: NeedRow): string {
  if (need.kind === 'source') return `/sources?at=${encodeURIComponent(need.id)}`;
  if (need.kind === 'job') return '/admin?tab=jobs';
  if (need.issueId === null) return '/due';
  const issue = `/issues/${encodeURIComponent(need.issueId)}`;
  if (need.kind === 'sign' || need.kind === 'review') return `${issue}/statements/${encodeURIComponent(need.id)}`;
  if (need.kind === 'task' || need.kind === 'returned') return `${issue}#tasks`;
  return issue;
}

export function useAck(changing: Changing): (need: NeedRow) => void {
  const { t } = useWords();
  return (need) => void changing.run('POST', `alerts/${encodeURIComponent(need.id)}/ack`, {}, t('need.acked', { title: need.title }));
}

function Need({ need, isFirst, changing }: { readonly need: NeedRow; readonly isFirst: boolean; readonly changing: Changing }) {
  const { t, w } = useWords();
  const names = useNames();
  const ack = useAck(changing);
  const path = placeOf(need);
  const [to = '/today', query = ''] = path.split('?');
  return (
    <li className={`need need-${need.kind}`}>
      <div className="need-level">
        <LevelMark level={need.level} />
        <span className="need-kind">{t(`need.${need.kind}`)}</span>
      </div>
      <div className="need-main">
        <Link to={to} search={Object.fromEntries(new URLSearchParams(query)) as never} className="need-title">
          {need.title}
        </Link>
        <p className="need-because">
          {w(need.because)}
          {need.officeId !== null && <> · {names.office(need.officeId)}</>}
        </p>
      </div>
      <div className="need-due">{need.dueAt !== null && <Due at={need.dueAt} />}</div>
      <div className="need-do">
        {need.kind === 'ack' && (
          <Button size="sm" loading={changing.busy} onClick={() => ack(need)}>
            {t('need.doAck')} {isFirst && <kbd className="kbd-in">a</kbd>}
          </Button>
        )}
      </div>
    </li>
  );
}

/** `a` signs for the first alert, `o` opens the first need. */
export function Needs({ needs }: { readonly needs: readonly NeedRow[] }) {
  const changing = useChanging();
  const ack = useAck(changing);
  const go = useGo();
  const firstAck = needs.find((need) => need.kind === 'ack');
  const first = needs[0];
  useKeys({
    ...(firstAck === undefined ? {} : { a: () => ack(firstAck) }),
    ...(first === undefined ? {} : { o: () => go(placeOf(first)) }),
  });
  return (
    <>
      <Problem fault={changing.fault} />
      <ul className="needs">
        {needs.map((need) => (
          <Need key={`${need.kind}:${need.id}`} need={need} isFirst={need === firstAck} changing={changing} />
        ))}
      </ul>
    </>
  );
}
