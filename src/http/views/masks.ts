/** Secrets among settings are masked when shown; a mask that comes back means “as before”. */
import type { Json } from '../../model/words.ts';
import type { SettingField } from '../../ports.ts';

const MASK = '••••••••';

/** Named a secret by the form, or by its name: what is sent to an intake is signed with one. */
function isSecret(fields: readonly SettingField[], name: string): boolean {
  return /secret|password|token/iu.test(name) || fields.some((field) => field.name === name && field.type === 'secret');
}

export function maskSecrets<T extends Json>(fields: readonly SettingField[], settings: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, isSecret(fields, name) && value !== '' ? (MASK as T) : value]),
  );
}

export function keepSecrets<T extends Json>(
  fields: readonly SettingField[],
  sent: Readonly<Record<string, T>>,
  before: Readonly<Record<string, T>>,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [name, isSecret(fields, name) && value === MASK ? (before[name] ?? value) : value]),
  );
}
