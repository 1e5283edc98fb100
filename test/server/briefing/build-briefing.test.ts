// In: a small published warehouse. Out: a briefing whose figures and quotes can be found in it again.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataDir } from '../../../datasets/data-dir.ts';
import { taxonomy } from '../../../datasets/taxonomy.ts';
import type { Briefing, NumberPart, QuotePart } from '../../../server/briefing/content.ts';
import { said } from '../../../server/briefing/said.ts';
import { briefingCommand, buildBriefing } from '../../../server/briefing/index.ts';
import { checkQuotes, chooseQuote, holdsIdentifier, partsOf } from '../../../server/briefing/quotes.ts';
import { Warehouse } from '../../../server/warehouse.ts';
import { smallWarehouse, special } from './small-warehouse.ts';

let dir: DataDir;
let warehouse: Warehouse;
const make = (request: { period: string; unit?: string }) => warehouse.use((reader) => buildBriefing(reader, request));
const numbers = (briefing: Briefing) => [...partsOf(briefing)].filter((p): p is NumberPart => p.type === 'number');
const paragraphs = (briefing: Briefing) => briefing.sections.flatMap((s) => s.blocks).flatMap((b) => (b.type === 'paragraph' ? [said(b.parts)] : []));

beforeAll(async () => { dir = await smallWarehouse(); warehouse = await Warehouse.open(dir); });
afterAll(() => { warehouse.close(); rmSync(dir.root, { recursive: true }); });

describe('figures of a briefing', () => {
  it('all come out again when the query of their note is run', async () => {
    for (const [period, unit] of [['2026-10'], ['2026-10', 'G/B3'], ['2026-Q3'], ['2026-Q4', 'G/B3']] as const) {
      const briefing = await make({ period, ...(unit ? { unit } : {}) });
      const answers = new Map<string, Record<string, unknown>[]>();
      for (const note of briefing.notes) answers.set(note.id, await warehouse.query(note.sql, note.params));
      const value = ({ note, row, column }: Pick<NumberPart, 'note' | 'row' | 'column'>) => {
        const found = (answers.get(note) ?? []).filter((r) => Object.entries(row).every(([k, v]) => r[k] === v));
        expect(found).toHaveLength(1);
        return Number(found[0]?.[column]);
      };
      const parts = numbers(briefing);
      expect(parts.length).toBeGreaterThan(60);
      for (const part of parts) {
        const now = value(part);
        const base = part.base ? value(part.base) : NaN;
        const again = part.how === undefined ? now : part.how === 'difference' ? now - base : part.how === 'growth' ? (now / base - 1) * 100 : now / base * 100;
        expect(part.value).toBeCloseTo(again, 9);
        expect(Number(part.formatted.replace(/[^\d.]/g, ''))).toBeCloseTo(Math.abs(again), part.formatted.includes('.') ? 0 : 6);
      }
    }
  });

  it('equal a count by hand', async () => {
    const briefing = await make({ period: '2026-09' });
    const [hand] = await warehouse.query("SELECT count(*) AS n, sum(people) AS people FROM petition JOIN document USING (document_id) WHERE strftime(registered_date, '%Y-%m') = '2026-09'");
    const total = numbers(briefing).find((p) => p.metric === 'petitions');
    expect(total?.value).toBe(hand?.n);
    expect(paragraphs(briefing)[0]).toContain(`2026年9月，青石能源集团共登记信访${hand?.n}件次`);
    expect(paragraphs(briefing)[0]).toContain(`涉及${hand?.people}人次`);
  });

  it('count restricted petitions, and those of lower units', async () => {
    const briefing = await make({ period: '2026-10', unit: '三矿' });
    const [hand] = await warehouse.query("SELECT count(*) AS n, count(*) FILTER (restricted) AS restricted, count(*) FILTER (unit_id = 'B3T') AS lower FROM petition JOIN document USING (document_id) WHERE unit_id IN ('B3', 'B3T') AND registered_date BETWEEN '2026-10-01' AND '2026-10-31'");
    expect(hand?.restricted).toBe(1);
    expect(hand?.lower).not.toBe(0);
    expect(numbers(briefing).find((p) => p.metric === 'petitions')?.value).toBe(hand?.n);
  });

  it('are not compared with months before the first data', async () => {
    expect(paragraphs(await make({ period: '2025-09' }))[0]).toContain('无上月数据可比；无上年同期数据可比');
  });

  it('are the same on every build, and survive JSON', async () => {
    const [a, b] = [await make({ period: '2026-10' }), await make({ period: '2026-10' })];
    expect(b).toEqual(a);
    expect(JSON.parse(JSON.stringify(a))).toEqual(a);
  });

  it('are announced as provisional where the month is', async () => {
    expect((await make({ period: '2026-10' })).caution).toContain('暂定');
    expect((await make({ period: '2026-08' })).caution).toBe(null);
  });
});

