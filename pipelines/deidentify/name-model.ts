// In: a folded text. Out: spans of personal names 姓名, found by a linear model over name candidates.
// Invariant: weights come from datasets/model/names.json, made by pipelines/train/names.ts; no clock, no chance.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { allMatches } from '../all-matches.ts';
import { candidatesOf, codesOf, isHan, transliterates, type Candidate } from './name-candidates.ts';
import { featuresOf } from './name-features.ts';
import { mergeSpans, repeated } from './spans.ts';
import type { Span } from '../records.ts';

/** What the file of weights holds: both tables gzipped in base64, `scale` turns a stored byte into a weight. */
const nameModelSchema = z.object({
  version: z.string(), trained_on: z.string(), threshold: z.number(), scale: z.number(), weights: z.string(), pairs: z.string(),
});

/** The model in memory, as small as in the file, since it is looked into at random: `weights` × `scale` are log-odds, as is `threshold`; `pairs` holds four values of 0 to 3 a byte. */
export interface NameModel { weights: Int8Array; scale: number; pairs: Uint8Array; threshold: number }

let loaded: NameModel | null = null;

/** The committed model, read once. */
export function nameModel(): NameModel {
  if (loaded !== null) return loaded;
  const file = nameModelSchema.parse(JSON.parse(readFileSync(new URL('../../datasets/model/names.json', import.meta.url), 'utf8')));
  const bytes = gunzipSync(Buffer.from(file.weights, 'base64'));
  loaded = { weights: new Int8Array(bytes), scale: file.scale, pairs: new Uint8Array(gunzipSync(Buffer.from(file.pairs, 'base64'))), threshold: file.threshold };
  return loaded;
}

const slots = new Uint32Array(64);

/** Log-odds that the candidate is a name. */
function scoreOf(model: NameModel, codes: Uint16Array, length: number, candidate: Candidate): number {
  const n = featuresOf(codes, length, candidate, model.pairs, slots);
  let sum = 0;
  for (let k = 0; k < n; k++) sum += model.weights[slots[k] ?? 0] ?? 0;
  return sum * model.scale;
}

const dotted = /(?<=[\u4e00-\u9fa5])[·.](?=[\u4e00-\u9fa5])/g;

/** Names written with a middle dot (古丽·买买提), which need no statistics: as far as the characters transliterate. */
function findDotted(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of allMatches(text, dotted)) {
    const sounds = (k: number) => (transliterates[text.charCodeAt(k)] ?? 0) !== 0;
    const between = (k: number, step: number) => isHan(text.charCodeAt(k)) && !/[的和与及跟同称说来到是叫名人在]/.test(text[k] ?? '') && sounds(k + step) && sounds(k - step);
    let start = match.index;
    while (match.index - start < 7 && !/[机工人志]/.test(text[start - 1] ?? '') && (sounds(start - 1) || between(start - 1, -1))) start--;
    let end = match.index + 1;
    while (end - match.index < 8 && (sounds(end) || between(end, 1))) end++;
    if (match.index - start >= 2 && end - match.index >= 3) spans.push({ start, end, type: 'name' });
  }
  return spans;
}

/** 姓冀，双名广田: surname and given name told apart. */
const toldApart = /姓([\u4e00-\u9fa5][,， ]{0,2}(?:单名|双名|大名|名叫|名字叫|名)(?:一个|个)?[“"]?[\u4e00-\u9fa5]{1,2})(?=[,，。.;；、!！?？\s"”）)]|$)/g;

/** 姓 名：孟 军 单 位： a form's label, a name with blanks, the next label. */
const onForm = /姓 {0,4}名[: ]{1,4}([\u4e00-\u9fa5] {1,3}[\u4e00-\u9fa5])(?= +[\u4e00-\u9fa5] +[\u4e00-\u9fa5][: ]| {2}|[,，。\n]|$)/g;

