// In: the words around a table: lines above the header, sheet name, file name. Out: the unit that all of it is about.
// Invariant: only a name that ends like a unit's is taken; the group itself and an office that fills in forms are none.

/** 填报单位：东山煤矿; 单位：件 is a measure, not a unit. */
const labelled = /(?:填报|报送|编制|上报|所属|制表)?单位(?:名称|[(（](?:盖章|公章)[)）])?[:：]\s*([^\s:：]{2,20})/;
const measure = /^(?:件次?|人次?|万?元|次|批次?|件[、/]人|人[、/]件)$/;
const office = /(?:信访办公室|信访办|信访处|党群工作部|综合办公室|党委办公室|办公室|工会)$/;
/** 西岭煤矿2026年10月信访台账, 06东沟煤矿信访件, 南坪煤矿 */
const leading = /^[\d\s._、\-—（）()]*([\p{Script=Han}]{2,16}?(?:煤矿|矿业公司|矿业|矿|厂|公司|医院|学校|处|车间|区队|队))(?=$|\d|[\s_（(\-—“《]|二〇|(?:领导|职工|员工|干部)?(?:信访|来信|来访|接访|接待|谈心|谈话|座谈|诉求|意见|网上|网络|留言|台账|登记|问卷|思想|在岗|各))/u;

/** Unit that a title starts with, or null. */
export function unitInTitle(words: string): string | null {
  const unit = leading.exec(words.normalize('NFKC').trim())?.[1];
  return unit === undefined || /集团|各|信访|工会|办公|党群|全公司|全矿|^[本我该煤]|上级/.test(unit) ? null : unit;
}

/** Unit of a whole sheet: first what is labelled, then titles, sheet and file name. */
export function statedUnit(titles: readonly string[], sheet: string, file: string): string | null {
  for (const title of titles) {
    const unit = labelled.exec(title)?.[1];
    const bare = unit?.replace(office, '');
    if (unit && bare !== undefined && !measure.test(unit)) return bare.length >= 3 ? bare : unit;
  }
  for (const words of [...titles, sheet, file.replace(/\.[^.]+$/, '')]) {
    const unit = unitInTitle(words);
    if (unit !== null) return unit;
  }
  return null;
}