describe('a briefing of a quarter', () => {
  it('counts its three months, beside the quarter before and that of last year', async () => {
    const briefing = await make({ period: '2026-Q3' });
    const [hand] = await warehouse.query(`SELECT count(*) FILTER (d BETWEEN '2026-07-01' AND '2026-09-30') AS now, count(*) FILTER (d BETWEEN '2026-04-01' AND '2026-06-30') AS before
      FROM (SELECT registered_date AS d FROM petition JOIN document USING (document_id))`);
    expect([briefing.title, briefing.period, briefing.key, briefing.from, briefing.to, briefing.caution]).toEqual(['青石能源集团信访工作季报', '2026年第三季度', '2026-Q3', '2026-07-01', '2026-09-30', null]);
    expect(paragraphs(briefing)[0]).toMatch(new RegExp(`^2026年第三季度，青石能源集团共登记信访${hand?.now}件次，环比`));
    expect(briefing.tables[0]?.header).toEqual(['指标', '本季度', '上季度', '环比', '上年同季', '同比']);
    expect(briefing.tables[0]?.rows[0]?.slice(1, 3).map(said)).toEqual([String(hand?.now), String(hand?.before)]);
    expect(briefing.tables[0]?.rows[0]?.slice(4).map(said)).toEqual(['—', '—']);
    expect(JSON.stringify(briefing)).not.toMatch(/本月|上月|月报/);
  });

  it('is compared with the same quarter of last year once that is whole', async () => {
    const [hand] = await warehouse.query("SELECT count(*) AS n FROM petition JOIN document USING (document_id) WHERE registered_date BETWEEN '2025-10-01' AND '2025-12-31'");
    expect((await make({ period: '2026-Q4' })).tables[0]?.rows[0]?.slice(4, 5).map(said)).toEqual([String(hand?.n)]);
  });

  it('tells of petitions whose sixty days are over by its end', async () => {
    expect(paragraphs(await make({ period: '2026-Q3' })).join('')).toContain('2026年第二季度登记、至本季度应已办结的信访件，按期办结率');
  });

  it('is marked while it is not over, and where its first months have no data', async () => {
    expect((await make({ period: '2026-Q4' })).caution).toContain('本季度尚未结束，各数均为暂定');
    expect((await make({ period: '2025-Q3' })).caution).toBe('现有数据自2025年9月起，本季度数据不全。');
    await expect(make({ period: '2025-Q2' })).rejects.toMatchObject({ code: 'not_found', message: expect.stringContaining('没有2025年第二季度的数据') });
  });
});

