/** Everything that is set rather than done; one tab each, kept in the address. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AdminView } from '../../src/model/desk.ts';
import { useChanging } from '../parts/changing.tsx';
import { useSearchState } from '../parts/goTo.ts';
import { Heading } from '../parts/heading.tsx';
import { useTimes } from '../parts/session.tsx';
import { Empty, Problem, Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { BodyEditor, TiersEditor } from './bodyEditor.tsx';
import { ChannelsEditor } from './channelsEditor.tsx';
import { DutiesEditor } from './dutiesEditor.tsx';
import { OfficesEditor, OversightEditor } from './officesEditor.tsx';
import { PeopleEditor, SpokespersonEditor } from './peopleEditor.tsx';
import { PlansEditor } from './plansEditor.tsx';
import { useAdmin } from './useAdmin.ts';

function Jobs({ admin }: { readonly admin: AdminView }) {
  const { t } = useWords();
  const times = useTimes();
  const changing = useChanging();
  if (admin.jobsSetAside.length === 0) return <Empty title={t('jobs.none')}>{t('jobs.noneMore')}</Empty>;
  return (
    <div className="stack">
      <p className="quiet">{t('jobs.about')}</p>
      <Problem fault={changing.fault} />
      <ul className="entries">
        {admin.jobsSetAside.map((job) => (
          <li key={job.id} className="entry">
            <span className="entry-name">
              <b className="mono">{job.run}</b> <span className="mono quiet">{job.key}</span>
            </span>
            <span className="quiet breakable">
              {job.at !== null && times.short(job.at)} {job.lastError}
            </span>
            <Button
              size="xs"
              variant="default"
              loading={changing.busy}
              onClick={() => void changing.run('POST', `admin/jobs/${job.id}/retry`, {}, t('jobs.said'))}
            >
              {t('do.retry')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

const TABS = ['offices', 'people', 'duties', 'body', 'tiers', 'channels', 'plans', 'spokesperson', 'oversight', 'jobs'] as const;
type Tab = (typeof TABS)[number];

function pageOf(tab: Tab, admin: AdminView): ReactNode {
  switch (tab) {
    case 'offices':
      return <OfficesEditor admin={admin} />;
    case 'people':
      return <PeopleEditor admin={admin} />;
    case 'duties':
      return <DutiesEditor admin={admin} />;
    case 'body':
      return <BodyEditor admin={admin} />;
    case 'tiers':
      return <TiersEditor admin={admin} />;
    case 'channels':
      return <ChannelsEditor admin={admin} />;
    case 'plans':
      return <PlansEditor admin={admin} />;
    case 'spokesperson':
      return <SpokespersonEditor admin={admin} />;
    case 'oversight':
      return <OversightEditor admin={admin} />;
    case 'jobs':
      return <Jobs admin={admin} />;
  }
}

export function AdminPage() {
  const { t } = useWords();
  const query = useAdmin();
  const [search, set] = useSearchState();
  const tab = TABS.find((one) => one === search.tab) ?? 'offices';
  return (
    <div className="page">
      <Heading title={t('nav.admin')} aside={query.data === undefined ? null : t('admin.version', { version: query.data.version })} />
      <nav className="subtabs" aria-label={t('nav.admin')}>
        {TABS.map((one) => (
          <button
            key={one}
            type="button"
            className={one === tab ? 'subtab subtab-here' : 'subtab'}
            aria-current={one === tab ? 'page' : undefined}
            onClick={() => set({ tab: one }, 'push')}
          >
            {t(`admin.${one}`)}
            {one === 'jobs' && (query.data?.jobsSetAside.length ?? 0) > 0 && (
              <span className="tally">{query.data?.jobsSetAside.length}</span>
            )}
          </button>
        ))}
      </nav>
      <Shown query={query} rows={8}>
        {(admin) => (
          <section className="block" aria-labelledby="tab-name">
            <h2 id="tab-name">{t(`admin.${tab}`)}</h2>
            {pageOf(tab, admin)}
          </section>
        )}
      </Shown>
    </div>
  );
}
