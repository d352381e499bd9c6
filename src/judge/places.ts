/**
 * Which places a text names: those of the body's own list of names in either language, and words that look like one by their
 * ending. A piece of evidence beside the words, never enough alone: many things happen in one street.
 */
import type { Document } from '../model/document.ts';
import type { BridgeNames } from './state.ts';

const MOST_CHARS = 2000;
const MOST_FOUND = 12;

/** Two characters and an ending: the beginning of a Chinese name cannot be told from what stands before it, its end can. */
const ENDING_ZH = /([\u4e00-\u9fff]{2})(新村|家园|花园|小区|社区|大道|大街|公寓|广场|小学|中学|码头|工业园|路|街|巷|弄|村|镇|乡|苑|桥)/gu;
/** What stands before an ending without naming: this village, our estate, every street. */
const NO_NAME_ZH =
  /^(?:我们|你们|他们|咱们|这个|那个|整个|哪个|每个|几个|个别|多个|各个|部分|所有|全部|有的|有些|附近|周边|旁边|楼下|门口|一些|两个|三个|不少|很多|许多|同一|本地|当地|该|农|在|去|到)|[的这那本全各每某几多半同该整一二两三四五六七八九十个条座家所在去到来从回往为和是有了过不马铁道网走线思出退半当涉关公乡城农]$/u;

const NAME_EN =
  /\b((?:[A-Z][\p{L}'’-]+ ){1,3})(Street|St|Road|Rd|Lane|Avenue|Ave|Square|Park|Bridge|Estate|Village|Town|Pier|Harbour|Harbor|Station|School|Primary|Hospital|Gardens?|Court|Close|Terrace|Quay|Market|Gate|Hill|Island|Mill|Bay|District|Ward)\b/gu;
const NO_NAME_EN = /^(?:The|A|An|This|That|Our|My|Your|Their|Every|Each|New|Old|Local|Which|Whole|In|At|On|Near|From|To) $/u;

/** Marks a name that is known by its form only. */
const BY_FORM = '@';

function holdsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1 && word !== ''; at = text.indexOf(word, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ') && !/[\p{L}\p{N}]/u.test(text[at + word.length] ?? ' ')) return true;
  }
  return false;
}

function addByForm(found: Set<string>, text: string): void {
  for (const hit of text.matchAll(ENDING_ZH)) {
    if (found.size >= MOST_FOUND) return;
    if (!NO_NAME_ZH.test(hit[1] ?? '')) found.add(`${BY_FORM}${hit[0]}`);
  }
  for (const hit of text.matchAll(NAME_EN)) {
    if (found.size >= MOST_FOUND) return;
    const first = hit[1] ?? '';
    if (!NO_NAME_EN.test(first)) found.add(`${BY_FORM}${first.trim().split(' ').at(-1) ?? ''} ${hit[2] ?? ''}`.toLowerCase());
  }
}

/** Chinese forms of listed names; others marked as known by form. The place that clerk or reporter entered counts as text. */
export function namesIn(document: Pick<Document, 'title' | 'text'> & Partial<Pick<Document, 'place'>>, names: BridgeNames): Set<string> {
  const text = `${document.title}\n${document.place ?? ''}\n${document.text.slice(0, MOST_CHARS)}`;
  const lower = text.toLowerCase();
  const found = new Set<string>();
  for (const name of names) if ((name.zh !== '' && text.includes(name.zh)) || holdsWord(lower, name.en.toLowerCase())) found.add(name.zh);
  addByForm(found, text);
  return found;
}

/** True for a name of the body's list: only such a one is the same in both languages. */
export function isListed(name: string): boolean {
  return !name.startsWith(BY_FORM);
}
