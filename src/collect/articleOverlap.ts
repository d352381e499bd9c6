/** How much of the shorter of two texts is in the longer one, by runs of letters without regard to spaces and marks. */

const LENGTH = 12;
/** Shingles compared at most; longer texts are sampled at equal steps. */
const MOST = 4000;

function squeeze(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** 0..1; shingles of 12 letters (about two words, or a Chinese clause). */
export function overlap(a: string, b: string): number {
  const [x, y] = [squeeze(a), squeeze(b)];
  const [shorter, longer] = x.length <= y.length ? [x, y] : [y, x];
  if (shorter.length < LENGTH) return shorter !== '' && longer.includes(shorter) ? 1 : 0;
  const inLonger = new Set<string>();
  for (let i = 0; i + LENGTH <= longer.length; i++) inLonger.add(longer.slice(i, i + LENGTH));
  const n = shorter.length - LENGTH + 1;
  const step = Math.max(1, Math.floor(n / MOST));
  let nTried = 0;
  let nFound = 0;
  for (let i = 0; i < n; i += step, nTried++) if (inLonger.has(shorter.slice(i, i + LENGTH))) nFound++;
  return nFound / nTried;
}