describe('a briefing', () => {
  it('has the seven sections and the tables in their order, and no section on surveys before the first', async () => {
    const briefing = await make({ period: '2026-10' });
    expect(briefing.sections.map((s) => s.title)).toEqual(['一、总体情况', '二、主要特点', '三、热点与苗头', '四、分单位情况', '五、办理质效', '六、调查情况', '七、意见建议']);
    expect((await make({ period: '2025-09' })).sections.slice(-2).map((s) => s.title)).toEqual(['五、办理质效', '六、意见建议']);
    expect(briefing.tables.map((t) => t.caption)).toEqual(['主要指标', '分单位诉求（件次）']);
    expect(paragraphs(briefing).join('')).toContain(`上升最多的是${taxonomy.pay.label}`);
  });

  it('refuses months and units that it knows nothing of', async () => {
    await expect(make({ period: '2024-01' })).rejects.toMatchObject({ code: 'not_found', message: expect.stringContaining('2025年9月至2026年10月') });
    await expect(make({ period: '2026-Q5' })).rejects.toMatchObject({ code: 'bad_request' });
    await expect(make({ period: '2026/10' })).rejects.toMatchObject({ code: 'bad_request' });
    await expect(make({ period: '2026-10', unit: "G' OR 1=1 --" })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is written whole by the command line, in the formats there are', async () => {
    const output = join(dir.root, '月报.docx');
    const content = await briefingCommand(dir, { period: '2026-10', output });
    expect(content.subarray(0, 2).toString()).toBe('PK');
    expect(existsSync(output)).toBe(true);
    expect(readdirSync(dir.root).filter((f) => f.endsWith('.partial'))).toEqual([]);
    await expect(briefingCommand(dir, { period: '2026-10', format: 'odt' })).rejects.toMatchObject({ code: 'bad_request' });
    const nowhere = join(dir.root, '没有的目录', '月报.docx');
    await expect(briefingCommand(dir, { period: '2026-10', output: nowhere })).rejects.toMatchObject({ code: 'bad_request', message: expect.stringContaining(`写不了 ${nowhere}`) });
  });
});

describe('quotes of a briefing', () => {
  const quoting = (quote: QuotePart): Pick<Briefing, 'sections' | 'tables'> => ({ sections: [{ id: 's', title: 's', blocks: [{ type: 'paragraph', parts: [quote] }] }], tables: [] });
  const check = (quote: Omit<QuotePart, 'type'>) => warehouse.use((reader) => checkQuotes(quoting({ type: 'quote', ...quote }), reader));

  it('are exact substrings of unrestricted texts', async () => {
    const quotes = [...partsOf(await make({ period: '2026-10' }))].filter((p): p is QuotePart => p.type === 'quote');
    expect(quotes.length).toBeGreaterThan(0);
    for (const { document_id, start, end, text } of quotes) {
      const [row] = await warehouse.query('SELECT text, restricted FROM document WHERE document_id = ?', [document_id]);
      expect(row).toMatchObject({ restricted: false });
      expect(String(row?.text).slice(start, end)).toBe(text);
      expect(text.length).toBeLessThanOrEqual(60);
    }
  });

  it('never show a restricted text, anywhere', async () => {
    expect(JSON.stringify(await make({ period: '2026-10' }))).not.toContain(special.restricted.slice(0, 8));
  });

  it.each([
    { why: '没有这份文书', quote: { document_id: 'none', start: 0, end: 2, text: '各位' } },
    { why: '出自受限件', quote: { document_id: 'X-restricted', start: 0, end: 4, text: special.restricted.slice(0, 4) } },
    { why: '与去标识原文不符', quote: { document_id: 'X-phone', start: 0, end: 4, text: '绩效没发' } },
    { why: '与去标识原文不符', quote: { document_id: 'X-phone', start: -9, end: 4, text: '' } },
    { why: '与去标识原文不符', quote: { document_id: 'X-phone', start: 0, end: 0, text: '' } },
    { why: '含有未去除的个人标识', quote: { document_id: 'X-phone', start: 0, end: special.phone.length, text: special.phone } },
  ])('are refused when $why', async ({ why, quote }) => {
    await expect(check(quote)).rejects.toMatchObject({ code: 'failed', message: expect.stringContaining(why) });
  });

  it('pass the check when they are what they say', async () => {
    await expect(check({ document_id: 'X-phone', start: 0, end: 9, text: special.phone.slice(0, 9) })).resolves.toBeUndefined();
  });

  const one = (text: string) => chooseQuote([{ document_id: 'D', text, polarity: 'negative', intensity: 2 }], ['工资'])?.text ?? null;
  it.each([
    { text: '各位领导，您好：工资已经拖了三个月没有发。谢谢。', chosen: '工资已经拖了三个月没有发。' },
    { text: '[姓名]说工资已经拖了三个月没有发。我的工资也拖了两个月了。', chosen: '我的工资也拖了两个月了。' },
    { text: '[姓名]说工资已经拖了三个月没有发。', chosen: '[姓名]说工资已经拖了三个月没有发。' },
    { text: '我叫李四，工资已经拖了三个月没有发。', chosen: null },
    { text: '王队长说工资还要再等两个月才发。', chosen: null },
    { text: '小刘和我的工资已经拖了三个月。', chosen: null },
    { text: '工资的事请打138 6942 0571找我说。', chosen: null },
    { text: '工资没发。', chosen: null },
    { text: '工资已经拖了三个月没有发，后面没有句号', chosen: null },
    { text: `工资${'很'.repeat(70)}低。`, chosen: null },
    { text: '工资单上<script>alert(1)</script>写着三个月。', chosen: null },
  ])('are chosen as a whole short sentence that names nobody: $text', ({ text, chosen }) => {
    expect(one(text)).toBe(chosen);
  });

  it('know identifiers in full width and with spaces from gas readings and document numbers', () => {
    for (const text of ['１３８６９４２０５７１', '0352-4567890', '14020219800101123X', 'a.b@c.cn', '晋B·12345', '微信号: wxid_123']) expect(holdsIdentifier(text)).toBe(true);
    for (const text of ['瓦斯浓度1.25%', '晋煤办〔2026〕15号', '4106工作面', '工资3500元', '2026年10月31日']) expect(holdsIdentifier(text)).toBe(false);
  });
});
