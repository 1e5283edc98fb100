// In: a text. Out: whom it asks 向谁提 and what it asks 要求什么.
// Invariant: both are exact parts of the text; a wish outranks a question, a question outranks a plea for an answer.
import { allMatches } from '../../all-matches.ts';

export interface Asked { start: number; end: number }

const office = '(?:集团公司领导|[\\u4e00-\\u9fa5]{0,6}?(?:领导|集团公司|公司|集团|矿上|矿里|矿方|纪委|纪检组?|巡察组|巡视组|工会|(?:劳资|保卫|财务|行政|培训|房产|人事|后勤|生产|技术|通防|机电|安全|教培|供应|企管|环保|宣传|组织)[科处部]|信访办|办公室|经营办|中心|调度室?|安监[局处]?|环保局|单位|队里|队上|区里|班里|厂里|厂长|矿长|书记|区长|队长|主任|经理|物业|医院|保卫|社区|人力资源部?|后勤|财务|食堂|设计|接线员|组织|上级|上面|有关部门|相关部门))';
const greeting = /^\s*(?:尊敬的|敬爱的|各位)?([\u4e00-\u9fa5]{2,12}?)(?:的?(?:各位|负责)?(?:同志|师傅|老师)们?)?(?:您好|你们?好)?(?:[：:]|，(?=您好|你们?好|见信))/;
const isOffice = new RegExp(`(?:${office}|[科处部办组室局会])$`);
const named = new RegExp(`(?:恳请|请求|敬请|烦请|请|恳求|求求|求|望|盼|希望|要求|麻烦|拜托|托|建议|劳烦)(?!转告)(${office})(?=[^，。；！？,;!?\\n的过]{2,})`, 'g');
const notNamed = /[应申邀聘不被宴提求]$|(?:已经?|曾)$/;

/** The office addressed in the opening, else the one of whom something is asked by name. */
export function findAskedOf(text: string): Asked | null {
  const opening = greeting.exec(text);
  if (opening?.[1] !== undefined && isOffice.test(opening[1])) {
    const start = opening[0].indexOf(opening[1]);
    return { start, end: start + opening[1].length };
  }
  for (const m of allMatches(text, named)) {
    if (notNamed.test(text.slice(Math.max(0, m.index - 2), m.index))) continue;
    const end = m.index + m[0].length;
    return { start: end - (m[1] ?? '').length, end };
  }
  return null;
}

const wish = /恳请|请求|强烈要求|(?<![公高岗位])要求(?![的是高严“])|(?<!的)诉求|敬请|烦请|劳烦|拜托|(?<![申邀聘提宴约“])请(?![问教假客示帖战款调来外了过安勿一二两三四五六七八九十0-9])|(?<![要需请恳央谋追讲力征])求(?![助的人职学证])|(?<![希失看绝渴盼观探遥名])望(?![着见远去])|盼(?![了头])|希望|建议|托(?=[\u4e00-\u9fa5]{2,4}给)|要么(?=[^，]{2,})|能不能|能否|可否|可不可以|是否可以|让记上|不如把|还望|给个(?:准信|说法|明白)/g;
const softly = /(?<!书面)申请(?=[^书表单人过的了，。查]{2})|麻烦(?=[^事的了，。]{2})|(?:就|只|还|也|我|俺|很)?想(?:要|请|让|问|申请|看看|知道|听|回|学|了解|咨询|请教)/g;
const question = /咨询|请教|请问|询问|来询|(?<![都追])问(?![题候过了卷我他她俺责]|什么答)|(?:什么时候|啥时候|几时|几号|怎么[办算]|咋[办整算]|是不是|算不算|够不够|要不要|认不认|有没有|给几天|还能|现在能否|谁给|找谁)/g;
const questionMark = /(?:吗|呢|呀|没|么|吧|哪|谁|啥|几|多少|还是)[^，。；！？,;!?\n]{0,12}[？?]/g;
const plea = /盼复|望回复|请回复|请答复|给(?:俺|我)?(?:个|句)(?:回)?话|给解决解决|要说法|讨个说法/g;
const longest = 60;

/** From the word that asks to the end of its sentence, 60 characters at most. */
export function findAsked(text: string): Asked | null {
  for (const cues of [wish, softly, question, questionMark, plea]) {
    cues.lastIndex = 0;
    const m = cues.exec(text);
    if (m === null) continue;
    const from = cues === questionMark || cues === question ? clauseStart(text, m.index) : m.index;
    return { start: from, end: sentenceEnd(text, m.index + m[0].length, from) };
  }
  return null;
}

function clauseStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !/[，。；！？,;!?\n：:]/.test(text[start - 1] ?? '')) start--;
  return Math.max(start, at - longest / 2);
}

function sentenceEnd(text: string, at: number, from: number): number {
  let end = at;
  let comma = -1;
  while (end < text.length && !/[。；！？;!?\n]/.test(text[end] ?? '')) {
    if (end - from >= longest) return comma > from + 6 ? comma : end;
    if (/[，,]/.test(text[end] ?? '')) comma = end;
    end++;
  }
  return end;
}