/** Words that announce a name, and what may close it. */
const announces = /(?:[我俺他她]叫|名叫|大名|本名|原名|真名|实名|姓名|署名|落款|户名|户主|签名|签字|[访电系映诉人表请议报办责领款卡证记持手收填]人|原告|被告|代表|主持|列席|记录|校核|审核|复核|会计|出纳)(?:是|为|[:： ]){0,2}$/;
const closes = /^(?:$|[,，。;；、!！?？)）(（”"\]】\n]|\s|\d|等)/;
/** What follows a person: sex, age, a document or a code. */
const follows = /^ ?[,，:： (（]{0,2}(?:[男女](?=$|[，,。;； )）\d])|今年|现年|身份证|证件号|[员职]?工编?号|工牌|手机|电话|联系)/;
/** Who is told of by name: kin and fellow workers before it, a title behind it. */
const kin = /(?:儿子|女儿|闺女|丈夫|妻子?|老伴|爱人|媳妇|父亲?|母亲?|我家|[我俺](?:爹|娘|弟|哥|姐|妹|儿|爸|妈)|妹妹|弟弟|哥哥|姐姐|孙女|孙子|外孙|徒弟|工友|邻居|同事)$/;
const titled = /^(?:同学|队长|老师|师傅|主任|书记|科长|班长|矿长|同志|大夫|医生|护士|副总|经理|大姐|女士|先生)/;

/** How much nearer to a name its surroundings bring a candidate: announced, beside another name, beside an identifier. */
function relief({ start, end, surname, length, characters }: Candidate, text: string, names: ReadonlySet<number>, beside: readonly Span[]): number {
  let sum = 0;
  if (surname === 2) sum += 0.8;
  const foreign = surname === 0 && length >= 4 && characters.every((code) => transliterates[code] !== 0);
  if (foreign) sum += 1.5;
  const left = text.slice(Math.max(0, start - 6), start);
  const closed = closes.test(text.slice(end, end + 1));
  if (closed && announces.test(left)) sum += surname === 0 && !foreign ? 0 : 2;
  if (surname > 0 && follows.test(text.slice(end, end + 8))) sum += 1;
  if (surname > 0 && (kin.test(left) || titled.test(text.slice(end, end + 2)))) sum += 1;
  if (/(?:^|\n)[\[【]$/.test(left) && /^[\]】]/.test(text.slice(end))) sum += 2;
  if (/[、,， ]$/.test(left) && names.has(start - 1) && closed || text[end] === '、' && names.has(-(end + 1))) sum += 1.5;
  if (closed && beside.some((span) => span.start >= end && span.start - end <= 8 && !/[。；;！!\n]/.test(text.slice(end, span.start)))) sum += 1;
  return sum;
}

/** Names of a text; a name found once is also taken wherever else it stands in the text. */
export function findNames(text: string, beside: readonly Span[] = [], model: NameModel = nameModel()): Span[] {
  const codes = codesOf(text);
  const near = candidatesOf(text, codes).map((candidate) => ({ candidate, score: scoreOf(model, codes, text.length, candidate) })).filter(({ score }) => score > model.threshold - 4);
  // Ends of sure names stand as they are, starts with a minus: what a list puts beside them is likelier a name.
  const sure = new Set(near.filter(({ score }) => score > model.threshold).flatMap(({ candidate }) => [candidate.end, -candidate.start]));
  const scored = near.map(({ candidate, score }) => ({ candidate, score: score + relief(candidate, text, sure, beside) })).filter(({ score }) => score > model.threshold);
  // A transliterated name is taken whole: its longer reading goes first.
  const rank = ({ candidate, score }: { candidate: Candidate; score: number }) => (candidate.surname === 0 ? score + candidate.length : score);
  scored.sort((a, b) => rank(b) - rank(a) || a.candidate.start - b.candidate.start);
  const told: Span[] = findDotted(text);
  if (text.includes('姓')) {
    for (const match of allMatches(text, onForm)) told.push({ start: match.index + match[0].length - (match[1] ?? '').length, end: match.index + match[0].length, type: 'name' });
    for (const match of allMatches(text, toldApart)) told.push({ start: match.index + 1, end: match.index + match[0].length, type: 'name' });
  }
  const judged = scored.map(({ candidate: { start, end } }): Span => ({ start, end, type: 'name' }));
  const found = mergeSpans(told, judged);
  return mergeSpans(found, repeated(text, found.filter(({ start, end }) => end - start >= 3 && isHan(text.charCodeAt(start + 1)))));
}
