// In: a text. Out: where it tells of danger, of what kind, and whether denial, history, drill or hypothesis lifts it.
// Invariant: looks at one sentence at a time; the same sentence gives the same findings wherever it stands.
import {
  dangerPatterns, drillCue, historyCue, hypothesisCue, negation, plainDanger, resolvedCue, unrealCue, urgentCue, type DangerKind,
} from '../../datasets/lexicons/critical.ts';
import { allMatches } from '../all-matches.ts';
import { finders } from './first-characters.ts';

export interface Danger { kind: DangerKind; start: number; end: number; lifted: boolean; urgent: boolean }

const kinds = Object.keys(dangerPatterns) as DangerKind[];
/** What puts a danger into another light, in the order of the last of `dangerFeatureNames`; then what says in so many words that one is there, or that none is. */
const told = { urgent: urgentCue, history: historyCue, drill: drillCue, hypothesis: hypothesisCue, resolved: resolvedCue, plain: plainDanger, unreal: unrealCue };
const lights = ['urgent', 'history', 'drill', 'hypothesis', 'resolved'] as const;
const find = finders([...kinds.map((k) => dangerPatterns[k]), ...Object.values(told)]);
const placeOf = (name: keyof typeof told) => kinds.length + Object.keys(told).indexOf(name);
const bitsOf = (...names: (keyof typeof told)[]) => names.reduce((bits, n) => bits | (1 << placeOf(n)), 0);
const ofKinds = (1 << kinds.length) - 1, ofLights = bitsOf(...lights), ofContext = bitsOf('urgent', 'history', 'drill', 'hypothesis');
const sentence = /[^。！？!?；;\n]+[。！？!?；;\n]*/g;
const deniedAt = (part: string, at: number) => negation.test(part.slice(Math.max(0, at - 8), at));

/** Where each name's matches stand among those of all patterns. */
const [urgentAt, historyAt, drillAt, hypothesisAt, plainAt] = [placeOf('urgent'), placeOf('history'), placeOf('drill'), placeOf('hypothesis'), placeOf('plain')];
const has = (text: string, name: keyof typeof told) => find(text, bitsOf(name), 1)[placeOf(name)]?.length === 1;

interface Context { urgent: boolean; past: boolean; lifted: boolean }

function contextOf(part: string): Context {
  const found = find(part, ofContext, 1), is = (at: number) => found[at]?.length === 1;
  const urgent = is(urgentAt), past = is(historyAt);
  return { urgent, past, lifted: is(drillAt) || is(hypothesisAt) || (past && !urgent) };
}

/** Every danger told of, in the order of the text within a kind. */
export function findDangers(text: string): Danger[] {
  const out: Danger[] = [];
  for (const s of allMatches(text, sentence)) {
    const part = s[0], found = find(part, ofKinds);
    let context: Context | null = null;
    kinds.forEach((kind, k) => {
      for (const m of found[k] ?? []) {
        context ??= contextOf(part);
        const start = s.index + m.index;
        out.push({ kind, start, end: start + m[0].length, lifted: context.lifted || deniedAt(part, m.index), urgent: context.urgent });
      }
    });
  }
  return out;
}

/** Whether the text says that the danger it names never was. */
export const isUnreal = (text: string): boolean => has(text, 'unreal');

/** Whether some sentence tells of present danger in so many words, and neither it nor the text takes it back. */
export function isPlainDanger(text: string): boolean {
  if (!has(text, 'plain') || has(text, 'resolved')) return false;
  for (const [part] of allMatches(text, sentence)) {
    const m = find(part, 1 << plainAt, 1)[plainAt]?.[0];
    if (m === undefined) continue;
    const { lifted, past } = contextOf(part);
    if (!lifted && !past && !deniedAt(part, m.index)) return true;
  }
  return false;
}

export const dangerFeatureNames = [
  ...kinds, ...kinds.map((k) => `${k}_urgent`), ...kinds.map((k) => `${k}_lifted`),
  ...lights,
] as const;

/** So many of one kind are as good as all. */
const enough = 3;

/** The findings as numbers 0 to 1, in the order of `dangerFeatureNames`. */
export function dangerFeatures(text: string, found: readonly Danger[]): number[] {
  const n = kinds.length, out = new Array<number>(dangerFeatureNames.length).fill(0);
  for (const { kind, lifted, urgent } of found) {
    const k = kinds.indexOf(kind);
    for (const at of lifted ? [2 * n + k] : urgent ? [k, n + k] : [k]) out[at] = Math.min(enough, (out[at] ?? 0) + 1);
  }
  const shed = find(text, ofLights, enough);
  lights.forEach((name, l) => { out[3 * n + l] = shed[placeOf(name)]?.length ?? 0; });
  return out.map((v) => v / enough);
}
