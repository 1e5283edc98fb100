// In: a folded text. Out: spans of home addresses 住址 (place name and house, stair, flat numbers).
// Invariant: a workplace (工作面, 采区, 机房 …) is no address; a lone building number without a word of dwelling stays.
import { allMatches } from '../all-matches.ts';
import { isHan, surnameTier } from './name-candidates.ts';
import type { Span } from '../records.ts';

const n = '(?:[0-9]{1,4}|[一二三四五六七八九十百零〇两]{1,4}|[甲乙丙丁戊A-Fa-f](?=[0-9区栋幢座楼排单号]))';
const side = '[东西南北中前后老新左右甲乙丙丁]';
const part = `(?:(?:${side}头?|附|第){0,2}${n}(?:[\\-—]${n})?(?:号楼|号院|号公寓|号宿舍楼|号宿舍|号附${n}号?|号|#楼|#|楼|栋|幢|座|单元|门|排|条|区|组|委(?=[0-9])|舍(?=[0-9]{3})|层|室|户|期|弄|院)(?:${side}(?:户|侧|屋|间|门|头|首|边|手)|(?<=[层楼元])[东西南北中](?![\u4e00-\u9fa5]))?|[东西南北中]{1,2}(?:单元|户|门|屋)|[东西南北前后]楼(?=[0-9]{3}))`;
const dashed = '[A-Za-z]?[0-9]{1,3}(?:号楼|栋|#楼?)?[\\-—][0-9]{1,2}(?:[\\-—][0-9]{3,4})+|[0-9]{1,3}[\\-—][0-9]{1,2}[\\-—][0-9]{1,2}(?![\\-0-9])|[0-9]{1,3}[\\-—][0-9]{3,4}(?![\\-0-9])';
const chain = new RegExp(`(?:${part})(?:[ ,，]?${part}|(?:顶|底|阁)[层楼]|平房|宿舍楼?|单身楼|家属楼|公寓)*(?:[ \\-]?(?:[0-9]{1,2}\\-){0,2}(?:[A-Za-z]?[0-9]{3,4}(?![0-9.%元块A-Za-z年])|[零〇幺一二三四五六七八九]{3,4})(?:室|户|房间?|号)?)?(?:(?<=[楼层门])(?:[东西左右](?:手|边|户|侧|头)|把头)(?:第?[一二三0-9](?:家|户|间))?)?|(?<![0-9\\-A-Za-z])(?:${dashed})(?:室|户)?(?![0-9\\-A-Za-z])`, 'g');
const tail = '(?:小区|花园|家园|新村|新城|社区|家属院|家属区|家属楼|宿舍楼?|公寓|平房区?|工房|排房|棚户区|彩钢房|板房|工棚|工人村|矿工里|苑|里|园|村|庄|屯|寨|街道?|巷|路|胡同|弄|大院|院|区|寓|楼|湾|坊|府|墅|城|居|镇|乡)';
const named = new RegExp(`[\\u4e00-\\u9fa5]${tail}$`);
const dwelling = /(?:小区|花园|家园|新村|社区|家属院|家属区|家属楼|苑|里|工人村|宿舍楼?|公寓)$/;
const lane = /(?:街|巷|胡同|弄|村|庄|平房区?|组|家属院|工人村|院|新村|里|大街|道|屯)$/;
const workplace = /(?:工作面|采区|盘区|巷道|顺槽|运输巷|回风|进风|轨道巷|皮带|井口|井下|办公|机房|车间|泵房|变电|配电|库房|窗口|矿井|硐室|更衣|澡堂|浴池|食堂|餐厅|教室|会议|病房|病区|床位|宣传栏|煤仓|料场|支架|绞车|工区|队部|车棚|楼道|车位|停车场(?![前后旁对东西南北])|诊室|科室|候车|车厢|座位|柜|货架|仓库|货位)/;
const dwellWords = /(?:住|住址|地址|家在|家是|家里?|居住|现居|门牌|寄|通信处|通讯处|老家|户籍|户口|邮|楼栋|业主|租|寓|房子|房屋|户主)[^，。；！？,;!?\n]{0,3}$/;
const ownerAfter = /^(?:室|户)?[ ]?(?:[，,、 ]{0,2}(?:[联电手]|1[3-9][0-9])|的?(?:住处|住户|业主|居民|户主|租户)|的[\u4e00-\u9fa5]{2,3}|[ ，,（(]*$|[ ，,]{1,2}[\u4e00-\u9fa5]{2,3}(?:[ ，,。（(\d]|$))/;
const stops = ['居住在', '家住在', '住在', '家住', '现住', '居住于', '余寓', '住所地', '租', '停在', '停', '回', '称', '为', '现居', '原住', '租住', '住址', '地址', '家庭住址', '家在', '位于', '搬到', '寄到', '寄至', '邮寄', '请寄', '信寄', '寄', '址为', '送到', '户籍', '老家', '通信处', '户口在', '门牌', '楼栋', '住', '是', '在', '到', '俺', '我家', '我们', '你们', '我', '的', '和', '给', '把', '从', '往', '对', '了', '该', '部门', '紧靠', '我是', '但', '其', '村叫', '地点'];
const placePrefix = /(?:[\u4e00-\u9fa5A-Za-z]|(?<=[\u4e00-\u9fa5])[0-9](?=[\u4e00-\u9fa5])){1,24} ?$/;

const shop = /^的?[\u4e00-\u9fa5]{0,3}(?:店|摊|铺|门面|餐|馆|超市|架空|大厅)/;

/** Offices have addresses too, and theirs are no secret. */
const office = /局|厅|中心|公司|大厅|医院|学校|法院|仲裁|政府|办事处|银行|窗口|站点/;

/** A village corner told instead of a number: 住大李庄村东头. */
const corner = /(?<=(?:家住|住址|地址|住在|现住|现居|住|寄到|寄至|寄往|家是|家就?在|老家|户籍|搬到|村叫)[:： ]?)[\u4e00-\u9fa5]{2,16}(?:村|庄|屯|寨|镇|街|巷)(?:[东西南北中](?:头|首|边|沿|侧)|[前后]头)(?:第?[0-9一二三四五六七八九十]{1,3}(?:家|户|排))?|(?<=(?:家住|住址|地址|住在|现住|现居|老家|户籍|家就?在)[是在为:： ]{0,2})[\u4e00-\u9fa5]{2,12}(?:镇|乡|街道)[\u4e00-\u9fa5]{2,8}(?:村|庄|屯|寨)(?![委民里干部])|(?<=[，,。;；：: \n叫])[\u4e00-\u9fa5]{2,6}[镇乡][\u4e00-\u9fa5]{2,6}[村庄屯寨][东西南北]头/g;
/** The house told by counting: 自建房第三家, 窑洞下排第5孔, 大槐树往北第二家. */
const counted = /(?<=住|家|寄|址|^|[。，,;；:：\n (（])(?![让叫被把在是这那我你他她它])[\u4e00-\u9fa5]{3,18}第[0-9一二三四五六七八九十]{1,2}(?:家|户|孔|间房?|个门|排)(?=$|[，,。;；、)） \n]|就?是我家)/g;
/** A flat told by figures only, 8-2-603: the last two figures count the flats of a floor. */
const figures = /(?<![0-9A-Za-z.\/])(?<![0-9A-Za-z][\-—])[1-9][0-9]?[\-—][1-9][\-—](?:[1-9]|[12][0-9]|3[0-3])0[1-9](?![0-9A-Za-z.%\-—])/g;
const dwellNear = /接龙|住|家|房|楼|小区|址|院|户|业主|租|寓|苑|里/;
const parted = new RegExp(part, 'g');
const isDashed = new RegExp(`^(?:${dashed})`);

/** A surname and one or two characters before a pause or a verb: whose home the address before it is. */
function ownerFollows(right: string): boolean {
  const tier = surnameTier[right.charCodeAt(0)] ?? 0;
  return (tier === 1 || tier === 2) && isHan(right.charCodeAt(1)) && /^.{2,3}(?:$|[，,。;；、 (（\n]|[问反来称要求诉投在家])/.test(right);
}

/** How far to the left the place name reaches: from the last word that cannot belong to it. */
function placeBefore(text: string, at: number): string {
  const bracket = /[\u4e00-\u9fa5]\([\u4e00-\u9fa5]{2,8}\)$/.exec(text.slice(Math.max(0, at - 14), at))?.[0].slice(1) ?? '';
  if (bracket !== '') return placeBefore(text, at - bracket.length) + bracket;
  const run = placePrefix.exec(text.slice(Math.max(0, at - 24), at))?.[0] ?? '';
  if (run.endsWith(' ') && !named.test(run.trimEnd())) return '';
  let from = 0;
  for (const stop of stops) {
    const found = run.lastIndexOf(stop);
    if (found < 0) continue;
    const end = found + stop.length;
    if (/[和安来有为等回]$/.test(stop) && /^[谐平睦顺美苑园庄村里家泰福民龙]/.test(run.slice(end))) continue;
    if (stop === '停' && run[end] === '车') continue;
    if (end > from) from = end;
  }
  return run.slice(from);
}

/** Home addresses of a folded text. */
export function findAddresses(text: string): Span[] {
  if (!/[楼栋幢单元室户号排院巷组宿#\-住村庄屯街第]/.test(text)) return [];
  const spans: Span[] = [];
  const figured = /[-—]/.test(text);
  for (const match of allMatches(text, chain)) {
    const written = match[0];
    const previous = spans[spans.length - 1];
    const room = match.index - (previous?.end ?? 0);
    const place = placeBefore(text, match.index).slice(-room || match.index);
    const start = match.index - place.length;
    const end = match.index + written.length;
    const left = text.slice(Math.max(0, start - 8), start);
    const right = text.slice(end, end + 8);
    const owned = ownerAfter.test(right) || ownerFollows(right);
    const behind = (/^[\u4e00-\u9fa5]{0,4}/.exec(right)?.[0] ?? '').replace(/[0-9]$/.test(written) ? '楼道' : /^$/, '');
    if (/(?:公司|单位|厂)[^。]{0,3}(?:住所地?|注册地?|办公地?|地)址?[:：]?$/.test(text.slice(Math.max(0, start - 12), start))) continue;
    if (workplace.test(place) || workplace.test(behind) || workplace.test(left.slice(-4) + place.slice(0, 2))) continue;
    const parts = written.match(parted) ?? [];
    const said = dwellWords.test(left);
    const name = place.trimEnd().replace(/\([^)]*\)$/, '').replace(/[东西南北]头$/, '');
    const isNamed = name.length >= 2 && named.test(name);
    const block = /(?:号楼|栋|幢|号院|公寓|宿舍|舍|楼|座|#)/.test(written);
    const flat = /(?:室|户|房|门|单元|层|楼|栋|栋楼|院|甲楼|乙楼)?(?:[0-9]{3,4}|[零〇幺一二三四五六七八九]{3,4})(?:室|户|房间?|楼)?$|室$|户$/.test(written) && (block || /单元|门/.test(written)) || /-[0-9]{3,4}$/.test(written) && (block || isNamed && /[0-9]-[0-9]{1,2}-[0-9]/.test(written));
    const row = /排.{0,4}[号户首头]$/.test(written);
    const street = /号$/.test(written) && (/[\u4e00-\u9fa5]{2}(?:街|路|村|庄|屯|寨)$/.test(name) && /^(?:$|[，,。；;！!）)、 \n])/.test(right) || /[镇乡县市区].{2,}(?:街|路|村|庄|屯|寨)$/.test(name) && !/^[井楼线仓门车桥泵面层煤机变支站]/.test(right));
    let take = false;
    if (!/[0-9一二三四五六七八九十甲乙丙丁]/.test(written) || (/^一(?:座|条|期|层|区|组|门|排|院)/.test(written) && parts.length < 2) || (/^[0-9]+户$/.test(written) && !said)) continue;
    // 小区一楼的夜宵摊: a floor of an estate is nobody's home unless somebody says so.
    if (/^[一二两三]楼$/.test(written) && !said && (!owned || shop.test(right))) continue;
    if (isDashed.test(written) && parts.length < 2) take = isNamed && (said || dwelling.test(name)) || said && /-.*-/.test(written);
    else if (flat && (parts.length >= 2 || block || isNamed || /单元/.test(written))) take = true;
    else if (row) take = said || isNamed || parts.length >= 3;
    else if (parts.length >= 3 && block) take = true;
    else if (/单元/.test(written) && parts.length >= 2) take = said || (isNamed && owned);
    else if (/单元(?:顶|底|阁)[层楼]/.test(written)) take = isNamed;
    else if (block && /(?:路|街|巷)[\u4e00-\u9fa5]{2,10}院[内里]?$/.test(name)) take = true;
    else if (block && isNamed) take = said || owned || (dwelling.test(name) && !/[\u4e00-\u9fa5]$/.test(left));
    else if (block && said) take = parts.length >= 2;
    else if (/号$|户$|排$|组$|附[0-9]+号?$/.test(written)) take = (said || owned) && (isNamed || lane.test(name) || parts.length >= 2 || (said && name.length >= 2)) || (/(?:巷|胡同|弄)$/.test(name) && name.length >= 3) || street && !office.test(left + place + right);
    else if (said) take = parts.length >= 2 && isNamed;
    // 16#8304 alone is an address of a memory or a device.
    if (/^[0-9]+#[0-9]+$/.test(written) && !said && !isNamed) take = false;
    if (/^[0-9一二三四五六七八九十]{1,3}组$/.test(written) && /[镇乡].*村$/.test(name) && (said || /[，,、。 :：]$/.test(left) && /^[。.]?(?:$|\n)/.test(right))) take = true;
    if (!take) continue;
    // 永福中路88号锦绣花园3-1-502: street and estate are one address.
    if (previous !== undefined && previous.end === start) previous.end = end;
    else spans.push({ start, end, type: 'address' });
  }
  if (text.includes('第')) for (const match of allMatches(text, counted)) if (/住|家|户|房|窑|村|院|排/.test(text.slice(Math.max(0, match.index - 6), match.index) + match[0].slice(0, -2)) && !workplace.test(match[0])) spans.push({ start: match.index, end: match.index + match[0].length, type: 'address' });
  const triples = figured ? allMatches(text, figures) : [];
  for (const match of triples) if ((triples.length > 1 || dwellNear.test(text.slice(Math.max(0, match.index - 30), match.index) + text.slice(match.index, match.index + 40))) && !/(?:号|型|规格|编码)[:：]?$/.test(text.slice(0, match.index).slice(-3)) && !spans.some(({ start, end }) => start < match.index + match[0].length && match.index < end)) spans.push({ start: match.index, end: match.index + match[0].length, type: 'address' });
  if (/[村庄屯寨镇街巷]/.test(text)) for (const match of allMatches(text, corner)) spans.push({ start: match.index, end: match.index + match[0].length, type: 'address' });
  return spans;
}
