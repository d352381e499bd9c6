/**
 * A paper as a page to print: A4, no script, and no inline style (the content policy forbids both). The look is in PAPER_CSS, served
 * as a file of its own.
 */
import type { Paper, PaperBlock } from '../../model/paper.ts';

/** GB/T 9704-2012 look: A4, type area 156 x 225 mm, top 37 mm, left 28 mm; fonts are named, never shipped. */
export const PAPER_CSS = `@page { size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-center { content: "— " counter(page) " —"; font: 14pt SimSun, "Noto Serif CJK SC", serif; } }
:root { color-scheme: light; }
.paper { max-width: 156mm; margin: 12mm auto; padding: 0 6mm; color: #111; background: #fff; font: 16pt/29pt FangSong_GB2312, FangSong, "Noto Serif CJK SC", "Source Han Serif SC", STFangsong, serif; }
.paper[lang="en"] { font: 12pt/1.5 Georgia, "Times New Roman", serif; }
.paper h1 { margin: 0 0 4mm; text-align: center; font: 22pt/32pt FZXiaoBiaoSong-B05S, "方正小标宋简体", "Noto Serif CJK SC", SimSun, serif; }
.paper h2 { margin: 4mm 0 0; font: 16pt/29pt SimHei, "Noto Sans CJK SC", sans-serif; break-after: avoid; }
.paper h3 { margin: 2mm 0 0; font: 16pt/29pt KaiTi_GB2312, KaiTi, STKaiti, serif; break-after: avoid; }
.paper[lang="en"] h2, .paper[lang="en"] h3 { font-size: 13pt; line-height: 1.5; }
.paper p { margin: 0; text-align: justify; text-indent: 2em; }
.paper[lang="en"] p { margin: 0 0 2mm; text-indent: 0; }
.paper ul { margin: 0; padding: 0; list-style: none; }
.paper li { padding-left: 3em; text-indent: -1em; }
.paper li::before { content: "· "; }
.paper-masthead { display: flex; flex-wrap: wrap; gap: 0 6mm; justify-content: space-between; margin-bottom: 4mm; padding-bottom: 2mm; border-bottom: 2pt solid #b00; font-size: 12pt; line-height: 18pt; }
.paper .paper-mark { text-indent: 0; text-align: center; letter-spacing: .3em; font: bold 14pt/20pt SimHei, sans-serif; color: #555; border: 1pt dashed #555; }
.paper-summary { margin: 3mm 0; padding: 2mm 4mm; border: 1pt solid #333; break-inside: avoid; }
.paper-summary strong { font-family: SimHei, "Noto Sans CJK SC", sans-serif; font-weight: 600; }
.paper-lead { font-family: KaiTi_GB2312, KaiTi, STKaiti, serif; font-weight: 600; }
.paper table { width: 100%; margin: 3mm 0; border-collapse: collapse; font-size: 12pt; line-height: 18pt; break-inside: avoid; }
.paper caption { text-align: left; font-family: SimHei, "Noto Sans CJK SC", sans-serif; }
.paper th, .paper td { padding: 1mm 2mm; border: .5pt solid #333; text-align: left; vertical-align: top; }
.paper figure { margin: 3mm 0; break-inside: avoid; font-size: 12pt; line-height: 18pt; }
.paper svg { display: block; width: 100%; height: 26mm; }
.paper-bar { fill: #444; }
.paper-burst { fill: #fff; stroke: #111; stroke-width: .6; }
.paper .paper-closing { text-align: right; text-indent: 0; margin-top: 6mm; }
@page one { margin: 17mm 22mm 17mm 24mm; }
.paper-one { page: one; font-size: 11.5pt; line-height: 15.5pt; }
.paper-one h1 { margin: 0 0 2mm; font-size: 20pt; line-height: 26pt; }
.paper-one h2 { margin: 1mm 0 0; font-size: 11.5pt; line-height: 15.5pt; }
.paper-one .paper-mark { font-size: 10.5pt; line-height: 13pt; }
.paper-one .paper-masthead { margin-bottom: 2mm; padding-bottom: 1mm; font-size: 10pt; line-height: 14pt; gap: 0 4mm; }
.paper-one table, .paper-one figure { margin: 1.5mm 0; font-size: 10.5pt; line-height: 14pt; }
.paper-one th, .paper-one td { padding: .3mm 1.5mm; white-space: nowrap; }
.paper-one table { white-space: nowrap; font-size: 10pt; }
.paper-one svg { height: 10mm; }
.paper.paper-one .paper-closing { margin-top: 2mm; }
.paper-one[lang="en"] { font-size: 10pt; line-height: 13pt; }
.paper-one[lang="en"] table, .paper-one[lang="en"] figure { font-size: 9.5pt; line-height: 12.5pt; }
.paper-one[lang="en"] h2 { font-size: 10.5pt; line-height: 13.5pt; }
.paper-one[lang="en"] p { margin-bottom: .5mm; }
@media print { body { margin: 0; } .paper { max-width: none; margin: 0; padding: 0; } }
@media screen { body { background: #eee; } .paper { padding: 12mm; } }
`;

