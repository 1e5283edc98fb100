// In: rows of 8-bit weights, and how much each counts. Out: their weighted sums, column by column.
// Invariant: rows are a multiple of `abreast` numbers long.

/** So many sums are kept at a time: as many as a processor holds without writing each back for every row. */
const abreast = 8;

/** How long a row of `n` numbers is stored. */
export const paddedTo = (n: number): number => Math.ceil(n / abreast) * abreast;

/** Rows of `width` numbers, one after another, each made `paddedTo(width)` long by zeros. */
export function paddedRows(weights: Int8Array, width: number): Int8Array {
  const stride = paddedTo(width), rows = weights.length / width, out = new Int8Array(rows * stride);
  for (let r = 0; r < rows; r++) out.set(weights.subarray(r * width, (r + 1) * width), r * stride);
  return out;
}

/** Writes to `sums`, from `at` on, `paddedTo(width)` numbers: the sum over k in [from, to) of `values[k]` × the row that begins at `weights[rows[k]]`. */
export function weightedSum(weights: Int8Array, width: number, rows: Uint32Array, values: Float64Array, from: number, to: number, sums: Float64Array, at: number): void {
  for (let column = 0; column < width; column += abreast) {
    let a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
    for (let k = from; k < to; k++) {
      const v = values[k] ?? 0, w = (rows[k] ?? 0) + column;
      a += v * (weights[w] ?? 0);
      b += v * (weights[w + 1] ?? 0);
      c += v * (weights[w + 2] ?? 0);
      d += v * (weights[w + 3] ?? 0);
      e += v * (weights[w + 4] ?? 0);
      f += v * (weights[w + 5] ?? 0);
      g += v * (weights[w + 6] ?? 0);
      h += v * (weights[w + 7] ?? 0);
    }
    const s = at + column;
    sums[s] = a;
    sums[s + 1] = b;
    sums[s + 2] = c;
    sums[s + 3] = d;
    sums[s + 4] = e;
    sums[s + 5] = f;
    sums[s + 6] = g;
    sums[s + 7] = h;
  }
}
