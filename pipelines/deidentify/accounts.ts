// In: a folded text. Out: spans of e-mail 邮箱, QQ and WeChat accounts 社交账号, staff numbers 工号 and number plates 车牌.
// Invariant: a code without the word that makes it personal (工号, 微信, 车牌 …) stays, unless its shape alone is personal.
import { allMatches } from '../all-matches.ts';
import type { Span } from '../records.ts';

const email = /(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}\s?(?:@|\(at\)|\(a\)|圈a|\[at\]|#@|#(?=[A-Za-z0-9]+\s?[.点])|\[艾特\]|\(艾特\)|艾特| at )\s?[A-Za-z0-9\-]+(?:(?:\s?[.。点]\s?|\s?[(\[]?(?:dot|点)[)\]]?\s?)[A-Za-z0-9\-]+)*/g;

const plate = /(?<![A-Za-z0-9])[京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵黔云滇藏陕甘陇青宁新]\s?[·.]?\s?[A-HJ-Za-hj-z]\s?[·.\-\s]{0,2}[A-Za-z0-9](?:[ ·.]?[A-Za-z0-9]){3}(?:(?:[ ·.]?[A-Za-z0-9]){1,2}(?:[挂学警港澳领试]|超(?![载速员车高]))?|[挂学警港澳领试])(?![A-Za-z0-9])/g;
const namedPlate = /(?:[\u4e00-\u9fa5](?![京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新])[\u4e00-\u9fa5]·[A-Za-z]?[·\-]?\d[A-Za-z0-9]{4,5}|[\u4e00-\u9fa5](?![京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新])[\u4e00-\u9fa5]·[A-Za-z]\d{5})(?![A-Za-z0-9])/g;
const spokenPlate = /[京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵黔云滇藏陕甘陇青宁新] ?[A-HJ-Za-hj-z](?:[ ·]?[A-Za-z0-9零〇幺一二两三四五六七八九]){5,6}/g;
const saidPlate = /(?:车牌号码?|车牌|牌照号?|(?<![胸工铭门吊灯])牌号|车号牌?|牌子)(?:[是为挂:：\s（("“])*([A-Za-z][·\-. ]?[A-Za-z0-9]{5,6}|[A-Za-z0-9]{5,6})(?![A-Za-z0-9])/g;

const im = /(?:[vV] ?[❤♥心]\uFE0F?|[+➕]\s?[vV]|卫星号?|围信|唯信|嶶信|[wW]ei信|微亻言|抖[yY]|小红书|头条|飞书|快手|WhatsApp|whatsapp|Telegram|微信|薇信|威信|徽信|微 信|维信|[vV]信|[vV][xX]|[wW][xX]|[wW]e[cC]hat|WECHAT|[wW]eixin|WeiXin|(?<![A-Za-z])[qQ]{1,2}|[qQ] [qQ]|扣扣|扣|蔻蔻|秋秋|球球|叩叩|求求(?=号?[:： ]?[1-9]\d{5})|[微维威薇][xX✘❌]|[wW]信|微號|绿泡泡|企鹅|抖音|快手|钉钉|支付宝|微博|飞信|陌陌|(?<![A-Za-z])[vV](?=[:： ]))(?:账号|帐号|号码|群号|群|邮箱|邮|号|ID|id)?(?:(?:就?是|就行|也行|都行|可以|为|叫|同|加|搜|还?是这个|[:：;；\s（("“'=,，\-—@])){0,5}((?:[A-Za-z][A-Za-z0-9_\-.]{3,24}|\d{1,12}[A-Za-z_][A-Za-z0-9_\-]{2,19}|[1-9]\d{2,3}[ \-]\d{2,4}(?:[ \-]\d{1,4})?|[1-9](?: ?\d){4,11}|[一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖][零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]{4,11}))(?![A-Za-z0-9_])/g;
const bareAccount = /(?<![A-Za-z0-9_@./\-])(?:wxid_[a-z0-9]+|[a-z][a-z0-9]*(?:_[a-z0-9]+)+|[A-Za-z]{2,30}_[A-Za-z0-9_]*\d[A-Za-z0-9_]*)(?![A-Za-z0-9_@])/g;
const nearIm = /(?:微信|薇信|[vV]信|QQ|扣扣|邮箱)[^，。；！？,;\n]{0,6}[，, ]{1,2}([A-Za-z][A-Za-z0-9]*[_\-][A-Za-z0-9_\-]{2,19}|[a-z]{3,}\d{2,8})(?![A-Za-z0-9_@])/g;
const addMe = /(?:加我|加一下|加个|加好友|加俺|加|私我|私聊|私信|找我|搜|进群找|联系我?|有事找|群主|我的号|俺的号|小号)(?:[:：\s（("“]|吧|一下|的){0,3}([a-zA-Z][A-Za-z0-9_\-]{5,19}|[1-9]\d{6,9}(?!\d))(?![A-Za-z0-9_@])/g;

const staffWord = '(?:员工证号?|职工证号?|工号牌|工号卡|入井证号?|下井证号?|信息卡号?|矿灯号|灯牌号|灯号|饭卡号|帽号|识别卡号|(?<![行存信储])卡号(?=[^0-9]{0,3}[A-Za-z]{0,3}[0-9]{4,8}(?![0-9]|[ ·.-][0-9]))|人员卡|员工卡|职工卡|工卡|员工码|人资编号|人力编号|HR编号|(?:ERP|SAP|OA|HR)(?:工号|账号|编号|号)|员工ID|职工ID|一卡通号|员工工号|职工工号|工号|工牌号|工牌|员工编号|员工号码?|员工代码|员工卡号?|职工编号|职工号码?|职工代码|职工卡号?|人员编号|人员编码|职工编码|员工编码|人事编号|胸卡号?|胸牌号?|胸前号码?|工作证(?:号码?)?|上岗证号?|考勤号|考勤卡号?|考勤编号|工资号|工资编号|工资代码|矿工号|个人编号|(?:我|俺|本人|他|她|其|个人|职工|员工|人员)的?(?:编号|代码|号))';
const staffValue = '(?:[A-Za-z]{1,6}\\(\\d{1,4}\\)\\d{2,6}|[A-Za-z]{1,6}[ ]?[\\-_·/]?[ ]?(?:\\d[\\dA-Za-z]*)(?:[\\-_·/][\\dA-Za-z]+| \\d{1,3}(?!\\d))*|\\d[\\dA-Za-z]*(?:[\\-_·/][\\dA-Za-z]+| \\d{1,4}(?!\\d))*)';
const staff = new RegExp(`${staffWord}(?:号码|号|码|牌|后)?(?:是|为|叫|写着|上|印着|写的|第|[:：;；=\\-—\\s（(\\[【"“'‘,，#№]|No\\.?|我?记得|应该|[:：]){0,5}(${staffValue})`, 'gi');
const staffMore = new RegExp(`^(?:和|、|及|与|,|，|\\s|/|[\\u4e00-\\u9fa5]{2,4}(?=[A-Za-z]{0,4}-?\\d{4})){1,3}(${staffValue})`);
const staffAfter = /(?<![A-Za-z0-9])([A-Za-z]{0,4}-?\d{4,10})(?:这个|的|号)?(?:（|\()?(?:工号|员工号|职工号)(?!\s?[:：是为A-Za-z\d])|(?<=编号[: ]?)([A-Za-z]{1,4}-?\d{3,8})(?=的?(?:职工|员工|工人|同志|师傅))/g;
const spokenStaff = new RegExp(`${staffWord}(?:是|为|[:：\\s])*([幺一二两三四五六七八九零〇○洞拐壹贰叁肆伍陆柒捌玖]{4,10})`, 'g');

const ofGroup = (match: RegExpMatchArray, type: Span['type']): Span => {
  const value = match[1] ?? match[0];
  const start = (match.index ?? 0) + match[0].lastIndexOf(value);
  return { start, end: start + value.length, type };
};

/** Without these no pattern that needs them is tried. */
const figure = /\d/, spokenFigures = /[幺一二两三四五六七八九零〇○洞拐壹贰叁肆伍陆柒捌玖]{4}/, latin = /[A-Za-z]/;

function findPlates(text: string): Span[] {
  const spans: Span[] = [];
  const lettered = latin.test(text), figured = figure.test(text);
  if (lettered && figured) for (const match of allMatches(text, plate)) {
    if (/\d/.test(match[0])) spans.push({ start: match.index, end: match.index + match[0].length, type: 'plate' });
  }
  if (!/车|牌/.test(text)) return spans;
  if (lettered) for (const match of allMatches(text, spokenPlate)) if (/[零〇幺一二两三四五六七八九\d]{2}/.test(match[0])) spans.push({ start: match.index, end: match.index + match[0].length, type: 'plate' });
  if (!figured) return spans;
  if (text.includes('·')) for (const match of allMatches(text, namedPlate)) spans.push({ start: match.index, end: match.index + match[0].length, type: 'plate' });
  if (/牌|车号/.test(text)) for (const match of allMatches(text, saidPlate)) {
    if (/\d{2}/.test(match[1] ?? '') && !/尾号/.test(match[0])) spans.push(ofGroup(match, 'plate'));
  }
  return spans;
}

function findStaff(text: string): Span[] {
  const spans: Span[] = [];
  if (!/[号牌证码卡]|ID/i.test(text)) return spans;
  const figured = figure.test(text);
  if (figured) for (const match of allMatches(text, staff)) {
    const span = ofGroup(match, 'staff_no');
    const value = text.slice(span.start, span.end).trimEnd();
    span.end = span.start + value.length;
    if (/^1[3-9]\d{9}$/.test(value) && !/[工员牌]/.test(match[0])) continue;
    if (value.replace(/[^\dA-Za-z]/g, '').length < 3 || (value.match(/\d/g) ?? []).length < 2) continue;
    spans.push(span);
    for (let at = span.end, more = staffMore.exec(text.slice(at, at + 30)); more?.[1] !== undefined; more = staffMore.exec(text.slice(at, at + 30))) {
      if (!/^[A-Za-z]{0,4}-?\d{4,}/.test(more[1]) || /^1[3-9]\d{9}$/.test(more[1]) || more[1].length > 10) break;
      if (Math.abs(more[1].length - value.length) > 1) break;
      const start = at + more[0].length - more[1].length;
      spans.push({ start, end: start + more[1].length, type: 'staff_no' });
      at = start + more[1].length;
    }
  }
  if (figured) for (const match of allMatches(text, staffAfter)) spans.push({ start: match.index, end: match.index + (match[1] ?? match[2] ?? '').length, type: 'staff_no' });
  if (figured) for (const match of allMatches(text, staffApart)) spans.push(ofGroup(match, 'staff_no'));
  if (spokenFigures.test(text)) for (const match of allMatches(text, spokenStaff)) spans.push(ofGroup(match, 'staff_no'));
  return spans;
}

function findIm(text: string): Span[] {
  const spans: Span[] = [];
  const lettered = latin.test(text);
  if (!lettered && !figure.test(text) && !spokenFigures.test(text)) return spans;
  for (const match of allMatches(text, im)) {
    const value = match[1] ?? '';
    if (/^[A-Za-z]+$/.test(value) && (value.length < 6 || !/[:： ]/.test(match[0]))) continue;
    // 报修单号WX-230714: a running number that only begins like the word.
    if ((/^[A-Za-z]{2}-\d/.test(match[0]) || /^[A-Za-z]{2}\d/.test(match[0]) && /[单编]号[:：是为]?\s?$/.test(text.slice(Math.max(0, match.index - 4), match.index))) && !/^1[3-9]\d{9}$/.test(value)) continue;
    spans.push(ofGroup(match, 'im'));
  }
  for (const match of allMatches(text, addMe)) {
    if (/\d|_|-/.test(match[1] ?? '')) spans.push(ofGroup(match, 'im'));
  }
  if (lettered) for (const match of allMatches(text, nearIm)) spans.push(ofGroup(match, 'im'));
  for (const match of allMatches(text, imAfter)) spans.push({ start: match.index, end: match.index + (match[1] ?? '').length, type: 'im' });
  if (lettered) for (const match of allMatches(text, bareAccount)) spans.push({ start: match.index, end: match.index + match[0].length, type: 'im' });
  return spans;
}

const imAfter = /(?<![A-Za-z0-9_@.\-])([A-Za-z][A-Za-z0-9_\-]{4,19}|[1-9]\d{5,11})\s?\((?:微信|薇信|[vV]信|[vV][xX]|[wW][xX]|QQ|qq|扣扣)号?\)/g;

const staffApart = /(?:工号|员工号|职工号)[\u4e00-\u9fa5]{1,7}[ :,“"]{0,2}([A-Za-z]{1,4}-?\d{3,9}|\d[\d-]{3,9}\d)(?![\d.%年月日元块人号A-Za-z])/g;
const codeAtEnd = /^ {1,2}([A-Za-z]{1,4}-?\d{4,8}|\d{2}-\d{4,6})(?=$|[\n。！!]| [\u4e00-\u9fa5])/;
const codeBracketed = /^(?:\(|\/|[,，][\u4e00-\u9fa50-9]{1,6}(?:队|区|科|班|厂|组)[,， ])((?:[A-Za-z]{1,4}-?|\d{2,4}-)?\d{3,8})(?=[),，。;；]|$|\n)|^[,， ]([A-Za-z]{1,4}-\d{4,8}|[A-Za-z]{1,3}\d{5,8})(?=[),，。;； ]|$|\n)/;
const codeAfterName = new RegExp(`^[,，、;； (（:：]{0,2}(?:个人|本人)?(?:编码|编号|代码|证号|号)(?:是|为|[:：\\s]){0,3}(${staffValue})`);

/** Codes put against names without a word: a column of them (鲍天龙20651、于占江20688), or one that opens a line (30177 查志国). */
function findCodesBeside(text: string, names: readonly Span[]): Span[] {
  const listed = names.flatMap(({ end }) => {
    const value = /^[ :]{0,2}(\d{5,8})(?![\d.%元块万吨米年])/.exec(text.slice(end, end + 12));
    return value === null ? [] : [{ start: end + value[0].length - (value[1] ?? '').length, end: end + value[0].length, type: 'staff_no' as const }];
  });
  const alike = listed.filter(({ start, end }) => listed.filter((other) => other.end - other.start === end - start).length >= 2);
  const column = alike.every(({ end }) => text[end - 1] === '0') ? [] : alike;
  const opening = names.flatMap(({ start }) => {
    const value = /(?:^|\n)([A-Za-z]{0,3}-?\d{4,8}) {1,2}$/.exec(text.slice(Math.max(0, start - 14), start))?.[1];
    if (value === undefined || /^20[0-3]\d$/.test(value)) return [];
    const at = text.lastIndexOf(value, start);
    return [{ start: at, end: at + value.length, type: 'staff_no' as const }];
  });
  return [...column, ...opening];
}

/** A code told right after a name (牛得草，编号 KJ-00123) is that person's staff number. */
export function findCodesAfter(text: string, names: readonly Span[]): Span[] {
  const told = names.flatMap(({ end }) => {
    const match = codeAfterName.exec(text.slice(end, end + 30)) ?? codeBracketed.exec(text.slice(end, end + 24)) ?? codeAtEnd.exec(text.slice(end, end + 20));
    const value = match?.[1] ?? match?.[2];
    if (match === null || match === undefined || value === undefined || /^(?:19|20)\d\d$/.test(value) || value.replace(/[^\dA-Za-z]/g, '').length < 4) return [];
    const start = end + match[0].lastIndexOf(value);
    return [{ start, end: start + value.length, type: 'staff_no' as const }];
  });
  return [...told, ...findCodesBeside(text, names)];
}

/** E-mail, instant-message accounts, staff numbers and plates of a folded text, surest first. */
export function findAccounts(text: string): { sure: Span[]; said: Span[]; loose: Span[] } {
  const sure: Span[] = [];
  if (/@|#| at |\(a\)|圈a|\(at\)|\[at\]|艾特/.test(text)) {
    for (const match of allMatches(text, email)) sure.push({ start: match.index, end: match.index + match[0].length, type: 'email' });
  }
  sure.push(...findPlates(text));
  return { sure, said: findStaff(text), loose: findIm(text) };
}
