// In: a small briefing. Out: slides with findings as titles, charts of PowerPoint's own, and the sources in the notes.
import { rmSync } from 'node:fs';
import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataDir } from '../../../datasets/data-dir.ts';
import type { Briefing, ChartBlock, Parts } from '../../../server/briefing/content.ts';
import { buildBriefing, renderBriefing } from '../../../server/briefing/index.ts';
import { deckOf } from '../../../server/briefing/pptx/deck.ts';
import { Warehouse } from '../../../server/warehouse.ts';
import { smallWarehouse, special } from './small-warehouse.ts';

let dir: DataDir;
let briefing: Briefing;
let file: Buffer;
let zip: JSZip;
const part = async (name: string, from = zip) => (await from.file(name)?.async('string')) ?? '';
const parts = (pattern: RegExp, from = zip) => Object.keys(from.files).filter((name) => pattern.test(name)).sort((a, b) => Number(/\d+/.exec(a)?.[0]) - Number(/\d+/.exec(b)?.[0]));
const plain = (xml: string) => [...xml.matchAll(/<a:t>([^<]*)<\/a:t>/g)].map((m) => m[1]).join('\n').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');
const titleOf = (xml: string) => plain([...xml.matchAll(/<p:sp>.*?<\/p:sp>/gs)].map((m) => m[0]).find((sp) => sp.includes('type="title"')) ?? '');
const slidesIn = /^ppt\/slides\/slide\d+\.xml$/;

beforeAll(async () => {
  dir = await smallWarehouse();
  const warehouse = await Warehouse.open(dir);
  briefing = await warehouse.use((reader) => buildBriefing(reader, { period: '2026-10' }));
  warehouse.close();
  file = await renderBriefing(briefing, 'pptx');
  zip = await JSZip.loadAsync(file);
});
afterAll(() => rmSync(dir.root, { recursive: true }));

