/** The driver's own account: a line before each act and one after its acknowledgement, on a file of its own. Heed never sees it. */
import { appendFileSync } from 'node:fs';

export type Kind = 'desk' | 'push' | 'import' | 'feed' | 'override' | 'sign' | 'draft' | 'publish';

export interface Line {
  readonly kind: Kind;
  /** The mark in the text, the id of the issue or of the notice. */
  readonly key: string;
  acked: boolean;
  /** What the acknowledgement said: a receipt, for instance. */
  said: string;
}

export class Ledger {
  readonly lines: Line[] = [];
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Call before anything is sent. */
  begin(kind: Kind, key: string): Line {
    const line: Line = { kind, key, acked: false, said: '' };
    this.lines.push(line);
    appendFileSync(this.#file, `begin ${kind} ${key}\n`);
    return line;
  }

  /** Call when the acknowledgement came in. */
  ack(line: Line, said = ''): void {
    line.acked = true;
    line.said = said;
    appendFileSync(this.#file, `acked ${line.kind} ${line.key} ${said}\n`);
  }

  acked(kind: Kind): Line[] {
    return this.lines.filter((line) => line.kind === kind && line.acked);
  }
}
