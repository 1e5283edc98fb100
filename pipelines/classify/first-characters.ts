// In: patterns of the lexicons. Out: the matches of each in a text, looked for only where a character stands with which one can begin.
// Invariant: the same matches as with each pattern alone; a pattern that can match nothing at all is refused.

type Characters = Set<number> | 'any';

const join = (a: Characters, b: Characters): Characters => (a === 'any' || b === 'any' ? 'any' : new Set([...a, ...b]));
const digits = Array.from('0123456789', (c) => c.charCodeAt(0));

/** Reads a pattern of literals, classes, groups, looks around and quantifiers from left to right, as far as a match may begin. */
class Beginning {
  private at = 0;
  constructor(private readonly source: string) {}

  whole(): Characters {
    const { first, nullable } = this.alternatives();
    if (nullable || this.at < this.source.length) throw new Error(`a pattern that matches nothing, or is written in a way unknown here: ${this.source.slice(0, 40)}`);
    return first;
  }

  private alternatives(): { first: Characters; nullable: boolean } {
    let all: Characters = new Set(), nullable = false;
    do {
      const one = this.sequence();
      all = join(all, one.first);
      nullable ||= one.nullable;
    } while (this.source[this.at] === '|' && this.at++ >= 0);
    return { first: all, nullable };
  }

  private sequence(): { first: Characters; nullable: boolean } {
    let all: Characters = new Set(), nullable = true;
    while (this.at < this.source.length && !'|)'.includes(this.source.charAt(this.at))) {
      const piece = this.atom();
      const { 0: quantifier = '' } = /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/.exec(this.source.slice(this.at, this.at + 12)) ?? [];
      this.at += quantifier.length;
      if (nullable) all = join(all, piece.first);
      nullable &&= piece.nullable || /^(?:[?*]|\{0)/.test(quantifier);
    }
    return { first: all, nullable };
  }

  private atom(): { first: Characters; nullable: boolean } {
    const c = this.source.charAt(this.at++);
    if (c === '.') return { first: 'any', nullable: false };
    if (c === '\\') return { first: this.escaped(), nullable: false };
    if (c === '[') return { first: this.characters(), nullable: false };
    if (c !== '(') return { first: new Set([c.charCodeAt(0)]), nullable: false };
    const { 0: kind = '' } = /^\?(?::|<?[!=])/.exec(this.source.slice(this.at, this.at + 3)) ?? [];
    if (kind === '' && this.source[this.at] === '?') throw new Error(`a group written in a way unknown here: ${this.source.slice(this.at, this.at + 20)}`);
    this.at += kind.length;
    const inner = this.alternatives();
    this.at++;
    return kind === '' || kind === '?:' ? inner : { first: new Set(), nullable: true };
  }

  private escaped(): Characters {
    const c = this.source.charAt(this.at++);
    if (c === 'd') return new Set(digits);
    return /[A-Za-z]/.test(c) ? 'any' : new Set([c.charCodeAt(0)]);
  }

  private characters(): Characters {
    const end = this.source.indexOf(']', this.at + 1), inside = this.source.slice(this.at, end);
    this.at = end + 1;
    if (/^\^|\\[^d]/.test(inside)) return 'any';
    const out = new Set(inside.includes('\\d') ? digits : []);
    for (const [, from = '', to = from] of inside.replaceAll('\\d', '').matchAll(/([^])(?:-([^]))?/gu)) for (let c = from.charCodeAt(0); c <= to.charCodeAt(0); c++) out.add(c);
    return out;
  }
}

/** What begins with a character is told by the bits of one number. */
const mostPatterns = 16;

/** Finds the matches of each of several patterns, at most `most` of each, in one walk through a text; `wanted` are the bits of those to look for. */
export type Finders = (text: string, wanted?: number, most?: number) => readonly (readonly RegExpExecArray[])[];

/** As the patterns alone find them with the flag g: each in the order of the text, none overlapping another of its own. */
export function finders(patterns: readonly RegExp[]): Finders {
  if (patterns.length > mostPatterns) throw new Error(`more than ${mostPatterns} patterns`);
  const begins = new Uint16Array(0x10000);
  const here = patterns.map((pattern, k) => {
    if (pattern.ignoreCase) throw new Error(`a pattern without regard to case begins with more characters than it names: ${pattern.source.slice(0, 40)}`);
    const first = new Beginning(pattern.source).whole();
    const codes = first === 'any' ? begins.keys() : first;
    for (const c of codes) begins[c] = (begins[c] ?? 0) | (1 << k);
    return new RegExp(pattern.source, `${pattern.flags.replaceAll(/[gy]/g, '')}y`);
  });
  const from = new Uint32Array(patterns.length);
  return (text, wanted = 0xffff, most = Infinity) => {
    const out = patterns.map((): RegExpExecArray[] => []);
    from.fill(0);
    let sought = wanted;
    for (let i = 0; i < text.length && sought !== 0; i++) {
      let open = (begins[text.charCodeAt(i)] ?? 0) & sought;
      for (; open !== 0; open &= open - 1) {
        const k = 31 - Math.clz32(open & -open), found = out[k], pattern = here[k];
        if (found === undefined || pattern === undefined || (from[k] ?? 0) > i) continue;
        pattern.lastIndex = i;
        const m = pattern.exec(text);
        if (m === null) continue;
        found.push(m);
        from[k] = i + m[0].length;
        if (found.length >= most) sought &= ~(1 << k);
      }
    }
    return out;
  };
}
