/** A paper for Word, with the look of GB/T 9704-2012; every part stays editable. Charts are drawn with block characters. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentGridType,
  Footer,
  Header,
  HeadingLevel,
  type IRunOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Paper, PaperBlock } from '../../model/paper.ts';

/** Named, never shipped; Word falls back to what is installed. */
const FONTS = { title: '方正小标宋简体', body: '仿宋_GB2312', one: '黑体', two: '楷体_GB2312', western: 'Times New Roman' } as const;
/** How a paper is set: sizes in half points (二号 44, 三号 32, 四号 28, 小四 24, 五号 21), lengths in twips. */
interface Setting {
  readonly title: number;
  readonly body: number;
  readonly small: number;
  readonly line: number;
  readonly margin: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
  readonly grid?: {
    readonly type: (typeof DocumentGridType)[keyof typeof DocumentGridType];
    readonly linePitch: number;
    readonly charSpace: number;
  };
}

/** 22 lines of 28 characters on a type area of 156 x 225 mm; measured in Word. */
const FORMAL: Setting = {
  title: 44,
  body: 32,
  small: 24,
  line: 580,
  margin: { top: 2098, right: 1474, bottom: 1984, left: 1587 },
  grid: { type: DocumentGridType.LINES_AND_CHARS, linePitch: 580, charSpace: -848 },
};
/** Small enough for a full bulletin on one page. */
const ONE_PAGE: Setting = { title: 40, body: 23, small: 21, line: 310, margin: { top: 964, right: 1247, bottom: 964, left: 1361 } };
const SHEET = { width: 11906, height: 16838 } as const;

type Font = keyof typeof FONTS;

function run(text: string, size: number, font: Font = 'body', options: Partial<IRunOptions> = {}): TextRun {
  const western = font === 'body' || font === 'western' ? FONTS.western : FONTS[font];
  return new TextRun({
    size,
    ...options,
    text,
    font: { ascii: western, hAnsi: western, eastAsia: FONTS[font], cs: FONTS.western },
  });
}

function lineOf({ line }: Setting): { readonly line: number; readonly lineRule: typeof LineRuleType.EXACTLY } {
  return { line, lineRule: LineRuleType.EXACTLY };
}

function blockParts(block: PaperBlock, set: Setting): readonly (Paragraph | Table)[] {
  const spacing = lineOf(set);
  // A character is as wide as its size: half points times ten are its twips.
  const em = set.body * 10;
  const indent = { firstLine: 2 * em };
  switch (block.kind) {
    case 'heading': {
      const [heading, font] = block.depth === 1 ? ([HeadingLevel.HEADING_1, 'one'] as const) : ([HeadingLevel.HEADING_2, 'two'] as const);
      return [new Paragraph({ heading, spacing, indent, keepNext: true, children: [run(block.text, set.body, font)] })];
    }
    case 'paragraph': {
      const lead = block.lead === undefined ? [] : [run(`${block.lead}　`, set.body, 'two', { bold: true })];
      return [new Paragraph({ spacing, indent, alignment: AlignmentType.BOTH, children: [...lead, run(block.text, set.body)] })];
    }
    case 'summary': {
      const rule = { style: BorderStyle.SINGLE, size: 6, space: 4, color: '333333' } as const;
      const children = [run(block.judgement, set.body, 'one'), run(block.text, set.body)];
      return [new Paragraph({ spacing, border: { top: rule, bottom: rule, left: rule, right: rule }, children })];
    }
    case 'list':
      return block.items.map(
        (item) => new Paragraph({ spacing, indent: { left: 2 * em, hanging: em }, children: [run(`· ${item}`, set.body)] }),
      );
    case 'table':
      return tableOf(block, set);
    case 'volume':
      return volumeOf(block, set);
  }
}

function tableOf({ caption, head, rows }: Extract<PaperBlock, { kind: 'table' }>, { small }: Setting): readonly (Paragraph | Table)[] {
  const cell = (text: string, font: Font): TableCell =>
    new TableCell({ margins: { left: 80, right: 80 }, children: [new Paragraph({ children: [run(text, small, font)] })] });
  const row = (cells: readonly string[], font: Font, tableHeader: boolean): TableRow =>
    new TableRow({ tableHeader, cantSplit: true, children: cells.map((text) => cell(text, font)) });
  const table = new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [row(head, 'one', true), ...rows.map((cells) => row(cells, 'body', false))],
  });
  const title = new Paragraph({ keepNext: true, spacing: { before: 60 }, children: [run(caption, small, 'one')] });
  return caption === '' ? [table] : [title, table];
}

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

function volumeOf({ caption, said, hours, burstWord }: Extract<PaperBlock, { kind: 'volume' }>, { small }: Setting): readonly Paragraph[] {
  const most = Math.max(1, ...hours.map((hour) => hour.count));
  const bars = hours.map(({ count, burst }) =>
    // A burst is underlined: it must be told apart on a black-and-white print.
    run(BARS[Math.round((count / most) * (BARS.length - 1))]!, small, 'one', burst ? { underline: {} } : {}),
  );
  const ends = hours.length === 0 ? '' : ` ${hours[0]!.label}–${hours.at(-1)!.label}`;
  const burst = hours.some((hour) => hour.burst) ? ` (${burstWord}: ▁̲)` : '';
  return [
    new Paragraph({ keepNext: true, spacing: { before: 60 }, children: bars }),
    new Paragraph({ children: [run(`${caption}${ends}${burst} ${said}`, small)] }),
  ];
}

function frame(paper: Paper, set: Setting): readonly (Paragraph | Table)[] {
  const rule = { bottom: { style: BorderStyle.SINGLE, size: 12, space: 4, color: 'BB0000' } } as const;
  const title = [run(paper.title, set.title, 'title')];
  return [
    new Paragraph({ heading: HeadingLevel.TITLE, alignment: AlignmentType.CENTER, spacing: { after: 60 }, children: title }),
    new Paragraph({ border: rule, children: [run(paper.masthead.join('　'), set.small, 'two')] }),
    ...paper.blocks.flatMap((block) => blockParts(block, set)),
    ...paper.closing.map(
      (line) =>
        new Paragraph({ spacing: { ...lineOf(set), before: 120 }, alignment: AlignmentType.RIGHT, children: [run(line, set.body)] }),
    ),
  ];
}

/** The bytes of a .docx file. Takes tens of milliseconds for a bulletin. */
export async function renderDocx(paper: Paper): Promise<Uint8Array> {
  const set = paper.onePage ? ONE_PAGE : FORMAL;
  // Page numbers are 四号 in the standard.
  const number = new TextRun({ size: 28, font: '宋体', children: ['— ', PageNumber.CURRENT, ' —'] });
  const centred = (children: TextRun[]): Paragraph => new Paragraph({ alignment: AlignmentType.CENTER, children });
  const mark = paper.mark === null ? [] : [centred([run(paper.mark, set.body, 'one', { color: '777777' })])];
  const document = new Document({
    title: paper.title,
    creator: 'Heed',
    styles: { default: { document: { run: { size: set.body, color: '000000' } } } },
    sections: [
      {
        properties: { page: { size: SHEET, margin: set.margin }, ...(set.grid === undefined ? {} : { grid: set.grid }) },
        headers: { default: new Header({ children: mark }) },
        footers: { default: new Footer({ children: [centred([number])] }) },
        children: [...frame(paper, set)],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
