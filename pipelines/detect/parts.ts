// In: the texts of one matter in order of time, and what each is about. Out: the weeks in which a part set itself apart 分化 or came together with another 合并.
// Invariant: an event follows from the texts up to it (which words are alike is learned from all texts of the run); copies of one matter make no part; restricted texts give no words.
import { mondayOf } from '../../datasets/calendar.ts';
import { backgroundOf, distinguishing, type TermsOf } from './describe.ts';
import type { DetectDocument } from './material.ts';

/** `words` name the part that set itself apart, or the smaller of two that came together. */
export interface PartEvent { week: string; stage: 'split' | 'merged'; words: string[] }

const alikeFrom = 0.5, leastMatters = 3, newest = 400;

/** Whether there are matters enough for two parts. */
export const canPart = (members: readonly DetectDocument[]): boolean => new Set(members.map((m) => m.matter_id)).size >= 2 * leastMatters;

interface Part { texts: DetectDocument[]; matters: Set<string>; about: Float32Array; told: boolean }

/**
 * Each text joins the part whose subjects it is most like (mean cosine of at least 0.5) or begins one; a part is told
 * once it has three matters, and two told parts come together when the mean cosine between them reaches 0.5.
 */
export function partEvents(members: readonly DetectDocument[], subjectOf: ReadonlyMap<string, Float32Array>, termsOf: TermsOf): PartEvent[] {
  const texts = members.filter((d) => !d.restricted && subjectOf.has(d.document_id)).slice(-newest), found: PartEvent[] = [];
  let parts: Part[] = [];
  const words = (part: Part) => distinguishing(part.texts, backgroundOf(parts.filter((p) => p !== part).flatMap((p) => p.texts), termsOf), termsOf, 3);
  for (const text of texts) {
    const subject = subjectOf.get(text.document_id) ?? new Float32Array(), week = mondayOf(text.received_date);
    const near = parts.map((part) => ({ part, likeness: dot(part.about, subject) / part.texts.length })).filter((p) => p.likeness >= alikeFrom).sort((a, b) => b.likeness - a.likeness)[0];
    const home = near?.part ?? { texts: [], matters: new Set<string>(), about: new Float32Array(subject.length), told: false };
    if (!near) parts.push(home);
    add(home, { texts: [text], matters: new Set([text.matter_id]), about: subject });
    if (!home.told && home.matters.size >= leastMatters) {
      home.told = true;
      if (parts.some((p) => p !== home && p.told)) found.push({ week, stage: 'split', words: words(home) });
    }
    const other = home.told ? parts.find((p) => p !== home && p.told && dot(p.about, home.about) / (p.texts.length * home.texts.length) >= alikeFrom) : undefined;
    if (!other) continue;
    found.push({ week, stage: 'merged', words: words(other.texts.length < home.texts.length ? other : home) });
    add(home, other);
    parts = parts.filter((p) => p !== other);
  }
  return found;
}

function add(part: Part, more: Omit<Part, 'told'>): void {
  part.texts.push(...more.texts);
  for (const m of more.matters) part.matters.add(m);
  for (let d = 0; d < part.about.length; d++) part.about[d]! += more.about[d]!;
}

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, d) => sum + x * (b[d] ?? 0), 0);
