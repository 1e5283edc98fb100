// In: texts/frames/*.txt. Out: what can be said about a second-level topic: facts (+), details (-), requests (?).
// Invariant: a frame fits the kinds of unit and the months that its heading names.
import { readdirSync, readFileSync } from 'node:fs';
import type { TopicCode } from '../../taxonomy.ts';
import type { Kind } from './units.ts';

export interface Frame {
  topic: TopicCode; name: string; kinds: string; months: number[] | null;
  facts: string[]; details: string[]; requests: string[];
}

const folder = new URL('../texts/frames/', import.meta.url);

export const frames: readonly Frame[] = readdirSync(folder).sort().flatMap((file) => {
  const topic = file.replace(/\.txt$/, '') as TopicCode;
  return readFileSync(new URL(file, folder), 'utf8').split(/^# /m).slice(1).map((block) => {
    const [heading = '', ...lines] = block.trim().split('\n');
    const [name = '', kinds = '*', when] = heading.split(' ');
    const of = (mark: string) => lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(2));
    return { topic, name, kinds, months: when ? when.split(',').map(Number) : null, facts: of('+'), details: of('-'), requests: of('?') };
  });
});

/** Frames of a topic that fit a unit and a month; those made for the kind count twice, those of the season three times. */
export function framesFor(topic: TopicCode, kind: Kind, month: number): Frame[] {
  const fitting = frames.filter((frame) => frame.topic === topic && (frame.months === null || frame.months.includes(month)) && (frame.kinds.includes('*') || frame.kinds.includes(kind)));
  return fitting.flatMap((frame) => Array.from({ length: (frame.kinds.includes(kind) ? 2 : 1) * (frame.months === null ? 1 : 3) }, () => frame));
}
