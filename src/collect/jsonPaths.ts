/** Ways through JSON of unknown shape: paths like `data.items[0].title`, records laid flat, and the lists of records in it. Nothing recurses. */

export type FlatRecord = Readonly<Record<string, string | number | boolean>>;

const MOST_STEPS = 20;
/** A record deeper or wider than this is not laid out further. */
const FLAT_DEPTH = 4;
const MOST_FIELDS = 200;
const MOST_NODES = 200_000;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of names and `[n]`; undefined when a step leads nowhere. The empty path is the whole. */
export function pathValue(value: unknown, path: string): unknown {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '' && step !== '$');
  let at: unknown = value;
  for (const step of steps.slice(0, MOST_STEPS)) {
    if (Array.isArray(at)) at = at[Number(step)];
    else if (isRecord(at) && Object.hasOwn(at, step)) at = at[step];
    else return undefined;
  }
  return at;
}

export function lastStep(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** Plain values by dotted path; a list of plain values as one text parted by `, `. */
export function flatRecord(value: unknown): FlatRecord {
  const flat: Record<string, string | number | boolean> = Object.create(null);
  const waiting: { readonly value: unknown; readonly path: string; readonly depth: number }[] = [{ value, path: '', depth: 0 }];
  let nFields = 0;
  for (let at = 0; at < waiting.length && nFields < MOST_FIELDS; at++) {
    const { value: here, path, depth } = waiting[at]!;
    if (!isRecord(here)) continue;
    for (const [name, field] of Object.entries(here).slice(0, MOST_FIELDS)) {
      const own = path === '' ? name : `${path}.${name}`;
      if (typeof field === 'string' || typeof field === 'number' || typeof field === 'boolean') {
        flat[own] = field;
        nFields++;
      } else if (Array.isArray(field) && field.length > 0 && field.every((one) => typeof one === 'string' || typeof one === 'number')) {
        flat[own] = field.slice(0, 20).join(', ');
        nFields++;
      } else if (depth < FLAT_DEPTH) waiting.push({ value: field, path: own, depth: depth + 1 });
    }
  }
  return flat;
}

/** Every list in the value that holds records, those nearer to the root first. */
export function recordLists(value: unknown): (readonly unknown[])[] {
  const found: (readonly unknown[])[] = [];
  const waiting: unknown[] = [value];
  for (let at = 0; at < waiting.length && at < MOST_NODES; at++) {
    const here = waiting[at];
    if (Array.isArray(here)) {
      if (here.some(isRecord)) found.push(here.filter(isRecord));
      for (const one of here) if (typeof one === 'object' && one !== null) waiting.push(one);
    } else if (isRecord(here)) for (const one of Object.values(here)) if (typeof one === 'object' && one !== null) waiting.push(one);
  }
  return found;
}
