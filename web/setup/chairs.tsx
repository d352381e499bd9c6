/** Only in the demo: a visitor takes somebody's place. */
import { useQuery } from '@tanstack/react-query';
import type { SessionView, StaffView } from '../../src/model/desk.ts';
import { read } from '../parts/api.ts';
import { useChanging } from '../parts/changing.tsx';
import { useEnter, useNames } from '../parts/session.tsx';
import { Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';

type Chair = Pick<StaffView, 'id' | 'name' | 'title' | 'roles' | 'officeId'>;

export function Chairs() {
  const { t, w } = useWords();
  const names = useNames();
  const enter = useEnter();
  const changing = useChanging();
  const query = useQuery({ queryKey: ['chairs'], queryFn: ({ signal }) => read<Chair[]>('demo/chairs', signal), retry: false });
  const sit = async (staffId: string) => {
    const session = await changing.run<SessionView>('POST', 'demo/chair', { staffId });
    if (session !== null) enter(session);
  };
  if (query.data === undefined || query.data.length === 0) return null;
  return (
    <section className="chairs" aria-labelledby="chairs-name">
      <h2 id="chairs-name">{t('chairs.name')}</h2>
      <ul>
        {query.data.map((chair) => (
          <li key={chair.id}>
            <button type="button" className="chair" disabled={changing.busy} onClick={() => void sit(chair.id)}>
              <b>{chair.name}</b>
              <span className="quiet">
                {w(chair.title)} · {names.office(chair.officeId)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Problem fault={changing.fault} />
    </section>
  );
}
