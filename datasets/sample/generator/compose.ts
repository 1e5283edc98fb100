// In: who writes, when, by which channel, about which topic. Out: a text that nobody wrote before.
// Invariant: unless it is meant to, no text is half the same as another (char-5-gram Jaccard below `limit`).
import type { TopicCode } from '../../taxonomy.ts';
import { monthOf } from './calendar.ts';
import { baseTexts, fits, renew, type BaseText } from './corpus.ts';
import { frames, framesFor, type Frame } from './frames.ts';
import { chance, type Chance } from './random.ts';
import { alsoSay, conclude, speak, type Register } from './registers.ts';
import { Similarity } from './similarity.ts';
import { fill, type Situation } from './words.ts';

export interface Wish { register: Register; topic: TopicCode; people: number; frame?: string; accuse?: boolean; plain?: boolean }
export interface Composed { text: string; topic: TopicCode; frame: string; purpose: '申诉求决' | '建议意见' | '检举控告'; writer: string | null; phone: string | null; gist: string | null; core: string; complaint: boolean }

export const limit = 0.4;
const purposes: Readonly<Record<string, Composed['purpose']>> = { 检举: '检举控告', 建议: '建议意见', 感谢: '建议意见' };
const suggestions = ['suggestion', 'culture', 'thanks', 'inquiry', 'ecology'];

/** Composes the sample's texts one after another; the order of calls decides what each becomes. */
export class Composer {
  readonly #seen = new Similarity();
  readonly #unused: BaseText[];
  readonly #heads: BaseText[];
  readonly #luck: Chance = chance('composer');
  /** Attempts that came out too like an earlier text. */
  refused = 0;

  constructor() {
    this.#unused = this.#luck.shuffle(baseTexts);
    this.#heads = this.#luck.shuffle(baseTexts.filter(({ text, negative, intent }) => text.length > 70 && trouble.test(head(text)) && negative && intent !== '咨询' && (text.match(/[“”]/g) ?? []).length < 3));
  }

  /** Lets a text in that was written elsewhere (a story's, a template's). */
  note(text: string): void { this.#seen.add(text); }

  compose(wish: Wish, s: Situation): Composed {
    const made = this.#attempts(wish, s);
    this.#seen.add(made.text);
    return made;
  }

  #attempts(wish: Wish, s: Situation): Composed {
    let best: { made: Composed; likeness: number } | null = null;
    for (let attempt = 0; attempt < 14; attempt += 1) {
      const made = this.#attempt(wish, s);
      const likeness = this.#seen.closest(made.text);
      if (likeness < limit) return made;
      this.refused += 1;
      if (!best || likeness < best.likeness) best = { made, likeness };
    }
    if (!best) throw new Error('nothing composed');
    return best.made;
  }

