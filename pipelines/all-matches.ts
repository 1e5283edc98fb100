// In: a pattern with the flag g and a text. Out: its matches, as `text.matchAll(pattern)` gives them.
// Invariant: the pattern itself is run and left at the beginning: matchAll copies it for every text, which costs more than most texts hold.
const none: readonly RegExpExecArray[] = [];

export function allMatches(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  pattern.lastIndex = 0;
  let m = pattern.exec(text);
  if (m === null) return none;
  const out: RegExpExecArray[] = [];
  for (; m !== null; m = pattern.exec(text)) {
    out.push(m);
    if (m[0] === '') pattern.lastIndex++;
  }
  return out;
}
