// In: words of a ledger. Out: the closed codes of the field (channel, purpose, satisfaction, yes or no).
// Invariant: a word that says nothing certain gives null, and the caller decides what that means.
import type { Row } from '../../datasets/schema.ts';

type Channel = Row<'document'>['channel'];
type Purpose = Row<'petition'>['purpose'];
type Satisfaction = Row<'petition'>['satisfaction'];

const channelWords: readonly (readonly [RegExp, Channel])[] = [
  [/集体访|集访|集体上访|集体来访|群访|联名访/, '集体访'], [/问卷/, '问卷'], [/座谈|员工议事/, '座谈'], [/谈心|谈话|访谈/, '谈话'],
  [/接待日|接访日|领导接访|领导接待/, '接待日'], [/领导信箱|书记信箱|经理信箱|董事长信箱|矿长信箱|厂长信箱|意见箱/, '领导信箱'],
  [/热线|电话|来电|12345/, '热线'], [/网|微信|公众号|app|小程序|平台|邮件|邮箱|留言|论坛|oa|线上/i, '网上'],
  [/来访|走访|上访|个访|个体访|初访|重访|现场|接访|当面|越级访/, '来访'], [/信件|来信|写信|信函|联名信|邮寄|初信|重信|书信|^信$/, '来信'], [/^访$/, '来访'],
  [/金点子|议事会|其他/, '其他'],
];

/** Channel 渠道 that a word names. */
export const toChannel = (text: string | null): Channel | null => (text === null ? null : channelWords.find(([pattern]) => pattern.test(text))?.[1] ?? null);

/** Purpose 信访目的; a topic such as 工资福利 is no purpose. */
export function toPurpose(text: string | null): Purpose {
  if (text === null) return '未分类';
  if (/检举|控告|举报/.test(text)) return '检举控告';
  if (/申诉|求决|诉求|投诉|求助|咨询|维权/.test(text)) return '申诉求决';
  return /建议|意见/.test(text) ? '建议意见' : '未分类';
}

/** Satisfaction 群众评价; undefined where the words can't be read. */
export function toSatisfaction(text: string | null): Satisfaction | undefined {
  if (text === null) return null;
  const bare = text.normalize('NFKC').replace(/\s/g, '');
  if (/未评价|未参评|未回访|弃权|拒绝评价|无法联系|待评价|未评/.test(bare)) return null;
  if (/不太?(?:满意|认可)|较差|很差|^差$|一星/.test(bare)) return 'dissatisfied';
  if (/基本满意|比较满意|较满意|一般|尚可|基本认可/.test(bare)) return 'basic';
  if (/^(?:[√✓✔☑是否×x✗✘☐])$/i.test(bare)) return toFlag(bare) ? 'satisfied' : 'dissatisfied';
  return /满意|认可|^好$|很好|优秀/.test(bare) ? 'satisfied' : undefined;
}

/** 是, √, 1, Y → true; 否, ×, 0, N → false; null where it says neither. */
export function toFlag(text: string | null): boolean | null {
  if (text === null) return null;
  const bare = text.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  if (/^(?:是|√|✓|✔|☑|对|有|1|y|yes|true|t)$/.test(bare)) return true;
  return /^(?:否|×|x|✗|✘|☐|不是|非|没有|0|n|no|false|f)$/.test(bare) ? false : null;
}

/** What a 是否重复 / 初重 / 是否初信初访 / 第几次 column says; the header tells which way a 是 points. */
export function toRepeat(text: string | null, header: string): boolean | null {
  if (text === null) return null;
  const bare = text.normalize('NFKC').replace(/\s/g, '');
  const asksFirst = /初信|初访|首次|初次/.test(header) && !/重/.test(header);
  const flag = toFlag(bare);
  const counted = /次/.test(header) && !/首次|初次/.test(header) ? /^第?(\d+)次?$/.exec(bare) : null;
  if (counted) return /重复次数/.test(header) ? Number(counted[1]) > 0 : Number(counted[1]) > 1;
  if (flag !== null) return asksFirst ? !flag : flag;
  if (/不重复|非重复|未重复/.test(bare)) return false;
  if (/重|再次|多次|二次|三次/.test(bare)) return true;
  return /初|首次|第一次|新/.test(bare) ? false : null;
}

/** What a 是否越级 column says; words such as 越级访 count, an empty cell is no. */
export const toEscalated = (text: string | null): boolean => toFlag(text) ?? (text !== null && /越级/.test(text) && !/[未非不]越级/.test(text));
