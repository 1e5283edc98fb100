import { describe, expect, it } from 'vitest';
import type { SavedQuery } from '../../server/api.ts';
import { addressOf, byFolder, isChanged, lineDiff, readShown, shownNow, wantsChart, writeShown } from '../../web/query/saved.ts';
import { parametersIn, readAsked, valuesFor, valuesOf, valueWords } from '../../web/query/values.ts';

const query = (over: Partial<SavedQuery>): SavedQuery => ({
  query_id: 'q1', owner: '分析', folder: '', description: '', shared_with: [], refresh: null, mine: true, parameters: [],
  version_no: 1, title: '甲', sql: 'SELECT 1', defaults: {}, chart: null, written_by: '分析', written_at: '2026-11-01T00:00:00Z', ...over,
});

describe('web/query/saved', () => {
  it('puts queries into their folders, those without one last, and finds them by any of their words', () => {
    const list = [query({ query_id: 'a', title: '乙' }), query({ query_id: 'b', title: '丙', folder: '专题', description: '三矿欠薪' }), query({ query_id: 'c', title: '甲', folder: '例行' }), query({ query_id: 'd', title: '丁', folder: '例行', sql: 'SELECT bonus' })];
    expect(byFolder(list, '').map(({ folder, queries }) => [folder, queries.map((q) => q.query_id)])).toEqual([['例行', ['d', 'c']], ['专题', ['b']], ['', ['a']]]);
    expect(byFolder(list, '欠薪').map(({ folder }) => folder)).toEqual(['专题']);
    expect(byFolder(list, 'BONUS').flatMap(({ queries }) => queries.map((q) => q.query_id))).toEqual(['d']);
  });
  it('counts a changed text, chart or pivot as a change, and neither blanks around it nor a chart that was saved', () => {
    const saved = query({ chart: writeShown({ chart: '{"kind":"bar"}' }) });
    expect(isChanged(saved, ' SELECT 1\n', shownNow({}, saved.chart))).toBe(false);
    expect(isChanged(saved, 'SELECT 2', shownNow({}, saved.chart))).toBe(true);
    expect(isChanged(saved, 'SELECT 1', shownNow({ chart: '{"kind":"line"}' }, saved.chart))).toBe(true);
    expect(isChanged(query({}), 'SELECT 1', shownNow({ pivot: '{"down":["a"]}' }, null))).toBe(true);
    expect(isChanged(query({}), 'SELECT 1', shownNow({ pivot: '0' }, null))).toBe(false);
  });
  it('reads a kept chart that is no longer readable as none', () => {
    for (const text of [null, '', '{', '[]', 'null', '{"chart":1}']) expect(readShown(text)).toEqual({});
  });
  it('is drawn on a board but where its author wants no chart', () => {
    expect([{}, { chart: '{"kind":"bar","x":"a"}' }, { chart: '{"kind":"none"}' }].map(wantsChart)).toEqual([true, true, false]);
  });
  it('opens a query with its values in the address, an open choice as *', () => {
    expect(addressOf(query({}), { month: '2026-10', unit: null, 词: '工资' })).toBe('/query/q1?month=2026-10&unit=*&%E8%AF%8D=%E5%B7%A5%E8%B5%84');
  });
  it.each([
    ['a\nb\nc', 'a\nc', [' a', '-b', ' c']],
    ['a', 'a\nb', [' a', '+b']],
    ['a\nb', 'b\na', ['-a', ' b', '+a']],
    ['same', 'same', [' same']],
    ['x', 'y', ['-x', '+y']],
  ])('tells from %j to %j line by line', (before, after, lines) => {
    expect(lineDiff(before, after).map(({ mark, text }) => mark + text)).toEqual(lines);
  });
});

describe('web/query/values', () => {
  const parameters = parametersIn('SELECT {{month}}, {{unit}}, {{词}}, {{数:number}}');
  it('takes the address before the last choice, that before what was saved, and at first the newest month or everything', () => {
    expect(valuesOf(parameters, { month: '2026-09', unit: '*' }, { month: '2026-08', 词: '欠薪' }, { 词: '工资', 数: 3, unit: 'G' })).toEqual({ month: '2026-09', unit: null, 词: '欠薪', 数: 3 });
    expect(valuesOf(parameters, {}, {}, {})).toEqual({ month: 'latest', unit: null, 词: null, 数: null });
  });
  it('does not take the page’s own words of the address for values', () => {
    expect(valuesOf(parametersIn('SELECT {{sql}}'), { sql: 'SELECT {{sql}}' }, {}, {})).toEqual({ sql: null });
  });
  it('finds no parameter in a text that is half written', () => {
    expect(parametersIn('SELECT {{a:nothing}}')).toEqual([]);
    expect(valuesFor('SELECT {{month}}', { month: '2026-10', other: 1 })).toEqual({ month: '2026-10' });
  });
  it('says in words what is chosen', () => {
    expect(valueWords(parameters, { month: 'latest', unit: 'G/M1', 词: '', 数: 3 }, () => '一矿')).toBe('month 最新月、unit 一矿、词 不限、数 3');
    expect(valueWords(parametersIn('{{month}}{{topic}}'), { month: '2026-10', topic: 'pay' }, String)).toBe('month 2026 年 10 月、topic 薪酬');
  });
  it('tells a query of the history from the values noted under it', () => {
    expect(readAsked('SELECT {{month}}\n-- mine\n-- {{month}} = "2026-10"\n-- {{unit}} = null\n-- 已存查询 q1《甲》')).toEqual({ sql: 'SELECT {{month}}\n-- mine', values: { month: '2026-10', unit: null } });
    expect(readAsked('-- {{month}} = "2026-10"')).toEqual({ sql: '-- {{month}} = "2026-10"', values: {} });
  });
});
