// In: a briefing's content model. Out: the slides of the meeting, each with its finding as title, what it shows, and what is said beside it.
// Invariant: pure; no sentence is cut or made up; what no slide has room for is in its speaker notes.
import { heatStep } from '../../../web/charts/heat-map.ts';
import { sentencesOf } from '../drafts/split.ts';
import type { Block, Briefing, ChartBlock, Paragraph, Parts, Section, TableBlock } from '../content.ts';
import { notesOf, said } from '../said.ts';

export interface Tile { readonly label: string; readonly value: string; readonly changes: readonly string[] }
export interface Slide {
  /** The section that it belongs to, small above the title. */
  readonly kicker: string;
  readonly title: string;
  /** Whether the title says what was found, and not only what is shown. */
  readonly isFinding: boolean;
  readonly bullets: readonly string[];
  /** Whether there is so much text that it is set small. */
  readonly isDense?: boolean;
  /** Whether it only goes on with what had no room on the slide before. */
  readonly goesOn?: boolean;
  /** Greyed words where people fill in. */
  readonly prompt?: string;
  readonly tiles?: readonly Tile[];
  readonly picture?: ChartBlock | TableBlock;
  /** Speaker notes: whole paragraphs, and the notes that the figures rest on. */
  readonly script: readonly string[];
  readonly sources: readonly string[];
}

/** A meeting's worth; 附表 fill up to it. */
const mostSlides = 12;
/** Rows of a table that one slide holds, and columns beyond which it takes the whole width. */
const mostRows = 16, widest = 8;
/** Rows of a map of units. */
const mostUnits = 14;
/** Chinese characters on a line and lines, of the column beside a picture and of a slide of text, set large or small. */
const column = { line: 17, lines: 17 }, page = { line: 50, lines: 13 }, dense = { line: 61, lines: 19 };
/** Paragraphs beside a picture; more fill slides of their own. */
const mostBeside = 4;
const longestTitle = 60;

const plainTitle = (title: string) => title.replace(/^[一二三四五六七八九十]+、/, '');
const linesOf = (text: string, width: number) => Math.ceil(text.length / width) + 0.4;
const bare = (text: string) => text.replace(/^\d+\. /, '').replace(/[。；]$/, '');
const sentences = (p: Paragraph) => sentencesOf(p.parts).map(said);

/** The first texts that fit. */
function fitting(texts: readonly string[], { line, lines }: { line: number; lines: number }): string[] {
  let left = lines;
  return texts.filter((text) => { left -= linesOf(text, line); return left >= 0; });
}

/** A sentence short enough to be a title, or its first clause. */
function finding(text: string | undefined): string | null {
  if (text === undefined) return null;
  return [bare(text), text.split('；')[0] ?? ''].map(bare).find((t) => t !== '' && t.length <= longestTitle) ?? null;
}

/** Words of a sentence that compares, and so says more than one that counts. */
const compares = /环比|同比|相比|最高|最多|居前|高于|超出/;
/** The sentence that makes the best title: the first that compares, else the first short enough. */
const best = (texts: readonly string[]) => [...texts.filter((t) => compares.test(t)), ...texts].map((text) => ({ text, title: finding(text) })).find((f) => f.title !== null) ?? null;

export function deckOf(briefing: Briefing): Slide[] {
  const body = folded(briefing.sections.flatMap(sectionSlides));
  const tables = briefing.tables.flatMap((t) => tableSlides('附表', null, t, [], []));
  return [summary(briefing, body), ...body, ...tables.slice(0, Math.max(0, mostSlides - 2 - body.length))];
}

/** Where there are more slides than a meeting takes, text that goes on from the slide before is only said, not shown; other text of the same section after it. */
function folded(slides: readonly Slide[]): Slide[] {
  const follows = (s: Slide, i: number) => s.picture === undefined && s.prompt === undefined && slides[i - 1]?.kicker === s.kicker;
  const on = slides.findLastIndex((s, i) => s.goesOn === true && follows(s, i)), at = on > 0 ? on : slides.findLastIndex(follows);
  const [before, gone] = [slides[at - 1], slides[at]];
  if (slides.length <= mostSlides - 2 || !before || !gone) return [...slides];
  return folded([...slides.slice(0, at - 1), { ...before, script: [...before.script, ...gone.script], sources: [...before.sources, ...gone.sources] }, ...slides.slice(at + 1)]);
}

