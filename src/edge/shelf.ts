/** A shelf is a folder whose every file is one member by its default export: a new file is on the shelf the moment it exists. */
import { readdir } from 'node:fs/promises';

/**
 * Loads every module of a folder, by file name. A file without a fitting default export is a fault at start, not a member that
 * silently does not work.
 */
export async function readShelf<T>(folder: URL, fits: (member: unknown) => member is T): Promise<T[]> {
  const here = folder.href.endsWith('/') ? folder : new URL(`${folder.href}/`);
  const names = (await readdir(here)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort();
  const members: T[] = [];
  for (const name of names) {
    const module: { readonly default?: unknown } = await import(new URL(name, here).href);
    if (!fits(module.default)) throw new Error(`${name} has no default export that fits this shelf`);
    members.push(module.default);
  }
  return members;
}

function hasText(value: unknown, field: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, field) === 'string';
}

/** For `readShelf`: an object with the field that names such a member, `kind`, `name` or `code`. */
export function named<T>(field: 'kind' | 'name' | 'code'): (member: unknown) => member is T {
  return (member): member is T => hasText(member, field);
}
