// In: a briefing's content model. Out: the slides of the meeting, each with its finding as title, what it shows, and what is said beside it.
// Invariant: pure; no sentence is cut or made up; what no slide has room for is in its speaker notes.
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
/** Chinese characters on a line and lines, of the column beside a picture and of a slide of text. */
const column = { line: 17, lines: 17 }, page = { line: 50, lines: 14 };
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

/** A finding short enough to be a title: the first sentence, or its first clause. */
function finding(text: string | undefined): string | null {
  if (text === undefined) return null;
  return [bare(text), text.split('；')[0] ?? ''].map(bare).find((t) => t !== '' && t.length <= longestTitle) ?? null;
}

export function deckOf(briefing: Briefing): Slide[] {
  const body = briefing.sections.flatMap(sectionSlides);
  const tables = briefing.tables.flatMap((t) => tableSlides('附表', null, t, [], []));
  return [summary(briefing, body), ...body, ...tables.slice(0, Math.max(0, mostSlides - 2 - body.length))];
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

function sectionSlides(section: Section): Slide[] {
  const kicker = plainTitle(section.title), slides: Slide[] = [];
  let waiting: Exclude<Block, ChartBlock | TableBlock>[] = [];
  const flush = () => { slides.push(...textSlides(kicker, waiting)); waiting = []; };
  for (const block of section.blocks) {
    if (block.type !== 'chart' && block.type !== 'table') { waiting.push(block); continue; }
    if (waiting.length > mostBeside || waiting.some((b) => b.type !== 'paragraph')) flush();
    const beside = waiting.filter((b) => b.type === 'paragraph');
    const texts = beside.flatMap(sentences), script = beside.map((p) => said(p.parts)), sources = beside.flatMap((p) => notesOf(p.parts));
    waiting = [];
    if (block.type === 'chart') slides.push({ kicker, title: block.title, isFinding: true, bullets: fitting(texts, column), picture: block, script, sources: [...block.notes, ...sources] });
    else slides.push(...tableSlides(kicker, finding(texts[0]), block, finding(texts[0]) === null ? texts : texts.slice(1), script).map((s) => ({ ...s, sources: [...s.sources, ...sources] })));
  }
  flush();
  return slides;
}

/** A table with what is said of it beside; a long one goes on over slides. */
function tableSlides(kicker: string, title: string | null, block: TableBlock, texts: readonly string[], script: readonly string[]): Slide[] {
  const pages = Array.from({ length: Math.max(1, Math.ceil(block.rows.length / mostRows)) }, (_, i) => block.rows.slice(i * mostRows, (i + 1) * mostRows));
  return pages.map((rows, i) => ({
    kicker, title: i > 0 ? `${block.caption}（续）` : title ?? block.caption, isFinding: i === 0 && title !== null, bullets: i === 0 && block.header.length <= widest ? fitting(texts, column) : [], picture: { ...block, rows },
    script: i === 0 ? script : [], sources: rows.flatMap((r) => r.flatMap(notesOf)),
  }));
}

/** A heading without its number; none where it only repeats the section's. */
const headingOf = (text: string, kicker: string) => { const plain = text.replace(/^（[一二三四五六七八九十]+）/, ''); return plain === kicker ? null : plain; };

/** Paragraphs as slides of text; a heading begins one, and so does what no longer fits. */
function textSlides(kicker: string, blocks: readonly Exclude<Block, ChartBlock | TableBlock>[]): Slide[] {
  const slides: Slide[] = [];
  let open: { heading: string | null; lead: string | null; texts: string[]; prompt?: string; script: string[]; sources: string[] } | null = null, left = 0, heading: string | null = null;
  const close = () => {
    if (!open) return;
    const title = [open.heading, open.lead].filter(Boolean).join('：');
    slides.push({ kicker, title: title === '' ? kicker : title, isFinding: open.lead !== null, bullets: open.texts, script: open.script, sources: open.sources, ...(open.prompt !== undefined && { prompt: open.prompt }) });
    open = null;
  };
  for (const block of blocks) {
    if (block.type === 'heading') { if (open && open.texts.length > 0) close(); heading = headingOf(block.text, kicker); if (open) open.heading = heading; continue; }
    const text = block.type === 'prompt' ? block.text : said(block.parts);
    if (open && linesOf(text, page.line) > left) close();
    if (!open) { open = { heading, lead: null, texts: [], script: [], sources: [] }; left = page.lines; heading = null; }
    if (block.type === 'prompt') { open.prompt = text; continue; }
    const only = sentences(block).length === 1 && open.texts.length === 0 && open.lead === null ? finding(text) : null;
    if (only !== null && slides.length === 0 && !/^\d/.test(text)) open.lead = only;
    else { open.texts.push(text); left -= linesOf(text, page.line); }
    open.script.push(text);
    open.sources.push(...notesOf(block.parts));
  }
  close();
  return slides;
}
