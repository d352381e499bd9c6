/** Every key there is, on one sheet. */
import { Dialog } from './dialog.tsx';
import { useRooms } from './rooms.ts';
import { type Key, useWords } from './words.tsx';

const GROUPS: readonly { readonly name: Key; readonly keys: readonly (readonly [string, Key])[] }[] = [
  {
    name: 'help.list',
    keys: [
      ['j / k', 'help.jk'],
      ['x', 'help.x'],
      ['Shift + j / k', 'help.extend'],
      ['Shift + A', 'help.all'],
      ['o', 'help.o'],
      ['v', 'help.v'],
    ],
  },
  {
    name: 'help.triage',
    keys: [
      ['i', 'help.i'],
      ['n', 'help.n'],
      ['u', 'help.u'],
      ['e', 'help.e'],
      ['z', 'help.z'],
    ],
  },
  {
    name: 'help.issue',
    keys: [
      ['a', 'help.a'],
      ['p', 'help.p'],
      ['t', 'help.t'],
      ['s', 'help.s'],
      ['d', 'help.d'],
    ],
  },
  {
    name: 'help.all.name',
    keys: [
      ['/  ·  Ctrl K', 'help.search'],
      ['?', 'help.help'],
      ['Esc', 'help.esc'],
    ],
  },
];

export function Help({ opened, close }: { readonly opened: boolean; readonly close: () => void }) {
  const { t } = useWords();
  const rooms = useRooms();
  return (
    <Dialog opened={opened} close={close} title={t('help.title')} size="lg">
      <div className="help">
        {GROUPS.map((group) => (
          <section key={group.name}>
            <h3>{t(group.name)}</h3>
            <dl>
              {group.keys.map(([key, words]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{t(words)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>{t('help.go')}</h3>
          <dl>
            {rooms
              .flatMap((room) => room.places)
              .map((place) => (
                <div key={place.to}>
                  <dt>
                    <kbd>g {place.letter}</kbd>
                  </dt>
                  <dd>{t(place.name)}</dd>
                </div>
              ))}
          </dl>
        </section>
      </div>
      <p className="quiet">{t('help.off')}</p>
    </Dialog>
  );
}
