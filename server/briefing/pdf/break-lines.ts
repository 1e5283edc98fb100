// In: text, the width of a piece of it, and the width of a line. Out: the lines.
// Invariant: the lines joined are the text; no line opens with a closing mark or ends with an opening one (避头尾); a number is not broken.
export interface Line { readonly text: string; readonly width: number }

const closing = /^[，。、；：？！”’）》〉】」』〕％%…—·,.;:?!)\]]$/;
const opening = /^[“‘（《〈【「『〔([]$/;
const pieces = /[A-Za-z0-9_./:%+−-]+|./gsu;

/** `first`: what the first line is set in by. */
export function breakLines(text: string, width: (piece: string) => number, most: number, first = 0): Line[] {
  const lines: Line[] = [];
  let line: string[] = [];
  const limit = () => most - (lines.length === 0 ? first : 0);
  const sum = (list: readonly string[]) => list.reduce((w, piece) => w + width(piece), 0);
  const cut = () => {
    // What may not end this line, or would leave a closing mark to open the next, goes down with it.
    const kept = [...line];
    while (kept.length > 1 && opening.test(kept.at(-1) ?? '')) kept.pop();
    lines.push({ text: kept.join(''), width: sum(kept) });
    line = line.slice(kept.length);
  };
  for (const piece of splitLong(text.match(pieces) ?? [], width, most - first)) {
    if (line.length > 0 && sum(line) + width(piece) > limit() + 0.01) {
      if (closing.test(piece) && line.length > 1) {
        let from = line.length - 1;
        while (from > 1 && (closing.test(line[from] ?? '') || opening.test(line[from - 1] ?? ''))) from--;
        const down = line.slice(from);
        line = line.slice(0, from);
        cut();
        line = [...line, ...down];
      } else cut();
    }
    line.push(piece);
  }
  if (line.length > 0) lines.push({ text: line.join(''), width: sum(line) });
  return lines;
}

/** A run of letters longer than a line is broken where it must be. */
const splitLong = (all: readonly string[], width: (piece: string) => number, most: number) => all.flatMap((piece) => (piece.length > 1 && width(piece) > most ? [...piece] : [piece]));
