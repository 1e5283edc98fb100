// In: a text. Out: where it tells of danger, of what kind, and whether denial, history, drill or hypothesis lifts it.
// Invariant: looks at one sentence at a time; the same sentence gives the same findings wherever it stands.
import {
  dangerPatterns, drillCue, historyCue, hypothesisCue, negation, plainDanger, resolvedCue, unrealCue, urgentCue, type DangerKind,
} from '../../datasets/lexicons/critical.ts';
import { allMatches } from '../all-matches.ts';
import { finder, type Finder } from './first-characters.ts';

export interface Danger { kind: DangerKind; start: number; end: number; lifted: boolean; urgent: boolean }

const kinds = Object.keys(dangerPatterns) as DangerKind[];
const patterns = kinds.map((k) => finder(dangerPatterns[k]));
const [urgent, history, drill, hypothesis, resolved, plain] = [finder(urgentCue), finder(historyCue), finder(drillCue), finder(hypothesisCue), finder(resolvedCue), finder(plainDanger)];
const sentence = /[^。！？!?；;\n]+[。！？!?；;\n]*/g;
const has = (cue: Finder, text: string) => cue.next(text, 0) !== null;
const after = (m: RegExpExecArray) => m.index + m[0].length;
const count = (cue: Finder, text: string) => { let n = 0; for (let m = cue.next(text, 0); m !== null && ++n < 3; ) m = cue.next(text, after(m)); return n; };

interface Context { urgent: boolean; lifted: boolean }

function contextOf(part: string): Context {
  const now = has(urgent, part);
  return { urgent: now, lifted: has(drill, part) || has(hypothesis, part) || (has(history, part) && !now) };
}

/** Every danger told of, in the order of the text within a kind. */
export function findDangers(text: string): Danger[] {
  const out: Danger[] = [];
  for (const s of allMatches(text, sentence)) {
    const part = s[0];
    let context: Context | null = null;
    patterns.forEach((pattern, k) => {
      for (let m = pattern.next(part, 0); m !== null; m = pattern.next(part, after(m))) {
        context ??= contextOf(part);
        const denied = negation.test(part.slice(Math.max(0, m.index - 8), m.index));
        out.push({ kind: kinds[k] ?? 'life', start: s.index + m.index, end: s.index + after(m), lifted: context.lifted || denied, urgent: context.urgent });
      }
    });
  }
  return out;
}

const unreal = finder(unrealCue);
/** Whether the text says that the danger it names never was. */
export const isUnreal = (text: string): boolean => has(unreal, text);

/** Whether some sentence tells of present danger in so many words, and neither it nor the text takes it back. */
export function isPlainDanger(text: string): boolean {
  if (!has(plain, text) || has(resolved, text)) return false;
  for (const [part] of allMatches(text, sentence)) {
    const m = plain.next(part, 0);
    if (m === null || contextOf(part).lifted || has(history, part)) continue;
    if (!negation.test(part.slice(Math.max(0, m.index - 8), m.index))) return true;
  }
  return false;
}

export const dangerFeatureNames = [
  ...kinds, ...kinds.map((k) => `${k}_urgent`), ...kinds.map((k) => `${k}_lifted`),
  'urgent', 'history', 'drill', 'hypothesis', 'resolved',
] as const;

const cues = [urgent, history, drill, hypothesis, resolved];

/** The findings as numbers 0 to 1, in the order of `dangerFeatureNames`. */
export function dangerFeatures(text: string, found: readonly Danger[]): number[] {
  const n = kinds.length, told = new Float64Array(3 * n);
  for (const { kind, lifted, urgent: now } of found) {
    const k = kinds.indexOf(kind);
    for (const at of lifted ? [2 * n + k] : now ? [k, n + k] : [k]) told[at] = Math.min(3, (told[at] ?? 0) + 1);
  }
  return [...Array.from(told, (v) => v / 3), ...cues.map((c) => count(c, text) / 3)];
}
