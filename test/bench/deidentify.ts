// In: corpus texts. Out: recall, traps, speed, printed. The committed name model has read all 26 writers; unread texts are in test/pipelines/deidentify-blind.jsonl.
// Invariant: an identifier counts as found only if every character of every mention of it is replaced.
import { readFileSync } from 'node:fs';
import { deidentifyText } from '../../pipelines/deidentify.ts';

interface Row { writer: string; text: string; pii: string[] }
const [first = 19, last = 26] = (process.argv[2] ?? '19-26').split('-').map(Number);
const rows = readFileSync(new URL('../../datasets/corpus/mine-language.jsonl', import.meta.url), 'utf8').split('\n').filter(Boolean).map((line): Row => JSON.parse(line))
  .filter(({ writer }) => Number(writer.slice(1)) >= first && Number(writer.slice(1)) <= last);

/** The corpus gives no types: told from the shape. */
function typeOf(value: string): string {
  const folded = value.normalize('NFKC');
  const digits = folded.replace(/\D/g, '').length;
  if (/@|#.*点|艾特/.test(folded)) return 'email';
  if (/^[\u4e00-\u9fa5][A-Z]·?\s?[A-Z0-9·]{4,7}$|^[\u4e00-\u9fa5]{2}·[A-Z]\d{5}$/.test(folded)) return 'plate';
  if (/[楼栋室排号户村院头]|\d-\d+-\d+.*[\u4e00-\u9fa5]|[\u4e00-\u9fa5].*\d-\d/.test(folded) && /[\u4e00-\u9fa5]/.test(folded) && !/^[\u4e00-\u9fa5]{2,4}$/.test(folded)) return 'address';
  if (/^[\u4e00-\u9fa5·\s]{2,12}$/.test(folded) && !/[零一二三四五六七八九幺]{4}/.test(folded)) return 'name';
  if (/^[\d\s-]{17,22}[XxO]?$/.test(folded)) return /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{4}(?:19|20)/.test(folded.replace(/\D/g, '')) ? 'id_card' : 'bank_card';
  if (/^[\d\s()（）O-]{7,20}$/.test(folded) && (/^1[3-9]/.test(folded) && digits >= 9 || /^[(（]?0\d{2,3}[)） -]/.test(folded))) return 'phone';
  return 'staff_no or im';
}

/** 95 % Wilson interval of k of n. */
function wilson(k: number, n: number): string {
  const z = 1.96, p = k / n, middle = p + (z * z) / (2 * n), half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n)), scale = 1 + (z * z) / n;
  return `${(100 * p).toFixed(2)} % (${k}/${n}, 95 % ${(100 * Math.max(0, (middle - half) / scale)).toFixed(1)}–${(100 * Math.min(1, (middle + half) / scale)).toFixed(1)})`;
}

const found = new Map<string, [number, number]>();
const count = (key: string, hit: boolean) => {
  const [k, n] = found.get(key) ?? [0, 0];
  found.set(key, [k + (hit ? 1 : 0), n + 1]);
};
let characters = 0, excess = 0;
for (const { text, pii } of rows) {
  const covered = new Uint8Array(text.length), gold = new Uint8Array(text.length);
  for (const { start, end } of deidentifyText(text).spans) covered.fill(1, start, end);
  for (const value of pii) {
    let all = true;
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
      gold.fill(1, at, at + value.length);
      all &&= covered.subarray(at, at + value.length).every(Boolean);
    }
    const type = typeOf(value);
    count(type, all);
    count(type === 'name' ? 'NAMES' : 'STRUCTURED', all);
  }
  for (const match of text.matchAll(/[\d０-９][\d０-９.．/-]*[\d０-９]{2}|[\d０-９]{3,}/g)) {
    const end = match.index + match[0].length;
    if (!gold.subarray(match.index, end).some(Boolean)) count('TRAPS UNTOUCHED', !covered.subarray(match.index, end).some(Boolean));
  }
  characters += text.length;
  for (let i = 0; i < text.length; i++) if (covered[i] === 1 && gold[i] === 0) excess++;
}
console.log(`writers c${first}-c${last}: ${rows.length} texts`);
for (const [key, [k, n]] of [...found].sort()) console.log(`${key.padEnd(16)} ${wilson(k, n)}`);
console.log(`replaced beyond the identifiers: ${((100 * excess) / characters).toFixed(3)} % of characters`);

const texts = rows.map(({ text }) => text.padEnd(200, text).slice(0, 200));
let done = 0;
const from = process.cpuUsage();
const spent = () => { const { user, system } = process.cpuUsage(from); return (user + system) / 1e6; };
while (spent() < 3) for (const text of texts) { deidentifyText(text); done++; }
const seconds = spent();
console.log(`${Math.round(done / seconds)} texts of 200 characters/s, ${Math.round((done * 200) / seconds)} characters/s, by processor time of one core`);
