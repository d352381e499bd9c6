/** Who acts: a signed-in member of staff, as the journal will name them. */
import type { OfficeId, Role, StaffId } from '../model/office.ts';

export interface Who {
  readonly staffId: StaffId;
  /** As written to the journal; `demo:` stands before a demo actor. */
  readonly actor: string;
  readonly officeId: OfficeId;
  readonly roles: readonly Role[];
  readonly name: string;
}
