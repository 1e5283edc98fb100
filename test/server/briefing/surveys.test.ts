// In: two waves of a survey, and rows as the warehouse gives them. Out: 调查情况, with the figures that the page 调查 shows and no others.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataDir } from '../../../datasets/data-dir.ts';
import type { PeriodKind } from '../../../datasets/reporting-period.ts';
import { isSure } from '../../../datasets/survey-estimates.ts';
import type { Briefing, NumberPart, TableBlock } from '../../../server/briefing/content.ts';
import { buildBriefing } from '../../../server/briefing/index.ts';
import type { AnswerRow, Value } from '../../../server/briefing/notebook.ts';
import { said } from '../../../server/briefing/said.ts';
import { changesSentence, raisedSentence, responseSentence, rowsSentence, scoreSentence, type Score } from '../../../server/briefing/sections/surveys.ts';
import { surveyOf } from '../../../server/surveys/read.ts';
import { resultsOf } from '../../../server/surveys/results.ts';
import { Warehouse } from '../../../server/warehouse.ts';
import { smallWarehouse } from './small-warehouse.ts';

let dir: DataDir, warehouse: Warehouse;
beforeAll(async () => { dir = await smallWarehouse(); warehouse = await Warehouse.open(dir); });
afterAll(() => { warehouse.close(); rmSync(dir.root, { recursive: true }); });

const section = async (period: string, unit?: string) => (await warehouse.use((reader) => buildBriefing(reader, { period, ...(unit ? { unit } : {}) }))).sections.find((s) => s.id === 'surveys');
const words = (of: Briefing['sections'][number] | undefined) => (of?.blocks ?? []).map((b) => (b.type === 'paragraph' ? said(b.parts) : '')).join('');
const tableOf = (of: Briefing['sections'][number] | undefined) => of?.blocks.find((b): b is TableBlock => b.type === 'table');
const page = (id: string, path: string) => warehouse.use(async (reader) => { const { survey, all } = await surveyOf(reader, id, path); return { survey, ...await resultsOf(reader, survey, all, path) }; });

describe('调查情况', () => {
  it('tells of the survey that ended in the month or the quarter, with its table', async () => {
    for (const [period, now] of [['2026-10', '本月'], ['2026-Q4', '本季度']] as const) {
      const found = await section(period);
      expect(words(found)).toMatch(new RegExp(`^${now}完成的问卷调查是《2026年度职工满意度问卷调查》（2026年10月12日至10月23日），收回答卷42份，应答率`));
      expect(tableOf(found)?.caption).toBe('《2026年度职工满意度问卷调查》各项评分');
    }
  });

  it('tells of the latest before where none ended in it, as such and with its date, without the table', async () => {
    for (const [period, now] of [['2026-09', '本月'], ['2026-Q3', '本季度']] as const) {
      const found = await section(period);
      expect(words(found)).toMatch(new RegExp(`^${now}没有新的问卷结果，最近一次是《2025年度职工满意度问卷调查》（2025年10月12日至10月23日），收回答卷32份`));
      expect(words(found)).toContain('没有可比的上一次');
      expect(tableOf(found)).toBeUndefined();
    }
  });

  it.each([[undefined, 'G'], ['G/B1', 'G/B1'], ['G/B3', 'G/B3']] as const)('has the figures of the page 调查, of %s', async (unit, path) => {
    const [found, { survey, questions }] = [await section('2026-10', unit), await page('S26', path)];
    const parts = found?.blocks.flatMap((b) => (b.type === 'paragraph' ? b.parts : [])).filter((p): p is NumberPart => p.type === 'number') ?? [];
    const one = (column: string) => parts.find((p) => p.column === column && p.how === undefined)?.value;
    expect([one('respondents'), one('headcount'), one('response_rate')]).toEqual([survey.respondents, survey.headcount, survey.response_rate]);
    const items = questions.filter((q) => (q.type === 'scale' || q.type === 'nps') && !q.withheld).flatMap((q) => q.items.filter((i) => i.estimate !== null));
    const rows = tableOf(found)?.rows ?? [];
    expect(rows).toHaveLength(items.length);
    items.forEach((item, i) => {
      const values = rows[i]?.flat().filter((p): p is NumberPart => p.type === 'number').map((p) => p.value) ?? [];
      const { value, low, high, n } = item.estimate!;
      const expected = [n, value, low, high, ...(item.change ? [item.before!.value, ...(isSure(item.change) ? [item.change.value] : [])] : [])];
      expect(values).toHaveLength(expected.length);
      values.forEach((v, at) => expect(v).toBeCloseTo(expected[at]!, 9));
    });
  });

  it('says what surely changed', async () => {
    expect(words(await section('2026-10'))).toMatch(/与上一次（2025年10月12日至10月23日，收回32份）相比，工资收入升\d\.\d\d分（上次\d\.\d\d分）/);
  });

  it('withholds of a unit what the page 调查 withholds: of 二矿 three rated the meal, and of 一矿 theirs would follow', async () => {
    const names = async (unit?: string) => tableOf(await section('2026-10', unit))?.rows.map((r) => said(r[0] ?? []));
    expect(await names()).toContain('班中餐');
    for (const unit of ['G/B1', 'G/B2', 'G/B3']) expect(await names(unit), unit).not.toContain('班中餐');
  });

  it('has no section where the unit has no answers', async () => {
    expect(await section('2026-10', 'G/B4')).toBeUndefined();
  });
});

