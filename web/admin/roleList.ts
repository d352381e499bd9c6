/** The roles in the order they are offered; `satisfies` holds them to the model. */
import type { Role } from '../../src/model/office.ts';

export const ROLE_LIST = [
  'dutyOfficer',
  'analyst',
  'liaison',
  'leader',
  'spokesperson',
  'clerk',
  'reporter',
  'oversight',
  'admin',
] as const satisfies readonly Role[];
