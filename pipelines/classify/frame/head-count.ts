// In: a text. Out: how many people stand behind the matter or suffer from it 涉及人数.
// Invariant: the words are an exact part of the text; 2 to 100,000; those who died long ago, are hired or only counted elsewhere are none.
import { allMatches } from '../../all-matches.ts';
import type { Told } from './durations.ts';
import { numberOf, numberSource } from './numbers.ts';

const noun = '(?:(?:个|名|位|号|口子|来号|多号|余名|余人|来人|多人|口)?(?:人(?![民家员物事力均次工造])|职工|工人|女工|员工|弟兄们?|兄弟|工友|家属|业主|光棍|同事|老工人|姐妹|矿工|老住户|住户代表|师傅)|(?<=[多来余几])号(?=[\\u4e00-\\u9fa5])|口子)';
const candidate = new RegExp(`(${numberSource})${noun}`, 'g');
const ours = /(?:我们|俺们|咱们?|[我俺][班队组区厂]?|[班队组科段区部岗厂]里?|全[村楼院]|一共|总共|同来|同批|代表|签名|[摁按]手印|来访|联名|实际|后附|加起来|涉及|[早中夜晚]班(?:还有)?|里头(?:还有)?|下面|车间|宿舍|单身楼|分到|考试的|还有)[\u4e00-\u9fa5]{0,3}$/;
/** What befalls all of them: says whose matter it is when nothing before does. */
const befalls = /^(?:都|全|一分|从\S{1,6}调|没[见发一]|被(?!困)|摁|按手印|联名|反映|要求|等着|挤|加|至今|集体)/;
const never = /(?:招|录用?|死|伤|埋|砸|困|走|亡|抬出|救|聘|配|编制|定员|定编|限|选|评|前|第|每|挂名|吃空饷|来了|有|花名册上有|雇|差|缺|添|增加?|有过|每班|每人)(?:了|过|着|[一-龥]{0,2}有)?$/;
const notAfter = /^(?:被困|重伤|轻伤|死亡|受伤|遇难|伤亡|就够|编制|一[组桌间屋]|间|以[上下]|份|次|分之|都?是机关|从没|次)/;

/** The largest told number of people whose matter it is. */
export function findPeople(text: string): Told | null {
  let best: Told | null = null;
  for (const match of allMatches(text, candidate)) {
    const start = match.index, end = start + match[0].length;
    const left = text.slice(Math.max(0, start - 10), start), right = text.slice(end, end + 6);
    if (never.test(left) || notAfter.test(right) || !(ours.test(left) || befalls.test(right))) continue;
    if (/[俩仨两二]/.test(match[1] ?? '') && (numberOf(match[1] ?? '') ?? 0) < 4 && !/(?:我们|俺们|咱们?|来访|[我俺])[^，。]{0,3}$/.test(left)) continue;
    const value = Math.floor(numberOf(match[1] ?? '') ?? 0);
    if (value >= 2 && value <= 100_000 && (best === null || value > best.value)) best = { start, end, value };
  }
  return best;
}
