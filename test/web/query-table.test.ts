import { describe, expect, it } from 'vitest';
import { arrange, readFilter } from '../../web/query/arrange.ts';
import { ranks, writeCell } from '../../web/query/cells.ts';
import { cellsForClipboard } from '../../web/query/clipboard.ts';
import { profile } from '../../web/query/profile.ts';

const column = (type: string, name = 'x') => ({ name, type });

describe('web/query/cells', () => {
  it.each([
    [1234567, 'BIGINT', 'x', '1,234,567'], ['9007199254740993', 'BIGINT', 'x', '9,007,199,254,740,993'], [1.5, 'DECIMAL(9,2)', 'x', '1.50'], [0.123456, 'DOUBLE', 'x', '0.1235'],
    [2026, 'BIGINT', '年份', '2026'], ['2026-10-01', 'DATE', 'x', '2026-10-01'], [true, 'BOOLEAN', 'x', '是'], [['甲', '乙'], 'VARCHAR[]', 'x', '甲、乙'], [null, 'INTEGER', 'x', ''], ['12', 'VARCHAR', 'x', '12'],
  ])('writes %j of %s named %s as %s', (value, type, name, written) => { expect(writeCell(value, column(type, name))).toBe(written); });
  it('puts numbers beyond 2^53 in their exact order', () => {
    expect([...ranks(['9007199254740993', 5, '9007199254740992', -1], 'BIGINT').keys()]).toEqual([-1, 5, '9007199254740992', '9007199254740993']);
  });
});

describe('web/query/arrange', () => {
  const table = { columns: [column('VARCHAR', '单位'), column('BIGINT', '件数'), column('DATE', '日')], rows: [['二矿', 3, '2026-10-02'], ['一矿', null, null], ['三矿', 12, '2026-09-01'], ['一矿', 3, '2026-10-31']] };
  const rows = (filters: Record<number, string>, order: { column: number; descending: boolean } | null = null) => arrange(table, { order, filters });
  it.each([
    [{ 1: '>3' }, [2]], [{ 1: '>=3' }, [0, 2, 3]], [{ 1: '3..11' }, [0, 3]], [{ 1: '空' }, [1]], [{ 1: '非空' }, [0, 2, 3]], [{ 0: '一' }, [1, 3]], [{ 0: '!一' }, [0, 2]], [{ 0: '=一矿' }, [1, 3]],
    [{ 2: '2026-10..2026-10' }, [0, 3]], [{ 2: '<2026-10' }, [2]], [{ 0: '矿', 1: '=3' }, [0, 3]], [{ 1: '>' }, [0, 1, 2, 3]], [{ 1: ' ' }, [0, 1, 2, 3]],
  ])('filters by %j', (filters, expected) => { expect(rows(filters)).toEqual(expected); });
  it('orders by number, day and reading, what is missing last both ways, ties as they came', () => {
    expect(rows({}, { column: 1, descending: false })).toEqual([0, 3, 2, 1]);
    expect(rows({}, { column: 1, descending: true })).toEqual([2, 0, 3, 1]);
    expect(rows({}, { column: 2, descending: true })).toEqual([3, 0, 2, 1]);
    expect(rows({}, { column: 0, descending: false }).map((i) => table.rows[i]?.[0])).toEqual(['二矿', '三矿', '一矿', '一矿']);
  });
  it('reads an empty filter as none', () => { expect(readFilter('  ', column('BIGINT'))).toBeNull(); });
});

describe('web/query/profile', () => {
  it('counts what is missing, what differs, the range, the middle and the parts', () => {
    expect(profile([1, 2, 2, 9, null], 'BIGINT')).toEqual({ rows: 5, nulls: 1, distinct: 3, low: 1, high: 9, mean: 3.5, median: 2, top: [{ value: '2', rows: 2 }, { value: '1', rows: 1 }, { value: '9', rows: 1 }], bins: [3, 0, 1] });
    expect(profile(['甲', '甲', null], 'VARCHAR')).toMatchObject({ nulls: 1, distinct: 1, low: null, mean: null, bins: [], top: [{ value: '甲', rows: 2 }] });
    expect(profile(['2026-01-01', '2026-12-31'], 'DATE')).toMatchObject({ low: '2026-01-01', high: '2026-12-31', mean: null, bins: [1, 1] });
  });
});

describe('web/query/clipboard', () => {
  it('keeps cells apart, numbers as numbers, and lets no text become a formula or markup', () => {
    const { text, html } = cellsForClipboard([['单位', '说明'], [3, '=1+1'], [-2, '<b>"引"\n换行'], [null, '-5']]);
    expect(text).toBe("单位\t说明\r\n3\t'=1+1\r\n-2\t\"<b>\"\"引\"\"\n换行\"\r\n\t'-5");
    expect(html).toContain("<td>3</td><td style=\"mso-number-format:'\\@'\">'=1+1</td>");
    expect(html).not.toContain('<b>');
  });
});
