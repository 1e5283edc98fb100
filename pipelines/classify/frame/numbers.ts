// In: a number as people write it (12, 1,200.5, 两万三, 一百五, 三百多, 十来, 半). Out: its value, or null.
// Invariant: an inexact number counts as its least: 十几 is 11, 几百 200, 八百多 800.

const digits: Record<string, number> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 俩: 2, 仨: 3, 半: 0.5 };
const scales: Record<string, number> = { 十: 10, 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000 };

/** A regular expression's source for a number in figures or Chinese characters, `多`, `来`, `余`, `几` within it. */
export const numberSource = '(?:[\\d０-９][\\d０-９,，]*(?:[.．][\\d０-９]+)?(?:[多余几]?[百千万亿])?|[零〇一二两三四五六七八九俩仨半几十百千万亿]+)[多来余几]?';

/** The value of a number written in figures, characters or both (3万, 12.5万). */
export function numberOf(written: string): number | null {
  const plain = written.normalize('NFKC').replace(/[,，多来余]/g, '');
  const figures = /^(\d+(?:\.\d+)?)几?([百千万亿]?)几?$/.exec(plain);
  if (figures) return Number(figures[1]) * (scales[figures[2] ?? ''] ?? 1);
  return inCharacters(plain);
}

/** 两万三 is 23,000: a last digit without a scale takes the one below the scale before it. */
function inCharacters(written: string): number | null {
  let whole = 0, part = 0, digit: number | null = null, last = 1;
  for (const [at, c] of [...written].entries()) {
    if (c === '几') {
      const scaled = (scales[written[at + 1] ?? ''] ?? 0) > 1;
      digit = scaled ? 2 : part > 0 ? 1 : null;
      if (digit === null) return null;
      if (!scaled) { part += 1; digit = null; }
      continue;
    }
    const scale = scales[c];
    if (scale === undefined) {
      const d = digits[c];
      if (d === undefined) return null;
      if (digit !== null && c !== '零' && c !== '〇') return null;
      digit = c === '零' || c === '〇' ? null : d;
      if (digit === null) last = 10;
      continue;
    }
    if (scale >= 10_000) {
      whole = (whole + part + (digit ?? (whole + part === 0 ? 1 : 0))) * scale;
      part = 0;
    } else part += (digit ?? 1) * scale;
    digit = null;
    last = scale;
  }
  if (digit !== null) part += digit === 0.5 ? digit * (last > 1 ? last : 1) : digit * (last > 10 ? last / 10 : 1);
  return whole + part > 0 ? whole + part : null;
}
