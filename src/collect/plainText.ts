/**
 * The text of a page or fragment with its tags taken out: what is left when a page cannot be read as a tree, and what a feed's
 * markup becomes. Linear in the length for every input (it keeps no stack of open tags).
 */
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { BLOCKS, foldSpace } from './pageTree.ts';

/** Elements left out with what is in them. The tokenizer itself ends script, style and title only at their own end tag. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'script',
  'style',
  'template',
  'svg',
  'math',
  'iframe',
  'object',
  'title',
  'select',
  'textarea',
]);

class Stripper implements TokenizerCallbacks {
  readonly lines: string[] = [];
  private readonly html: string;
  private line = '';
  /** The left-out element being passed over, and how often it is open. */
  private within = '';
  private nWithin = 0;
  constructor(html: string) {
    this.html = html;
  }
  flush(): void {
    const folded = foldSpace(this.line);
    if (folded !== '') this.lines.push(folded);
    this.line = '';
  }
  ontext(from: number, to: number): void {
    if (this.nWithin === 0) this.line += this.html.slice(from, to);
  }
  ontextentity(codepoint: number): void {
    if (this.nWithin === 0) this.line += String.fromCodePoint(codepoint);
  }
  onopentagname(from: number, to: number): void {
    const tag = this.html.slice(from, to).toLowerCase();
    if (this.nWithin > 0) {
      if (tag === this.within) this.nWithin++;
    } else if (LEFT_OUT.has(tag)) {
      this.within = tag;
      this.nWithin = 1;
    } else this.boundary(tag);
  }
  onclosetag(from: number, to: number): void {
    const tag = this.html.slice(from, to).toLowerCase();
    if (this.nWithin === 0) this.boundary(tag);
    else if (tag === this.within) this.nWithin--;
  }
  private boundary(tag: string): void {
    if (tag === 'td' || tag === 'th') this.line += ' ';
    else if (BLOCKS.has(tag)) this.flush();
  }
  oncdata(from: number, to: number, endOffset: number): void {
    this.ontext(from, to - endOffset);
  }
  /** `<svg/>` is empty; for elements that are not foreign the slash means nothing. */
  onselfclosingtag(): void {
    if (this.nWithin > 0 && (this.within === 'svg' || this.within === 'math')) this.nWithin--;
  }
  isInForeignContext(): boolean {
    return false;
  }
  onattribdata(): void {}
  onattribentity(): void {}
  onattribend(): void {}
  onattribname(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onopentagend(): void {}
  onprocessinginstruction(): void {}
}

/** Plain text of markup, paragraphs parted by \n. Never throws. */
export function plainText(html: string): string {
  if (!html.includes('<') && !html.includes('&')) return html.split('\n').map(foldSpace).filter(Boolean).join('\n');
  const stripper = new Stripper(html);
  const tokenizer = new Tokenizer({ decodeEntities: true }, stripper);
  tokenizer.write(html);
  tokenizer.end();
  stripper.flush();
  return stripper.lines.join('\n');
}
