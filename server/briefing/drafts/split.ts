// In: a generated briefing. Out: the same as a text to be edited: sections, paragraphs, sentences, with keys in place of figures and quotes.
// Invariant: put together again (apply.ts) it is the briefing it came from; a sentence's id survives a new publish.
import type { Briefing, Part, Parts } from '../content.ts';
import type { DraftPart, DraftSection, DraftText } from './api.ts';
import { poolOf, shortHash, unique, type Pool } from './keys.ts';

const numbered = /^[一二三四五六七八九十]+、/;
export interface Split { text: DraftText; origins: Map<string, DraftPart[]> }

/** Cuts after 。！？; a quote stays with the sentence that brings it. */
export function sentencesOf(parts: Parts): Part[][] {
  const sentences: Part[][] = [[]];
  for (const part of parts) {
    if (part.type !== 'text') { sentences.at(-1)?.push(part); continue; }
    for (const [piece] of part.text.matchAll(/[^。！？]*[。！？]+|[^。！？]+/g)) {
      sentences.at(-1)?.push({ type: 'text', text: piece });
      if (/[。！？]$/.test(piece)) sentences.push([]);
    }
  }
  return sentences.filter((s) => s.length > 0);
}

/** What tells a sentence from the others of its section: the first figure's question, else the quoted document, else its words. */
function anchor(parts: Parts, { notes }: Pool): unknown {
  const number = parts.find((p) => p.type === 'number'), quote = parts.find((p) => p.type === 'quote');
  if (number) return [notes.get(number.note)?.label, number.column, number.how ?? null, number.row['hotspot_id'] ?? null];
  return quote ? quote.document_id : parts.map((p) => (p.type === 'text' ? p.text : '')).join('');
}

const keyed = (parts: Parts, pool: Pool): DraftPart[] => parts.map((p) => (p.type === 'text' ? { type: 'text', text: p.text } : { type: p.type, key: pool.keyOf(p) }));

export function split(briefing: Pick<Briefing, 'sections' | 'notes'>, pool: Pool = poolOf(briefing)): Split {
  const origins = new Map<string, DraftPart[]>();
  const sections = briefing.sections.map((section): DraftSection => ({
    id: section.id, title: section.title.replace(numbered, ''),
    blocks: section.blocks.flatMap((block, i): DraftSection['blocks'] => {
      const id = `${section.id}/p${i + 1}`;
      switch (block.type) {
        case 'heading': return [{ type: 'heading', id, text: block.text }];
        case 'prompt': return [{ type: 'paragraph', id, sentences: [] }];
        case 'paragraph': return [{
          type: 'paragraph', id, sentences: sentencesOf(block.parts).map((parts) => {
            const own = unique(origins, `${section.id}/${shortHash(anchor(parts, pool))}`), made = keyed(parts, pool);
            origins.set(own, made);
            return { id: own, parts: made };
          }),
        }];
        default: return [{ type: 'kept', id: pool.keptKey(block) }];
      }
    }),
  }));
  return { text: { sections }, origins };
}