  #attempt(wish: Wish, s: Situation): Composed {
    if (wish.frame === undefined && wish.people === 1) {
      if (!wish.plain && s.luck.maybe(0.62)) {
        const whole = this.#take(this.#unused, wish, s, true);
        if (whole) return this.#asBase(whole, s, (text) => text);
      }
      if (s.luck.maybe(0.42) && !wish.accuse) {
        const head = this.#take(this.#heads, wish, s, false);
        if (head) return this.#fromHead(head, wish, s);
      }
    }
    return this.#fromFrame(wish, s);
  }

  #take(pool: BaseText[], { register, topic, accuse }: Wish, s: Situation, sameTopic: boolean): BaseText | undefined {
    const at = pool.findIndex((text) => text.channel === register && (accuse ? text.intent === '检举' : text.intent !== '检举')
      && (!sameTopic || accuse || text.topic === topic) && fits(text, s.kind, monthOf(s.day)) && (!text.positive || s.luck.maybe(register === '网上' || register === '谈话' || register === '问卷' ? 0.8 : 0.35)));
    return at < 0 ? undefined : pool.splice(at, 1)[0];
  }

  #asBase(text: BaseText, s: Situation, cut: (text: string) => string): Composed {
    const { text: renewed, writer, phone } = renew({ ...text, text: cut(text.text) }, s);
    return { text: renewed, topic: text.topic, frame: 'corpus', purpose: purposes[text.intent] ?? '申诉求决', writer, phone, gist: gist(renewed), core: longest(renewed), complaint: text.negative && text.intent !== '咨询' };
  }

  /** The opening sentences of a text, then another matter of the same person's. */
  #fromHead(text: BaseText, wish: Wish, s: Situation): Composed {
    const base = this.#asBase(text, s, head);
    const stop = /[。？！…]”?$/.test(base.text) ? '' : '。';
    if (s.luck.maybe(0.7)) return { ...base, text: base.text + stop + conclude(wish.register, s), frame: 'head' };
    const frame = s.luck.pick(this.#frames({ ...wish, accuse: false }, s));
    const second = fill(alsoSay(s.luck.pick(frame.facts), s), s);
    return { ...base, text: `${base.text}${stop}${second}。${s.luck.maybe(0.4) ? conclude(wish.register, s) : ''}`, frame: 'head' };
  }

  #fromFrame(wish: Wish, s: Situation): Composed {
    const { luck } = s;
    const frame = luck.pick(this.#frames(wish, s));
    const short = wish.register === '网上' || wish.register === '问卷';
    const said = [luck.pick(frame.facts), ...luck.shuffle(frame.details).slice(0, luck.weighted(short ? { 0: 4, 1: 4, 2: 1 } : { 0: 1, 1: 5, 2: 3 }) === '0' ? 0 : luck.between(1, short ? 1 : 2))];
    const request = luck.maybe(short ? 0.35 : 0.72) ? luck.pick(frame.requests) : null;
    const only = wish.register === '问卷' && luck.maybe(0.4) ? [luck.pick([...frame.facts, ...frame.details, ...frame.requests])] : said.map(clauses(luck));
    const told = only.map((one) => fill(one, s));
    const text = speak(wish.register, { said: told, request: only.length === 1 && wish.register === '问卷' ? null : request, people: wish.people }, s);
    return { text, topic: frame.topic, frame: frame.name, purpose: frame.name === 'corruption' ? '检举控告' : suggestions.includes(frame.name) ? '建议意见' : '申诉求决', writer: null, phone: null, gist: gist(told[0] ?? ''), core: told.slice(0, 2).join('。') + '。', complaint: !suggestions.includes(frame.name) };
  }

  #frames({ topic, frame, accuse }: Wish, s: Situation): Frame[] {
    if (frame !== undefined) return frames.filter(({ name }) => name === frame);
    if (accuse) return frames.filter(({ name }) => name === 'corruption');
    const fitting = framesFor(topic, s.kind, monthOf(s.day)).filter(({ name }) => name !== 'corruption');
    return fitting.length > 0 ? fitting : framesFor('other', s.kind, monthOf(s.day));
  }
}

/** A head that tells no trouble is no petition. */
const trouble = /没人|不给|不了|没给|没有|少了|坏|漏|扣|拖|欠|罚|脏|疼|裂|堵|断|停了|涨|塌|臭|冰|骂|推|不管|不让|不认|不批|晚上睡不|呛|咳|掉|砸|苦|凭什么|凭啥|才|只/;

/** Some writers leave out a middle clause of what they say. */
const clauses = (luck: Chance) => (said: string): string => {
  const parts = said.split(/，(?![^[]*\])/);
  return parts.length > 2 && luck.maybe(0.35) ? [parts[0], ...parts.slice(luck.maybe(0.5) ? 2 : 1, luck.maybe(0.5) ? -1 : undefined)].join('，') : said;
};

/** The longest sentences of a text: what it is about. */
function longest(text: string): string {
  const sentences = text.match(/[^。！？!?]+[。！？!?]+”?/g) ?? [`${text}。`];
  const kept = [...sentences].sort((a, b) => b.length - a.length).slice(0, sentences.length > 3 ? 2 : 1);
  return sentences.filter((one) => kept.includes(one)).join('').trim();
}

const gist = (text: string) => /^[^，。！？,：:\s“”]{5,16}(?=[，。！？,])/.exec(text)?.[0] ?? null;

/** The first sentences of a text, at most about half of it. */
function head(text: string): string {
  const sentences = text.match(/[^。！？!?]+[。！？!?”]*/g) ?? [text];
  let kept = '';
  for (const one of sentences) {
    if (kept.length >= 30 && (kept + one).length > text.length * 0.5) break;
    kept += one;
  }
  return kept.slice(0, Math.ceil(text.length * 0.75)) === kept ? kept : (/^[^，、]*(?:，[^，、]*){1,3}/.exec(text)?.[0] ?? text);
}
