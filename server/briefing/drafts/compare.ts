// In: the briefing a draft rests on, the one generated from newer data, the draft. Out: what differs, number by number, and the draft on the newer data.
// Invariant: wording that people changed stays theirs; every figure of the result is a figure of the newer data.
import { ZhiweiError } from '../../../datasets/errors.ts';
import { figureName } from '../../../datasets/figure-name.ts';
import type { Briefing } from '../content.ts';
import { dateLabel } from '../period.ts';
import type { DraftBlock, DraftChanges, DraftPart, DraftSection, DraftSentence, DraftText } from './api.ts';
import { reads, resolve } from './apply.ts';
import { poolOf, type Pool } from './keys.ts';
import { isEdited, missingMark } from './problems.ts';
import { split, type Split } from './split.ts';

interface Side { briefing: Briefing; pool: Pool; split: Split }
const sideOf = (briefing: Briefing): Side => { const pool = poolOf(briefing); return { briefing, pool, split: split(briefing, pool) }; };
const sentencesIn = (text: DraftText) => text.sections.flatMap((s) => s.blocks).flatMap((b) => (b.type === 'paragraph' ? b.sentences : []));
const keptIn = (text: DraftText) => text.sections.flatMap((s) => s.blocks).flatMap((b) => (b.type === 'kept' ? [b.id] : []));
/** The wording around figures. */
const wording = (parts: readonly DraftPart[]) => parts.map((p) => (p.type === 'text' ? p.text : `{${p.key}}`)).join('');

/** Whether two briefings of a period tell of the same days; they do not where the day on which months begin was changed between them. */
export const sameDays = (a: Briefing, b: Briefing) => a.from === b.from && a.to === b.to;
const daysOf = ({ from, to }: Briefing) => `${dateLabel(from)}至${dateLabel(to)}`;

/** What the newer data say otherwise. Throws `conflict` where they are of other days: a draft keeps those that it was begun with. */
export function compare(base: Briefing, fresh: Briefing, text: DraftText): DraftChanges {
  if (!sameDays(base, fresh)) throw new ZhiweiError('conflict', `这份稿件写的是${daysOf(base)}；会计月的起始日已改，这一期现在是${daysOf(fresh)}，两者的数不能对照。请按原来的起止日写完定稿，再起草更正稿`);
  const [was, now] = [sideOf(base), sideOf(fresh)];
  const said = (parts: readonly DraftPart[] | undefined, { pool }: Side) => (parts === undefined ? null : reads(resolve(parts, pool)));
  const numbers = new Map<string, DraftChanges['numbers'][number]>();
  for (const { parts } of sentencesIn(text)) {
    for (const part of parts) {
      if (part.type !== 'number' || numbers.has(part.key)) continue;
      const [before, after] = [was.pool.numbers.get(part.key), now.pool.numbers.get(part.key)];
      if (!before || before.formatted === after?.formatted) continue;
      numbers.set(part.key, { key: part.key, label: figureName(before), was: before.formatted, now: after?.formatted ?? null, sentence: reads(resolve(parts, was.pool)) });
    }
  }
  const shown = new Map(sentencesIn(text).map((s) => [s.id, s]));
  const ids = [...was.split.origins.keys(), ...[...now.split.origins.keys()].filter((id) => !was.split.origins.has(id))];
  const sentences = ids.flatMap((id): DraftChanges['sentences'] => {
    const [before, after, kept] = [was.split.origins.get(id), now.split.origins.get(id), shown.get(id)];
    if (before && !kept) return [];
    if (before && after && wording(before) === wording(after)) return [];
    const edited = kept !== undefined && isEdited(id, kept.parts, was.split.origins);
    return [{ id, kind: before ? (after ? 'changed' : 'gone') : 'new', edited, was: said(before, was), now: said(after, now) }];
  });
  const title = (id: string, { pool }: Side) => { const b = pool.kept.get(id); return b?.type === 'chart' ? b.title : b?.caption ?? ''; };
  const kept: DraftChanges['kept'] = [
    ...keptIn(text).filter((id) => !now.pool.kept.has(id)).map((id) => ({ id, kind: 'gone' as const, title: title(id, was) })),
    ...[...now.pool.kept.keys()].filter((id) => !was.pool.kept.has(id)).map((id) => ({ id, kind: 'new' as const, title: title(id, now) })),
  ];
  return { from_version: base.run.version, to_version: fresh.run.version, numbers: [...numbers.values()], sentences, kept };
}

