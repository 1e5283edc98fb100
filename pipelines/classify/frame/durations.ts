// In: a text. Out: how long the matter has lasted 持续多久, in its own words and in days.
// Invariant: the words are an exact part of the text; 2 to 20,000 days; a length of service, a term or a date is none.
import { allMatches } from '../../all-matches.ts';
import { numberOf, numberSource } from './numbers.ts';

export interface Told { start: number; end: number; value: number }

const units: Record<string, number> = { 天: 1, 周: 7, 礼拜: 7, 星期: 7, 月: 30, 年: 365, 年头: 365 };
const candidate = new RegExp(`(?:(${numberSource}|半)个?(半?)(多|来)?(天|周|礼拜|星期|月|年头|年)(多|半)?)`, 'g');

/** What keeps on by itself, and what has been done over and over: the latter must go on with a want, a pause or 了. */
const keepsOn = /(?:拖欠?|欠|等|压|停|断|堵|漏|坏|瘫|哑|闲|堆|搁|挂|晾|空|关|烂|臭|疼|催|盼|熬|耗|推|扯皮|忍|闹|凑|拥|短)(?:着|了|过|上|下)*(?:已经?|都|快|有|整整|将近|近|足足|又)*$|(?:连着|一连|接连|持续|长达|已持续|整整|足足|凡)$/;
const before = /(?:跑|找|反映|申请|打听|发|给|换|修|交|寄|提|报|递|拉|咳|响|叫|没|说)(?:着|了|过|上|下|去)*(?:已经?|都|快|有|将近|近|又)*$|(?:已经?|将近|近|连续|都快|快|都|前后|有)$/;
const after = /^(?:了|来|以来|过去)?[，,]?(?:都|还|也|就)?(?:没|不|未|无|还|一直|至今|只|才|连|音信|见不着|一分)|^了(?:[，,。！!？?；;…\s]|$|还|都|也)|^(?:过去|下来)[，,]?|^(?:以来|来)(?:一直|，)/;
const never = /(?:再等|一?签就是|要|干|当|做|工作|上班|入住|住|工龄|在岗|训|学|实习|签|合同|再有|还差|还剩|还有|差|不到|不足|不满|未满|满|每隔?|第|未来|提前|有效期?|保质期?|公示|休|放假|歇|放|请|待命|养|隔|限|超过?|大|小|前|后|同|头|过了?|刚|下|守|站|教|带|种|喝|用|跟|服役|服刑|看|下井|打眼|开|挖|采|修|脱产|通车)(?:了|过|满|着)*(?:已经?|都|快|整整)*$/;
const notAfter = /^(?:在岗|工龄|煤机|现场|没歇|没休|还能|能歇|以?内|以?后|之后|期|工龄|[以之]?前|假|一[轮次换签回]|保质|合同|级|龄|的[工老]|到|里[，,]|时间[内里]|[一二两三]班|份|底|初|中|代|度|级|生)/;
const pause = /^(?:了?[，,。；！？;!?\n]|了|没|不|未|无|还|一直|也|才|只|都)/;
const served = /(?:走了|下井|打眼|放炮|工龄|怀|孕|党龄|入矿|参加工作|入职|从事)/;

/** The longest told stretch of time for which the matter has gone on. */
export function findDuration(text: string): Told | null {
  let best: Told | null = null;
  for (const match of allMatches(text, candidate)) {
    const [written, number = '', half, , unit = '', more] = match;
    const start = match.index, end = start + written.length;
    const left = text.slice(Math.max(0, start - 8), start), right = text.slice(end, end + 8);
    if (never.test(left) || notAfter.test(right) || !(keepsOn.test(left) || after.test(right) || (before.test(left) && pause.test(right)))) continue;
    if (unit === '年' && /^[\d０-９]{4}$/.test(number)) continue;
    if (served.test(text.slice(Math.max(0, start - 12), start))) continue;
    if (unit === '月' && !/个/.test(written) && !/^[俩仨半]$/.test(number)) continue;
    const count = (numberOf(number) ?? 0) + (half || more === '半' ? 0.5 : 0);
    const value = Math.round(count * (units[unit] ?? 0));
    if (value >= 2 && value <= 20_000 && (best === null || value > best.value)) best = { start, end, value };
  }
  return best;
}
