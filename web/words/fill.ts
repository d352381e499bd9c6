/** Puts values into a sentence: `{n}` is the value, `{n|item|items}` is the first form when n is 1 and the second otherwise. */

export type Values = Readonly<Record<string, string | number>>;

export function fill(sentence: string, values: Values = {}): string {
  return sentence.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/gu, (whole, name: string, one?: string, many?: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (one === undefined || many === undefined) return String(value);
    return Number(value) === 1 ? one : many;
  });
}