/** The draft on the newer data: sentences as generated become the new ones, changed ones keep their wording, what is new comes in at its place. */
export function rebase(base: Briefing, fresh: Briefing, text: DraftText): DraftText {
  const [was, now] = [sideOf(base), sideOf(fresh)];
  const sections = text.sections.map((section): DraftSection => ({ ...section, blocks: section.blocks.flatMap((block): DraftBlock[] => {
    if (block.type === 'kept') return now.pool.kept.has(block.id) ? [block] : [];
    if (block.type === 'heading') return [block];
    const sentences = block.sentences.flatMap((s) => renewed(s, was, now));
    return sentences.length === 0 && block.sentences.length > 0 ? [] : [{ ...block, sentences }];
  }) }));
  return { sections: withNew(sections, was, now) };
}

function renewed(sentence: DraftSentence, was: Side, now: Side): DraftSentence[] {
  const after = now.split.origins.get(sentence.id);
  if (!isEdited(sentence.id, sentence.parts, was.split.origins)) return after ? [{ ...sentence, parts: after }] : [];
  const has = (part: DraftPart) => part.type === 'text' || (part.type === 'number' ? now.pool.numbers : now.pool.quotes).has(part.key);
  return [{ ...sentence, parts: sentence.parts.map((part): DraftPart => (has(part) ? part : { type: 'text', text: missingMark })) }];
}

/** Sections, sentences, charts and tables that the older data did not have; each goes behind the one it follows in the new briefing. */
function withNew(sections: readonly DraftSection[], was: Side, now: Side): DraftSection[] {
  const before = new Set(was.split.text.sections.map((s) => s.id));
  const made = [...sections];
  now.split.text.sections.forEach((fresh, i) => {
    const at = made.findIndex((s) => s.id === fresh.id), old = made[at];
    if (old) made[at] = { ...old, blocks: withNewBlocks(old.blocks, fresh.blocks, was) };
    else if (!before.has(fresh.id)) made.splice(1 + made.findIndex((s) => s.id === now.split.text.sections[i - 1]?.id), 0, fresh);
  });
  return made;
}

function withNewBlocks(blocks: readonly DraftBlock[], fresh: readonly DraftBlock[], was: Side): DraftBlock[] {
  const made = [...blocks];
  let last = -1;
  for (const block of fresh) {
    if (block.type === 'heading') continue;
    if (block.type === 'kept') {
      const at = made.findIndex((b) => b.id === block.id);
      if (at >= 0) last = at;
      else if (!was.pool.kept.has(block.id)) made.splice(++last, 0, block);
      continue;
    }
    const at = made.findIndex((b) => b.type === 'paragraph' && b.sentences.some((s) => block.sentences.some((f) => f.id === s.id)));
    const added = block.sentences.filter((s) => !was.split.origins.has(s.id));
    const home = made[at];
    if (home?.type === 'paragraph') {
      last = at;
      made[at] = { ...home, sentences: interleaved(home.sentences, block.sentences, added) };
    } else if (added.length > 0) made.splice(++last, 0, { type: 'paragraph', id: `${block.id}/${added[0]?.id ?? ''}`, sentences: added });
  }
  return made;
}

function interleaved(own: readonly DraftSentence[], order: readonly DraftSentence[], added: readonly DraftSentence[]): DraftSentence[] {
  const made = [...own];
  order.forEach((sentence, i) => {
    if (added.includes(sentence)) made.splice(1 + made.findIndex((s) => s.id === order[i - 1]?.id), 0, sentence);
  });
  return made;
}
