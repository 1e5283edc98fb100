// In: hand-written pairs of texts. Out: whether deduplicate tells letters, people and events apart as a clerk would.
import { describe, expect, it } from 'vitest';
import { deduplicate } from '../../pipelines/deduplicate.ts';
import { amountsOf, normalise, placesOf } from '../../pipelines/deduplicate/normalise.ts';
import type { FactDocument, PersonKeys } from '../../pipelines/records.ts';

interface Letter { text: string; unit?: string; day?: string; who?: string; stated?: boolean }

function group(letters: Letter[], order: (n: number) => number = (n) => n) {
  const documents: FactDocument[] = [];
  const persons: PersonKeys[] = [];
  for (const [i, { text, unit = 'xl', day = '2026-03-02', who }] of letters.entries()) {
    const document_id = `d${i + 1}`;
    documents.push({ document_id, kind: 'petition', unit_id: unit, channel: '来信', received_at: `${day}T09:00:00`, received_date: day, occurred_date: null, title: null, text, people: 1, likes: 0, restricted: false, source_id: 's', source_row: i + 1 });
    persons.push({ document_id, received_date: day, keys: who ? [who] : [] });
  }
  const shuffled = documents.map((document, i) => ({ document, at: order(i) })).sort((a, b) => a.at - b.at).map((d) => d.document);
  const stated = new Set(letters.flatMap((l, i) => (l.stated ? [`d${i + 1}`] : [])));
  const groupings = deduplicate(shuffled, persons, stated);
  expect(groupings.map((g) => g.document_id)).toEqual(shuffled.map((d) => d.document_id));
  return groupings.sort((a, b) => a.document_id.localeCompare(b.document_id));
}
const short = (letters: Letter[]) => group(letters).map((g) => `${g.matter_id}${g.template_id ? ` T${g.template_id}` : ''}${g.is_repeat ? ' R' : ''}`);

const wages = '尊敬的领导：我是综采二队职工，去年十二月的绩效工资到现在还没有发，问队里说矿上没批，问矿上说队里没报，请给个明确答复。';
const wagesAgain = '再次反映去年十二月的绩效工资，到现在还没有发，队里说矿上没批，矿上说队里没报，已经两个月了，请给个明确答复！';
const wagesEdited = '各位领导好：我是综采二队的职工，去年十二月份的绩效工资到现在还没发，问队里说矿上没批，问矿上又说队里没报，请给明确答复。谢谢';
const roof = '4106工作面回风巷顶板破碎，锚杆托盘变形，夜班还在往前赶进尺，请派人下来看一看。';
const roofOther = '今天下4106面干活，顶板一直掉渣，回风巷几根锚杆已经断了，队长不让停，工友们都不敢进去。';
const roofElsewhere = '3208工作面回风巷顶板破碎，锚杆托盘变形，夜班还在往前赶进尺，请派人下来看一看。';
const canteen = '食堂的菜又贵又凉，夜班升井以后只剩馒头，能不能给上夜班的留一口热的。';

