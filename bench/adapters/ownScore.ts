/** Scores of a grouping against labels: by text (BCubed) and by pair. All 0..1. */
export interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface Labelled {
  readonly gold: string;
  readonly found: string;
}

export function round(value: number, digits = 3): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

function scoreOf(precision: number, recall: number): Score {
  const sum = precision + recall;
  return { precision: round(precision), recall: round(recall), f1: round(sum === 0 ? 0 : (2 * precision * recall) / sum) };
}

/** Mean over the texts of the part of their group that is theirs, and of the part of their own that is in their group. */
export function bcubed(rows: readonly Labelled[]): Score {
  let [precision, recall] = [0, 0];
  for (const a of rows) {
    const found = rows.filter((b) => b.found === a.found);
    const both = found.filter((b) => b.gold === a.gold).length;
    precision += both / found.length;
    recall += both / rows.filter((b) => b.gold === a.gold).length;
  }
  return scoreOf(precision / rows.length, recall / rows.length);
}

/** Over all pairs of texts; texts that stand alone give nothing. */
export function byPairs(rows: readonly Labelled[]): Score {
  let [same, joined, both] = [0, 0, 0];
  for (const [i, a] of rows.entries()) {
    for (const b of rows.slice(i + 1)) {
      if (a.gold === b.gold) same++;
      if (a.found === b.found) joined++;
      if (a.gold === b.gold && a.found === b.found) both++;
    }
  }
  return scoreOf(joined === 0 ? 1 : both / joined, same === 0 ? 1 : both / same);
}