function safe(text: string): string {
  return text.replace(/[&<>"']/gu, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** The whole document. `stylesheet` is the address PAPER_CSS is served under. */
export function renderHtml(paper: Paper, stylesheet: string): string {
  const lang = paper.language === 'zh' ? 'zh-Hans' : 'en';
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(paper.title)}</title><link rel="stylesheet" href="${safe(stylesheet)}">`;
  return `<!doctype html>\n<html lang="${lang}"><head>${head}</head><body>\n${renderFragment(paper)}\n</body></html>\n`;
}

/** Only the article, to be set into another page. */
export function renderFragment(paper: Paper): string {
  const mark = paper.mark === null ? '' : `<p class="paper-mark">${safe(paper.mark)}</p>\n`;
  const masthead = paper.masthead.map((part) => `<span>${safe(part)}</span>`).join('');
  const closing = paper.closing.map((line) => `<p class="paper-closing">${safe(line)}</p>`).join('\n');
  const blocks = paper.blocks.map(renderBlock).join('\n');
  return `<article class="${paper.onePage ? 'paper paper-one' : 'paper'}" lang="${paper.language}">\n${mark}<h1>${safe(paper.title)}</h1>\n<div class="paper-masthead">${masthead}</div>\n${blocks}\n${closing}\n</article>`;
}

function renderBlock(block: PaperBlock): string {
  switch (block.kind) {
    case 'heading':
      return block.depth === 1 ? `<h2>${safe(block.text)}</h2>` : `<h3>${safe(block.text)}</h3>`;
    case 'paragraph': {
      const lead = block.lead === undefined ? '' : `<span class="paper-lead">${safe(block.lead)}</span>　`;
      return `<p>${lead}${safe(block.text)}</p>`;
    }
    case 'summary':
      return `<div class="paper-summary"><p><strong>${safe(block.judgement)}</strong>${safe(block.text)}</p></div>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${safe(item)}</li>`).join('')}</ul>`;
    case 'table':
      return renderTable(block);
    case 'volume':
      return renderVolume(block);
  }
}

function renderTable({ caption, head, rows }: Extract<PaperBlock, { kind: 'table' }>): string {
  const title = caption === '' ? '' : `<caption>${safe(caption)}</caption>`;
  const cells = (row: readonly string[]): string => row.map((cell) => `<td>${safe(cell)}</td>`).join('');
  const names = head.map((name) => `<th scope="col">${safe(name)}</th>`).join('');
  return `<table>${title}<thead><tr>${names}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('')}</tbody></table>`;
}

/** Bars by SVG attributes; a burst is an open bar, told apart without colour. */
function renderVolume({ caption, said, hours, burstWord }: Extract<PaperBlock, { kind: 'volume' }>): string {
  const most = Math.max(1, ...hours.map((hour) => hour.count));
  const step = 300 / Math.max(1, hours.length);
  const bars = hours.map(({ label, count, burst }, index) => {
    const height = Math.round((count / most) * 44 * 10) / 10;
    const box = `x="${(index * step + step * 0.1).toFixed(2)}" y="${(46 - height).toFixed(1)}" width="${(step * 0.8).toFixed(2)}" height="${height}"`;
    const title = `<title>${safe(label)} ${count}${burst ? ` ${safe(burstWord)}` : ''}</title>`;
    return `<rect class="${burst ? 'paper-burst' : 'paper-bar'}" ${box}>${title}</rect>`;
  });
  const svg = `<svg viewBox="0 0 300 48" preserveAspectRatio="none" role="img" aria-label="${safe(said)}">${bars.join('')}<path d="M0 46.5H300" stroke="#333" stroke-width=".5"/></svg>`;
  const ends = hours.length === 0 ? '' : ` ${safe(hours[0]!.label)}–${safe(hours.at(-1)!.label)}`;
  const burst = hours.some((hour) => hour.burst) ? `（□ ${safe(burstWord)}）` : '';
  return `<figure>${svg}<figcaption>${safe(caption)}${ends}${burst} ${safe(said)}</figcaption></figure>`;
}
