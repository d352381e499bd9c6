/** The bulletin as a paper: the same page for the printer and for Word. */
import type { Bulletin } from '../model/bulletin.ts';
import type { Paper, PaperBlock } from '../model/paper.ts';
import { HOUR } from '../model/time.ts';
import type { Words } from '../model/words.ts';
import { sayIn } from '../text/say.ts';
import { dayAndTime, fullDay, hourName } from './localTime.ts';
import { shorten } from './smallNumbers.ts';

export interface PageKit {
  readonly bodyName: Words;
  readonly zone: string;
  /** `DEMO` or another mark on every page; null for none. */
  readonly mark: string | null;
}

/** Only chosen items are shown, in the order of the bulletin. */
export function bulletinPage(bulletin: Bulletin, kit: PageKit): Paper {
  const { language } = bulletin;
  const say = sayIn(language);
  const time = (instant: number): string => dayAndTime(instant, kit.zone, language);
  const shown = bulletin.items.filter((item) => item.chosen);
  const heading = (text: string): PaperBlock => ({ kind: 'heading', depth: 1, text });
  const list = (items: readonly string[]): PaperBlock => ({ kind: 'list', items });
  const hours = bulletin.hourly.map((count, index) => ({ label: hourName(bulletin.from + index * HOUR, kit.zone), count, burst: false }));
  const peak = hours.reduce<(typeof hours)[number] | null>((most, hour) => (hour.count > (most?.count ?? 0) ? hour : most), null);
  const said = peak === null ? say('bulletin.volumeFlat') : say('bulletin.volumeSaid', { hour: peak.label, count: peak.count });
  const table: PaperBlock = {
    kind: 'table',
    caption: say('bulletin.tableCaption'),
    head: [
      say('bulletin.colTitle'),
      say('bulletin.colLevel'),
      say('bulletin.colVolume'),
      say('bulletin.colOffice'),
      say('bulletin.colDeadline'),
    ],
    rows: shown.map((item) => [
      shorten(item.title, language === 'zh' ? 14 : 28),
      say(`level.${item.level}`),
      item.nMentions === 0 ? say('bulletin.few') : say('bulletin.about', { count: item.nMentions }),
      item.office,
      item.deadline === null ? say('paper.none') : time(item.deadline),
    ]),
  };
  const blocks: readonly PaperBlock[] = [
    heading(say('bulletin.overviewHead')),
    { kind: 'paragraph', text: bulletin.overview },
    { kind: 'volume', caption: say('bulletin.volumeCaption'), said, hours, burstWord: say('paper.burst') },
    ...(shown.length === 0 ? [] : [heading(say('bulletin.itemsHead'))]),
    ...shown.map((item): PaperBlock => ({ kind: 'paragraph', lead: item.title, text: item.text })),
    ...(shown.length === 0 ? [] : [table]),
    heading(say('bulletin.changesHead')),
    list(bulletin.changes),
    heading(say('bulletin.owedHead')),
    list(bulletin.owed),
    heading(say('bulletin.hintsHead')),
    list(bulletin.hints),
  ];
  const body = kit.bodyName[language];
  return {
    language,
    title: bulletin.title,
    masthead: [
      say('bulletin.number', { number: bulletin.number }),
      say('bulletin.issuer', { body }),
      fullDay(bulletin.to, kit.zone, language),
      say('bulletin.window', { from: time(bulletin.from), to: time(bulletin.to) }),
      say('paper.internal'),
    ],
    blocks,
    closing: [say('paper.closing', { body, time: fullDay(bulletin.to, kit.zone, language) })],
    onePage: true,
    mark: kit.mark,
  };
}
