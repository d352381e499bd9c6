/** GLOSSARY.md and `src/model` hold together, both ways. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const rows = read('GLOSSARY.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| Word'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const files = readdirSync(new URL('../src/model/', import.meta.url)).filter((name) => name.endsWith('.ts') && !name.includes('.test.'));
/** The desk's answers are made of nouns and are none themselves; parts of a noun are named in its row's type. */
const exported = files
  .filter((name) => name !== 'desk.ts' && name !== 'words.ts')
  .flatMap((name) => [...read(`src/model/${name}`).matchAll(/^export (?:interface|type) (\w+)/gm)].map((match) => match[1]!));
const named = rows.flatMap((row) => /`(\w+)`/.exec(row[4] ?? '')?.[1] ?? []);
/** Helper shapes of a noun, found in its file beside it. */
const PARTS = new Set([
  'Outcome',
  'RefusalCode',
  'SourceId',
  'DocumentId',
  'TopicId',
  'IssueId',
  'OfficeId',
  'TierId',
  'StaffId',
  'DocumentKind',
  'IssueState',
  'HourCount',
  'FactorName',
  'TaskState',
  'CaseState',
  'Actor',
  'NewEntry',
  'BulletinItem',
  'SourceState',
  'PaperBlock',
  'PaperRow',
  'PaperCell',
  'PaperHour',
]);

test('every word has both languages and says what it is', () => {
  for (const [word, zh, is] of rows)
    expect(
      [word, zh, is].every((cell) => cell !== undefined && cell !== ''),
      word,
    ).toBe(true);
});
test('no word stands twice', () => {
  const words = rows.map((row) => row[0]);
  expect(new Set(words).size).toBe(words.length);
});
test('every type the glossary names is in the model', () => {
  expect(named.filter((type) => !exported.includes(type))).toEqual([]);
});
test('every type of the model is in the glossary, or part of one that is', () => {
  expect(exported.filter((type) => !named.includes(type) && !PARTS.has(type))).toEqual([]);
});
