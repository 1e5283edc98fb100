// In: a generated briefing. Out: its figures, quotes, charts and tables by keys that stay the same when newer data are published.
// Invariant: a key is made of what a thing says it is (note, row, column; document and place), never of its value.
import { createHash } from 'node:crypto';
import type { Briefing, ChartBlock, Note, NumberPart, QuotePart, TableBlock } from '../content.ts';

export interface Pool {
  readonly numbers: ReadonlyMap<string, NumberPart>;
  readonly quotes: ReadonlyMap<string, QuotePart>;
  readonly kept: ReadonlyMap<string, ChartBlock | TableBlock>;
  readonly notes: ReadonlyMap<string, Note>;
  keyOf(part: NumberPart | QuotePart): string;
  keptKey(block: ChartBlock | TableBlock): string;
}

export const shortHash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 12);

/** The same name for the second of its kind: `name#2`. */
export function unique(taken: ReadonlySet<string> | ReadonlyMap<string, unknown>, name: string): string {
  let made = name;
  for (let n = 2; taken.has(made); n++) made = `${name}#${n}`;
  return made;
}

/** Reads a briefing through; the same cell printed in two ways (31, 31.0) has two keys. */
export function poolOf({ sections, notes }: Pick<Briefing, 'sections' | 'notes'>): Pool {
  const byId = new Map(notes.map((n) => [n.id, n]));
  const numbers = new Map<string, NumberPart>(), quotes = new Map<string, QuotePart>(), kept = new Map<string, ChartBlock | TableBlock>();
  const keys = new Map<object, string>();
  const noteName = (id: string | undefined) => { const note = id === undefined ? undefined : byId.get(id); return note ? [note.label, note.period] : null; };
  const numberKey = (part: NumberPart) => {
    const name = shortHash([noteName(part.note), part.row, part.column, part.how ?? null, noteName(part.base?.note), part.base?.row ?? null, part.base?.column ?? null]);
    for (let n = 1; ; n++) {
      const key = n === 1 ? name : `${name}#${n}`, known = numbers.get(key);
      if (known === undefined || known.formatted === part.formatted) return key;
    }
  };
  for (const section of sections) {
    for (const block of section.blocks) {
      if (block.type === 'chart' || block.type === 'table') {
        const what = block.type === 'table' ? block.caption : [block.chart.kind, ...block.notes.map(noteName)];
        const key = unique(kept, `${section.id}/${shortHash([block.type, what])}`);
        kept.set(key, block);
        keys.set(block, key);
      }
      for (const part of block.type === 'paragraph' ? block.parts : []) {
        if (part.type === 'text') continue;
        const key = part.type === 'number' ? numberKey(part) : `${part.document_id}:${part.start}-${part.end}`;
        keys.set(part, key);
        if (part.type === 'number') numbers.set(key, part); else quotes.set(key, part);
      }
    }
  }
  const keyOf = (thing: object) => keys.get(thing) ?? '';
  return { numbers, quotes, kept, notes: byId, keyOf, keptKey: keyOf };
}
