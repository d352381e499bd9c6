/** The body, its tiers, offices, duties and people. */
import type { Calendar } from './time.ts';
import type { Words } from './words.ts';

export type OfficeId = string;
export type TierId = string;
export type StaffId = string;

/** A step of the ladder: county, city, province. `rank` grows upward. */
export interface Tier {
  readonly id: TierId;
  readonly name: Words;
  readonly rank: number;
  /** How the tier above is reached: an office of this table that stands for it. */
  readonly officeId: OfficeId | null;
}

/** A kind of matter an office answers for. `id` is what topics and services name. */
export interface Duty {
  readonly id: string;
  readonly name: Words;
  readonly officeId: OfficeId;
}

/**
 * A body that holds duties. `kind`: `operating` the body that runs Heed, `office` an ordinary one, `oversight` the overseer outside all
 * offices, `upper` the next tier. `aliases` are the names people use for it in texts.
 */
export interface Office {
  readonly id: OfficeId;
  readonly name: Words;
  readonly aliases: readonly string[];
  readonly kind: 'operating' | 'office' | 'oversight' | 'upper';
  readonly tierId: TierId;
  readonly parentId: OfficeId | null;
  readonly headId: StaffId | null;
  readonly deputyId: StaffId | null;
  readonly hotline: string;
  readonly rev: number;
}

export const ROLES = ['dutyOfficer', 'analyst', 'liaison', 'leader', 'spokesperson', 'clerk', 'reporter', 'oversight', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** A member of staff. The only people Heed has a table of: those who use it. */
export interface Staff {
  readonly id: StaffId;
  readonly name: string;
  readonly login: string;
  /** argon2id hash; empty until the invitation is used. */
  readonly secret: string;
  readonly roles: readonly Role[];
  readonly officeId: OfficeId;
  readonly title: Words;
  readonly email: string;
  readonly language: 'zh' | 'en';
  readonly active: boolean;
  readonly rev: number;
}

/** A way to reach people: one notifier with its settings, for one office or for all (`officeId` null). */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly officeId: OfficeId | null;
  /** Addresses and secrets; masked when shown. */
  readonly settings: Readonly<Record<string, string>>;
  readonly active: boolean;
  readonly rev: number;
}

/** The one description of who runs this Heed. */
export interface Body {
  readonly id: 'body';
  readonly name: Words;
  readonly calendar: Calendar;
  readonly language: 'zh' | 'en';
  readonly oversightId: OfficeId;
  readonly operatingId: OfficeId;
  readonly dutyOfficeId: OfficeId;
  readonly spokespersonIds: readonly StaffId[];
  readonly contact: string;
  readonly rev: number;
}
