/**
 * Paper: a document as structure, without a look. `account/` writes one, `edge/papers/` renders it for print and for Word.
 * Every text in it is final: the renderers know no words of their own.
 */

/** One hour of a volume chart; `label` is the local hour as it is printed. */
export interface PaperHour {
  readonly label: string;
  readonly count: number;
  readonly burst: boolean;
}

export type PaperBlock =
  | { readonly kind: 'heading'; readonly depth: 1 | 2; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly lead?: string }
  /** The box on top of a report: what a reader in a hurry takes away. */
  | { readonly kind: 'summary'; readonly judgement: string; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly caption: string; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** Hours, oldest first; `said` tells the chart in one sentence for those who do not see it. */
  | {
      readonly kind: 'volume';
      readonly caption: string;
      readonly said: string;
      readonly hours: readonly PaperHour[];
      readonly burstWord: string;
    };

export interface Paper {
  readonly language: 'zh' | 'en';
  readonly title: string;
  /** Number, date and issuing office: the line under the title. */
  readonly masthead: readonly string[];
  readonly blocks: readonly PaperBlock[];
  /** Issuer and time at the end. */
  readonly closing: readonly string[];
  /** Set smaller, so that a bulletin of full length stays on one A4 page. */
  readonly onePage: boolean;
  /** `DEMO` or another mark on every page; null for none. */
  readonly mark: string | null;
}
