// In: a petition's registration. Out: what the office did with it by 2026-10-31: acceptance, conclusion, reply, rating.
// Invariant: nothing is dated after the day up to which the data reach; 受理 within 15 days and 办结 within 60 are the rule.
import { addDays, asOf } from './calendar.ts';
import type { Chance } from './random.ts';

export interface Handling {
  accepted: string | null; concluded: string | null; extended: number;
  outcome: string; reply: string | null; satisfaction: '满意' | '基本满意' | '不满意' | null;
}

// Units whose handling is worse: late conclusions, fewer content.
const slower: Readonly<Record<string, { late: number; content: number }>> = { 西岭煤矿: { late: 0.13, content: 0.71 }, 生活服务公司: { late: 0.1, content: 0.76 } };

const replies = [
  '经核实，已责成区队整改，向信访人当面说明。', '情况属实，所差部分于次月补发。', '已协调有关部门，预计月底前完成。', '反映问题部分属实，已对相关责任人批评教育。',
  '经查与现行规定相符，已做好政策解释。', '已安排检修，并建立巡查记录。', '转主管部门研究，纳入明年计划。', '已上门走访，信访人表示理解。',
  '查无实据，已说明调查过程。', '已按程序申报，材料齐全后办理。', '已更换到位，请继续监督。', '经会议研究，按文件执行，差额已发放。',
  '已与承包方约谈，限期改正。', '不属本单位职责，已告知渠道。', '建议采纳，试行三个月后评估。',
];

/** How one petition was handled. */
export function handle(registered: string, unit: string, luck: Chance, restricted: boolean): Handling {
  const { late, content } = slower[unit] ?? { late: 0.045, content: 0.88 };
  const open: Handling = { accepted: null, concluded: null, extended: 0, outcome: '已登记', reply: null, satisfaction: null };
  const accepted = addDays(registered, luck.maybe(late > 0.05 ? 0.055 : 0.022) ? luck.between(16, 27) : Math.min(15, Math.floor(-Math.log(1 - luck.next() * 0.98) * 5)));
  if (accepted > asOf) return open;
  const extended = luck.maybe(0.07) ? luck.pick([10, 15, 20, 30, 30]) : 0;
  const days = luck.maybe(late) ? 60 + extended + luck.between(1, 45) : Math.min(60 + extended, extended > 0 ? 52 + luck.between(1, extended + 8) : 7 + Math.floor((luck.next() + luck.next()) * 27));
  const concluded = addDays(accepted, days);
  const neverClosed = luck.maybe(0.008);
  if (concluded > asOf || neverClosed) return { ...open, accepted, extended: concluded > asOf ? 0 : extended, outcome: luck.pick(['办理中', '正在办理', '已受理']) };
  const rated = luck.maybe(0.6);
  const satisfaction = !rated ? null : luck.maybe(content) ? (luck.maybe(0.72) ? '满意' : '基本满意') : '不满意';
  return { accepted, concluded, extended, outcome: luck.pick(['已办结', '已办结', '办结', '已答复']), reply: restricted ? '按规定转纪检部门办理。' : luck.pick(replies), satisfaction };
}
