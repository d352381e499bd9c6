/**
 * Which offices a text says have failed: the name of an office with a word of failure in the same sentence. Decides routing:
 * a report about an office never goes to it alone. It errs towards naming an office; no colour depends on it.
 */
import type { DocumentId } from '../model/document.ts';
import type { OfficeId } from '../model/office.ts';
import { fold } from '../text/fold.ts';

export interface Complained {
  readonly officeId: OfficeId;
  readonly nTexts: number;
  readonly evidence: readonly DocumentId[];
}

const FAILED_ZH =
  /不管|没人管|不理|推诿|推脱|推来推去|踢皮球|不作为|乱作为|失职|渎职|瞒报|隐瞒|敷衍|应付了事|(?:拖着|迟迟|一直|就是|至今|根本)(?:都|也)?(?:不|没|未)|不(?:回复|答复|接电话|处理|解决|承认|公开|负责|发|给|付|修)|没(?:有)?(?:回复|答复|处理|解决|下文|人接|及时|尽到)|态度(?:恶劣|差|不好)|违规|违法|乱收费|多收|贪污|索要|吃拿卡要|偷工减料|造假|弄虚作假|作假|管理(?:混乱|不善)|监管不力|拖欠|克扣|欠(?:了|着|我们|薪|款|租)|包庇|打人|说谎|撒谎|骗|糊弄|忽悠|黑心|责任在|偷排|漏(?:了|水|检)|搞(?:砸|坏|错)|互相推/g;
const FAILED_EN =
  /\b(?:ignor(?:es?|ed|ing)|fail(?:s|ed|ing|ure)?|refus(?:es?|ed|ing)|won't|will not|does nothing|did nothing|doing nothing|done nothing|negligen(?:t|ce)|cover(?:ed|ing|s)?[ -]up|lied|lying|lies|incompetent|pass(?:es|ed|ing)? the buck|never (?:answer(?:s|ed)?|respond(?:s|ed)?|repl(?:y|ies|ied)|fixed|came|comes|called|pick(?:s|ed)? up)|no (?:response|reply|answer)|(?:has|have|had) not (?:answered|responded|replied|paid|fixed)|(?:didn't|doesn't|hasn't|don't) (?:answer|respond|reply|care|pay|fix|help)|overcharg(?:es?|ed|ing)|corrupt(?:ion)?|brib(?:e|es|ed|ery)|hid(?:es|ing|den)?|owes?|withh(?:eld|olds?)|to blame|mishandled|violat(?:es?|ed|ing)|leak(?:s|ed|ing)?)\b/g;
/** Said of what an office did not do wrong. */
const CLEARED_ZH = /(?:没有?|并未|未曾|并不|不会|不是|从不)[^，。！？；]{0,3}$/;
const CLEARED_EN = /\b(?:not|never|didn't|hasn't|nobody says)\s+(?:\w+\s+)?$/;
const REACH_ZH = 30;
const REACH_EN = 120;
const MOST_EVIDENCE = 10;

interface Name {
  readonly officeId: OfficeId;
  readonly name: string;
}

interface Spot {
  readonly officeId: OfficeId;
  readonly from: number;
  readonly to: number;
}

/** In the order of the text; a name inside a longer one does not count. Cost: one search per name. */
function spotsOf(sentence: string, names: readonly Name[]): Spot[] {
  const spots: Spot[] = [];
  for (const { officeId, name } of names) {
    const isLatin = /^[a-z0-9]/.test(name);
    for (let from = sentence.indexOf(name); from !== -1; from = sentence.indexOf(name, from + name.length)) {
      const to = from + name.length;
      const isWhole = !isLatin || (!/[a-z0-9]/.test(sentence[from - 1] ?? ' ') && !/[a-z0-9]/.test(sentence[to] ?? ' '));
      if (isWhole) spots.push({ officeId, from, to });
    }
  }
  spots.sort((a, b) => a.from - b.from || b.to - a.to);
  let reached = 0;
  return spots.filter((spot) => {
    const isInside = spot.to <= reached;
    reached = Math.max(reached, spot.to);
    return !isInside;
  });
}

/** The nearest office before the word of failure; when none stands before it, the nearest one shortly after. `spots` are in order. */
function blamed(spots: readonly Spot[], from: number, to: number, reach: number): OfficeId | null {
  let low = 0;
  for (let high = spots.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((spots[middle]?.to ?? 0) <= from) low = middle + 1;
    else high = middle;
  }
  const before = spots[low - 1];
  if (before !== undefined && from - before.to <= reach) return before.officeId;
  const after = spots.slice(low, low + 8).find((spot) => spot.from >= to);
  return after !== undefined && after.from - to <= reach / 2 ? after.officeId : null;
}

function officesBlamed(text: string, names: readonly Name[]): Set<OfficeId> {
  const found = new Set<OfficeId>();
  for (const sentence of fold(text).match(/[^。！？!?；;\n]+/g) ?? []) {
    const spots = spotsOf(sentence, names);
    if (spots.length === 0) continue;
    for (const [failed, cleared, reach] of [
      [FAILED_ZH, CLEARED_ZH, REACH_ZH],
      [FAILED_EN, CLEARED_EN, REACH_EN],
    ] as const) {
      for (const hit of sentence.matchAll(failed)) {
        if (cleared.test(sentence.slice(Math.max(0, hit.index - 20), hit.index))) continue;
        const officeId = blamed(spots, hit.index, hit.index + hit[0].length, reach);
        if (officeId !== null) found.add(officeId);
      }
    }
  }
  return found;
}

/** Most often named first. `names` are full names and aliases in both languages; names of one character are not used. */
export function complainedOf(
  texts: readonly { readonly id: DocumentId; readonly text: string }[],
  offices: readonly { readonly id: OfficeId; readonly names: readonly string[] }[],
): Complained[] {
  const names = offices
    .flatMap((office) => office.names.map((name): Name => ({ officeId: office.id, name: fold(name.trim()) })))
    .filter(({ name }) => name.length >= 2)
    .sort((a, b) => b.name.length - a.name.length);
  const found = new Map<OfficeId, DocumentId[]>();
  for (const { id, text } of texts) {
    for (const officeId of officesBlamed(text, names)) {
      const list = found.get(officeId);
      if (list === undefined) found.set(officeId, [id]);
      else list.push(id);
    }
  }
  return [...found]
    .map(([officeId, ids]): Complained => ({ officeId, nTexts: ids.length, evidence: ids.slice(0, MOST_EVIDENCE) }))
    .sort((a, b) => b.nTexts - a.nTexts || (a.officeId < b.officeId ? -1 : 1));
}
