// In: a generated briefing and a draft of it. Out: the briefing as people changed it, ready for every renderer.
// Invariant: figures, quotes, charts and tables are those that were generated; a key that stands for none is refused.
import { ZhiweiError } from '../../../datasets/errors.ts';
import type { Block, Briefing, Part, Section } from '../content.ts';
import type { DraftPart, DraftSection, DraftText } from './api.ts';
import { numbered } from '../number-sections.ts';
import { poolOf, type Pool } from './keys.ts';

/** The section that people write. */
export const adviceId = 'advice';

const strange = (what: string) => new ZhiweiError('bad_request', `稿件里有一处${what}不是由数据生成的；请重新打开月报再改`);

/** The parts that keys stand for. */
export function resolve(parts: readonly DraftPart[], pool: Pool): Part[] {
  return parts.flatMap((part): Part[] => {
    if (part.type === 'text') return part.text === '' ? [] : [{ type: 'text', text: part.text }];
    const found = part.type === 'number' ? pool.numbers.get(part.key) : pool.quotes.get(part.key);
    if (!found) throw strange(part.type === 'number' ? '数字' : '引文');
    return [found];
  });
}

/** A sentence as it reads. */
export const reads = (parts: readonly Part[]) => parts.map((p) => (p.type === 'number' ? p.formatted : p.type === 'quote' ? `“${p.text}”` : p.text)).join('');

/** Text that stands beside text is one. */
function joined(parts: readonly Part[]): Part[] {
  return parts.reduce<Part[]>((made, part) => {
    const last = made.at(-1);
    return last?.type === 'text' && part.type === 'text' ? [...made.slice(0, -1), { type: 'text', text: last.text + part.text }] : [...made, part];
  }, []);
}

function blocksOf(section: DraftSection, pool: Pool): Block[] {
  return section.blocks.flatMap((block): Block[] => {
    if (block.type === 'heading') return block.text.trim() === '' ? [] : [{ type: 'heading', text: block.text.trim() }];
    if (block.type === 'kept') {
      const found = pool.kept.get(block.id);
      if (!found) throw strange('图表');
      return [found];
    }
    const parts = joined(block.sentences.flatMap((s) => resolve(s.parts, pool)));
    return reads(parts).trim() === '' ? [] : [{ type: 'paragraph', parts }];
  });
}

/** Throws `bad_request` for a key that the base does not have. A section left empty is not printed, but for the space of 意见建议. */
export function applyDraft(base: Briefing, text: DraftText, pool: Pool = poolOf(base)): Briefing {
  const made = text.sections.map((section): Section => {
    const blocks = blocksOf(section, pool);
    const space = section.id === adviceId && blocks.length === 0 ? base.sections.find((s) => s.id === adviceId)?.blocks ?? [] : [];
    return { id: section.id, title: section.title.trim(), blocks: [...blocks, ...space] };
  }).filter(({ blocks }) => blocks.length > 0);
  return { ...base, sections: numbered(made) };
}
