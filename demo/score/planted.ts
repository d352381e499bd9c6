/** Looks for the personal data that the scenario planted: in every answer of the API, on the public pages, and in the bytes of the data folder. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Truth } from '../truth.ts';
import type { Reading } from './readAll.ts';

export interface PlantedFind {
  readonly kind: string;
  readonly value: string;
  readonly where: string;
}

/** The characters that count, in order; whatever stands between them in a text does not hide them. */
function coreOf(value: string): string {
  return value
    .normalize('NFKC')
    .replace(/^\+86/, '')
    .replace(/[\s·.\-—()（）]/g, '')
    .toUpperCase();
}

function patternOf(value: string): RegExp {
  const inner = [...coreOf(value)].map((char) => char.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('[\\s·.\\-—()]*');
  return new RegExp(`(?<![0-9])${inner}(?![0-9])`, 'iu');
}

/** Ways the value may lie in a file as bytes. */
function formsOf(value: string): string[] {
  const folded = value.normalize('NFKC');
  return [...new Set([value, folded, coreOf(value), coreOf(value).toLowerCase()])];
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

export async function findPlanted(truth: Truth, reading: Reading, dataFolder: string | null): Promise<PlantedFind[]> {
  const planted = (['phones', 'ids', 'plates'] as const).flatMap((kind) => truth.planted[kind].map((value) => ({ kind, value })));
  const finds: PlantedFind[] = [];
  for (const { path, body } of reading.answers) {
    const folded = body.normalize('NFKC');
    for (const { kind, value } of planted) if (patternOf(value).test(folded)) finds.push({ kind, value, where: path });
  }
  if (dataFolder === null) return finds;
  for (const file of await filesIn(dataFolder)) {
    const bytes = await readFile(file);
    for (const { kind, value } of planted) {
      if (formsOf(value).some((form) => bytes.includes(Buffer.from(form, 'utf8')))) finds.push({ kind, value, where: file });
    }
  }
  return finds;
}

/** Names of private persons that no document shows any more. */
export function maskedNames(truth: Truth, reading: Reading): { readonly masked: string[]; readonly shown: string[] } {
  const documents = reading.documents.map(({ view }) => JSON.stringify(view));
  const isShown = (name: string): boolean => documents.some((text) => text.includes(name));
  return { masked: truth.planted.names.filter((name) => !isShown(name)), shown: truth.planted.names.filter(isShown) };
}
