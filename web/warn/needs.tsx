/** What waits for a person, the most urgent first: one entry per issue, however many reasons it has. */
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

/** Needs of one issue; a source, a job or a statement stands alone. Never empty. */
export type NeedGroup = readonly [NeedRow, ...NeedRow[]];

/** Keeps the order: a group stands where its most urgent need stood. */
export function groupsOf(needs: readonly NeedRow[]): readonly NeedGroup[] {
  const own = (need: NeedRow) =>
    need.issueId === null || need.kind === 'sign' || need.kind === 'review' ? `${need.kind}:${need.id}` : need.issueId;
  const groups = new Map<string, [NeedRow, ...NeedRow[]]>();
  for (const need of needs) {
    const group = groups.get(own(need));
    if (group === undefined) groups.set(own(need), [need]);
    else group.push(need);
  }
  return [...groups.values()];
}

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

/** Signs for every alert of the group that waits. */
export function useAck(changing: Changing): (group: NeedGroup) => void {
  const { t } = useWords();
  const ack = async (group: NeedGroup) => {
    for (const need of group.filter((one) => one.kind === 'ack')) {
      const answer = await changing.run('POST', `alerts/${encodeURIComponent(need.id)}/ack`, {}, t('need.acked', { title: need.title }));
      if (answer === null) return;
    }
  };
  return (group) => void ack(group);
}

function Reason({ need }: { readonly need: NeedRow }) {
  const { t, w } = useWords();
  const names = useNames();
  return (
    <li className={`need-${need.kind}`}>
      <span className="need-because">
        <span className="need-kind">{t(`need.${need.kind}`)}</span> {w(need.because)}
        {need.officeId !== null && <> · {names.office(need.officeId)}</>}
      </span>
      {need.dueAt !== null && <Due at={need.dueAt} />}
    </li>
  );
}

function Need({ group, isFirst, changing }: { readonly group: NeedGroup; readonly isFirst: boolean; readonly changing: Changing }) {
  const { t } = useWords();
  const ack = useAck(changing);
  const [need] = group;
  const path = placeOf(need);
  const [to = '/today', query = ''] = path.split('?');
  return (
    <li>
      <div className="need-level">
        <LevelMark level={need.level} />
      </div>
      <div className="need-main">
        <Link to={to} search={Object.fromEntries(new URLSearchParams(query)) as never} className="need-title">
          {need.title}
        </Link>
        <ul className="need-reasons">
          {group.map((one) => (
            <Reason key={`${one.kind}:${one.id}`} need={one} />
          ))}
        </ul>
      </div>
      <div className="need-do">
        {group.some((one) => one.kind === 'ack') && (
          <Button size="sm" loading={changing.busy} onClick={() => ack(group)}>
            {t('need.doAck')} {isFirst && <kbd className="kbd-in">a</kbd>}
          </Button>
        )}
      </div>
    </li>
  );
}

/** `a` signs for the first alert, `o` opens the first need. */
export function Needs({ groups }: { readonly groups: readonly NeedGroup[] }) {
  const changing = useChanging();
  const ack = useAck(changing);
  const go = useGo();
  const firstAck = groups.find((group) => group.some((need) => need.kind === 'ack'));
  const first = groups[0]?.[0];
  useKeys({
    ...(firstAck === undefined ? {} : { a: () => ack(firstAck) }),
    ...(first === undefined ? {} : { o: () => go(placeOf(first)) }),
  });
  return (
    <>
      <Problem fault={changing.fault} />
      <ul className="needs">
        {groups.map((group) => (
          <Need key={`${group[0].kind}:${group[0].id}`} group={group} isFirst={group === firstAck} changing={changing} />
        ))}
      </ul>
    </>
  );
}
