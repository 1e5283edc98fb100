// What ledgers write about who wrote, and what is kept of it.
import { describe, expect, it } from 'vitest';
import { toAgeBand } from '../../pipelines/ingest/about-petitioner.ts';
import type { Cell } from '../../pipelines/readers/sheet.ts';
import { readOne, reasons, xlsx, type Rows } from './ingest-files.ts';

const received = '2026-06-15';

describe('pipelines/ingest/about-petitioner', () => {
  it.each<{ band: string; cells: Cell[] }>([
    { band: '30岁以下', cells: [22, '29岁', '二十五岁', '30岁以下', '1997', '2000-07', '20-29岁', '1996年7月'] },
    { band: '30–39岁', cells: [30, '35周岁', '３５', '约35岁', '30多岁', '31-40岁', '1996年6月', '1990.5', 199005, '90年5月'] },
    { band: '40–49岁', cells: [45, '45', '四十五岁', '45岁左右', '40–49岁', '1980', '1980年', '1980年5月12日', '1980/5', 198005, 19800512, new Date(Date.UTC(1980, 4, 12)), 29353, '1980年5月生', '76年7月'] },
    { band: '50岁及以上', cells: [50, 83, '50岁以上', '51岁及以上', '1976年6月', '五十二', '60余岁'] },
  ])('reads $cells as $band', ({ band, cells }) => { expect(cells.map((cell) => [cell, toAgeBand(cell, received)])).toEqual(cells.map((cell) => [cell, band])); });
  it('takes what tells nothing for nothing', () => { expect([null, '', '不详', '—', '保密', '中年'].map((cell) => toAgeBand(cell, received))).toEqual(Array(6).fill(null)); });
  it('guesses at nothing', () => { expect([7, 450, '4 5x', '80后', '2030-01', '1980年13月', '40岁以上', '1800-01-01'].map((cell) => toAgeBand(cell, received))).toEqual(Array(8).fill(undefined)); });

  const header = ['信访日期', '信访编号', '姓名', '岗位/工种', '年龄', '信访内容', '责任单位'];
  const ledger = (rows: Rows): Promise<string> => xlsx(`台账${rows.length}.xlsx`, { 台账: [header, ...rows] });
  it('keeps a group of posts and a band, and returns a row whose age cannot be, with its place', async () => {
    const sheet = await readOne(await ledger([
      ['2026-06-15', 'A-1', '张三', '采煤机司机', 45, '中夜班费没有发，请解决。', '综采二队'],
      ['2026-06-15', 'A-2', '李四', '首席瓦斯检查员', '1975年3月', '宿舍漏水多日无人修。', '后勤部'],
      ['2026-06-15', 'A-3', '王五', '', '不详', '转岗方案不公开。', '人力资源部'],
      ['2026-06-15', 'A-4', '赵六', '矿长助理', 450, '食堂饭菜太贵。', '后勤部'],
    ]));
    expect(sheet.documents.map((d) => [d.petition?.registration_no, d.petition?.post, d.petition?.age_band])).toEqual([['A-1', '采煤掘进', '40–49岁'], ['A-2', '通风安全地测', '50岁及以上'], ['A-3', null, null]]);
    expect(reasons(sheet)).toEqual(['5 年龄：年龄无法识别']);
    expect(sheet.rejects[0]).toMatchObject({ value_class: '数字', remedy: '填写 10–110 的整数，如 45；不知道则留空。只留存年龄段' });
    expect(JSON.stringify(sheet.documents)).not.toMatch(/采煤机司机|首席|"?45\b|1975/);
    expect(JSON.parse(sheet.source.mapping)).toMatchObject({ post: '岗位/工种', age: '年龄' });
  });
  it('reads the birth where the age is empty', async () => {
    const sheet = await readOne(await xlsx('出生.xlsx', { 台账: [['信访日期', '信访编号', '职务', '年龄', '出生年月', '信访内容', '责任单位'], ['2026-06-15', 'B-1', '会计', null, new Date(Date.UTC(1990, 0, 1)), '津贴少发。', '财务部']] }));
    expect(sheet.documents[0]?.petition).toMatchObject({ post: '管理技术', age_band: '30–39岁' });
  });
  it('does not find fault with a birth where it is the date of receipt that cannot be read', async () => {
    const sheet = await readOne(await xlsx('日期.xlsx', { 台账: [['信访日期', '信访编号', '出生年月', '信访内容', '责任单位'], ['2026-06-15', 'B-1', '1990-05', '食堂饭菜太贵。', '后勤部'], ['上个月底', 'B-2', '1990-05', '宿舍漏水无人修。', '后勤部']] }));
    expect(reasons(sheet)).toEqual(['3 信访日期：日期无法识别']);
  });
  it('leaves alone the posts of those who received', async () => {
    const sheet = await readOne(await xlsx('接访.xlsx', { 台账: [['信访日期', '信访编号', '接访领导', null, '信访内容', '责任单位'], [null, null, '姓名', '职务', null, null], ['2026-06-15', 'C-1', '周某', '矿长', '津贴少发，请查。', '财务部']] }, { 台账: ['C1:D1'] }));
    expect(sheet.documents[0]?.petition).toMatchObject({ post: null, age_band: null });
  });
  it('keeps nothing of the kind from notes of talks', async () => {
    const sheet = await readOne(await xlsx('谈话.xlsx', { 谈心谈话: [['谈话日期', '谈话对象', '岗位', '年龄', '谈话内容'], ['2026-06-15', '张三', '电工', 450, '说通勤车太晚，等一个小时。']] }));
    expect(sheet.source).toMatchObject({ kind: 'note', accepted: 1 });
    expect(Object.keys(JSON.parse(sheet.source.mapping) as object)).not.toContain('post');
  });
});