describe('a briefing as slides', () => {
  it('has a meeting’s worth of slides, each with a title of its own', async () => {
    const titles = await Promise.all(parts(slidesIn).map(async (name) => titleOf(await part(name))));
    expect(titles.length).toBeGreaterThanOrEqual(8);
    expect(titles.length).toBeLessThanOrEqual(12);
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles[0]).toBe(briefing.title);
    for (const block of briefing.sections.flatMap((s) => s.blocks)) if (block.type === 'chart') expect(titles).toContain(block.title);
  });

  it('has findings as titles, but for the space that people fill in and tables that go on', async () => {
    const warehouse = await Warehouse.open(dir);
    const quarter = await warehouse.use((reader) => buildBriefing(reader, { period: '2026-Q3' }));
    warehouse.close();
    for (const of of [briefing, quarter]) {
      const deck = deckOf(of);
      expect(deck.length).toBeLessThanOrEqual(11);
      const body = deck.filter((s) => s.kicker !== '附表' && s.kicker !== '意见建议');
      expect(body.filter((s) => !s.isFinding).map((s) => s.title)).toEqual([]);
      for (const { title } of body) expect(title).toMatch(/\d|最多|超出|相当|未/);
    }
  });

  it('says of which units a map is, and names the others in its notes', () => {
    const units = Array.from({ length: 20 }, (_, i) => ({ unit_id: `U${i}`, name: `单位${i}` }));
    const rows = units.map(({ unit_id }, i) => ({ branch_id: unit_id, topic: 'pay' as const, observed: i < 4 ? 10 : 40, expected: 10, upper: 20 }));
    const heat = { type: 'chart', title: '多于期望', subtitle: '文字数', alt: '热力图。', notes: [], chart: { kind: 'heat', rows: [...rows, { branch_id: 'U19', topic: 'safety', observed: 40, expected: 10, upper: 20 }], units } } as const;
    const slide = deckOf({ ...briefing, sections: [{ id: 'x', title: '一、情况', blocks: [heat] }], tables: [] })[1];
    const shown = slide?.picture?.type === 'chart' && slide.picture.chart.kind === 'heat' ? slide.picture.chart.units.map((u) => u.name) : [];
    expect(shown).toEqual([...Array.from({ length: 13 }, (_, i) => `单位${i + 4}`), '单位19']);
    expect(slide?.picture?.type === 'chart' && slide.picture.subtitle).toBe('文字数；列出与期望相差最大的14个单位，其余6个见备注');
    expect(slide?.script).toEqual(['图中未列出的6个单位：单位0、单位1、单位2、单位3、单位17、单位18。']);
  });

  it('sets much text small before it goes on, and only says what is too much for a meeting', () => {
    const paragraph = (no: number, length: number) => ({ type: 'paragraph' as const, parts: [{ type: 'text' as const, text: `${no}. ${'长'.repeat(length)}。` }] });
    const deck = (sections: number, each: number) => deckOf({ ...briefing, sections: Array.from({ length: sections }, (_, s) => ({ id: `s${s}`, title: `节${s}`, blocks: Array.from({ length: each }, (_, i) => paragraph(i, 130)) })), tables: [] });
    expect(deck(1, 5).slice(1).map((s) => [s.bullets.length, s.isDense])).toEqual([[5, true]]);
    expect(deck(1, 8).slice(1).map((s) => s.bullets.length)).toEqual([5, 3]);
    const much = deck(9, 8);
    expect(much.length).toBe(11);
    expect(much.slice(1).reduce((n, s) => n + s.script.length, 0)).toBe(9 * 8);
  });

  it('draws charts that can be edited, with the values of the briefing and words for who cannot see them', async () => {
    const drawn = briefing.sections.flatMap((s) => s.blocks).filter((b): b is ChartBlock => b.type === 'chart' && b.chart.kind !== 'heat');
    const charts = await Promise.all(parts(/^ppt\/charts\/chart\d+\.xml$/).map((name) => part(name)));
    expect(charts).toHaveLength(drawn.length);
    const slides = (await Promise.all(parts(slidesIn).map((name) => part(name)))).join('');
    for (const [i, { chart, alt }] of drawn.entries()) {
      const values = new Set([...(charts[i] ?? '').matchAll(/<c:numCache>.*?<\/c:numCache>/gs)].flatMap(([cache]) => [...cache.matchAll(/<c:v>([^<]*)<\/c:v>/g)].map((m) => Number(m[1]))));
      const wanted = chart.kind === 'curve' ? chart.rows.map((r) => r.observed) : chart.kind === 'heat' ? [] : chart.rows.map((r) => r.value);
      for (const value of wanted) expect(values).toContain(value);
      expect(slides).toContain(alt.slice(0, 30));
    }
  });

  it('has no chart point without a value, which PowerPoint would want to repair', async () => {
    for (const name of parts(/^ppt\/charts\/chart\d+\.xml$/)) expect(await part(name)).not.toMatch(/<c:v>(NaN|undefined|null)?<\/c:v>/);
  });

  it('thins out the labels of weeks, as the format orders it, and breaks none', async () => {
    const axes = (await Promise.all(parts(/^ppt\/charts\/chart\d+\.xml$/).map((name) => part(name)))).flatMap((xml) => xml.match(/<c:catAx>.*?<\/c:catAx>/gs) ?? []), thinned = axes.filter((a) => a.includes('tickLblSkip'));
    expect(thinned).toHaveLength(1);
    expect(thinned[0]).toMatch(/<a:bodyPr rot="1" vert="horz"\/>.*<c:lblAlgn [^>]*>\s*<c:tickLblSkip val="\d+"\/>\s*<c:noMultiLvlLbl val="1"\/>\s*<\/c:catAx>$/s);
  });

  it('says in its notes the whole paragraphs and where each figure comes from', async () => {
    const notes = plain((await Promise.all(parts(/^ppt\/notesSlides\/notesSlide\d+\.xml$/).map((name) => part(name)))).join(''));
    for (const slide of deckOf(briefing)) for (const said of slide.script) expect(notes).toContain(said);
    const first = briefing.notes[0];
    expect(notes).toContain(`[1] ${first?.label}；${first?.period}；${first?.filter}`);
    expect(notes).toContain('出处');
    expect(notes).not.toContain('SELECT');
  });

  it('names a Chinese face, and one for machines without it', async () => {
    expect(await part('ppt/slides/slide2.xml')).toContain('<a:ea typeface="微软雅黑"');
    expect(await part('ppt/theme/theme1.xml')).toMatch(/script="Hans" typeface="Microsoft YaHei"/);
    expect(await part('ppt/charts/chart1.xml')).toContain('<a:ea typeface="微软雅黑"');
  });

  it('is the same each time, however many were made before', async () => {
    expect((await renderBriefing(briefing, 'pptx')).equals(file)).toBe(true);
  });

  it('puts what has no room beside a picture into the notes, and breaks text over slides', () => {
    const long: Parts = [{ type: 'text', text: `${'这是一句很长的话'.repeat(12)}。` }];
    const many = deckOf({ ...briefing, sections: [{ id: 'x', title: '一、情况', blocks: Array.from({ length: 18 }, () => ({ type: 'paragraph' as const, parts: long })) }], tables: [] });
    expect(many.length).toBeGreaterThan(3);
    expect(many.slice(1).flatMap((s) => s.bullets)).toHaveLength(18);
    const beside = deckOf({ ...briefing, sections: [{ id: 'x', title: '一、情况', blocks: [...Array.from({ length: 4 }, () => ({ type: 'paragraph' as const, parts: long })), ...briefing.sections[0]!.blocks.filter((b) => b.type === 'chart')] }], tables: [] })[1];
    expect(beside?.bullets.length).toBeLessThan(4);
    expect(beside?.script).toHaveLength(4);
  });

  it('never lets a text become markup or a formula', async () => {
    for (const evil of ['</a:t></a:r><a:hlinkClick r:id="rId9"/>', '=cmd|"/c calc"!A1', '\u0007\ud800&amp;<script>alert(1)</script>', special.markup]) {
      const words: Parts = [{ type: 'text', text: evil }];
      const table = { type: 'table', caption: evil, header: [evil, evil], rows: [[words, words]], widths: [1, 1], remark: evil } as const;
      const chart = { type: 'chart', title: evil, subtitle: evil, alt: evil, notes: [], chart: { kind: 'bars', rows: [{ label: evil, value: 1, note: evil }], unit: evil } } as const;
      const made = await JSZip.loadAsync(await renderBriefing({ ...briefing, title: evil, period: evil, caution: evil, sections: [{ id: 'x', title: evil, blocks: [{ type: 'heading', text: evil }, { type: 'paragraph', parts: words }, chart, table] }], tables: [table] }, 'pptx'));
      for (const name of parts(/\.xml$/, made)) {
        const xml = await part(name, made);
        expect(xml).not.toMatch(/<script|r:id="rId9"/);
        expect(xml, name).not.toMatch(/&(?!amp;|lt;|gt;|quot;|apos;|#)|[\u0000-\u0008\ufffe\uffff]/);
      }
      for (const name of parts(/\.xlsx$/, made)) {
        const book = new ExcelJS.Workbook();
        await book.xlsx.load(new Uint8Array(await made.file(name)!.async('nodebuffer')).buffer);
        book.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => expect(cell.formula).toBeUndefined())));
      }
    }
  });
});
