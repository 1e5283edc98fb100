// In: a draft and what was generated. Out: what stands in the way of its submission, and figures typed by hand.
// Invariant: what stands in quotation marks is generated, short, or an exact substring of an unrestricted text of the unit.
import type { Briefing } from '../content.ts';
import { holdsIdentifier } from '../quotes.ts';
import type { WarehouseReader } from '../warehouse-reader.ts';
import type { DraftPart, DraftSection, DraftText, Problem } from './api.ts';
import { adviceId, reads, resolve } from './apply.ts';
import type { Pool } from './keys.ts';
import type { Split } from './split.ts';

/** Stands where a figure or quote was that the newer data do not have. */
export const missingMark = '〔待补〕';
/** Words in quotation marks up to this length are names and sayings, not somebody's sentence. */
const longestName = 8;

const same = (a: readonly DraftPart[] | undefined, b: readonly DraftPart[]) => JSON.stringify(a) === JSON.stringify(b);
export const isEdited = (id: string, parts: readonly DraftPart[], origins: Split['origins']) => !same(origins.get(id), parts);

/** What stands in quotation marks of any kind, also where the closing one is missing. */
export function quotedIn(text: string): string[] {
  const pairs = [/“([^“”]*)(?:”|$)/g, /「([^「」]*)(?:」|$)/g, /『([^『』]*)(?:』|$)/g, /"([^"]*)(?:"|$)/g, /＂([^＂]*)(?:＂|$)/g, /‘([^‘’]*)(?:’|$)/g];
  return pairs.flatMap((pair) => [...text.matchAll(pair)].map((m) => m[1] ?? '')).filter((q) => [...q.trim()].length > longestName);
}

/** Figures in the text that the generated sentence does not have: nobody can recount them. */
export function handTyped(parts: readonly DraftPart[], origin: readonly DraftPart[] | undefined): string[] {
  const figures = (of: readonly DraftPart[]) => of.flatMap((p) => (p.type === 'text' ? [...p.text.normalize('NFKC').matchAll(/\d+(?:[.,]\d+)*%?/g)].map((m) => m[0]) : []));
  const known = figures(origin ?? []);
  return figures(parts).filter((f) => !known.includes(f));
}

/** Whether a sentence is, word for word, part of a de-identified, unrestricted text of the unit's subtree. */
async function stands(quoted: string, unitPath: string, warehouse: WarehouseReader): Promise<boolean> {
  const rows = await warehouse.query(
    "SELECT 1 AS found FROM document d JOIN unit u USING (unit_id) WHERE NOT d.restricted AND contains(d.text, ?) AND (u.path = ? OR starts_with(u.path, ? || '/')) LIMIT 1", [quoted, unitPath, unitPath]);
  return rows.length > 0;
}

/** Reads the whole draft; `generated` texts are not checked again, they were when they were built. */
export async function problemsOf(base: Briefing, text: DraftText, { origins }: Split, pool: Pool, warehouse: WarehouseReader): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const section of text.sections) {
    const add = (sentence: string | null, why: string, blocks = true) => problems.push({ section: section.id, sentence, why, blocks });
    const generated = [...origins].filter(([id]) => id.startsWith(`${section.id}/`)).map(([, parts]) => reads(resolve(parts, pool))).join('\n');
    if (holdsIdentifier(section.title)) add(null, '标题中有电话、证件号等个人信息，请删去');
    for (const block of section.blocks) {
      if (block.type === 'kept') continue;
      const free = block.type === 'heading' ? block.text : freeText(block.sentences, pool);
      const at = block.type === 'paragraph' ? block.sentences.find((s) => isEdited(s.id, s.parts, origins))?.id ?? null : null;
      for (const quoted of quotedIn(free)) {
        if (generated.includes(quoted) || await stands(quoted, base.unit.path, warehouse)) continue;
        add(block.type === 'paragraph' ? block.sentences.find((s) => freeText([s], pool).includes(quoted))?.id ?? at : null, `“${[...quoted].slice(0, 12).join('')}…”不是去标识原文的原句；引用须逐字照录，否则请去掉引号`);
      }
      if (holdsIdentifier(free) && !generated.includes(free)) add(at, '有电话、证件号等个人信息，请删去');
      for (const { id, parts } of block.type === 'paragraph' ? block.sentences : []) {
        const said = reads(resolve(parts, pool));
        if (said.includes(missingMark)) add(id, `有一处${missingMark}，请补写或删去`);
        if (!isEdited(id, parts, origins)) continue;
        for (const figure of handTyped(parts, origins.get(id))) add(id, `“${figure}”是手写的数，没有出处`, false);
      }
    }
  }
  const advice = text.sections.find((s) => s.id === adviceId);
  if (advice && isEmpty(advice)) problems.push({ section: adviceId, sentence: null, why: '意见建议还没有写', blocks: true });
  return problems;
}

const isEmpty = (section: DraftSection) => section.blocks.every((b) => b.type === 'paragraph' && b.sentences.every((s) => s.parts.every((p) => p.type === 'text' && p.text.trim() === '')));

/** The words of sentences with figures as printed; a bound quote is left out, being checked by itself. */
function freeText(sentences: readonly { parts: readonly DraftPart[] }[], pool: Pool): string {
  return sentences.flatMap((s) => resolve(s.parts, pool)).map((p) => (p.type === 'text' ? p.text : p.type === 'number' ? p.formatted : '')).join('');
}
