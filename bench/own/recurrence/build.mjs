// Assembles src/*.txt (written by hand) into dev.jsonl and held.jsonl; validates. No text is made here.
import { readFileSync, writeFileSync, readdirSync } from 'node:fs';
const dir = new URL('.', import.meta.url).pathname;
const texts = new Set();
for (const half of ['dev', 'held']) {
  const rows = [];
  let cur = null,
    zone,
    language;
  for (const f of readdirSync(dir + 'src')
    .filter((f) => f.startsWith(half))
    .sort())
    for (const line of readFileSync(dir + 'src/' + f, 'utf8').split('\n')) {
      if (!line.trim()) continue;
      const more = /^\*\+(r\d\d)$/.exec(line); // further later texts of a pair begun in an earlier file
      if (more) {
        cur = rows.find(r => r.id === more[1]);
        if (!cur) throw new Error(line);
        const first = cur.earlier.texts[0];
        language = first.language;
        zone = first.time.slice(19) === '+01:00' ? '+00:00' : first.time.slice(19);
        continue;
      }
      const h = /^\*(r\d\d) ([YN]) (zh|en) (\S+)$/.exec(line);
      if (h) {
        rows.push((cur = { id: h[1], earlier: { texts: [], cause: '', promised: '' }, later: { texts: [] }, recurs: h[2] === 'Y' }));
        language = h[3];
        zone = h[4];
        continue;
      }
      const p = line.split('|');
      if (p[0] === 'C' && p.length === 2) cur.earlier.cause = p[1];
      else if (p[0] === 'P' && p.length === 2) cur.earlier.promised = p[1];
      else if (/^[EL]$/.test(p[0]) && p.length === 5 && /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(p[1]) && p[4]) {
        if (texts.has(p[4])) throw new Error('twice: ' + line);
        texts.add(p[4]);
        // UK clock time: +01:00 until 25 October 2025 and from 29 March 2026
        const day = p[1].slice(0, 10),
          z = zone === '+00:00' && (day < '2025-10-26' || day >= '2026-03-29') ? '+01:00' : zone;
        cur[p[0] === 'E' ? 'earlier' : 'later'].texts.push({
          time: p[1].replace(' ', 'T') + ':00' + z,
          language,
          title: p[2],
          text: p[4],
          place: p[3],
        });
      } else throw new Error(line);
    }
  const gaps = [];
  for (const r of rows) {
    const e = r.earlier.texts,
      l = r.later.texts;
    if (e.length < 3 || e.length > 5 || !l.length || !r.earlier.cause || !r.earlier.promised) throw new Error(r.id);
    l.sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
    const g = (Date.parse(l[0].time) - Date.parse(e.at(-1).time)) / 864e5;
    if (g < 21) throw new Error(r.id + ' gap ' + g);
    gaps.push(g);
  }
  writeFileSync(`${dir}${half}.jsonl`, rows.map((r) => JSON.stringify(r)).join('\n') + '\n');
  gaps.sort((a, b) => a - b);
  const all = rows.flatMap((r) => [...r.earlier.texts, ...r.later.texts]);
  console.log(
    `${half}: ${rows.length} pairs, recurs ${rows.filter((r) => r.recurs).length}; zh pairs ${rows.filter((r) => r.later.texts[0].language === 'zh').length}; texts ${all.length}; days between: least ${gaps[0].toFixed(0)}, middle ${gaps[gaps.length >> 1].toFixed(0)}, most ${gaps.at(-1).toFixed(0)}`,
  );
}
