// Plain TF-IDF single-pass clustering, threshold swept for the best BCubed F1. No dependencies: node check.mjs
import { readFileSync } from 'node:fs';
const dir = new URL('.', import.meta.url).pathname;
const tokens = (s, lang) => {
  if (lang === 'en') return s.toLowerCase().match(/[a-z0-9']+/g) ?? [];
  const out = [];
  for (const run of s.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const c = [...run];
    if (c.length === 1) out.push(run);
    for (let i = 0; i + 1 < c.length; i++) out.push(c[i] + c[i + 1]);
  }
  return out;
};
const unit = (m) => {
  let n = 0;
  for (const v of m.values()) n += v * v;
  n = Math.sqrt(n) || 1;
  for (const [k, v] of m) m.set(k, v / n);
  return m;
};
const dot = (a, b) => {
  if (a.size > b.size) [a, b] = [b, a];
  let s = 0;
  for (const [k, v] of a) s += v * (b.get(k) ?? 0);
  return s;
};
const vectors = (rows, fields) => {
  const docs = rows.map((r) => tokens(fields.map((f) => r[f]).join(' '), r.language)),
    df = new Map();
  for (const d of docs) for (const t of new Set(d)) df.set(t, (df.get(t) ?? 0) + 1);
  return docs.map((d) => {
    const m = new Map();
    for (const t of d) m.set(t, (m.get(t) ?? 0) + 1);
    for (const [t, n] of m) m.set(t, (1 + Math.log(n)) * (Math.log((1 + rows.length) / (1 + df.get(t))) + 1));
    return unit(m);
  });
};
const singlePass = (vec, th, link) => {
  const cl = [],
    label = [];
  vec.forEach((v, i) => {
    let best = -1,
      at = -1;
    cl.forEach((c, j) => {
      const s =
        link === 'centroid' ? dot(v, c.mean) : link === 'max' ? Math.max(...c.items.map((k) => dot(v, vec[k]))) : dot(v, vec[c.items[0]]);
      if (s > best) {
        best = s;
        at = j;
      }
    });
    if (best < th) {
      cl.push({ sum: new Map(v), mean: v, items: [i] });
      label.push(cl.length - 1);
      return;
    }
    const c = cl[at];
    c.items.push(i);
    if (link === 'centroid') {
      for (const [k, x] of v) c.sum.set(k, (c.sum.get(k) ?? 0) + x);
      c.mean = unit(new Map(c.sum));
    }
    label.push(at);
  });
  return label;
};
export const bcubed = (gold, pred) => {
  let P = 0,
    R = 0;
  const n = gold.length;
  for (let i = 0; i < n; i++) {
    let both = 0,
      p = 0,
      g = 0;
    for (let j = 0; j < n; j++) {
      const a = gold[i] === gold[j],
        b = pred[i] === pred[j];
      p += b;
      g += a;
      both += a && b;
    }
    P += both / p;
    R += both / g;
  }
  P /= n;
  R /= n;
  return { P, R, F: (2 * P * R) / (P + R) };
};
const pairF = (gold, pred) => {
  let tp = 0,
    a = 0,
    b = 0;
  for (let i = 0; i < gold.length; i++)
    for (let j = i + 1; j < gold.length; j++) {
      const x = gold[i] === gold[j],
        y = pred[i] === pred[j];
      a += x;
      b += y;
      tp += x && y;
    }
  return { P: b ? tp / b : 1, R: a ? tp / a : 1, F: a + b ? (2 * tp) / (a + b) : 0 };
};
const pct = (x) => (100 * x).toFixed(1);
for (const half of ['dev', 'held']) {
  let all;
  try {
    all = readFileSync(dir + half + '.jsonl', 'utf8')
      .trim()
      .split('\n')
      .map((l) => JSON.parse(l));
  } catch {
    continue;
  }
  const sizes = new Map();
  for (const r of all) sizes.set(r.cluster, (sizes.get(r.cluster) ?? 0) + 1);
  const hist = {};
  for (const s of sizes.values()) hist[s] = (hist[s] ?? 0) + 1;
  const lone = [...sizes.values()].filter((s) => s === 1).length;
  let same = 0,
    hard = 0,
    total = 0;
  for (let i = 0; i < all.length; i++)
    for (let j = i + 1; j < all.length; j++) {
      const a = all[i],
        b = all[j];
      if (a.language !== b.language || a.category !== b.category) continue;
      total++;
      if (a.cluster === b.cluster) same++;
      else hard++;
    }
  console.log(
    `\n${half}: ${all.length} texts, zh ${all.filter((r) => r.language === 'zh').length}, en ${all.filter((r) => r.language === 'en').length}; ${sizes.size} clusters, sizes ${JSON.stringify(hist)}; texts alone ${pct(lone / all.length)} %; pairs of one language and category ${total}, of them another matter ${pct(hard / total)} %`,
  );
  for (const lang of ['both', 'zh', 'en']) {
    const rows = lang === 'both' ? all : all.filter((r) => r.language === lang);
    if (!rows.length) continue;
    const gold = rows.map((r) => r.cluster);
    const alone = bcubed(
      gold,
      rows.map((_, i) => i),
    );
    let line = `  ${lang}: every text alone F1 ${pct(alone.F)};`,
      top = 0;
    for (const fields of [['text'], ['title', 'text'], ['title', 'text', 'place']]) {
      const vec = vectors(rows, fields);
      for (const link of ['centroid', 'max', 'first']) {
        let best = { F: 0 },
          pair = { F: 0 };
        for (let th = 0.02; th < 0.9; th += 0.01) {
          const pred = singlePass(vec, th, link);
          const s = bcubed(gold, pred);
          if (s.F > best.F) best = { ...s, th };
          const q = pairF(gold, pred);
          if (q.F > pair.F) pair = { ...q, th };
        }
        top = Math.max(top, best.F);
        line += `\n     ${fields.join('+')} ${link}: F1 ${pct(best.F)} (P ${pct(best.P)} R ${pct(best.R)} at ${best.th.toFixed(2)}); pairs' best F1 ${pct(pair.F)} (P ${pct(pair.P)} R ${pct(pair.R)} at ${pair.th.toFixed(2)})`;
      }
    }
    console.log(line + `\n     best of all: ${pct(top)} ${top < 0.8 ? 'valid' : 'TOO EASY'}`);
  }
}
