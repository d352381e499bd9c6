/** Papers made from what is stored: the bulletin's page, an issue's special report. */
import { bulletinPage } from '../account/bulletinPage.ts';
import { buildSpecialReport } from '../account/specialReport.ts';
import type { Io } from '../io.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Paper } from '../model/paper.ts';
import { bulletinOf } from './closeDay.ts';
import { organisationOf } from './organisation.ts';

const MOST_TEXTS = 1000;

export async function bulletinPaper(io: Io, day: string): Promise<Outcome<Paper>> {
  const [bulletin, organisation] = [await bulletinOf(io, day), await organisationOf(io)];
  if (!bulletin.ok) return bulletin;
  if (organisation === null) return refuse('http.setupUnfinished');
  return done(
    bulletinPage(bulletin.value, {
      bodyName: organisation.body.name,
      zone: organisation.body.calendar.zone,
      mark: io.demo ? 'DEMO' : null,
    }),
  );
}

export async function reportPaper(io: Io, issueId: string, language: 'zh' | 'en'): Promise<Outcome<Paper>> {
  const [issue, organisation] = await Promise.all([io.store.get('issue', issueId), organisationOf(io)]);
  const assessment = issue?.assessmentId == null ? undefined : await io.store.get('assessment', issue.assessmentId);
  if (issue === undefined || assessment === undefined) return refuse('http.notFound');
  if (organisation === null) return refuse('http.setupUnfinished');
  const equal = { issueId };
  const mentions = await io.store.list('mention', { equal, by: 'at', order: 'down', limit: MOST_TEXTS });
  const [documents, sources, claims, statements, clocks, tasks, promises, entries] = await Promise.all([
    io.store.many(
      'document',
      mentions.map((mention) => mention.id),
    ),
    io.store.list('source'),
    io.store.list('claim', { equal }),
    io.store.list('signed', { equal }),
    io.store.list('clock', { equal }),
    io.store.list('task', { equal }),
    io.store.list('promise', { equal }),
    io.store.journal({ subject: issueId }),
  ]);
  const { body, offices } = organisation;
  const newest = [...statements].sort((a, b) => b.publishedAt - a.publishedAt);
  const kit = {
    language,
    issue,
    assessment,
    documents,
    sources,
    claims,
    statements: newest,
    clocks,
    tasks,
    promises,
    offices,
    entries,
    now: io.now(),
  };
  return done(buildSpecialReport({ ...kit, bodyName: body.name, zone: body.calendar.zone, mark: io.demo ? 'DEMO' : null }));
}
