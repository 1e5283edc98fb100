import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { keywordSource, metricSource, sources, type Engine, type Offered } from '../../web/query/completion.ts';
import { metricPlace } from '../../web/query/metric-place.ts';

const metric = (name: string, label: string, by: string[]) => ({ name, label, unit: '%', description: label, by: by.map((d) => ({ name: d, label: d })) });
const offered: Offered = { tables: [{ name: 'petition', grain: '每行是一件', columns: [{ name: 'is_repeat', type: 'BOOLEAN', doc: '是否重复' }] }], functions: ['count'], metrics: [metric('petitions', '信访总量', ['month', 'unit']), metric('repeat_rate', '重复信访率', ['month', 'purpose'])] };
const at = (text: string, explicit = false) => new CompletionContext(EditorState.create({ doc: text }), text.length, explicit);
const none: Engine = () => Promise.resolve([]);

describe('web/query/metric-place', () => {
  it.each([
    ["FROM metric('", 'metric', null, "FROM metric('".length],
    ["FROM metric('rep", 'metric', null, "FROM metric('".length],
    ["FROM metric(['petitions', 'rep", 'metric', null, "FROM metric(['petitions', '".length],
    ["FROM METRIC ( 'repeat_rate', by => '", 'by', 'repeat_rate', "FROM METRIC ( 'repeat_rate', by => '".length],
    ["FROM metric('repeat_rate', grain := 'mo", 'by', 'repeat_rate', "FROM metric('repeat_rate', grain := '".length],
    ["FROM metric('repeat_rate', by => ['month', 'p", 'by', 'repeat_rate', "FROM metric('repeat_rate', by => ['month', '".length],
    ["FROM metric('repeat_rate', compare => '", 'compare', 'repeat_rate', "FROM metric('repeat_rate', compare => '".length],
    ["FROM metric('repeat_rate', b", 'name', 'repeat_rate', "FROM metric('repeat_rate', ".length],
    ["FROM metric('repeat_rate', by => 'month', ", 'name', 'repeat_rate', "FROM metric('repeat_rate', by => 'month', ".length],
    ["FROM metric('repeat_rate', unit => '三", 'other', 'repeat_rate', "FROM metric('repeat_rate', unit => '".length],
  ])('tells where in metric() the cursor stands after %s', (text, what, named, from) => {
    expect(metricPlace(text)).toEqual({ what, metric: what === 'metric' ? null : named, from });
  });
  it.each(["SELECT '", "FROM metric('a', by => 'month') WHERE ", 'SELECT count(', "-- metric('", "SELECT 'metric('", "/* metric('a', ", "FROM metric('a', month => date_trunc('"])('is nowhere after %s', (text) => {
    expect(metricPlace(text)).toBeNull();
  });
});

describe('web/query/completion', () => {
  const labels = async (text: string, ask: Engine = none) => {
    const found = await Promise.all(sources(offered, ask).map((source) => source(at(text))));
    return found.flatMap((result) => result?.options.map(({ label }) => label) ?? []);
  };
  it('offers metrics by name in their place, what each may be divided by, and nothing else there', async () => {
    expect(await labels("FROM metric('")).toEqual(['petitions', 'repeat_rate']);
    expect(await labels("FROM metric('repeat_rate', by => '")).toEqual(['month', 'purpose']);
    expect(await labels("FROM metric('nothing', by => '")).toEqual(['month', 'unit', 'purpose']);
    expect(await labels("FROM metric('repeat_rate', ")).toContain('compare');
    expect(metricSource(offered)(at('SELECT '))).toBeNull();
  });
  it('offers columns of the tables that are named', async () => {
    expect(await labels('FROM petition SELECT is_r')).toContain('is_repeat');
  });
  it('takes the keywords that the engine finds fitting, asked with the statement alone', async () => {
    const asked: string[] = [];
    const ask: Engine = (text) => { asked.push(text); return Promise.resolve([{ word: 'GROUP BY', kind: 'keyword', at: text.length - 2 }, { word: 'petition', kind: 'table', at: text.length - 2 }, { word: 'EARLIER', kind: 'keyword', at: 0 }]); };
    const result = await keywordSource(ask)(at('SELECT 1;\nSELECT count(*) FROM petition GR'));
    expect(result?.options.map(({ label }) => label)).toEqual(['GROUP BY']);
    expect(asked).toEqual(['SELECT count(*) FROM petition GR']);
  });
  it('offers every keyword where the engine has none, or cannot be asked', async () => {
    for (const ask of [none, () => Promise.reject(new Error('gone'))]) expect((await keywordSource(ask)(at('SELECT 1 WHE')))?.options.some(({ label }) => label === 'WHERE')).toBe(true);
  });
});