/** 本月要点: the first sentence as title, the first measures large, the findings of the other slides as a list. */
function summary({ sections, tables }: Briefing, body: readonly Slide[]): Slide {
  const first = sections.flatMap((s) => s.blocks).find((b): b is Paragraph => b.type === 'paragraph');
  const findings = body.filter((s) => s.isFinding).map((s) => `${s.kicker}：${s.title}。`);
  const rows = (tables[0]?.rows ?? []).filter((r) => r[1]?.[0]?.type === 'number').slice(0, 5);
  return {
    kicker: '要点', title: (first && finding(sentences(first)[0])) ?? '要点', isFinding: true, bullets: fitting([...new Set(findings)], { line: 62, lines: 13 }), script: first ? [said(first.parts)] : [],
    tiles: rows.map((row) => tile(tables[0]?.header ?? [], row)), sources: [...(first ? notesOf(first.parts) : []), ...rows.flatMap((r) => r.flatMap(notesOf))],
  };
}

const tile = (header: readonly string[], row: readonly Parts[]): Tile => ({
  label: said(row[0] ?? []), value: said(row[1] ?? []),
  changes: header.flatMap((name, i) => (/^[环同]比$/.test(name) ? [`${name} ${said(row[i] ?? [])}`] : [])),
});

function sectionSlides({ title, blocks }: Section): Slide[] {
  const kicker = plainTitle(title), slides: Slide[] = [];
  const first = blocks[0]?.type === 'paragraph' ? said(blocks[0].parts) : '';
  let waiting: Exclude<Block, ChartBlock | TableBlock>[] = [];
  const flush = () => { slides.push(...textSlides(kicker, waiting, first)); waiting = []; };
  for (const block of blocks) {
    if (block.type !== 'chart' && block.type !== 'table') { waiting.push(block); continue; }
    if (waiting.length > mostBeside || waiting.some((b) => b.type !== 'paragraph')) flush();
    const beside = waiting.filter((b) => b.type === 'paragraph');
    const texts = beside.flatMap(sentences), script = beside.map((p) => said(p.parts)), sources = beside.flatMap((p) => notesOf(p.parts));
    waiting = [];
    if (block.type === 'table') slides.push(...tableSlides(kicker, best(texts), block, texts, script).map((s) => ({ ...s, sources: [...s.sources, ...sources] })));
    else {
      const { picture, rest } = fittingMap(block);
      slides.push({ kicker, title: block.title, isFinding: true, bullets: fitting(texts, column), picture, script: [...script, ...rest], sources: [...block.notes, ...sources] });
    }
  }
  flush();
  return slides;
}

/** Of a map with more units than a slide holds, those that are farthest from what was expected, in their order; the others are named in the notes. */
export function fittingMap(block: ChartBlock): { picture: ChartBlock; rest: string[] } {
  const { chart } = block;
  if (chart.kind !== 'heat' || chart.units.length <= mostUnits) return { picture: block, rest: [] };
  const distance = (unit: string) => chart.rows.filter((r) => r.branch_id === unit).reduce((sum, cell) => sum + Math.abs(heatStep(cell)), 0);
  const shown = new Set([...chart.units].sort((a, b) => distance(b.unit_id) - distance(a.unit_id)).slice(0, mostUnits)), others = chart.units.filter((u) => !shown.has(u));
  return {
    picture: { ...block, subtitle: `${block.subtitle}；列出与期望相差最大的${mostUnits}个单位，其余${others.length}个见备注`, chart: { ...chart, units: chart.units.filter((u) => shown.has(u)) } },
    rest: [`图中未列出的${others.length}个单位：${others.map((u) => u.name).join('、')}。`],
  };
}

