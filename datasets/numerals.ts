// In: a small whole number. Out: how headings of Chinese documents count it.

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
/** `三`, `十二`, `二十三`; for 1 to 99. */
export const numeral = (n: number): string => (n <= 10 ? numerals[n - 1] ?? '' : `${n < 20 ? '' : numerals[Math.floor(n / 10) - 1]}十${n % 10 === 0 ? '' : numerals[n % 10 - 1]}`);
