/**
 * Tables of texts, imported or posted: CSV (comma, semicolon, tab) and JSON lines or lists. Every line gives an item or a note;
 * columns that are not known are dropped, and what stood in columns about persons is masked in the texts too.
 */
import { parse } from 'csv-parse/sync';
import type { DocumentKind, Item } from '../model/document.ts';
import { done, type Outcome, refuse } from '../model/outcome.ts';
import { type ColumnMap, guessColumns, isPersonColumn, LINE_FIELDS } from './columns.ts';
import { parseFeedDate } from './feedDates.ts';
import { redact } from './redact.ts';

export interface LinesOptions {
  /** Column to field or field to column; what is not told is guessed. */
  readonly columns?: Readonly<Record<string, string>>;
  readonly kind?: DocumentKind;
  /** Minutes east of Greenwich for times without a zone; 480 when the headings are Chinese, else 0. */
  readonly zone?: number;
}

export interface Lines {
  readonly items: readonly Item[];
  /** Lines that gave nothing, and why, `line 7: …`; at most 100, then one that counts the rest. */
  readonly notes: readonly string[];
  readonly columns: ColumnMap;
  /** Headings that were thrown away. */
  readonly dropped: readonly string[];
  readonly nLines: number;
}

export const MOST_LINES = 200_000;
const MOST_NOTES = 100;
const MOST_COLUMNS = 500;

/** One line: what it says by heading, or why it cannot be read. */
interface Line {
  readonly number: number;
  readonly values: Readonly<Record<string, string>> | null;
  readonly why: string;
}

function plainValue(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function valuesOf(raw: unknown): Readonly<Record<string, string>> | null {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return null;
  const values: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(raw).slice(0, MOST_COLUMNS)) {
    const text = plainValue(value);
    if (text !== '') values[name] = text;
  }
  return values;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A broken line is the sender's; it becomes a note.
    return undefined;
  }
}

function jsonLines(text: string): Line[] {
  const whole = text.trimStart().startsWith('[') ? jsonOf(text) : undefined;
  if (Array.isArray(whole))
    return whole.slice(0, MOST_LINES).map((raw, at) => ({ number: at + 1, values: valuesOf(raw), why: 'is no object' }));
  const lines: Line[] = [];
  text.split(/\r\n?|\n/).forEach((line, at) => {
    if (line.trim() === '' || lines.length >= MOST_LINES) return;
    lines.push({ number: at + 1, values: valuesOf(jsonOf(line)), why: 'is no JSON object' });
  });
  return lines;
}

function delimiterOf(text: string): string {
  const head = text.slice(0, 5000).split(/\r\n?|\n/, 1)[0] ?? '';
  const counts = [',', '\t', ';', '，', '|'].map((mark) => [mark, head.split(mark).length] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

function csvLines(text: string): Line[] {
  const rows = parse(text, {
    bom: true,
    delimiter: delimiterOf(text),
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    to: MOST_LINES + 1,
    max_record_size: 1_000_000,
  }) as unknown as string[][];
  const headings = (rows[0] ?? [])
    .slice(0, MOST_COLUMNS)
    .map((heading, at) => (heading.trim() === '' ? `column ${at + 1}` : heading.trim()));
  return rows.slice(1).map((row, at) => {
    const values: Record<string, string> = Object.create(null);
    headings.forEach((heading, column) => {
      const value = row[column]?.trim() ?? '';
      if (value !== '') values[heading] = value;
    });
    return { number: at + 2, values, why: '' };
  });
}

function headingsOf(lines: readonly Line[]): string[] {
  const headings = new Set<string>();
  for (const line of lines.slice(0, 1000)) for (const heading of Object.keys(line.values ?? {})) headings.add(heading);
  return [...headings];
}

/** Values of columns about persons, to be masked wherever the line repeats them. */
function personsIn(values: Readonly<Record<string, string>>, used: ReadonlySet<string>): string[] {
  const names: string[] = [];
  for (const [heading, value] of Object.entries(values))
    if (!used.has(heading) && isPersonColumn(heading) && value.length >= 2 && value.length <= 60) names.push(value);
  return names;
}

function itemOf(line: Line, columns: ColumnMap, used: ReadonlySet<string>, options: LinesOptions, zone: number): Item | string {
  const { values } = line;
  if (values === null) return line.why;
  const get = (field: keyof ColumnMap): string => values[columns[field] ?? ''] ?? '';
  const names = personsIn(values, used);
  const clean = (text: string): string => (names.length === 0 ? text : redact(text, { names }).text);
  const [title, body] = [clean(get('title')), clean(get('body'))];
  if (title === '' && body === '') return 'has no text';
  const at = get('publishedAt') === '' ? null : parseFeedDate(get('publishedAt'), zone);
  const reach = Number(get('reach').replace(/[,，\s]/g, ''));
  const optional: Record<string, string> = {};
  for (const field of ['author', 'section', 'language', 'thread', 'place'] as const) {
    const value = field === 'author' || field === 'thread' ? get(field) : clean(get(field));
    if (value !== '') optional[field] = value;
  }
  return {
    key: get('key') === '' ? get('address') : get('key'),
    address: get('address'),
    title,
    body,
    kind: options.kind ?? 'post',
    ...optional,
    ...(at === null ? {} : { publishedAt: at }),
    ...(get('reach') !== '' && Number.isFinite(reach) ? { reach } : {}),
  };
}

/** Refuses `collect.columnsUnknown` when no column can be the text. Never throws for what is in the table. */
export function readLines(text: string, options: LinesOptions = {}): Outcome<Lines> {
  const isJson = /^[\ufeff\s]*[{[]/.test(text);
  const lines = isJson ? jsonLines(text.replace(/^\ufeff/, '')) : csvLines(text);
  const headings = headingsOf(lines);
  const sample = lines.slice(0, 50).flatMap((line) => (line.values === null ? [] : [line.values]));
  const columns = guessColumns(headings, sample, options.columns);
  if (columns === null) return refuse('collect.columnsUnknown', { columns: headings.length });
  const used: ReadonlySet<string> = new Set(LINE_FIELDS.flatMap((field) => columns[field] ?? []));
  const zone = options.zone ?? (/[\u4e00-\u9fff]/.test(headings.join('')) ? 480 : 0);
  const items: Item[] = [];
  const notes: string[] = [];
  let nBad = 0;
  for (const line of lines) {
    const item = itemOf(line, columns, used, options, zone);
    if (typeof item !== 'string') items.push(item);
    else if (++nBad <= MOST_NOTES) notes.push(`line ${line.number}: ${item}`);
  }
  if (nBad > MOST_NOTES) notes.push(`${nBad - MOST_NOTES} more lines gave nothing`);
  return done({ items, notes, columns, dropped: headings.filter((heading) => !used.has(heading)), nLines: lines.length });
}
