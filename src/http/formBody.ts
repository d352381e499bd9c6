/** Form bodies: named texts only, on an object without a prototype. */
import type { App } from './door.ts';

export type Fields = Readonly<Record<string, string>>;

const MOST_FIELDS = 100;

export function parseForm(text: string): Fields {
  const fields: Record<string, string> = Object.create(null);
  let n = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    if (++n > MOST_FIELDS) break;
    fields[name] = value;
  }
  return fields;
}

/** In this scope forms are read; JSON as everywhere. */
export function takeForms(app: App): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, parseForm(String(body))),
  );
}

/** A text field of a form or JSON body; absent and other things are empty. */
export function fieldOf(body: unknown, name: string, longest: number): string {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return '';
  const value = (body as Record<string, unknown>)[name];
  return typeof value === 'string' ? value.trim().slice(0, longest) : '';
}
