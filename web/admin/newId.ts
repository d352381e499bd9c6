/** Ids of what an administrator adds: readable where the English name allows it. */
export function newId(english: string, taken: readonly string[], fallback: string): string {
  const stem =
    english
      .toLowerCase()
      .replace(/[^a-z0-9]+/gu, '-')
      .replace(/^-|-$/gu, '')
      .slice(0, 24) || fallback;
  if (!taken.includes(stem)) return stem;
  let n = 2;
  while (taken.includes(`${stem}-${n}`)) n += 1;
  return `${stem}-${n}`;
}
