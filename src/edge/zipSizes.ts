/** How much a zip file says it will become, read from its directory before anything is unpacked. Unpackers allocate what it says. */

export interface ZipSizes {
  readonly nEntries: number;
  /** Bytes of all entries unpacked. */
  readonly unpacked: number;
  readonly names: readonly string[];
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
/** The end record and the longest comment that may stand behind it. */
const LAST = 22 + 0xffff;

/** True for the first bytes of any zip file that holds something. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

/** Null when this is no zip file, or one in the form for 4 GB and more, which no spreadsheet of ours needs. */
export function zipSizes(bytes: Uint8Array): ZipSizes | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && end >= bytes.length - LAST && view.getUint32(end, true) !== END) end--;
  if (end < 0 || end < bytes.length - LAST) return null;
  const nEntries = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  let unpacked = 0;
  const names: string[] = [];
  for (let n = 0; n < nEntries; n++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY) return null;
    const size = view.getUint32(at + 24, true);
    if (size === 0xffffffff) return null;
    unpacked += size;
    const nName = view.getUint16(at + 28, true);
    names.push(new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nName)));
    at += 46 + nName + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return { nEntries, unpacked, names };
}
