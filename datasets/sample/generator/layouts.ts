// In: petitions of a period. Out: the ledger 信访台账 as that year's clerk kept it: headers, dates and order of columns differ.
// Invariant: every layout tells the same facts; what differs is only how they are written down.
import { monthOf } from './calendar.ts';
import type { Petition } from './petitions.ts';
import { chance, type Chance } from './random.ts';
import type { Sheet, Value } from './sheets.ts';
import { branchOf } from './units.ts';

type Write = (day: string, luck: Chance) => Value;
export interface Ledger { file: string; encoding: 'xlsx' | 'gb18030'; from: string; to: string; sheets: (all: readonly Petition[]) => Sheet[] }

const parts = (day: string) => day.split('-').map(Number) as [number, number, number];
const slashed: Write = (day, luck) => { const [y, m, d] = parts(day); return `${y}/${m}/${d} ${luck.between(8, 17)}:${String(luck.between(0, 59)).padStart(2, '0')}`; };
const slashedDay: Write = (day) => parts(day).join('/');
const dotted: Write = (day) => day.replaceAll('-', '.');
const spelled: Write = (day) => { const [y, m, d] = parts(day); return `${y}年${m}月${d}日`; };
const excel: Write = (day) => new Date(`${day}T00:00:00Z`);
const maybe = (day: string | null, write: Write, luck: Chance, empty: Value = null): Value => (day === null ? empty : write(day, luck));

const unitAsWritten = ({ unit }: Petition, luck: Chance) => (luck.maybe(0.84) ? unit : luck.pick(branchOf(unit).aliases));
const phoneOf = ({ writer, named }: Petition, luck: Chance): string | null => (!named || luck.maybe(0.12) ? null : luck.maybe(0.9) ? writer.phone : writer.phone.replace(/(\d{3})(\d{4})(\d{4})/, luck.maybe(0.5) ? '$1 $2 $3' : '$1-$2-$3'));
const nameOf = ({ writer, named, people }: Petition): string => (!named ? '匿名' : people >= 5 ? `${writer.name}等${people}人` : writer.name);
const textOf = ({ text }: Petition, luck: Chance) => (luck.maybe(0.03) ? text.replace(/。(?=.)/, '。\n') : luck.maybe(0.01) ? `  ${text} ` : text);
const wide = (n: number, luck: Chance): Value => (luck.maybe(0.015) ? String(n).replace(/\d/g, (d) => String.fromCodePoint((d.codePointAt(0) ?? 48) + 0xfee0)) : n);

function sheet2023(all: readonly Petition[]): Sheet {
  const luck = chance('ledger 2023');
  const header = ['序号', '登记编号', '登记时间', '来访时间', '姓名', '联系方式', '所在单位', '区队', '来访形式', '涉及人数', '信访目的', '主要诉求', '是否重复', '是否越级', '承办单位', '受理时间', '办结时间', '延期天数', '处理结果', '答复内容', '满意度'];
  return { name: '台账', rows: [header, ...all.map((p, i): Value[] => [i + 1, p.number, slashed(p.registered, luck), slashed(p.received, luck), nameOf(p), phoneOf(p, luck), unitAsWritten(p, luck), p.team, p.channel, wide(p.people, luck), p.purpose, textOf(p, luck), p.repeat ? '是' : '否', p.escalated ? '是' : '否', p.responsible, maybe(p.accepted, slashedDay, luck), maybe(p.concluded, slashedDay, luck), p.extended || null, p.outcome, p.reply, p.satisfaction])] };
}

function sheet2024(all: readonly Petition[]): Sheet {
  const luck = chance('ledger 2024');
  const blank = (n: number): null[] => Array.from({ length: n }, () => null);
  const title = ['华岳能源集团2024年度信访登记台账', ...blank(20)];
  const groups = ['登记情况', ...blank(3), '信访人', ...blank(4), '信访事项', ...blank(5), '办理情况', ...blank(5)];
  const header = ['序号', '登记编号', '登记日期', '信访日期', '信访人', '联系电话', '工号', '单位', '区队', '信访方式', '人数', '信访目的', '反映内容', '初重', '是否越级', '责任单位', '受理日期', '办结日期', '延期天数', '办理结果', '群众评价'];
  const rows = all.map((p, i): Value[] => [i + 1, p.number, dotted(p.registered, luck), dotted(p.received, luck), nameOf(p), phoneOf(p, luck), p.named && luck.maybe(0.3) ? p.writer.staffNo : null, unitAsWritten(p, luck), p.team, p.channel, wide(p.people, luck), p.purpose, textOf(p, luck), p.repeat ? '重复' : '初次', p.escalated ? '越级' : null, p.responsible, maybe(p.accepted, dotted, luck), maybe(p.concluded, dotted, luck), p.extended || null, p.outcome + (p.reply ? `：${p.reply}` : ''), p.satisfaction]);
  const total = ['合计', ...blank(9), all.reduce((sum, p) => sum + p.people, 0), ...blank(10)];
  return { name: '2024年', rows: [title, groups, header, ...rows, total], merges: ['A1:U1', 'A2:D2', 'E2:I2', 'J2:O2', 'P2:U2'] };
}

