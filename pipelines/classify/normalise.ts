// In: a text. Out: one folded code per UTF-16 unit, 0 where n-grams must not cross.
// Invariant: the result is as long as the text, so a position in one is a position in the other.

const separators = new Set('\u0000\t\n\r \u3000,.;:、。，；：“”‘’"\'`()（）[]【】《》<>〈〉{}—-–_~～…·/\\|*=+^@&%'.split('').map((c) => c.charCodeAt(0)));

function fold(code: number): number {
  let c = code;
  if (c >= 0xff01 && c <= 0xff5e) c -= 0xfee0;
  if (c >= 0x41 && c <= 0x5a) c += 32;
  if (c >= 0x30 && c <= 0x39) return 0x30;
  return separators.has(c) ? 0 : c;
}

const folded = Uint16Array.from({ length: 0x10000 }, (_, c) => fold(c));
const mark = /\[(?:姓名|电话|身份证号|银行卡号|工号|车牌|住址|邮箱|社交账号)\]/g;

/** Full-width, case and digits folded; punctuation and de-identification marks become 0. */
export function normalise(text: string): Uint16Array {
  const out = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = folded[text.charCodeAt(i)] ?? 0;
  if (text.includes('[')) for (const m of text.matchAll(mark)) out.fill(0, m.index, m.index + m[0].length);
  return out;
}
