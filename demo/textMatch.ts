/**
 * Which text of the scenario a document of Heed is. The page's address narrows it to an article, a post or the floors of a thread;
 * what is left is told apart by the words and the time. Documents know no text ids, and must not.
 */
import type { Instant } from '../src/model/time.ts';
import type { Scenario, Text } from './scenarioShape.ts';
import type { Sites } from './sites.ts';

export interface SeenDocument {
  /** The site its source reads; `desk` and `field` for what was sent in. */
  readonly site: string;
  /** Empty when not known. */
  readonly address: string;
  readonly title: string;
  /** The text, or its beginning. */
  readonly text: string;
  readonly publishedAt: Instant;
}

/** Letters and numbers only: markup, masks and punctuation differ between a page and what was read from it. */
function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function pairsOf(text: string): Set<string> {
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < text.length; at++) pairs.add(text.slice(at, at + 2));
  return pairs;
}

interface Form {
  readonly words: string;
  readonly pairs: ReadonlySet<string>;
}

function formOf(text: string): Form {
  const words = bare(text);
  return { words, pairs: pairsOf(words) };
}

/** All words under which a text may have been read: each of its edits, with title and tags; a boost has those of its post. */
function formsOf(text: Text, scenario: Scenario): Form[] {
  const told = text.boostOf === null ? text : (scenario.textsById.get(text.boostOf) ?? text);
  const rest = told.tags.map((tag) => `#${tag}`).join(' ');
  return [told.body, ...told.edits.map((edit) => edit.body)].map((body) => formOf(`${told.title} ${body} ${rest}`));
}

/** 0..1: how much of the document stands in the form, and a little for how much of the form it is. */
function likeness(document: Form, form: Form): number {
  if (document.words.length < 2 || form.words.length < 2)
    return form.words.startsWith(document.words) && document.words !== '' && form.words.length <= 2 ? 1 : 0;
  let both = 0;
  for (const pair of document.pairs) if (form.pairs.has(pair)) both++;
  return 0.8 * (both / document.pairs.size) + 0.2 * ((2 * both) / (document.pairs.size + form.pairs.size));
}

const HOUR = 3_600_000;

/** Best likeness below this is no match: chosen so that a masked number or a cut quotation does not lose a text. */
const ENOUGH = 0.5;

export interface TextMatcher {
  readonly textOf: (document: SeenDocument) => string | null;
  /** 0..1 for one text. */
  readonly score: (document: SeenDocument, text: Text) => number;
}

export function makeTextMatcher(scenario: Scenario, sites: Sites): TextMatcher {
  const byAddress = new Map<string, Text[]>();
  const bySite = new Map<string, Text[]>();
  const add = (map: Map<string, Text[]>, key: string, text: Text): void => void map.set(key, [...(map.get(key) ?? []), text]);
  for (const text of scenario.texts) {
    add(bySite, text.site, text);
    const page = sites.pageOf(text.boostOf ?? text.id);
    if (page !== null) add(byAddress, page, text);
  }
  const forms = new Map(scenario.texts.map((text) => [text.id, formsOf(text, scenario)]));

  function scoreOf(own: Form, document: SeenDocument, text: Text): number {
    const best = Math.max(0, ...(forms.get(text.id) ?? []).map((form) => likeness(own, form)));
    // Forums show coarse times; two equal texts are parted by which time is nearer.
    const apart = Math.abs(document.publishedAt - text.at);
    return best - Math.min(0.2, (0.02 * apart) / HOUR);
  }

  /** Accounts are taken out of addresses before they are stored: such a page cannot be looked up, its site can. */
  function candidates(document: SeenDocument): readonly Text[] {
    return byAddress.get(document.address) ?? bySite.get(document.site) ?? [];
  }

  return {
    score: (document, text) => scoreOf(formOf(`${document.title} ${document.text}`), document, text),
    textOf(document) {
      const own = formOf(`${document.title} ${document.text}`);
      let best: Text | null = null;
      let most = ENOUGH;
      const among = candidates(document);
      for (const text of among) {
        const likely = scoreOf(own, document, text);
        if (likely > most) [best, most] = [text, likely];
      }
      // An article or post alone at its address is that text, whatever was read of it.
      if (best === null && among.length === 1 && document.address !== '') return among[0]?.id ?? null;
      return best?.id ?? null;
    },
  };
}
