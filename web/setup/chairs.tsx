/** Only in the demo: a visitor takes somebody's place. One seat per role stands first; everybody else is a press away. */
import { useQuery } from '@tanstack/react-query';
import type { SessionView, StaffView } from '../../src/model/desk.ts';
import type { Words } from '../../src/model/words.ts';
import { read } from '../parts/api.ts';
import { useChanging } from '../parts/changing.tsx';
import { useEnter } from '../parts/session.tsx';
import { Problem } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';

interface Chair extends Pick<StaffView, 'id' | 'name' | 'title' | 'roles'> {
  readonly office: Words;
}

const SEATS = ['dutyOfficer', 'analyst', 'liaison', 'leader', 'spokesperson', 'clerk', 'reporter', 'oversight', 'admin'] as const;

/** For each role the person with the fewest other roles; the rest in the order they came. */
function seated(chairs: readonly Chair[]): { readonly first: readonly Chair[]; readonly rest: readonly Chair[] } {
  const first: Chair[] = [];
  for (const role of SEATS) {
    const [best] = chairs
      .filter((chair) => chair.roles.includes(role) && !first.includes(chair))
      .sort((a, b) => a.roles.length - b.roles.length);
    if (best !== undefined) first.push(best);
  }
  return { first, rest: chairs.filter((chair) => !first.includes(chair)) };
}

function Seats({ chairs, busy, sit }: { readonly chairs: readonly Chair[]; readonly busy: boolean; readonly sit: (id: string) => void }) {
  const { w } = useWords();
  return (
    <ul className="seats">
      {chairs.map((chair) => (
        <li key={chair.id}>
          <button type="button" className="chair" disabled={busy} onClick={() => sit(chair.id)}>
            <b>{w(chair.title) || chair.name}</b>
            <span className="quiet">
              {chair.name} · {w(chair.office)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

export function Chairs() {
  const { t } = useWords();
  const enter = useEnter();
  const changing = useChanging();
  const query = useQuery({ queryKey: ['chairs'], queryFn: ({ signal }) => read<Chair[]>('demo/chairs', signal), retry: false });
  const sit = async (staffId: string) => {
    const session = await changing.run<SessionView>('POST', 'demo/chair', { staffId });
    if (session !== null) enter(session);
  };
  if (query.data === undefined || query.data.length === 0) return null;
  const { first, rest } = seated(query.data);
  return (
    <section className="chairs" aria-labelledby="chairs-name">
      <h2 id="chairs-name">{t('chairs.name')}</h2>
      <Seats chairs={first} busy={changing.busy} sit={(id) => void sit(id)} />
      {rest.length > 0 && (
        <details>
          <summary>{t('chairs.more', { n: rest.length })}</summary>
          <Seats chairs={rest} busy={changing.busy} sit={(id) => void sit(id)} />
        </details>
      )}
      <Problem fault={changing.fault} />
    </section>
  );
}
