// In: two years of made-up letters of a small group. Out: whether detect tells each event once, at the right level, and nothing else.
import { describe, expect, it } from 'vitest';
import { detect } from '../../pipelines/detect.ts';
import { aggregateWeeks, letters, plain, segmented, units, type Letter } from './detect-material.ts';

const asOf = '2026-10-31';
const run = (all: Letter[], more: { budget?: number } = {}) => {
  const documents = letters(all);
  return detect({ series: aggregateWeeks(documents), documents, terms: segmented(documents), units, headcounts: [], asOf, provisionalFrom: '2026-10-26', ...more });
};
const ordinary = new Set(run(plain()).hotspots.map((h) => `${h.unit_id} ${h.topic} ${h.from_date}`));
/** Hotspots that the ordinary letters alone do not give. */
const news = (all: Letter[]) => run([...plain(), ...all]).hotspots.filter((h) => !ordinary.has(`${h.unit_id} ${h.topic} ${h.from_date}`));
const series = (all: Letter[]) => news(all).filter((h) => h.kind === 'series').map((h) => `${h.unit_id} ${h.topic}`).sort();
const arrears = (unit: string, from: number, n: number, topic = 'pay'): Letter[] =>
  Array.from({ length: n }, (_, i) => ({ unit, topics: [topic], day: from + (i % 28), text: `结算办法改了以后，本队 中夜班费 少发 ${300 + i} 元，没有人 解释。`, words: ['结算办法', '中夜班费', '少发', '解释'] }));
/** Eight letters a week on pay at one mine, up to a day. */
const steady = (more: Partial<Letter>, to: number, from = 0): Letter[] => Array.from({ length: Math.floor(((to - from) * 8) / 7) }, (_, i) => ({ unit: 'xl', topics: ['pay'], day: from + Math.floor((i * 7) / 8), text: `关于 工资 的第 ${i} 封信。`, words: ['工资'], ...more }));

