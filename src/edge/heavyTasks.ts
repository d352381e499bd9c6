/** What is read in a thread of its own because it is large or packed: spreadsheets and web archives. The worker runs it. */
import { type ArchivePages, readArchive } from './webArchive.ts';
import { readWorkbook, type Workbook } from './workbook.ts';

export interface HeavyInputs {
  readonly workbook: { readonly bytes: Uint8Array; readonly sheet: string };
  readonly archive: { readonly bytes: Uint8Array; readonly now: number; readonly zone: string };
}

export interface HeavyOutputs {
  readonly workbook: Workbook;
  readonly archive: ArchivePages;
}

export type HeavyKind = keyof HeavyInputs;
export type HeavyTask = { readonly [K in HeavyKind]: { readonly kind: K; readonly input: HeavyInputs[K] } }[HeavyKind];

export async function runHeavy(task: HeavyTask): Promise<HeavyOutputs[HeavyKind]> {
  switch (task.kind) {
    case 'workbook':
      return readWorkbook(task.input.bytes, task.input.sheet);
    case 'archive':
      return readArchive(task.input.bytes, task.input);
  }
}