describe('deduplicate', () => {
  it.each<{ name: string; letters: Letter[]; expected: string[] }>([
    { name: 'one person sends one text twice: a repeat, not a template', letters: [{ text: wages, who: 'a' }, { text: wages, who: 'a', day: '2026-05-06' }], expected: ['d1', 'd1 R'] },
    { name: 'one person comes back in other words: a repeat', letters: [{ text: wages, who: 'a' }, { text: wagesAgain, who: 'a', day: '2026-05-06' }], expected: ['d1', 'd1 R'] },
    { name: 'one person, another matter: not a repeat', letters: [{ text: wages, who: 'a' }, { text: canteen, who: 'a', day: '2026-05-06' }], expected: ['d1', 'd2'] },
    { name: 'one person, the same matter after more than two years: a new matter', letters: [{ text: wages, who: 'a', day: '2023-03-02' }, { text: wages, who: 'a', day: '2026-03-02' }], expected: ['d1', 'd2'] },
    { name: 'one person names the same working face again: a repeat', letters: [{ text: roof, who: 'a' }, { text: roofOther, who: 'a', day: '2026-03-20' }], expected: ['d1', 'd1 R'] },
    { name: 'the ledger states a repeat: joined with what the person wrote before', letters: [{ text: wages, who: 'a' }, { text: '上次说的事情还是没有人管，我只好又来了，不解决我就一直来。', who: 'a', day: '2026-06-01', stated: true }], expected: ['d1', 'd1 R'] },
    { name: 'the ledger states a repeat of an unknown person: counted, but founds its own matter', letters: [{ text: wages }, { text: canteen, stated: true, day: '2026-06-01' }], expected: ['d1', 'd2 R'] },
    { name: 'several people of one unit send one text: one matter, one template, no repeat', letters: [{ text: wages, who: 'a' }, { text: wagesEdited, who: 'b' }, { text: wages.replace('十二月', '12月'), who: 'c' }], expected: ['d1 Td1', 'd1 Td1', 'd1 Td1'] },
    { name: 'a template used at another unit: one template, two matters', letters: [{ text: wages, who: 'a' }, { text: wagesEdited, who: 'b', unit: 'dh' }], expected: ['d1 Td1', 'd2 Td1'] },
    { name: 'a template with another working face: one template, two matters', letters: [{ text: roof, who: 'a' }, { text: roofElsewhere, who: 'b' }], expected: ['d1 Td1', 'd2 Td1'] },
    { name: 'two people about one working face in one week: one matter', letters: [{ text: roof, who: 'a' }, { text: roofOther, who: 'b', day: '2026-03-04' }], expected: ['d1', 'd1'] },
    { name: 'the same of another year is another matter', letters: [{ text: wages, who: 'a', day: '2024-03-02' }, { text: wages, who: 'b' }], expected: ['d1 Td1', 'd2 Td1'] },
    { name: 'a joiner who comes back is a repeat', letters: [{ text: wages, who: 'a' }, { text: wagesEdited, who: 'b' }, { text: wagesAgain, who: 'b', day: '2026-04-01' }], expected: ['d1 Td1', 'd1 Td1', 'd1 Td1 R'] },
    { name: 'short texts are alike by chance: only equal ones of one unit and month meet', letters: [{ text: '希望提高工资待遇', who: 'a' }, { text: '希望提高伙食待遇', who: 'b' }, { text: '希望提高工资待遇。', who: 'c' }, { text: '希望提高工资待遇', unit: 'dh', who: 'd' }, { text: '无', who: 'e' }, { text: '无', who: 'f' }], expected: ['d1', 'd2', 'd1', 'd4', 'd5', 'd6'] },
    { name: 'marks, width, spaces and greetings make no difference', letters: [{ text: '我叫[姓名]，电话[电话]，2026年1月加班费至今未发，共计３２００元，请核实。', who: 'a' }, { text: '尊敬的领导您好！我叫[姓名] ，电话[电话]；2026 年 1 月加班费至今未发,共计3200元,请核实。谢谢', who: 'b' }], expected: ['d1 Td1', 'd1 Td1'] },
  ])('$name', ({ letters, expected }) => expect(short(letters)).toEqual(expected));

  it('does not let a chain of small changes join unlike letters', () => {
    const words = [...'煤矿井下通风运输机电安全工资绩效奖金食堂宿舍班车培训证书职称体检粉尘噪声高温工伤社保退休合同派遣调动休假物业供暖污水矸石塌陷绿化态度程序公开答复考核处分'];
    const letters = Array.from({ length: 60 }, (_, i) => ({ text: words.slice(i, i + 22).join(''), who: `p${i}` }));
    const first = group(letters).filter((g) => g.matter_id === 'd1');
    expect(first.length).toBeLessThan(16);
  });

  it('does not depend on the order of its input', () => {
    const letters = [{ text: wages, who: 'a' }, { text: wagesEdited, who: 'b' }, { text: roof, who: 'c' }, { text: wagesAgain, who: 'a', day: '2026-04-01' }, { text: roofOther, who: 'd', day: '2026-03-09' }, { text: canteen }];
    for (const order of [(n: number) => -n, (n: number) => (n * 7) % 5, (n: number) => n % 2]) expect(group(letters, order)).toEqual(group(letters));
  });

  it('never changes the matter of an earlier letter when later ones arrive', () => {
    const letters = [{ text: wages, who: 'a' }, { text: roof, who: 'c' }, { text: wagesEdited, who: 'b', day: '2026-03-05' }, { text: roofOther, who: 'c', day: '2026-03-09' }];
    const whole = group(letters).map((g) => g.matter_id);
    for (let n = 1; n < letters.length; n++) expect(group(letters.slice(0, n)).map((g) => g.matter_id)).toEqual(whole.slice(0, n));
  });

  it('normalises what copies differ in and reads what matters differ in', () => {
    expect(normalise('尊敬的领导：您好！我叫[姓名]，工号８８１２，欠 3,200 元。')).toBe('我叫工号0欠0元');
    expect(placesOf('4106面和3下907运顺、２号井、XR-2041 支架，2026年3月，0.8%')).toEqual(['2号井', '3下907', '4106', 'xr-2041']);
    expect(amountsOf('欠 3,200 元，另有12元，共1.5万')).toEqual(['3200']);
  });
});