describe('detect', () => {
  it('keeps false alarms of ordinary letters within the budget of a year', () => {
    for (const budget of [0.5, 1, 2]) expect(run(plain(), { budget }).hotspots.length).toBeLessThanOrEqual(12 * budget);
  });

  it('does not tell what comes in these weeks of every year, and tells what else comes then', () => {
    const summer = (day: number): Letter[] => Array.from({ length: 30 }, (_, i) => ({ unit: ['xl', 'dh', 'bs', 'ny'][i % 4] ?? 'xl', topics: ['health'], day: day + (i % 30), text: `井下 高温 三十度，防暑 绿豆汤 没送到（${i}）。`, words: ['高温', '防暑', '绿豆汤'] }));
    const heat = news([...summer(250), ...summer(615)]).filter((h) => h.from_date >= '2026-06-01');
    expect(heat).toEqual([]);
    expect(series([...summer(250), ...summer(615), ...arrears('xl', 620, 30, 'health')])).toContain('xl health');
  });

  it('says how many of the letters are one template, and which measure stands out', () => {
    const copies = arrears('xl', 700, 24).map((l, i) => ({ ...l, template: i < 20 ? 'one' : null, people: 40 }));
    const [hotspot] = news(copies).filter((h) => h.kind === 'series' && h.unit_id === 'xl');
    expect(hotspot?.title).toContain('其中 20 件为同一模板');
    expect(hotspot?.title).toMatch(/人次最突出：观测 \d+，期望 \d+\.\d/);
  });

  it('says what kind of danger a critical text tells, and of a restricted one nothing but that', () => {
    const gas: Letter = { unit: 'xl', topics: ['safety'], day: 725, text: '受伤的人被拉到外县医院，不让说。', words: ['受伤'], critical: true, reason: '瞒报：“不让说”' };
    expect(run([...plain(), gas, { ...gas, unit: 'dh', restricted: true }]).hotspots.filter((h) => h.kind === 'critical').map((h) => h.title).sort())
      .toEqual(['东河煤矿：受限件，须当日处置', '西岭煤矿：疑似瞒报，须当日处置']);
  });

  it('shows the hottest matters of a ledger without units, with names, places and members', () => {
    const signs = '公交物业学校路灯社保停车垃圾绿化医院补贴拆迁园林桥梁河道消防电梯暖气网络地铁幼儿养老户籍低保就业税务工商质检食品药品教育体育文化旅游广播气象地震民政';
    const pick = (i: number, k: number) => { const at = (i * 37 + k * 23 + ((i * i) % 41)) % (signs.length - 1); return signs.slice(at, at + 2); };
    const other = Array.from({ length: 160 }, (_, i): Letter => ({ unit: '未注明', topics: ['living'], day: 300 + i * 2, text: `${pick(i, 1)}、${pick(i, 2)}、${pick(i, 3)}，${pick(i, 4)}，${pick(i, 5)}。`, words: [1, 2, 3, 4, 5].map((k) => pick(i, k)) }));
    const plant = Array.from({ length: 14 }, (_, i): Letter => ({ unit: '未注明', topics: ['environment'], day: 600 + i, text: `A2区丽发新城小区旁的搅拌站${['日夜轰鸣', '灰尘漫天', '没有手续', '离楼不到百米'][i % 4]}，${pick(i, 1)}也受影响。`, words: ['丽发', '新城', '小区', '搅拌站', pick(i, 1)] }));
    const documents = letters([...other, ...plant]);
    const { hotspots, members } = detect({ series: aggregateWeeks(documents), documents, terms: segmented(documents), units: [], headcounts: [], asOf, provisionalFrom: asOf });
    const [first] = hotspots.filter((h) => h.detector.startsWith('standing-matters'));
    expect(first?.title).toMatch(/^A2区“.*(丽发新城|搅拌站).*”反映集中（14 件，/);
    expect([first?.from_date, first?.to_date]).toEqual([documents[160]?.received_date, documents[173]?.received_date]);
    expect(members.filter((m) => m.hotspot_id === first?.hotspot_id).map((m) => m.document_id).sort()).toEqual(documents.slice(160).map((d) => d.document_id));
  });

  it('tells an event at one mine once, at the mine, with its words and a real sentence', () => {
    const { hotspots, members } = run([...plain(), ...arrears('xl', 640, 30)]);
    const found = hotspots.filter((h) => h.kind === 'series' && h.topic === 'pay' && h.to_date >= '2026-08-01');
    expect(found.map((h) => h.unit_id)).toEqual(['xl']);
    const [hotspot] = found;
    expect(hotspot?.title).toMatch(/^西岭煤矿薪酬诉求连续 \d+ 周高于预期（观测 \d+，期望 \d+\.\d）$/);
    expect(hotspot?.terms).toEqual(expect.arrayContaining(['结算办法', '中夜班费']));
    expect(hotspot?.exemplar).toContain('结算办法改了以后');
    expect(members.filter((m) => m.hotspot_id === hotspot?.hotspot_id).length).toBeGreaterThanOrEqual(28);
  });

  it('names an event at the second level when that carries it, and at the first when it does not', () => {
    const of = (subtopics: (i: number) => string[]) => news(arrears('xl', 640, 30).map((l, i) => ({ ...l, subtopics: subtopics(i) }))).filter((h) => h.kind === 'series');
    expect(of(() => ['pay.arrears']).map((h) => [h.unit_id, h.topic, h.subtopic, h.measure, h.title.slice(0, 11)])).toEqual([['xl', 'pay', 'pay.arrears', 'documents', '西岭煤矿薪酬·拖欠诉求']]);
    expect(of((i) => (i % 3 ? [['pay.arrears'], ['pay.level']][i % 2] ?? [] : [])).map((h) => [h.unit_id, h.topic, h.subtopic])).toEqual([['xl', 'pay', null]]);
  });

  it('sees a second-level topic take over while its topic stays as it was', () => {
    const found = news([...steady({ subtopics: ['pay.level'] }, 700), ...steady({ subtopics: ['pay.arrears'] }, 730, 700)]).filter((h) => h.kind === 'series');
    expect(found.map((h) => [h.unit_id, h.subtopic, h.measure])).toEqual([['xl', 'pay.arrears', 'documents']]);
    expect(found[0]?.title).toContain('西岭煤矿薪酬·拖欠诉求');
  });

  it('sees one joint petition of 80 people, and says how many against how many', () => {
    const found = news([{ unit: 'xl', topics: ['pay'], day: 715, text: '我们八十人联名反映 年终奖 没有发。', words: ['年终奖'], people: 80 }]).filter((h) => h.kind === 'series');
    expect(found.map((h) => [h.unit_id, h.topic, h.measure])).toEqual([['xl', 'pay', 'people']]);
    expect(found[0]?.observed).toBeGreaterThanOrEqual(80);
    expect(found[0]?.title).toMatch(/^西岭煤矿薪酬诉求.*人次高于预期（观测 8\d 人次，期望 \d\.\d；共 \d 件）$/);
  });

  it('sees the tone turn negative while the number of texts stays as it was', () => {
    const found = news([...steady({}, 695).map((l, i) => ({ ...l, polarity: i % 3 ? 'neutral' as const : 'negative' as const })), ...steady({}, 730, 695)]).filter((h) => h.kind === 'series');
    expect(found.filter((h) => h.unit_id === 'xl').map((h) => [h.topic, h.measure])).toEqual([['pay', 'negatives']]);
    expect(found[0]?.title).toMatch(/^西岭煤矿.*负面条数高于预期（观测 \d+ 条负面，/);
  });

  it('tells one event once, however many measures, levels and topics see it', () => {
    expect(series(arrears('xl', 640, 30).map((l, i) => ({ ...l, topics: ['pay', 'governance'], subtopics: ['pay.arrears', 'governance.response'], people: i % 5 ? 1 : 40 }))).length).toBe(1);
  });

  it('keeps beside the expectations those of subtopics and measures, observed as the series have them', () => {
    const { details } = run([...plain(), ...arrears('xl', 640, 30).map((l) => ({ ...l, subtopics: ['pay.arrears'], people: 3 }))]);
    const sum = (unit: string, measure: string, subtopic: string | null) => details.filter((e) => e.unit_id === unit && e.topic === 'pay' && e.measure === measure && e.subtopic === subtopic).reduce((n, e) => n + e.observed, 0);
    expect([sum('xl', 'documents', 'pay.arrears'), sum('g', 'documents', 'pay.arrears')]).toEqual([30, 30]);
    expect(sum('g', 'people', null)).toBe(['xl', 'dh', 'bs', 'ny'].reduce((n, unit) => n + sum(unit, 'people', null), 0));
    expect(new Set(details.filter((e) => e.subtopic === null).map((e) => e.measure))).toEqual(new Set(['matters', 'negatives', 'people']));
  });

  it('tells one event with two topics once', () => {
    expect(series(arrears('xl', 640, 30).map((l) => ({ ...l, topics: ['pay', 'governance'] }))).length).toBe(1);
  });

  it('tells an event that spreads over all mines once, at the group', () => {
    expect(series(['xl', 'dh', 'bs', 'ny'].flatMap((unit) => arrears(unit, 640, 16)))).toEqual(['g pay']);
  });

  it('tells two mines apart when each has its own event', () => {
    expect(series([...arrears('xl', 640, 26), ...arrears('dh', 640, 26, 'health')])).toEqual(['dh health', 'xl pay']);
  });

  it('sees a new matter that spreads thinly under several topics', () => {
    const topics = ['employment', 'welfare', 'skills', 'governance', 'living', 'other'];
    const own = [['名单', '老人'], ['志愿书', '家属', '公示'], ['学籍', '转学', '孩子'], ['安家费', '探亲'], ['气候', '身体', '体检'], ['老人', '护理', '请假'], ['合同', '工龄', '岗位']];
    const seeds = Array.from({ length: 7 }, (_, i): Letter => ({ unit: ['xl', 'dh', 'bs', 'ny'][i % 4] ?? 'xl', topics: [topics[i % 6] ?? 'other'], day: 690 + 5 * i, text: `听说要搞 划转新疆 的名单，家里老人没人管（${i}）。`, words: ['划转新疆', ...(own[i] ?? [])] }));
    const found = run([...plain(), ...seeds]).hotspots.filter((h) => h.kind === 'emergent');
    expect(found.map((h) => [h.unit_id, h.observed])).toEqual([['g', 7]]);
    expect(found[0]?.terms).toContain('划转新疆');
    expect(found[0]?.title).toContain('涉及 4 个单位');
  });

  it('does not call one text with small changes a new matter', () => {
    const seeds = Array.from({ length: 7 }, (_, i): Letter => ({ unit: ['xl', 'dh', 'bs', 'ny'][i % 4] ?? 'xl', topics: ['other'], day: 690 + 5 * i, text: `听说要搞 划转新疆 的名单，家里老人没人管（${i}）。`, words: ['划转新疆', '名单', '老人'] }));
    expect(news(seeds).filter((h) => h.kind === 'emergent')).toEqual([]);
  });

  it('begins its history where the ledger begins, not with a few old letters', () => {
    const old = Array.from({ length: 5 }, (_, i): Letter => ({ unit: 'xl', topics: ['pay'], day: -2000 + 300 * i, text: '很早的一件。', words: ['很早'] }));
    expect(run([...plain(), ...old]).expectations.reduce((first, e) => (e.week < first ? e.week : first), '9')).toBe(run(plain()).expectations.reduce((first, e) => (e.week < first ? e.week : first), '9'));
  });

  it('does not call one person who writes seven times a new matter', () => {
    const seeds = Array.from({ length: 7 }, (_, i): Letter => ({ unit: 'xl', topics: ['other'], day: 690 + 5 * i, text: '听说要搞划转新疆的名单。', words: ['划转新疆', '名单'], matter: 'one' }));
    expect(run([...plain(), ...seeds]).hotspots.filter((h) => h.kind === 'emergent')).toEqual([]);
  });

  it('puts a critical matter first, once, and quotes no restricted text', () => {
    const secret = '举报 副矿长 隐瞒工伤 的经过，请查。';
    const critical: Letter[] = [
      { unit: 'xl', topics: ['safety'], day: 725, text: '回风隅角瓦斯超限还在生产，请马上来人。', words: ['瓦斯超限', '生产'], critical: true, matter: 'gas' },
      { unit: 'xl', topics: ['safety'], day: 727, text: '还是那个面，瓦斯超限没有停。', words: ['瓦斯超限'], critical: true, matter: 'gas' },
      { unit: 'dh', topics: ['safety'], day: 720, text: secret, words: ['副矿长', '隐瞒工伤'], critical: true, restricted: true },
      { unit: 'dh', topics: ['safety'], day: 600, text: '早已过去的一件。', words: ['过去'], critical: true },
    ];
    const { hotspots } = run([...plain(), ...critical]);
    expect(hotspots.slice(0, 2).map((h) => [h.kind, h.unit_id, h.observed])).toEqual([['critical', 'xl', 2], ['critical', 'dh', 1]]);
    expect(hotspots.filter((h) => h.kind === 'critical').length).toBe(2);
    expect(hotspots[1]).toMatchObject({ terms: [], exemplar: null });
    expect(JSON.stringify(hotspots)).not.toContain('副矿长');
  });

  it('gives expectations for the group and every mine, all weeks, and the sum of the mines for the group', () => {
    const { expectations } = run(plain());
    const weeks = new Set(expectations.map((e) => e.week));
    expect(new Set(expectations.map((e) => e.unit_id))).toEqual(new Set(['g', 'xl', 'dh', 'bs', 'ny']));
    const of = (unit: string) => expectations.filter((e) => e.unit_id === unit && e.topic === 'pay');
    expect(of('g').length).toBe(weeks.size);
    const sum = (unit: string) => of(unit).reduce((n, e) => n + e.observed, 0);
    expect(sum('g')).toBe(sum('xl') + sum('dh') + sum('bs') + sum('ny'));
  });

  it('gives the same answer whatever the order of its input', () => {
    const all = [...plain(), ...arrears('xl', 640, 30)];
    const documents = letters(all), weekly = aggregateWeeks(documents), terms = segmented(documents);
    const input = { series: weekly, documents, terms, units, headcounts: [], asOf, provisionalFrom: '2026-10-26' };
    expect(detect({ ...input, documents: [...documents].reverse(), series: [...weekly].reverse(), terms: [...terms].reverse(), units: [...units].reverse() })).toEqual(detect(input));
  });
});
