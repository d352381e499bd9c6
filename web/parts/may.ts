/** Who may do what on these pages: the same sets as the server holds. Buttons that would be refused are not offered. */
import type { Role } from '../../src/model/office.ts';
import { useSession } from './session.tsx';

const MAY = {
  desk: ['dutyOfficer', 'analyst', 'liaison', 'leader', 'spokesperson', 'oversight', 'admin'],
  triage: ['dutyOfficer', 'analyst'],
  judge: ['dutyOfficer', 'analyst', 'leader'],
  sources: ['dutyOfficer', 'analyst', 'admin'],
  handle: ['dutyOfficer', 'liaison', 'leader', 'spokesperson'],
  send: ['dutyOfficer', 'leader'],
  instruct: ['leader'],
  check: ['dutyOfficer', 'analyst', 'liaison', 'leader', 'spokesperson'],
  draft: ['dutyOfficer', 'analyst', 'liaison', 'spokesperson'],
  review: ['dutyOfficer', 'analyst', 'leader', 'spokesperson'],
  sign: ['spokesperson'],
  journal: ['leader', 'oversight', 'admin', 'dutyOfficer', 'analyst'],
  setupRead: ['dutyOfficer', 'analyst', 'oversight', 'admin'],
  clerk: ['clerk', 'dutyOfficer', 'admin'],
  field: ['reporter', 'dutyOfficer', 'admin'],
  admin: ['admin'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type May = keyof typeof MAY;

/** What only reads; everything else is closed to an overseer, whatever other roles they hold. */
const READING: ReadonlySet<May> = new Set<May>(['desk', 'journal', 'setupRead']);

export function useMay(): (what: May) => boolean {
  const { staff } = useSession();
  return (what) => {
    if (staff === null) return false;
    if (!READING.has(what) && staff.roles.includes('oversight')) return false;
    return staff.roles.some((role) => (MAY[what] as readonly Role[]).includes(role));
  };
}
