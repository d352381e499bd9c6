// Assembles src/*.txt (written by hand) into dev.jsonl and held.jsonl; validates; numbers ids by time. No text is made here.
import { readFileSync, writeFileSync } from 'node:fs';
const dir = new URL('.', import.meta.url).pathname;
const terms = JSON.parse(readFileSync(dir + 'terms.json', 'utf8'));
let n = 0;
const texts = new Set();
for (const half of ['dev', 'held']) {
  const rows = [];
  for (const part of ['pairs', 'alone']) {
    let cur = null;
    for (const line of readFileSync(`${dir}src/${half}-${part}.txt`, 'utf8').split('\n')) {
      if (!line.trim()) continue;
      const h = /^(?:=(e\d+)|~) ?([KU]) (\S+)$/.exec(line);
      if (h) {
        cur = { event: h[1] ?? null, known: h[2] === 'K', zone: h[3] };
        continue;
      }
      const p = line.split('|');
      if (p.length !== 5 || !/^(zh|en)$/.test(p[0]) || !/^\d\d-\d\d \d\d:\d\d$/.test(p[1]) || !p[4].trim()) throw new Error(line);
      if (texts.has(p[4])) throw new Error('twice: ' + line);
      texts.add(p[4]);
      rows.push({
        id: '',
        time: `2026-${p[1].replace(' ', 'T')}:00${cur.zone}`,
        language: p[0],
        title: p[2],
        text: p[4],
        place: p[3],
        event: cur.event,
        known: cur.known,
      });
    }
  }
  rows.sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  for (const r of rows) r.id = 'l' + String(++n).padStart(3, '0');
  const pairs = new Map();
  for (const r of rows) if (r.event) pairs.set(r.event, [...(pairs.get(r.event) ?? []), r]);
  let gap = 0;
  for (const [e, m] of pairs) {
    if (m.length !== 2 || m[0].language === m[1].language) throw new Error(e);
    gap = Math.max(gap, Math.abs(Date.parse(m[0].time) - Date.parse(m[1].time)) / 36e5);
  }
  // the flag is checked against the list: a known text names a listed place or organisation, an unknown one does not
  const named = (r) =>
    terms.some((t) => t.kind !== 'thing' && (r.title + r.text + r.place).toLowerCase().includes(t[r.language].toLowerCase()));
  for (const r of rows) if (named(r) !== r.known) console.log('flag?', half, r.event, r.language, r.known, r.place, r.text.slice(0, 40));
  writeFileSync(`${dir}${half}.jsonl`, rows.map((r) => JSON.stringify(r)).join('\n') + '\n');
  const c = (f) => rows.filter(f).length;
  console.log(
    `${half}: ${rows.length} texts; pairs ${pairs.size} (known ${c((r) => r.event && r.known) / 2}), longest gap ${gap.toFixed(1)} h; alone zh ${c((r) => !r.event && r.language === 'zh')}, en ${c((r) => !r.event && r.language === 'en')} (known ${c((r) => !r.event && r.known)})`,
  );
}