function sheet2025(name: string, all: readonly Petition[]): Sheet {
  const luck = chance(`ledger 2025 ${name}`);
  const header = ['信访件编号', '收信日期', '录入日期', '反映人', '手机号码', '身份证号码', '信访渠道', '来访人次', '反映人所在单位', '区队/车间', '类别', '信访内容', '初信初访', '越级访', '主办单位', '受理日期', '答复日期', '延期', '办理情况', '答复意见', '信访人评价'];
  return { name, rows: [header, ...all.map((p): Value[] => [p.number, spelled(p.received, luck), spelled(p.registered, luck), nameOf(p), phoneOf(p, luck), p.named && luck.maybe(0.35) ? p.writer.idCard : null, p.channel, wide(p.people, luck), unitAsWritten(p, luck), p.team, p.purpose, textOf(p, luck), p.repeat ? '否' : '是', p.escalated ? '是' : '否', p.responsible, maybe(p.accepted, spelled, luck), maybe(p.concluded, spelled, luck), p.extended ? `${p.extended}天` : null, p.outcome, p.reply, p.satisfaction ?? (luck.maybe(0.5) ? '未评价' : null)])] };
}

function sheet2025late(all: readonly Petition[]): Sheet {
  const luck = chance('ledger 2025 late');
  const header = ['登记号', '来信来访时间', '登记日期', '信访人姓名', '联系电话', '所属单位', '区队', '信访形式', '人次', '信访目的', '反映问题', '初重', '是否越级信访', '责任单位', '受理日期', '办结日期', '延期天数', '办理结果', '答复意见', '群众满意度'];
  return { name: '台账', rows: [header, ...all.map((p): Value[] => [p.number, slashed(p.received, luck), slashedDay(p.registered, luck), nameOf(p), phoneOf(p, luck), unitAsWritten(p, luck), p.team, p.channel, wide(p.people, luck), p.purpose, textOf(p, luck), p.repeat ? '重' : '初', p.escalated ? '是' : '否', p.responsible, maybe(p.accepted, slashedDay, luck), maybe(p.concluded, slashedDay, luck), p.extended || 0, p.outcome, p.reply, p.satisfaction])] };
}

function sheet2026(name: string, all: readonly Petition[]): Sheet {
  const luck = chance(`ledger 2026 ${name}`);
  const title: Value[] = [`信访台账（2026年${name}）`, ...Array.from({ length: 20 }, () => null)];
  const header = ['登记编号', '登记日期', '信访日期', '信访人', '联系电话', '身份证号', '单位', '区队', '信访方式', '人数', '信访目的', '反映内容', '初重', '是否越级', '责任单位', '受理日期', '办结日期', '延期天数', '办理结果', '答复意见', '群众评价'];
  const rows = all.flatMap((p, i): Value[][] => {
    const row: Value[] = [p.number, excel(p.registered, luck), excel(p.received, luck), nameOf(p), phoneOf(p, luck), p.named && luck.maybe(0.25) ? p.writer.idCard : null, unitAsWritten(p, luck), p.team, p.channel, wide(p.people, luck), p.purpose, textOf(p, luck), p.repeat ? '重复' : '首次', p.escalated ? '是' : '否', p.responsible, maybe(p.accepted, excel, luck), maybe(p.concluded, excel, luck), p.extended, p.outcome, p.reply, p.satisfaction];
    return i > 0 && monthOf(p.registered) !== monthOf(all[i - 1]?.registered ?? p.registered) ? [Array.from({ length: 21 }, () => null), row] : [row];
  });
  return { name, rows: [title, header, ...rows], merges: ['A1:U1'] };
}

const between = (all: readonly Petition[], from: string, to: string) => all.filter(({ registered }) => registered >= from && registered <= to);

/** The five ledgers, in order of time; a petition stands in the one in whose period it was registered. */
export const ledgers: readonly Ledger[] = [
  { file: '信访登记表2023年11-12月.csv', encoding: 'gb18030', from: '2023-11-01', to: '2023-12-31', sheets: (all) => [sheet2023(all)] },
  { file: '2024年度信访登记台账.xlsx', encoding: 'xlsx', from: '2024-01-01', to: '2024-12-31', sheets: (all) => [sheet2024(all)] },
  { file: '2025年上半年信访件明细.xlsx', encoding: 'xlsx', from: '2025-01-01', to: '2025-06-30', sheets: (all) => [sheet2025('一季度', between(all, '2025-01-01', '2025-03-31')), sheet2025('二季度', between(all, '2025-04-01', '2025-06-30'))] },
  { file: '2025年下半年来信来访登记.csv', encoding: 'gb18030', from: '2025-07-01', to: '2025-12-31', sheets: (all) => [sheet2025late(all)] },
  { file: '2026年信访台账（截至10月31日）.xlsx', encoding: 'xlsx', from: '2026-01-01', to: '2026-10-31', sheets: (all) => [sheet2026('1-6月', between(all, '2026-01-01', '2026-06-30')), sheet2026('7-10月', between(all, '2026-07-01', '2026-10-31'))] },
];

export const petitionsOf = (ledger: Ledger, all: readonly Petition[]) => between(all, ledger.from, ledger.to);
