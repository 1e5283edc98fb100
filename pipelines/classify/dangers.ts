// In: a text. Out: where it tells of danger, of what kind, and whether denial, history, drill or hypothesis lifts it.
// Invariant: looks at one sentence at a time; the same sentence gives the same findings wherever it stands.
import {
  dangerPatterns, drillCue, historyCue, hypothesisCue, negation, plainDanger, resolvedCue, urgentCue, type DangerKind,
} from '../../datasets/lexicons/critical.ts';

export interface Danger { kind: DangerKind; start: number; end: number; lifted: boolean; urgent: boolean }

const kinds = Object.keys(dangerPatterns) as DangerKind[];
const sentence = /[^。！？!?；;\n]+[。！？!?；;\n]*/g;
const has = (cue: RegExp, text: string) => { cue.lastIndex = 0; return cue.test(text); };
const count = (cue: RegExp, text: string) => { cue.lastIndex = 0; let n = 0; while (n < 3 && cue.test(text)) n++; return n; };

interface Context { urgent: boolean; lifted: boolean }

function contextOf(part: string): Context {
  const urgent = has(urgentCue, part);
  return { urgent, lifted: has(drillCue, part) || has(hypothesisCue, part) || (has(historyCue, part) && !urgent) };
}

/** Every danger told of, in the order of the text within a kind. */
export function findDangers(text: string): Danger[] {
  const out: Danger[] = [];
  for (const s of text.matchAll(sentence)) {
    const part = s[0];
    let context: Context | null = null;
    for (const kind of kinds) {
      const pattern = dangerPatterns[kind];
      pattern.lastIndex = 0;
      for (let m = pattern.exec(part); m !== null; m = pattern.exec(part)) {
        if (m[0].length === 0) { pattern.lastIndex++; continue; }
        context ??= contextOf(part);
        const denied = negation.test(part.slice(Math.max(0, m.index - 8), m.index));
        out.push({ kind, start: s.index + m.index, end: s.index + m.index + m[0].length, lifted: context.lifted || denied, urgent: context.urgent });
      }
    }
  }
  return out;
}

/** Whether some sentence tells of present danger in so many words, and neither it nor the text takes it back. */
export function isPlainDanger(text: string): boolean {
  if (has(resolvedCue, text)) return false;
  for (const [part] of text.matchAll(sentence)) {
    plainDanger.lastIndex = 0;
    const m = plainDanger.exec(part);
    if (m === null || contextOf(part).lifted || has(historyCue, part)) continue;
    if (!negation.test(part.slice(Math.max(0, m.index - 8), m.index))) return true;
  }
  return false;
}

export const dangerFeatureNames = [
  ...kinds, ...kinds.map((k) => `${k}_urgent`), ...kinds.map((k) => `${k}_lifted`),
  'urgent', 'history', 'drill', 'hypothesis', 'resolved',
] as const;

/** The findings as numbers 0 to 1, in the order of `dangerFeatureNames`. */
export function dangerFeatures(text: string, found: readonly Danger[]): number[] {
  const capped = (keep: (d: Danger) => boolean) => kinds.map((k) => Math.min(3, found.filter((d) => d.kind === k && keep(d)).length) / 3);
  const cues = [urgentCue, historyCue, drillCue, hypothesisCue, resolvedCue].map((c) => count(c, text) / 3);
  return [...capped((d) => !d.lifted), ...capped((d) => !d.lifted && d.urgent), ...capped((d) => d.lifted), ...cues];
}
