// In: a de-identified text. Out: what two copies of it have in common, and the places and numbers it names.
// Invariant: copies that differ in marks, width, punctuation, spacing, greetings or digits normalise alike.

const greetings = /尊敬的|敬爱的|各位领导|(?:矿|公司|集团|局|单位)?领导(?:们)?[:,，：]?(?:您好|你们好|你好|好)|(?:您好|你们好|你好)|此致|敬礼|谢谢(?:领导|您|了)?|感谢(?:领导|您)?|(?:盼|望|请)(?:复|回复|答复)|(?:再次|多次)(?:来信|反映|投诉|留言)|以上情况(?:属实|反映)?/g;

/** The letters of a text without marks like [姓名], greetings, punctuation and case; every run of digits becomes one 0. */
export function normalise(text: string): string {
  return text.normalize('NFKC').toLowerCase()
    .replace(/\[[\u4e00-\u9fff]{2,5}\]/g, '')
    .replace(greetings, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replace(/\d+/g, '0');
}

const places = [
  /\d{1,2}[上下]\d{2,4}|\d{3,5}(?=[上下]?(?:综采|综放|采煤|掘进|备用|准备)?(?:工作面|面(?!积)|运顺|回顺|轨顺|顺槽|巷|迎头|头|采区|回风|进风|机巷|风巷|切眼))/g,
  /\d{1,3}(?:号|#)(?:井|皮带|采区|水平|煤仓|锅炉|机组|磨|泵房|变电所|车间)/g,
  /(?<![a-z])[a-z]{1,4}-?\d{3,6}(?![a-z\d])/g,
];
const amounts = /(\d{3,}(?:\.\d+)?)(?=\s*(?:元|块|吨|万))/g;

/** Places and machines that a text names by number (4106面, 3号井, xr-2041): what tells one matter from another. */
export function placesOf(text: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase();
  return [...new Set(places.flatMap((pattern) => plain.match(pattern) ?? []))].sort();
}

/** Sums and quantities of three or more digits that a text names. */
export function amountsOf(text: string): string[] {
  return [...new Set(text.normalize('NFKC').replace(/(?<=\d)[,](?=\d{3})/g, '').match(amounts) ?? [])].sort();
}