const row = (values: Record<string, Value>, span: PeriodKind | null = null): AnswerRow => ({ note: 'N1', span, key: {}, values });
const scale = (name: string, value: number, was: number | null, sure = false, isRow = true): Score => ({
  name, type: 'scale', isRow, row: row({ scale_mean: value, scale_mean__low: value - 0.1, scale_mean__high: value + 0.1, scale_mean__den: 50 }),
  before: was === null ? undefined : row({ scale_mean: was }), change: was === null ? null : { value: value - was, low: sure ? value - was - 0.01 : -1, high: sure ? value - was + 0.01 : 1 },
});
const nps: Score = { name: '净推荐值', type: 'nps', isRow: false, row: row({ nps: -12.34, nps__low: -20, nps__high: -4.5, nps__den: 48 }), before: undefined, change: null };
const survey = { title: '满意度调查', first_date: '2025-12-20', last_date: '2026-01-05' }, response = { respondents: 50, headcount: 400, response_rate: 12.5 };

describe('sentences of 调查情况', () => {
  it.each([
    { rule: '应答', parts: responseSentence(survey, row(response), true, 'month'), expected: '本月完成的问卷调查是《满意度调查》（2025年12月20日至2026年1月5日），收回答卷50份，应答率12.5%（50/400人，按有答卷的单位当月在岗人数计）。' },
    { rule: '无在岗人数', parts: responseSentence(survey, row({ ...response, headcount: null, response_rate: null }), false, 'quarter'), expected: '本季度没有新的问卷结果，最近一次是《满意度调查》（2025年12月20日至2026年1月5日），收回答卷50份；没有当月在岗人数，应答率不明。' },
    { rule: '总评与净推荐值', parts: scoreSentence([scale('总体满意程度', 3.4, null, false, false), scale('工资收入', 3, null), nps]), expected: '总体满意程度平均3.40分（95%区间3.30至3.50，50人作答）；净推荐值−12.3（95%区间−20.0至−4.5，48人作答）。' },
    { rule: '各方面', parts: rowsSentence([scale('工资收入', 2.8, null), scale('安全管理', 3.9, null), scale('食堂', 3.2, null)]), expected: '各方面评分，最高的是安全管理3.90分，最低的是工资收入2.80分。' },
    { rule: '只有一方面', parts: rowsSentence([scale('工资收入', 2.8, null)]), expected: '' },
    { rule: '变化', parts: changesSentence([scale('工资收入', 3, 2.5, true), scale('食堂', 3, 3.8, true), scale('安全管理', 3, 3.1)], survey, row(response), '表'), expected: '与上一次（2025年12月20日至2026年1月5日，收回50份）相比，食堂降0.80分（上次3.80分），工资收入升0.50分（上次2.50分）；其余看不出变化。' },
    { rule: '无变化', parts: changesSentence([scale('安全管理', 3, 3.1)], survey, undefined, '表'), expected: '与上一次（2025年12月20日至2026年1月5日）相比，各项评分都看不出变化。' },
    { rule: '变化很多', parts: changesSentence([1, 2, 3, 4, 5, 6].map((n) => scale(`项${n}`, 3 + n / 10, 2, true)), survey, undefined, '系统“调查”').slice(-1), expected: '，其余见系统“调查”。' },
    { rule: '题目不同', parts: changesSentence([scale('安全管理', 3, null)], survey, undefined, '表'), expected: '与上一次（2025年12月20日至2026年1月5日）相比，没有问过同样的评分题。' },
    { rule: '没有上一次', parts: changesSentence([scale('安全管理', 3, null)], null, undefined, '表'), expected: '没有可比的上一次。' },
    { rule: '诉求', parts: raisedSentence([row({ topic: 'safety', raised_rate: 10, raised_rate__num: 5 }), row({ topic: 'pay', raised_rate: 24, raised_rate__num: 12 })]), expected: '开放题里提出最多的是薪酬（12人，占答卷的24.0%）、安全（5人，占答卷的10.0%）。' },
    { rule: '无诉求', parts: raisedSentence([row({ topic: 'pay', raised_rate: null })]), expected: '' },
  ])('$rule', ({ parts, expected }) => { expect(said(parts)).toBe(expected); });
});
