/** Alerts of one issue: signed for or not, and where the notices went. */
import { Button } from '@mantine/core';
import type { IssuePage } from '../../src/model/desk.ts';
import { LevelMark } from '../parts/levelMark.tsx';
import { useMay } from '../parts/may.ts';
import { useNames, useTimes } from '../parts/session.tsx';
import { useWords } from '../parts/words.tsx';

function Notices({ page }: { readonly page: IssuePage }) {
  const { t } = useWords();
  const names = useNames();
  const times = useTimes();
  if (page.notices.length === 0) return null;
  return (
    <details className="notices">
      <summary>{t('notice.name', { n: page.notices.length })}</summary>
      <ul className="plain-list">
        {page.notices.map((notice) => (
          <li key={notice.id}>
            <span>
              {names.office(notice.officeId)} · {notice.channelId} ·{' '}
              {t(notice.step === 0 ? 'notice.first' : 'notice.step', { n: notice.step })}
            </span>
            <span className="quiet">
              {t(`notice.${notice.state}`)}
              {notice.sentAt !== null && <> {times.short(notice.sentAt)}</>}
              {notice.state === 'failed' && <> {notice.result}</>}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

export function Alerts({ page, ack, busy }: { readonly page: IssuePage; readonly ack: (id: string) => void; readonly busy: boolean }) {
  const { t, w } = useWords();
  const names = useNames();
  const times = useTimes();
  const may = useMay();
  if (page.alerts.length === 0) return null;
  const sorted = [...page.alerts].sort((a, b) => b.at - a.at);
  return (
    <section className="alerts" aria-label={t('alert.name')}>
      <ul>
        {sorted.map((alert, index) => (
          <li key={alert.id} className={alert.ackedAt === null ? 'alert alert-open' : 'alert'}>
            <LevelMark level={alert.level} />
            <p>
              <time>{times.short(alert.at)}</time> {w(alert.because)}{' '}
              <span className="quiet">→ {alert.officeIds.map((id) => names.office(id)).join(t('list.comma'))}</span>
            </p>
            {alert.ackedAt === null && may('handle') ? (
              <Button loading={busy} onClick={() => ack(alert.id)}>
                {t('need.doAck')} {index === 0 && <kbd className="kbd-in">a</kbd>}
              </Button>
            ) : (
              <span className="due due-met">
                {alert.ackedAt === null ? t('alert.notAcked') : `✓ ${t('alert.ackedAt', { at: times.short(alert.ackedAt) })}`}
              </span>
            )}
          </li>
        ))}
      </ul>
      <Notices page={page} />
    </section>
  );
}
