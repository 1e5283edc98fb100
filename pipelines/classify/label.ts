// In: the scores of one text. Out: its labels, with the clause that speaks for each topic and the reason of an alert.
// Invariant: at least one topic, unless it is blank each with a span inside the text; the topics' probabilities join the second layer's with the clauses', the others are the second layer's.
import { dangerLabels, type DangerKind } from '../../datasets/lexicons/critical.ts';
import { topicCodes, type TopicCode } from '../../datasets/taxonomy.ts';
import { intents } from '../../datasets/vocabulary.ts';
import type { Labels } from '../records.ts';
import { demandFrame } from './demand-frame.ts';
import { findDangers, isPlainDanger, isUnreal, type Danger } from './dangers.ts';
import { bestClause, doubtful, largest, quoter, together, type Evidence } from './evidence.ts';
import { polarityOrder, questions, type Carrying, type LinearModel } from './model.ts';
import type { Scored } from './score.ts';
import { subtopicOf } from './subtopics.ts';

const places = new Map<string, { at: number; n: number }>();
questions.reduce((at, q) => { places.set(q.name, { at, n: q.answers.length }); return at + q.answers.length; }, 0);

/** Where a question's first answer stands among the outputs. */
export const firstOutput = (question: string): number => places.get(question)?.at ?? 0;

const topicAt = topicCodes.map(firstOutput), safety = topicCodes.indexOf('safety');

/** Below this, even the likeliest topic is no more than a guess, and the text goes to 其他. */
const unclear = 0.12;
/** From here a topic counts beside a likelier one: half the F1 that can be reached is 0.4, and on folds of the first writers' texts a little more served best. */
export const beside = 0.45;
/** From here a danger counts that no word of the lists tells and that is no matter of safety: anger about pay looks much like it. */
const unworded = 0.5;
const rounded = (p: number) => Math.round(p * 10_000) / 10_000;

/** Probabilities of one question's answers. */
export function answersOf(probabilities: Float64Array, question: string): number[] {
  const { at, n } = places.get(question) ?? { at: 0, n: 0 };
  const out: number[] = [];
  for (let a = at; a < at + n; a++) out.push(probabilities[a] ?? 0);
  return out;
}

/** How likely each topic is, in taxonomy order, by the whole text and, unless `alone`, out of the question or told by the title alone, by its clauses; and what is quoted for it. */
export function topicsOf(scored: Scored, title: string | null, text: string, { alone = false, joint = scored.carrying.joint }: Pick<Cuts, 'alone' | 'joint'> = {}): { p: number[]; quote: (topic: TopicCode) => Evidence } {
  const fresh = quoter(scored.carrying, scored, title, text), known = new Map<TopicCode, Evidence>();
  const quote = (topic: TopicCode) => { const found = known.get(topic) ?? fresh(topic); known.set(topic, found); return found; };
  const p = topicCodes.map((code, t) => {
    const whole = scored.probabilities[(topicAt[t] ?? 0) + 1] ?? 0;
    return alone || whole < doubtful || scored.clauses.length === 0 ? whole : together(joint, whole, quote(code).carried);
  });
  return { p, quote };
}

/** The kind of danger told most often and most urgently, with the words that tell it. */
function reasonOf(dangers: readonly Danger[], text: string, fallback: string): string {
  const active = dangers.filter((d) => !d.lifted);
  const told = active.length > 0 ? active : dangers;
  if (told.length === 0) return fallback;
  const weight = new Map<DangerKind, number>();
  const worth: Record<DangerKind, number> = { self_harm: 1.6, violence: 1.3, collective: 1.1, concealment: 1.2, life: 1 };
  for (const d of told) weight.set(d.kind, (weight.get(d.kind) ?? 0) + worth[d.kind] * (d.urgent ? 1.2 : 1));
  const kind = [...weight].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
  const words = [...new Set(told.filter((d) => d.kind === kind).map((d) => text.slice(d.start, d.end).replace(/\s+/g, ' ')))].slice(0, 2);
  return `${dangerLabels[kind]}：${words.map((w) => `“${w.slice(0, 24)}”`).join('')}`;
}

/** Where no pattern names the danger, the clause that speaks loudest for it. */
function byTheWhole(scored: Scored, text: string): string {
  const [start, end] = bestClause(scored, 'critical', text.length);
  return `整体判断：“${text.slice(start, end).replace(/\s+/g, ' ').slice(0, 24)}”`;
}

/** Where probabilities are cut; `joint`: how far the whole text and its clauses are believed where another reader joined, else as the linear model says; `alone`: the topics' thresholds are a house's own and decide alone. */
export type Cuts = Pick<LinearModel, 'thresholds' | 'polarityFactors'> & { joint?: Carrying['joint']; alone?: boolean };

export function labelText(model: Cuts, scored: Scored, title: string | null, text: string): Labels {
  const { p, quote } = topicsOf(scored, title, text, model);
  const empty = text.trim() === '' && (title ?? '').trim() === '';
  const above = topicCodes.map((_, t) => t).filter((t) => (p[t] ?? 0) >= (model.thresholds[t] ?? 0.5));
  const chosen = empty ? [topicCodes.length - 1] : above.length > 0 ? above : [Math.max(...p) < unclear ? topicCodes.length - 1 : largest(p)];
  const topics = chosen.sort((a, b) => (p[b] ?? 0) - (p[a] ?? 0)).filter((t, rank) => rank === 0 || model.alone || (p[t] ?? 0) >= beside);
  const critical = scored.probabilities[firstOutput('critical') + 1] ?? 0;
  const polarity = answersOf(scored.probabilities, 'polarity').map((v, a) => v * (model.polarityFactors[a] ?? 1));
  const feeling = polarityOrder[largest(polarity)] ?? 'neutral', intensity = largest(answersOf(scored.probabilities, 'intensity'));
  // Who asks coolly, and in whose words no danger is told, is in none; else what no word tells, and is no matter of safety, must be likelier than not.
  const told = scored.dangers.some((d) => !d.lifted), cool = feeling === 'neutral' && intensity === 0;
  const least = told || (p[safety] ?? 0) >= 0.5 ? 0 : unworded;
  const alarming = critical >= Math.max(model.thresholds[topicCodes.length] ?? 0.5, least) && (told || !cool);
  const whole = title ? `${title}\n${text}` : text;
  // A jest or a rumour takes a danger back, but not what is hushed up.
  const unreal = isUnreal(whole) && !scored.dangers.some((d) => d.kind === 'concealment' && !d.lifted);
  const flag = !empty && ((alarming && !unreal) || isPlainDanger(text));
  return {
    topics: topics.map((t) => {
      const code = topicCodes[t] ?? 'other', { span } = quote(code);
      return { code, subtopic: empty ? null : subtopicOf(code, text, span, title), probability: rounded(p[t] ?? 0), evidence: span };
    }),
    polarity: empty ? 'neutral' : feeling,
    intensity: empty ? 0 : intensity,
    intent: empty ? '咨询' : (intents[largest(answersOf(scored.probabilities, 'intent'))] ?? '咨询'),
    critical: { flag, reason: flag ? reasonOf(title ? findDangers(whole) : scored.dangers, whole, byTheWhole(scored, text)) : null },
    frame: empty ? null : demandFrame(whole),
  };
}