/** A table with what is said of it beside; a long one goes on over slides. */
function tableSlides(kicker: string, lead: ReturnType<typeof best>, block: TableBlock, texts: readonly string[], script: readonly string[]): Slide[] {
  const pages = Array.from({ length: Math.max(1, Math.ceil(block.rows.length / mostRows)) }, (_, i) => block.rows.slice(i * mostRows, (i + 1) * mostRows));
  const title = lead?.title ?? null, others = texts.filter((t) => t !== lead?.text || bare(t) !== title);
  return pages.map((rows, i) => ({
    kicker, title: i > 0 ? `${block.caption}（续）` : title ?? block.caption, isFinding: i === 0 && title !== null, bullets: i === 0 && block.header.length <= widest ? fitting(others, column) : [], picture: { ...block, rows },
    script: i === 0 ? script : [], sources: rows.flatMap((r) => r.flatMap(notesOf)),
  }));
}

/** A heading without its number; none where it only repeats the section's. */
const headingOf = (text: string, kicker: string) => { const plain = text.replace(/^（[一二三四五六七八九十]+）/, ''); return plain === kicker ? null : plain; };

/** Paragraphs under one heading. */
interface Group { heading: string | null; lead: string | null; texts: string[]; sentences: string[]; prompt?: string; script: string[]; sources: string[] }

/** Paragraphs as slides of text: a heading begins one; what does not fit is set small, and goes on where that is not enough. `first`: the section's first paragraph. */
function textSlides(kicker: string, blocks: readonly Exclude<Block, ChartBlock | TableBlock>[], first: string): Slide[] {
  const groups: Group[] = [], begin = (heading: string | null): Group => { const made: Group = { heading, lead: null, texts: [], sentences: [], script: [], sources: [] }; groups.push(made); return made; };
  for (const block of blocks) {
    const open = groups.at(-1) ?? begin(null);
    if (block.type === 'heading') {
      const heading = headingOf(block.text, kicker);
      if (open.texts.length > 0) begin(heading); else open.heading = heading;
      continue;
    }
    if (block.type === 'prompt') { open.prompt = block.text; continue; }
    const text = said(block.parts), own = sentences(block);
    const only = own.length === 1 && groups.length === 1 && open.texts.length === 0 && open.lead === null && !/^\d/.test(text) ? finding(text) : null;
    if (only !== null) open.lead = only; else { open.texts.push(text); open.sentences.push(...own); }
    open.script.push(text);
    open.sources.push(...notesOf(block.parts));
  }
  return groups.flatMap((group) => groupSlides(kicker, group, first));
}

function groupSlides(kicker: string, { heading, lead, texts, sentences: own, prompt, script, sources }: Group, first: string): Slide[] {
  if (texts.length === 0 && lead === null && prompt === undefined) return [];
  const room = texts.reduce((n, text) => n + linesOf(text, page.line), 0) <= page.lines ? page : dense, pages: string[][] = [[]];
  let left = room.lines;
  for (const text of texts) {
    if (linesOf(text, room.line) > left && pages.at(-1)?.length) { pages.push([]); left = room.lines; }
    pages.at(-1)?.push(text);
    left -= linesOf(text, room.line);
  }
  // What the section counts of the heading: 紧急事项5件.
  const counted = heading === null ? null : new RegExp(`${heading.replace(/[^\p{L}]/gu, '.')}\\d+[个件条项]`, 'u').exec(first)?.[0] ?? null;
  return pages.map((bullets, i): Slide => {
    const told = i === 0 ? [lead === null ? counted : [heading, lead].filter(Boolean).join('：'), best(own)?.title ?? null] : [finding(bullets[0]?.split('。')[0])];
    const title = told.find((t) => t !== null && t !== undefined) ?? null, label = heading ?? kicker;
    return {
      kicker, title: title ?? (i === 0 ? label : `${label}（续）`), isFinding: title !== null, bullets, ...(room === dense && { isDense: true }), ...(i > 0 && { goesOn: true }), ...(i === 0 && prompt !== undefined && { prompt }),
      script: i === 0 ? script : [], sources: i === 0 ? sources : [],
    };
  });
}
