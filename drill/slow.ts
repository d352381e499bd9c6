/** The same as `crowd`, in its short form: six polls, about two and a half minutes. */
import crowd from './crowd.ts';
import type { Drill } from './main.ts';

const drill: Drill = {
  about: 'REL-13 in short: the crowd drill with six polls (--rounds polls)',
  run: (options) => crowd.run({ ...options, rounds: options.rounds ?? 6 }),
};
export default drill;
