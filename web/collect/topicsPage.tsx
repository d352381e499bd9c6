/** The standing interests: what is watched, why, and until when. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Topic } from '../../src/model/issue.ts';
import { read } from '../parts/api.ts';
import { Heading } from '../parts/heading.tsx';
import { useMay } from '../parts/may.ts';
import { useNow, useTimes } from '../parts/session.tsx';
import { Empty, Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';

const SOON = 14 * 86_400_000;

export function TopicsPage() {
  const { t, w } = useWords();
  const may = useMay();
  const now = useNow();
  const times = useTimes();
  const query = useQuery({ queryKey: ['topics'], queryFn: ({ signal }) => read<Topic[]>('topics', signal) });
  const until = (topic: Topic) => {
    const left = topic.purpose.endsAt - now;
    if (left < 0) return t('topic.ended');
    return left < SOON ? t('topic.endsSoon', { span: times.span(left) }) : t('topic.ends', { at: times.full(topic.purpose.endsAt) });
  };
  return (
    <div className="page">
      <Heading title={t('nav.topics')} aside={t('topics.about')}>
        {may('sources') && (
          <Link to="/topics/$id" params={{ id: 'new' }} className="link-button link-primary">
            {t('topic.new')}
          </Link>
        )}
      </Heading>
      <Shown query={query} rows={6}>
        {(topics) =>
          topics.length === 0 ? (
            <Empty title={t('topics.none')}>{t('topics.noneMore')}</Empty>
          ) : (
            <ul className="topics">
              {topics.map((topic) => (
                <li key={topic.id}>
                  <div className="topic-head">
                    <Link to="/topics/$id" params={{ id: topic.id }}>
                      {w(topic.name)}
                    </Link>
                    <span className={topic.purpose.endsAt - now < SOON ? 'due due-late' : 'quiet'}>{until(topic)}</span>
                  </div>
                  <code className="query">{topic.query}</code>
                  <p className="quiet">{topic.purpose.why}</p>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </div>
  );
}
