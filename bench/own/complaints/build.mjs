// Assembles src/*.txt (written by hand) into dev.jsonl and held.jsonl; validates; numbers ids by time. No text is made here.
import { readFileSync, writeFileSync, readdirSync } from 'node:fs';
const dir = new URL('.', import.meta.url).pathname;
const offset = (town, md) => {
  if (['chengyang', 'yuankou', 'hechuan', 'lingtou'].includes(town)) return '+08:00';
  if (['carrowmere', 'aldersea'].includes(town)) return md >= '03-29' ? '+01:00' : '+00:00';
  if (['hollis', 'brackett'].includes(town)) return md >= '03-08' ? '-04:00' : '-05:00';
  throw new Error('town ' + town);
};
let cid = 0,
  kid = 0;
for (const half of ['dev', 'held']) {
  const rows = [],
    seen = new Set(),
    heads = new Map();
  for (const f of readdirSync(dir + 'src')
    .filter((f) => f.startsWith(half))
    .sort()) {
    let cur = null;
    for (const line of readFileSync(dir + 'src/' + f, 'utf8').split('\n')) {
      if (!line.trim()) continue;
      const more = /^@\+(\w+) (zh|en)$/.exec(line); // further texts of a cluster begun in an earlier file
      if (more) {
        cur = heads.get(more[1] + more[2]);
        if (!cur) throw new Error(line);
        continue;
      }
      const h = /^@(\w+) (.+) (zh|en) (\w+)$/.exec(line);
      if (h) {
        const key = h[1] + h[3];
        if (seen.has(key)) throw new Error('dup cluster ' + half + key);
        seen.add(key);
        heads.set(key, (cur = { category: h[2], language: h[3], town: h[4], cluster: 'k' + String(++kid).padStart(3, '0') }));
        continue;
      }
      const p = line.split('|');
      if (p.length !== 4 || !/^\d\d-\d\d \d\d:\d\d$/.test(p[0]) || !p[3].trim()) throw new Error(f + ': ' + line);
      const [md, hm] = p[0].split(' ');
      rows.push({
        id: '',
        time: `2026-${md}T${hm}:00${offset(cur.town, md)}`,
        language: cur.language,
        title: p[1].trim(),
        text: p[3].trim().replace(/\\n/g, '\n'),
        place: p[2].trim(),
        category: cur.category,
        cluster: cur.cluster,
      });
    }
  }
  rows.sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  for (const r of rows) r.id = 'c' + String(++cid).padStart(3, '0');
  if (new Set(rows.map((r) => r.title + r.text)).size !== rows.length) throw new Error('same text twice');
  writeFileSync(dir + half + '.jsonl', rows.map((r) => JSON.stringify(r)).join('\n') + '\n');
  console.log(half, rows.length);
}
