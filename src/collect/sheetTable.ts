/** Rows of a spreadsheet as records: which row is the heading, and what each cell says as text. */

export type Cell = string | number | boolean | Date | null;

export interface SheetTable {
  readonly records: readonly Readonly<Record<string, string>>[];
  /** Row of the heading, from 1. */
  readonly headingRow: number;
}

/** Above the heading stand titles, units and dates; not more than a screen of them. */
const HEADING_WITHIN = 20;

/** A spreadsheet's time has no zone: it is written as it was typed, and read in the zone of the source. */
function timeText(time: Date): string {
  if (Number.isNaN(time.getTime())) return '';
  return time
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, '');
}

export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return timeText(cell);
  return (typeof cell === 'number' ? String(cell) : typeof cell === 'boolean' ? String(cell) : cell).trim();
}

/** The first row within reach that has as many words as any: titles above it fill one cell, numbers are not headings. */
function headingAt(rows: readonly (readonly Cell[])[]): number {
  let best = 0;
  let most = 0;
  for (const [at, row] of rows.slice(0, HEADING_WITHIN).entries()) {
    const words = row.filter((cell) => typeof cell === 'string' && cell.trim() !== '' && cell.trim().length <= 40);
    const nWords = new Set(words.map(cellText)).size;
    if (nWords > most) [best, most] = [at, nWords];
  }
  return best;
}

function headingsOf(row: readonly Cell[]): string[] {
  const seen = new Map<string, number>();
  return row.map((cell, at) => {
    const name = cellText(cell).replace(/\s+/g, ' ') || `column ${at + 1}`;
    const n = (seen.get(name) ?? 0) + 1;
    seen.set(name, n);
    return n === 1 ? name : `${name} (${n})`;
  });
}

export function sheetTable(rows: readonly (readonly Cell[])[]): SheetTable {
  const at = headingAt(rows);
  const headings = headingsOf(rows[at] ?? []);
  const records = rows.slice(at + 1).flatMap((row) => {
    const record: Record<string, string> = Object.create(null);
    for (const [column, heading] of headings.entries()) {
      const text = cellText(row[column]);
      if (text !== '') record[heading] = text;
    }
    return Object.keys(record).length === 0 ? [] : [record];
  });
  return { records, headingRow: at + 1 };
}
