// In: sparse rows and one ±1 answer per row. Out: a factor per feature that is large where yes and no use it unlike (after Wang & Manning 2012, NB-SVM).
// Invariant: the factors leave the mean length of the rows at 1 and the constant, the last feature, as it is.
import type { Rows } from './support-vectors.ts';

export function shareFactors({ offsets, features, values, width }: Rows, answer: Int8Array): Float32Array {
  const constant = width - 1;
  const [yes, no] = [new Float64Array(width).fill(1), new Float64Array(width).fill(1)];
  answer.forEach((a, r) => {
    const side = a > 0 ? yes : no;
    for (let k = offsets[r] ?? 0, end = offsets[r + 1] ?? 0; k < end; k++) side[features[k] ?? 0]! += 1;
  });
  const total = (side: Float64Array) => side.subarray(0, constant).reduce((a, b) => a + b, 0);
  const [inYes, inNo] = [total(yes), total(no)];
  const factor = Float32Array.from(yes, (n, f) => Math.sqrt(Math.abs(Math.log((n * inNo) / ((no[f] ?? 1) * inYes)))));
  let length = 0;
  answer.forEach((_, r) => {
    let sum = 0;
    for (let k = offsets[r] ?? 0, end = offsets[r + 1] ?? 0; k < end; k++) if (features[k] !== constant) sum += ((values[k] ?? 0) * (factor[features[k] ?? 0] ?? 0)) ** 2;
    length += Math.sqrt(sum) / Math.max(1, answer.length);
  });
  return factor.map((v, f) => (f === constant ? 1 : v / (length || 1)));
}
