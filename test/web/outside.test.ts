import { describe, expect, it } from 'vitest';
import { examples } from '../../web/query/outside.ts';

const query = { query_id: 'q1', title: '各单位 本月/重复', parameters: [{ name: 'month', type: 'month' as const }, { name: '单位', type: 'unit' as const }], defaults: { month: 'latest' } };

describe('web/query/outside', () => {
  const [excel, python, curl] = examples('https://zhiwei.example', query).map(({ text }) => text);
  it('fills in the address of this house and of the query, and the parameters that have no default', () => {
    expect(excel).toContain('Web.Contents("https://zhiwei.example", [');
    expect(excel).toContain('RelativePath = "api/v1/query/q1"');
    expect(excel).toContain('Query = [format = "csv", 单位 = "单位名称"]');
    expect(python).toContain('"https://zhiwei.example/api/v1/query/q1?format=parquet&%E5%8D%95%E4%BD%8D=');
    expect(curl).toContain('-o 各单位_本月_重复.csv');
    for (const text of [python, curl]) expect(text).not.toContain('month=');
  });
  it('is written also before there is a query', () => {
    expect(examples('http://127.0.0.1:8080', null).map(({ text }) => text.includes('查询编号') || text.includes('%E6%9F%A5'))).toEqual([true, true, true]);
  });
});
