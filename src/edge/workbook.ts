/** The one file that knows the spreadsheet library: an .xlsx file to rows, bounded before anything is unpacked. */
import readXlsxFile from 'read-excel-file/universal';
import { type Cell, type SheetTable, sheetTable } from '../collect/sheetTable.ts';
import { isZip, zipSizes } from './zipSizes.ts';

export interface Workbook extends SheetTable {
  readonly sheet: string;
  /** Names of the sheets that were not read. */
  readonly others: readonly string[];
}

/** Unpacked (S-ZIP); entries of a workbook are a few dozen. */
export const WORKBOOK_BYTES = 64 * 1024 * 1024;
const MOST_ENTRIES = 2_000;

/** What a file would become is more than may be. */
export class TooLarge extends Error {
  readonly tooLarge = true;
}

/** Throws for what is no workbook. `sheet`: a name, or a number from 1; empty: the sheet with most rows. */
export async function readWorkbook(bytes: Uint8Array, sheet: string): Promise<Workbook> {
  const sizes = isZip(bytes) ? zipSizes(bytes) : null;
  if (sizes === null) throw new Error('this is no .xlsx file');
  if (sizes.unpacked > WORKBOOK_BYTES || sizes.nEntries > MOST_ENTRIES) throw new TooLarge('unpacked, this file is too large');
  const own = bytes.slice().buffer;
  const sheets = await readXlsxFile(own, { trim: true });
  const chosen =
    sheet === ''
      ? sheets.reduce<(typeof sheets)[number] | undefined>(
          (best, one) => (best === undefined || one.data.length > best.data.length ? one : best),
          undefined,
        )
      : (sheets.find((one) => one.sheet === sheet) ?? sheets[Number(sheet) - 1]);
  if (chosen === undefined) throw new Error('there is no such sheet');
  const others = sheets.filter((one) => one !== chosen && one.data.length > 1).map((one) => one.sheet);
  return { ...sheetTable(chosen.data as unknown as readonly (readonly Cell[])[]), sheet: chosen.sheet, others };
}
