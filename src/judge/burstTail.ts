/** Tail probabilities of counts, exact sums. */

/** P(X >= k) for a Poisson variable of the given mean; k up to a few thousand. */
export function poissonTail(k: number, mean: number): number {
  if (k <= 0) return 1;
  if (mean <= 0) return 0;
  // Far above the mean the terms from k on shrink at once; below it one minus the head is exact enough.
  if (k > mean) return Math.min(1, tailFrom(k, mean));
  let term = Math.exp(-mean);
  let head = 0;
  for (let i = 0; i < k; i++) {
    head += term;
    term *= mean / (i + 1);
  }
  return Math.max(0, 1 - head);
}

function tailFrom(k: number, mean: number): number {
  let term = Math.exp(k * Math.log(mean) - mean - logFactorial(k));
  let sum = 0;
  for (let i = k; term > sum * 1e-12 && i < k + 10_000; i++) {
    sum += term;
    term *= mean / (i + 1);
  }
  return sum;
}

function logFactorial(n: number): number {
  return logGamma(n + 1);
}

/** Stirling's series after shifting the argument above 8; error below 1e-10. */
export function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 8) {
    shift -= Math.log(z);
    z++;
  }
  const z2 = 1 / (z * z);
  return shift + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + (1 / 12 - z2 * (1 / 360 - z2 / 1260)) / z;
}

/** P(X >= k) of a negative binomial with this mean and variance (variance > mean); Poisson when it is not larger. */
export function negativeBinomialTail(k: number, mean: number, variance: number): number {
  if (k <= 0) return 1;
  if (variance <= mean * 1.001 || mean <= 0) return poissonTail(k, mean);
  const r = (mean * mean) / (variance - mean);
  const p = r / (r + mean);
  let term = Math.exp(logGamma(k + r) - logGamma(r) - logFactorial(k) + r * Math.log(p) + k * Math.log(1 - p));
  let sum = 0;
  for (let i = k; term > sum * 1e-10 && i < k + 20_000; i++) {
    sum += term;
    term *= ((i + r) / (i + 1)) * (1 - p);
  }
  return Math.min(1, sum);
}
