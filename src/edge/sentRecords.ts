/** What a program or form sends in one request, as records of text by field name: a form, one JSON object, many, or JSON lines. */
import { listOfValues, parseJson, recordOf, textOf } from './looseValues.ts';

export type SentRecord = Readonly<Record<string, string>>;

/** Records of one request; a file with more is an import and comes as lines. */
const MAX_RECORDS = 10_000;
const MAX_VALUE = 200_000;

function flat(value: unknown): SentRecord {
  const record: Record<string, string> = Object.create(null);
  for (const [name, cell] of Object.entries(recordOf(value))) {
    const text = (typeof cell === 'boolean' ? String(cell) : textOf(cell)).trim();
    if (text !== '') record[name.trim().toLowerCase()] = text.slice(0, MAX_VALUE);
  }
  return record;
}

function formRecord(text: string): SentRecord {
  const record: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    if (value.trim() !== '') record[name.trim().toLowerCase()] = value.trim().slice(0, MAX_VALUE);
  }
  return record;
}

/** Null when the text is neither a form nor JSON: then it is a table. Broken JSON lines are undefined in the list. */
export function sentRecords(text: string, contentType: string): readonly (SentRecord | undefined)[] | null {
  if (/x-www-form-urlencoded/i.test(contentType)) return [formRecord(text)];
  if (!/^[\ufeff\s]*[[{]/.test(text)) return null;
  const plain = text.replace(/^\ufeff/, '');
  const whole = parseJson(plain);
  if (Array.isArray(whole)) return whole.slice(0, MAX_RECORDS).map(flat);
  if (whole !== undefined) {
    const { requests } = recordOf(whole);
    return Array.isArray(requests) ? listOfValues(requests).slice(0, MAX_RECORDS).map(flat) : [flat(whole)];
  }
  const lines = plain.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(0, MAX_RECORDS).map((line) => {
    const value = parseJson(line);
    return value === undefined ? undefined : flat(value);
  });
}
