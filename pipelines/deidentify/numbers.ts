// In: a folded text. Out: spans of ID cards 身份证, bank cards 银行卡 and telephones 电话.
// Invariant: a number that its own words call something else (表号, 单号, 底数 …) is never taken.
import { allMatches } from '../all-matches.ts';
import type { Span } from '../records.ts';

const otherNumber = /(?:表号|表底数?|底数|底码|起码|止码|读数|示数|抄见|编号|单号|单据|合同号?|文号|流水号?|订单号?|订货号|运单|快递|快件|物流|设备号?|合格证号?|资格证号?|操作证号?|机号|条码|条形码|二维码|凭证号?|票据号?|票号|收据号?|序列号|出厂号?|出厂编号|发票号?|工单号?|受理号|回执号?|案号|卷号|档案号|项目号|批号|批次号?|物料号?|物资编码|编码|代码|错误码?|报错|资产号|资产编号|铭牌|图号|钢号|信访件|登记号|证书号|证号第|矿帽码|识别码|验证码|注册号|备案号|许可证号?|信用代码|税号|户号|缴费号|标识卡|监测点|测点|传感器|钢瓶号?|批准文号|总价|金额|合计|共计|产量|累计|库存|吨|标高|坐标|里程)(?:[是为叫:：#NnOo.\s（("“']|显示|上写着?|印的|打的|写的|变成|成了){0,8}[A-Za-z]{0,6}[-\s]?$/;
const idWords = /(?:身份证|身分证|身份號|身份号|居民证|证件|证号|公民身份|ID|id|Id|老证|户口本|一代证|二代证)/;
const bankWords = /(?:卡|存单|账|帐|银行|户名|存折|折子|农行|工行|建行|中行|交行|邮储|信用社|农商|招行|打到|打给|转到|汇到|汇款)/;
const phoneWords = /(?:电话|手机|座机|固话|联系|回电|来电|来显|回拨|回话|拨打?|打|呼|号码|号是|留号|留的?号|致电|电联|微信同号|热线|传真|短信|小灵通|本机|机主|call|CALL|Tel|TEL|tel|phone|Phone|T:|电:|手机号)/;
const nearPhone = /(?:电话|手机号?|座机|固话|联系方式|联系|回电|来电|来显|主叫|被叫|回拨|拨打?|打|留号|留的?号|短信|办公室?电?话?|外线|内线|传真|Tel|TEL|tel|宅电|家电话|电)(?:号码?|号)?(?:显示|是|为|在|请|给|到|可|就|我|家里?|里|的|的是|[:：\s（("“,，]){0,4}$/;

const idProvince = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;
const idBirth = /^\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/;
const oldBirth = /^\d{6}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/;

const longNumber = /(?<![\d.])(?:\d[ \-.·_*/~\n\uFE0F\u20E3]{0,3}){14,20}[\dXx×✕Oo](?![\dA-Za-z])/g;
const misplaced = /(?<![\dA-Za-z])\d{15,17}[Xx]\d{1,2}(?![\dA-Za-z])/g;
const letteredId = /(?<![\dA-Za-z])[1-6][\dOoIl]{16}[\dXxOo](?![\dA-Za-z])/g;
const account = /(?:账号|帐号|卡号|银行卡|账户|帐户|存折号?|存单号?)(?:是|为|[:\s("“]){0,4}(\d(?:[ \-\n]{0,2}\d){8,20})(?![\dA-Za-z.])/g;
const mobile = /(?<![\dA-Za-z.])(?:\(?(?:\+|00)?86\)?[ \-]{0,2})?[1l][ \-.·_/\uFE0F\u20E3]{0,3}[3-9](?:[ \-.·_/()\n\uFE0F\u20E3]{0,3}[\doOlI]){9}(?![\d%℃]|\.\d)\uFE0F?\u20E3?|(?<![\dA-Za-z.])1[3-9]\d([,、*~|])\d{4}\1\d{4}(?![\d%])/g;
const landline = /(?<![\dA-Za-z.\-])(?:(?:\+|00)?86[ \-]?)?(?:\(\s?0(?:10|2\d|[3-9]\d\d)\s?\)|0(?:10|2\d|[3-9]\d\d))[ \-.·_/]{0,3}[2-9](?:[ \-.·]{0,2}\d){6,7}(?![\d%])(?:\s?(?:转|-|ext\.?)\s?\d{1,5}(?!\d))?/g;
const localLine = /(?<![\dA-Za-z.\-])(?:[2-9]\d{1,3}[ \-]?\d{2,4}[ \-]?\d{2,4}|1[3-9](?:[ \-]?\d){8}|1[3-9](?:[ \-]?\d){10})(?![\dA-Za-z%]|\.\d|[ \-]\d)/g;
const shortLine = /(?:集团短号|短号|虚拟号|小号|分机号?|内线|亲情号|集群号|V网)(?:号码?|是|为|打|[:： (（])*((?:\d{3,6}-)?\d{3,8})(?![\dA-Za-z%.人元块个米年月日])/g;
const spoken = /\(?(?:[幺妖腰一二两三四五六七八九零〇○拐洞勾壹贰叁肆伍陆柒捌玖\d][ \-,，、.)]{0,2}){7,22}/g;
const spokenDigit: Record<string, string> = {
  幺: '1', 妖: '1', 腰: '1', 一: '1', 壹: '1', 二: '2', 两: '2', 贰: '2', 三: '3', 叁: '3', 四: '4', 肆: '4', 五: '5', 伍: '5',
  六: '6', 陆: '6', 七: '7', 拐: '7', 柒: '7', 八: '8', 捌: '8', 九: '9', 勾: '9', 玖: '9', 零: '0', 〇: '0', '○': '0', 洞: '0',
};

const before = (text: string, at: number, length: number) => text.slice(Math.max(0, at - length), at);

/** Which identifier a run of 15 to 21 digits is, or null. */
function kindOfLong(digits: string, left: string): Span['type'] | null {
  const said = left.slice(-14);
  const closest = Math.max(said.search(idWords), -1);
  const bankAt = said.search(bankWords);
  if (/(?:油|水|电|气|热|购物|礼品)卡号?[:：]?$/.test(left)) return null;
  if (/[A-Za-z]$/.test(left) && (closest < 0 || otherNumber.test(left))) return null;
  const looksId = idProvince.test(digits) && (digits.length === 18 || digits.length === 17 || digits.length === 19) && idBirth.test(digits);
  if (/[Oo]$/.test(digits)) return looksId ? 'id_card' : null;
  if (/[Xx×✕]$/.test(digits) && (looksId || closest >= 0)) return 'id_card';
  if (otherNumber.test(left) && closest < 0 && bankAt < 0) return null;
  if (digits.length === 18 && looksId) return 'id_card';
  if (closest >= 0 && closest > bankAt) return 'id_card';
  if (bankAt >= 0 && digits.length >= 15) return 'bank_card';
  if (looksId) return 'id_card';
  if (digits.length === 15) return idProvince.test(digits) && oldBirth.test(digits) ? 'id_card' : null;
  if (digits.length >= 16 && digits.length <= 19 && /^(?:62|60|4\d|5[1-5]|9[4-9]|3[4-7])/.test(digits)) return 'bank_card';
  return null;
}

function findLong(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of allMatches(text, longNumber)) {
    if (match[0].includes('*')) continue;
    // A line break may stand inside a number or behind it: the part before it is tried first.
    const [head = ''] = match[0].split('\n');
    for (const written of head.length < match[0].length ? [head, match[0]] : [head]) {
      const digits = written.replace(/[^\dA-Za-z×✕]/g, '');
      const type = digits.length < 15 ? null : kindOfLong(digits, before(text, match.index, 16));
      if (type === null) continue;
      spans.push({ start: match.index, end: match.index + written.length, type });
      break;
    }
  }
  // O for 0 and l for 1 inside an identity number.
  for (const match of allMatches(text, letteredId)) {
    if (/[OoIl]/.test(match[0]) && (match[0].match(/\d/g) ?? []).length >= 13 && (idWords.test(before(text, match.index, 12)) || idBirth.test(match[0].replace(/[Oo]/g, '0').replace(/[Il]/g, '1')))) spans.push({ start: match.index, end: match.index + match[0].length, type: 'id_card' });
  }
  // 370403198502297X1: the check letter in the wrong place.
  for (const match of allMatches(text, misplaced)) {
    if (idBirth.test(match[0])) spans.push({ start: match.index, end: match.index + match[0].length, type: 'id_card' });
  }
  for (const match of allMatches(text, account)) {
    const value = match[1] ?? '';
    const start = match.index + match[0].length - value.length;
    if (/[油水电气热物品]$/.test(before(text, match.index, 1))) continue;
    if (!/^1[3-9]\d{9}$/.test(value)) spans.push({ start, end: start + value.length, type: 'bank_card' });
  }
  return spans;
}

/** A mobile number written in groups: three figures or more stand together, or each stands alone. */
function groupedLikePhone(written: string): boolean {
  const groups = written.split(/[^\doOlI]+/).filter(Boolean).map((group) => group.length);
  return groups.length <= 6 || groups.every((length) => length === 1) || groups.every((length) => length <= 2);
}

function findMobiles(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of allMatches(text, mobile)) {
    const written = match[0];
    const left = before(text, match.index, 16);
    const figures = written.replace(/[^\d]/g, '').length;
    const said = phoneWords.test(left.slice(-8));
    if (otherNumber.test(left) && !nearPhone.test(left)) continue;
    if (figures < (said ? 8 : 9)) continue;
    if (!said && !groupedLikePhone(written)) continue;
    if (!said && /\d{4}-\d\d-\d\d/.test(written)) continue;
    spans.push({ start: match.index, end: match.index + written.length, type: 'phone' });
  }
  return spans;
}

function findLandlines(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of allMatches(text, landline)) {
    const left = before(text, match.index, 16);
    if (otherNumber.test(left) && !nearPhone.test(left)) continue;
    if (/(?:工号|员工号|职工号)[^\d]{0,3}$/.test(left)) continue;
    spans.push({ start: match.index, end: match.index + match[0].length, type: 'phone' });
  }
  for (const match of allMatches(text, localLine)) {
    const left = before(text, match.index, 14);
    if (![7, 8, 10, 12].includes(match[0].replace(/\D/g, '').length)) continue;
    if (!nearPhone.test(left) && !/(?:电话|手机|座机|号码)[^。；;\n\d]{0,9}[:：] ?$/.test(left) && !spans.some(({ end }) => end < match.index && /^ ?[、/,，或和] ?$/.test(text.slice(end, match.index)))) continue;
    if (otherNumber.test(left)) continue;
    if (/^(?:元|块|万|吨|米|方|斤|多|人|余|张)/.test(text.slice(match.index + match[0].length))) continue;
    spans.push({ start: match.index, end: match.index + match[0].length, type: 'phone' });
  }
  return spans;
}

/** Numbers read out figure by figure (幺三八 …), kept only where the shape or the words before say telephone or card. */
function findSpoken(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of allMatches(text, spoken)) {
    const written = match[0].replace(/[ \-,，、.)]+$/, '');
    if (!/[^\d \-,，、.()]/.test(written)) continue;
    const digits = [...written].map((sign) => spokenDigit[sign] ?? (/\d/.test(sign) ? sign : '')).join('');
    const left = before(text, match.index, 14);
    let type: Span['type'] | null = null;
    if (digits.length === 11 && /^1[3-9]/.test(digits)) type = 'phone';
    else if (digits.length >= 10 && digits.length <= 12 && /^0[1-9]/.test(digits)) type = 'phone';
    else if (digits.length >= 7 && digits.length <= 12 && nearPhone.test(left)) type = 'phone';
    else if (digits.length >= 15 && idWords.test(left)) type = 'id_card';
    else if (digits.length >= 15 && bankWords.test(left)) type = 'bank_card';
    if (type !== null && !otherNumber.test(left)) spans.push({ start: match.index, end: match.index + written.length, type });
  }
  return spans;
}

/** What the words before call a personal document 证件 or a short telephone number 短号. */
const document = /(?:护照|通行证|社保(?:卡|编|账|帐|电脑)?|社会保障|医保(?:卡|编)?|退休证|残疾证|驾驶证|驾照|士兵证|军官证|退伍证|退役证|工伤证|党员(?:证|编)?|公积金(?:个人)?(?:账|帐|编)?|执业证|职业资格证书)(?:编号|卡号|账号|号码|号)?(?:是|为|[:： (（])*((?:[A-Za-z]{1,3}[-]?)?\d(?:[\d-]{5,19})[\dXx])(?![\dA-Za-z.%年])/g;
const ofWords = (text: string, pattern: RegExp, type: Span['type']): Span[] => allMatches(text, pattern).map((match) => {
  const end = match.index + match[0].length;
  return { start: end - (match[1] ?? '').length, end, type };
});
const findShort = (text: string) => ofWords(text, shortLine, 'phone');
const findDocuments = (text: string) => ofWords(text, document, 'id_card');

const figuresOf = (text: string) => { let n = 0; for (let i = 0; i < text.length; i++) { const c = text.charCodeAt(i); if (c >= 0x30 && c <= 0x39) n++; } return n; };

/** Telephone, identity-card and bank-card numbers of a folded text; what needs more figures than it has is not looked for. */
export function findNumbers(text: string): Span[][] {
  const figures = /\d{3}|\d[ \-.\uFE0F\u20E3]|[幺妖一二两三四五六七八九零壹贰叁肆伍陆柒捌玖][ ,，、-]?[幺妖一二两三四五六七八九零〇○壹贰叁肆伍陆柒捌玖\d]/.test(text);
  if (!figures) return [];
  const n = figuresOf(text);
  return [n >= 9 ? findLong(text) : [], n >= 8 ? findMobiles(text) : [], n >= 7 ? findLandlines(text) : [], findSpoken(text), n >= 3 ? findShort(text) : [], n >= 2 ? findDocuments(text) : []];
}
