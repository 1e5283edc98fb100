// In: weekly counts, their design rows, offsets and weights, and how strongly each coefficient is held to zero.
// Out: the coefficients of a log-linear quasi-Poisson model, and their covariance up to the dispersion.
// Invariant: the penalty keeps the normal equations regular, whatever the history.

/** A fitted log-linear model: log(mean) = offset + row · coefficients. */
export interface Fit { coefficients: Float64Array; covariance: Float64Array }

/** A Newton step shorter than this leaves an error of its square. */
const settled = 0.01;

/**
 * One or more Newton steps of a penalised quasi-Poisson fit over the first `n` weeks, started from `from`.
 * `rows` is n × width, row after row; `precision[0]` holds the intercept to `centre`, the others hold to zero.
 */
export function fitLogLinear(n: number, width: number, rows: Float64Array, counts: readonly number[], offsets: Float64Array, weights: Float64Array, precision: Float64Array, centre: number, dispersion: number, from: Float64Array, steps: number): Fit {
  const beta = Float64Array.from(from);
  const hessian = new Float64Array(width * width), gradient = new Float64Array(width);
  for (let step = 0; step < steps; step++) {
    hessian.fill(0);
    for (let a = 0; a < width; a++) {
      const held = (precision[a] ?? 0) * dispersion;
      hessian[a * width + a] = held;
      gradient[a] = -held * ((beta[a] ?? 0) - (a === 0 ? centre : 0));
    }
    for (let t = 0, row = 0; t < n; t++, row += width) {
      const weight = weights[t]!;
      if (weight === 0) continue;
      let eta = offsets[t]!;
      for (let a = 0; a < width; a++) eta += rows[row + a]! * beta[a]!;
      const mean = Math.exp(Math.min(20, Math.max(-20, eta)));
      const residual = weight * (counts[t]! - mean), information = weight * mean;
      for (let a = 0; a < width; a++) {
        const x = rows[row + a]!, informed = x * information;
        if (x === 0) continue;
        gradient[a]! += x * residual;
        for (let b = 0, at = a * width; b <= a; b++, at++) hessian[at]! += informed * rows[row + b]!;
      }
    }
    const move = solve(hessian, gradient, width);
    let longest = 0;
    for (let a = 0; a < width; a++) longest = Math.max(longest, Math.abs(move[a] ?? 0));
    const scale = longest > 1 ? 1 / longest : 1;
    for (let a = 0; a < width; a++) beta[a] = (beta[a] ?? 0) + scale * (move[a] ?? 0);
    if (longest < settled) break;
  }
  return { coefficients: beta, covariance: hessian };
}

/** Turns the lower triangle of a positive definite matrix into its Cholesky factor, in place, and solves one system. */
function solve(matrix: Float64Array, right: Float64Array, width: number): Float64Array {
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * width + j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (matrix[i * width + k] ?? 0) * (matrix[j * width + k] ?? 0);
      matrix[i * width + j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / (matrix[j * width + j] ?? 1);
    }
  }
  const x = forward(matrix, right, width);
  for (let i = width - 1; i >= 0; i--) {
    let sum = x[i] ?? 0;
    for (let k = i + 1; k < width; k++) sum -= (matrix[k * width + i] ?? 0) * (x[k] ?? 0);
    x[i] = sum / (matrix[i * width + i] ?? 1);
  }
  return x;
}

function forward(factor: Float64Array, right: Float64Array, width: number): Float64Array {
  const x = new Float64Array(width);
  for (let i = 0; i < width; i++) {
    let sum = right[i] ?? 0;
    for (let k = 0; k < i; k++) sum -= (factor[i * width + k] ?? 0) * (x[k] ?? 0);
    x[i] = sum / (factor[i * width + i] ?? 1);
  }
  return x;
}

/** x' C x for a design row x, C the coefficients' covariance per unit of dispersion: how unsure log(mean) is. */
export function uncertainty(fit: Fit, row: Float64Array): number {
  const z = forward(fit.covariance, row, row.length);
  let sum = 0;
  for (const v of z) sum += v * v;
  return sum;
}
