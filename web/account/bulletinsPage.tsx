/** All bulletins, newest first. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Bulletin } from '../../src/model/bulletin.ts';
import { read } from '../parts/api.ts';
import { Heading } from '../parts/heading.tsx';
import { useTimes } from '../parts/session.tsx';
import { Empty, Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';

export function BulletinsPage() {
  const { t } = useWords();
  const times = useTimes();
  const query = useQuery({ queryKey: ['bulletins'], queryFn: ({ signal }) => read<Bulletin[]>('bulletins', signal) });
  return (
    <div className="page">
      <Heading title={t('nav.bulletins')} aside={t('bulletins.about')} />
      <Shown query={query} rows={6}>
        {(bulletins) =>
          bulletins.length === 0 ? (
            <Empty title={t('bulletins.none')}>{t('bulletins.noneMore')}</Empty>
          ) : (
            <ul className="bulletins">
              {bulletins.map((bulletin) => (
                <li key={bulletin.id}>
                  <Link to="/bulletins/$day" params={{ day: bulletin.id }}>
                    <b>{bulletin.number}</b> {bulletin.title}
                  </Link>
                  <span className="quiet">{t('bulletin.items', { n: bulletin.items.filter((item) => item.chosen).length })}</span>
                  <span className={bulletin.state === 'sent' ? 'tag tag-done' : 'tag'}>
                    {bulletin.state === 'sent' && bulletin.sentAt !== null
                      ? t('bulletin.sentAt', { at: times.short(bulletin.sentAt) })
                      : t(`bulletin.${bulletin.state}`)}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </div>
  );
}
