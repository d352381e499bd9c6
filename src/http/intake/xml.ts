/** Open311's XML: lists of flat records, each field an element. Written only; nothing is read as XML here. */

export type Record311 = { readonly [name: string]: string | number | readonly Record311[] };

function safe(text: string): string {
  // Signs that XML 1.0 cannot hold are left out.
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '');
  return clean.replace(/[&<>"']/gu, (sign) => `&#${sign.charCodeAt(0)};`);
}

function element(name: string, value: Record311[string]): string {
  if (typeof value !== 'object') return `<${name}>${safe(String(value))}</${name}>`;
  const single = name.replace(/s$/u, '');
  return `<${name}>${value.map((one) => `<${single}>${fields(one)}</${single}>`).join('')}</${name}>`;
}

function fields(record: Record311): string {
  return Object.entries(record)
    .map(([name, value]) => element(name, value))
    .join('');
}

/** `<root><one>…</one></root>`; with `one` null the record stands in the root itself. */
export function toXml(root: string, one: string | null, records: readonly Record311[]): string {
  const inner = records.map((record) => (one === null ? fields(record) : `<${one}>${fields(record)}</${one}>`)).join('');
  return `<?xml version="1.0" encoding="utf-8"?><${root}>${inner}</${root}>`;
}
