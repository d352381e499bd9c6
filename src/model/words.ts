/** Values that travel everywhere: a sentence in both languages, and plain data. */

/** A sentence or name a person reads, in Chinese and in English. Neither side is ever empty. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Data that can be written as JSON and read back equal. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
