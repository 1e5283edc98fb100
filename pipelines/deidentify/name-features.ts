// In: a candidate name within its text. Out: the hashed features by which the linear model judges it.
// Invariant: training and use call this one function; changing it means training again.
import { givenTier, surnameTier, type Candidate } from './name-candidates.ts';

/** Size of the weight table and of the table of common character pairs. */
export const weightBits = 17;
export const pairBits = 19;

const weightMask = (1 << weightBits) - 1;
const pairMask = (1 << pairBits) - 1;

/** Slot of a pair of characters in the table of common pairs, which holds four values of 0 to 3 a byte. */
export const pairSlot = (a: number, b: number): number => {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 13)) & pairMask;
};

const slot = (template: number, a: number, b = 0, c = 0): number => {
  let h = Math.imul(template + 1, 0x9e3779b1) ^ Math.imul(a + 0x7f4a, 0x85ebca6b) ^ Math.imul(b + 0x1357, 0xc2b2ae35) ^ Math.imul(c + 0x2468, 0x27d4eb2f);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  h ^= h >>> 12;
  h = Math.imul(h, 0x297a2d39);
  return (h ^ (h >>> 15)) & weightMask;
};

/** Kind of a neighbouring character: 0 edge, 1 Han, 2 figure, 3 Latin, 4 blank, 5 line break, 6 colon, 7 full stop, 8 comma, 9 list comma, 10 opening, 11 closing, 12 other. */
const kinds = new Uint8Array(65536).fill(12);
kinds.fill(1, 0x4e00, 0x9fa6);
kinds[0] = 0;
kinds.fill(2, 48, 58);
kinds.fill(3, 65, 91);
kinds.fill(3, 97, 123);
for (const [signs, kind] of [[' \t', 4], ['\n\r', 5], [':：', 6], ['。.!?！？;；…', 7], ['，,', 8], ['、/·', 9], ['(（“"[【《‘「—-', 10], [')）”"]】》’」', 11]] as const) {
  for (const sign of signs) kinds[sign.charCodeAt(0)] = kind;
}

// These stand outside: a function made anew for each candidate costs more than what it does.
const codeAt = (codes: Uint16Array, at: number, length: number) => (at >= 0 && at < length ? codes[at] ?? 0 : 0);
function pairAt(pairs: Uint8Array, a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  const at = pairSlot(a, b);
  return ((pairs[at >> 2] ?? 0) >> ((at & 3) * 2)) & 3;
}
const pack = (a: number, b: number) => (a << 15) ^ b;

/** Fills `out` with the slots of one candidate's features and returns how many there are. */
export function featuresOf(codes: Uint16Array, length: number, candidate: Candidate, pairs: Uint8Array, out: Uint32Array): number {
  const { start: i, end: j, surname, length: size, characters: [c0, c1, c2, c3] } = candidate;
  const l1 = codeAt(codes, i - 1, length), l2 = codeAt(codes, i - 2, length), l3 = codeAt(codes, i - 3, length), l4 = codeAt(codes, i - 4, length);
  const r1 = codeAt(codes, j, length), r2 = codeAt(codes, j + 1, length), r3 = codeAt(codes, j + 2, length);
  const kl = kinds[l1] ?? 12, kr = kinds[r1] ?? 12, kl2 = kinds[l2] ?? 12, kr2 = kinds[r2] ?? 12;
  const shape = surname * 8 + size + (j - i > size ? 32 : 0);
  const g1 = surname === 2 ? c2 : surname === 1 ? c1 : c0;
  const last = size === 2 ? c1 : size === 3 ? c2 : size === 4 ? c3 : codes[j - 1] ?? 0;
  const single = surname > 0 && size - surname === 1;
  const g2 = single ? 0 : surname === 0 ? c1 : last;
  const ts = surname === 0 ? 5 : surname === 2 ? 4 : surnameTier[c0] ?? 0;
  const t1 = givenTier[g1] ?? 0;
  const t2 = g2 === 0 ? 3 : givenTier[g2] ?? 0;
  const p01 = pairAt(pairs, c0, c1), p12 = g2 === 0 ? 0 : pairAt(pairs, g1, g2), pl = kl === 1 ? pairAt(pairs, l1, c0) : 0, pr = kr === 1 ? pairAt(pairs, last, r1) : 0;
  const inner = p01 * 4 + p12;
  const tiers = (ts * 4 + t1) * 4 + t2;
  let n = 0;
  out[n++] = slot(0, shape);
  out[n++] = slot(1, l1);
  out[n++] = slot(2, l1, l2);
  out[n++] = slot(3, l1, l2, l3);
  out[n++] = slot(4, pack(l1, l2), l3, l4);
  out[n++] = slot(5, r1);
  out[n++] = slot(6, r1, r2);
  out[n++] = slot(7, r1, r2, r3);
  out[n++] = slot(8, kl * 16 + kr, shape);
  out[n++] = slot(9, l1, shape);
  out[n++] = slot(10, r1, shape);
  out[n++] = slot(11, c0, surname);
  out[n++] = slot(12, c0, shape, kl * 16 + kr);
  out[n++] = slot(13, g1);
  out[n++] = slot(14, g2, shape);
  out[n++] = slot(15, tiers, shape);
  out[n++] = slot(16, inner, shape);
  out[n++] = slot(17, inner, tiers);
  out[n++] = slot(18, pl * 4 + pr, shape, inner);
  out[n++] = slot(19, pl * 4 + pr, kl * 16 + kr);
  out[n++] = slot(20, c0, c1);
  out[n++] = slot(21, g1, g2, 7);
  out[n++] = slot(22, l1, c0, 3);
  out[n++] = slot(23, last, r1, 5);
  out[n++] = slot(24, l1, r1);
  out[n++] = slot(25, l1, l2, kr);
  out[n++] = slot(26, kl2 * 16 + kl, kr * 16 + kr2, shape);
  out[n++] = slot(27, r1, r2, kl);
  out[n++] = slot(28, tiers, kl * 16 + kr, inner);
  out[n++] = slot(29, pl, l1);
  out[n++] = slot(30, pr, r1, shape);
  out[n++] = slot(31, kr === 9 ? surnameTier[r2] ?? 0 : 7, kl === 9 ? 1 : 0, shape);
  out[n++] = slot(32, tiers, pack(pl, pr), inner);
  return n;
}
