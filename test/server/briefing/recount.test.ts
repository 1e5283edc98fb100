// In: briefings of months and quarters, of the group and of units. Out: every figure in them, counted again by hand from the rows.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataDir } from '../../../datasets/data-dir.ts';
import { taxonomy, topicCodes } from '../../../datasets/taxonomy.ts';
import type { Briefing, Cell, NumberPart, Parts } from '../../../server/briefing/content.ts';
import { buildBriefing } from '../../../server/briefing/index.ts';
import { partsOf } from '../../../server/briefing/quotes.ts';
import { Warehouse } from '../../../server/warehouse.ts';
import { daysOf, readAll, Recount } from './recount.ts';
import { smallWarehouse } from './small-warehouse.ts';

let dir: DataDir, warehouse: Warehouse, tables: Awaited<ReturnType<typeof readAll>>;
beforeAll(async () => { dir = await smallWarehouse(); warehouse = await Warehouse.open(dir); tables = await readAll(warehouse); });
afterAll(() => { warehouse.close(); rmSync(dir.root, { recursive: true }); });

describe('every figure of a briefing, counted again', () => {
  const seen = new Set<string>();

  it.each([
    ['2026-10', undefined], ['2026-10', 'G/B3'], ['2026-09', undefined], ['2026-09', 'G/B1'], ['2025-11', undefined], ['2026-Q3', undefined], ['2026-Q4', undefined], ['2026-Q4', 'G/B3'], ['2026-Q1', 'G/B2'],
  ] as const)('is right in that of %s of %s', async (period, unit) => {
    const briefing = await warehouse.use((reader) => buildBriefing(reader, { period, ...(unit ? { unit } : {}) }));
    const hand = new Recount(tables, briefing.unit.path), value = (cell: Cell) => hand.value(cell, briefing.notes.find((n) => n.id === cell.note)!);
    const parts = [...partsOf(briefing)].filter((p): p is NumberPart => p.type === 'number');
    expect(parts.length).toBeGreaterThan(60);
    for (const part of parts) {
      const told = `${part.formatted} as ${part.column} ${JSON.stringify(part.row)} ${part.how ?? ''} of ${JSON.stringify(part.base?.column)}, ${briefing.notes.find((n) => n.id === part.note)?.label}`;
      const now = value(part), base = part.base ? value(part.base) : null;
      expect(now, told).not.toBeNull();
      if (part.base) expect(base, told).not.toBeNull();
      const again = part.how === undefined ? now! : part.how === 'difference' ? now! - base! : part.how === 'growth' ? ((now! - base!) / base!) * 100 : (now! / base!) * 100;
      expect(part.value, told).toBeCloseTo(again, 8);
      seen.add(`${part.metric.split('__')[0]} ${part.how ?? part.column.split('__')[1] ?? ''}`.trim());
    }
  });

  it.each([['2026-10', undefined], ['2026-Q4', undefined], ['2026-Q4', 'G/B3']] as const)('is printed as it is, and beside what its words say, in %s of %s', async (period, unit) => {
    const briefing = await warehouse.use((reader) => buildBriefing(reader, { period, ...(unit ? { unit } : {}) }));
    const [whole] = briefing.notes.filter((n) => n.label === '信访总量及构成'), seen = new Set<string>();
    for (const parts of runsOf(briefing)) {
      let words = '';
      for (const part of parts) {
        if (part.type !== 'number') { words += part.type === 'text' ? part.text : ''; continue; }
        const printed = /\d+(?:\.(\d+))?/.exec(part.formatted), told = `${words.slice(-12)}${part.formatted}`;
        expect(printed?.[0] ?? '0', told).toBe(Math.abs(part.value).toFixed(printed?.[1]?.length ?? 0));
        const [metric, side] = part.column.split('__');
        if (part.how !== undefined && side === undefined && part.base?.note === part.note) {
          const said = Math.max(words.lastIndexOf('环比'), words.lastIndexOf('同比'));
          if (said >= 0) expect(part.base, told).toEqual({ note: part.note, row: part.row, column: `${metric}__${words.startsWith('环比', said) ? 'previous' : 'year'}` });
          if (part.how === 'growth' || part.how === 'difference') seen.add(part.how);
        }
        if (part.how === 'share') { expect(part.base, told).toEqual({ note: whole!.id, row: {}, column: 'petitions' }); seen.add('share'); }
      }
    }
    expect([...seen].sort()).toEqual(['difference', 'growth', 'share']);
  });

  it.each([['2026-10', undefined], ['2026-Q3', undefined], ['2026-Q4', 'G/B3']] as const)('is right in the charts of %s of %s', async (period, unit) => {
    const briefing = await warehouse.use((reader) => buildBriefing(reader, { period, ...(unit ? { unit } : {}) }));
    const hand = new Recount(tables, briefing.unit.path), kinds: string[] = [];
    let rare = false;
    for (const block of briefing.sections.flatMap((s) => s.blocks)) {
      if (block.type !== 'chart') continue;
      const note = briefing.notes.find((n) => n.id === block.notes[0])!, value = (row: Cell['row'], column: string) => hand.value({ note: note.id, row, column }, note);
      kinds.push(block.chart.kind);
      if (block.chart.kind === 'month_bars') for (const bar of block.chart.rows) expect(bar.value, bar.month).toBe(value({ month: bar.month }, 'petitions'));
      if (block.chart.kind === 'bars') for (const bar of block.chart.rows) expect(bar.value, bar.label).toBe(value({ topic: topicCodes.find((t) => taxonomy[t].label === bar.label)! }, 'petitions'));
      if (block.chart.kind === 'curve') for (const point of block.chart.rows) expect(tables.expectation.some((e) => e.unit_id === 'B3' && e.topic === 'pay' && e.week === point.week && e.observed === point.observed && e.upper === point.upper), point.week).toBe(true);
      if (block.chart.kind === 'heat') for (const cell of block.chart.rows) {
        const weeks = tables.expectation.filter((e) => e.week >= briefing.from && e.week <= briefing.to && e.unit_id === cell.branch_id && e.topic === cell.topic), name = `${cell.branch_id} ${cell.topic}`;
        rare ||= weeks.length === 0;
        expect(cell.observed, name).toBe(weeks.length > 0 ? weeks.reduce((sum, e) => sum + e.observed, 0) : hand.texts(cell.branch_id, cell.topic, briefing));
        if (weeks.length === 0) expect([cell.expected, cell.upper], name).toEqual([null, null]);
        else expect(cell.expected, name).toBeCloseTo(weeks.reduce((sum, e) => sum + e.expected, 0), 9);
      }
    }
    expect(rare, 'a unit too small for expectations').toBe(unit === 'G/B3');
    expect(kinds).toEqual(expect.arrayContaining(['month_bars', 'bars']));
  });

  it('covers the sections: totals, changes, shares, rates, expectations, episodes, surveys', () => {
    for (const name of ['petitions', 'petitions previous', 'petitions year', 'petitions difference', 'petitions growth', 'petitions share', 'petitions_per_1000', 'repeat_rate difference', 'timely_conclusion_rate num', 'overdue_petitions', 'open_matters', 'negative_rate', 'intensity', 'expected', 'weeks_over', 'hotspots', 'upper', 'respondents', 'response_rate', 'scale_mean', 'scale_mean low', 'scale_mean difference', 'nps high', 'raised_rate num']) expect([...seen]).toContain(name);
  });
});

/** Paragraphs, and cells of tables after the name of their column. */
function runsOf({ sections, tables: appended }: Briefing): Parts[] {
  return [...sections.flatMap((s) => s.blocks), ...appended].flatMap((b) => (b.type === 'paragraph' ? [b.parts] : b.type === 'table' ? b.rows.flatMap((row) => row.map((cell, i): Parts => [{ type: 'text', text: b.header[i]! }, ...cell])) : []));
}

describe('periods as notes say them', () => {
  it.each([
    ['2026年10月', '2026-10-01', '2026-10-31'], ['2026年第一季度', '2026-01-01', '2026-03-31'], ['2026年1月至10月', '2026-01-01', '2026-10-31'], ['2025年10月至2026年10月', '2025-10-01', '2026-10-31'],
    ['周一在2026年第三季度内的各周', '2026-07-01', '2026-09-30'], ['起止日期与2026年2月相交', '2026-02-01', '2026-02-28'], ['2026年10月12日至10月23日', '2026-10-12', '2026-10-23'],
  ])('%s is %s to %s', (period, from, to) => { expect(daysOf(period)).toEqual({ from, to }); });
});
