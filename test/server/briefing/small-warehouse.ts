// In: nothing. Out: a published warehouse of a small fictional group, 2025-09 to 2026-10, in a data directory of its own.
// Invariant: seeded; the same rows each time; two waves of a survey; one document is restricted, one holds markup, one a left-over phone number.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mondayOf } from '../../../datasets/calendar.ts';
import { dataDir, versionFile, type DataDir } from '../../../datasets/data-dir.ts';
import type { Row } from '../../../datasets/schema.ts';
import { topicCodes, topicRows, type TopicCode } from '../../../datasets/taxonomy.ts';
import { writeWarehouse } from '../../../pipelines/warehouse.ts';

const units: Row<'unit'>[] = [
  { unit_id: 'G', parent_id: null, name: '青石能源集团', kind: '集团', path: 'G', level: 0, branch_id: 'G', aliases: [] },
  ...['一矿', '二矿', '三矿', '选煤厂', '运输公司'].map((name, i): Row<'unit'> => ({ unit_id: `B${i + 1}`, parent_id: 'G', name, kind: '矿井', path: `G/B${i + 1}`, level: 1, branch_id: `B${i + 1}`, aliases: [] })),
  { unit_id: 'B3T', parent_id: 'B3', name: '三矿综采队', kind: '区队', path: 'G/B3/B3T', level: 2, branch_id: 'B3', aliases: [] },
];
const sentences: Record<TopicCode, string> = {
  safety: '回风巷的浮煤已经半个月没有人清理了。', pay: '绩效工资从七月起一直没有发，问谁都说在研究。', health: '迎头的粉尘大得看不见人，口罩一个月只发两个。',
  skills: '报名参加技能鉴定的通知总是过了期才贴出来。', welfare: '班中餐送到工作面已经凉透了，夜班的人吃不上热饭。', employment: '年休假申请交了三次都没有人批复。',
  living: '家属区的暖气连着两个冬天烧不热。', environment: '矸石山一刮风，院子里全是灰。', governance: '评先的名单没有公示就报上去了。', other: '希望多组织几场篮球比赛。',
};

function random(seed: number): () => number {
  let state = seed;
  return () => { state = (state * 1664525 + 1013904223) % 4294967296; return state / 4294967296; };
}
const day = (start: string, plus: number) => new Date(Date.parse(`${start}T00:00:00Z`) + plus * 86_400_000).toISOString().slice(0, 10);

/** Texts for the checks of quotes, by document id. */
export const special = {
  restricted: '举报材料员在验收时收受好处，此件不得外传给任何人。',
  markup: '井口的<b>牌子</b>写着"安全&生产"=cmd|\u0007却没人管，绩效工资也没有说法。',
  phone: '绩效工资没有发，有事请打13869420571联系我这个人。',
} as const;

/** Writes the warehouse, or another version of it into the directory of an earlier one; returns its data directory. */
export async function smallWarehouse(asOf = '2026-10-31', version = 1, dir = dataDir(mkdtempSync(join(tmpdir(), 'zhiwei-briefing-')))): Promise<DataDir> {
  const next = random(7);
  const documents: Row<'document'>[] = [];
  const petitions: Row<'petition'>[] = [];
  const demands: Row<'demand'>[] = [];
  const add = (id: string, date: string, unit: string, topic: TopicCode, text: string, kind: Row<'document'>['kind'], restricted = false) => {
    const roll = next();
    documents.push({
      document_id: id, kind, unit_id: unit, channel: kind === 'petition' ? (roll < 0.4 ? '网上' : roll < 0.7 ? '来信' : roll < 0.95 ? '来访' : '集体访') : kind === 'note' ? '谈话' : '网上',
      received_at: `${date} 09:00:00`, received_date: date, occurred_date: null, title: null, text: restricted ? null : text, length: text.length, people: roll > 0.95 ? 7 : 1, likes: 0, restricted,
      polarity: topic === 'other' ? 'neutral' : 'negative', intensity: topic === 'other' ? 0 : topic === 'safety' ? 3 : 2, intent: '求决', critical: false, critical_reason: null, matter_id: `M${id}`, template_id: null, source_id: 'S', source_row: documents.length + 2,
    });
    demands.push({ document_id: id, topic, subtopic: null, probability: 0.9, evidence_start: 0, evidence_end: Math.min(5, text.length) });
    if (kind !== 'petition') return;
    const accepted = day(date, 3 + Math.floor(next() * 14));
    const concluded = day(accepted, 20 + Math.floor(next() * 55));
    petitions.push({
      document_id: id, registration_no: `2026-${id}`, purpose: restricted ? '检举控告' : '申诉求决', is_joint: roll > 0.95, is_escalated: roll > 0.9 && roll < 0.93, is_repeat: roll < 0.12, is_first: roll >= 0.12, stated_repeat: null, responsible_unit_id: unit,
      registered_date: date, accepted_date: accepted <= asOf ? accepted : null, accept_due_date: day(date, 15), concluded_date: concluded <= asOf && next() > 0.05 ? concluded : null, conclude_due_date: accepted <= asOf ? day(accepted, 60) : null,
      extended_days: 0, outcome: null, reply: null, satisfaction: concluded <= asOf && next() < 0.6 ? (next() < 0.85 ? 'satisfied' : 'dissatisfied') : null,
    });
  };
  let n = 0;
  for (let date = '2025-09-01'; date <= asOf; date = day(date, 1)) {
    for (const unit of units.slice(1)) {
      for (const topic of topicCodes) {
        const surge = unit.unit_id === 'B3' && topic === 'pay' && date >= '2026-10-05' ? 1.2 : 0;
        if (next() < 0.03 + surge) add(`D${String(++n).padStart(5, '0')}`, date, unit.unit_id, topic, `各位领导：${sentences[topic]}请尽快给个答复。`, next() < 0.7 ? 'petition' : next() < 0.5 ? 'note' : 'post');
      }
    }
  }
  add('X-restricted', '2026-10-12', 'B3', 'governance', special.restricted, 'petition', true);
  add('X-markup', '2026-10-13', 'B3', 'pay', special.markup, 'petition');
  add('X-phone', '2026-10-14', 'B3', 'pay', special.phone, 'petition');
  const inSurge = documents.filter((d) => d.unit_id === 'B3' && d.received_date >= '2026-10-05' && demands.some((x) => x.document_id === d.document_id && x.topic === 'pay'));

  const { survey, question, answer } = surveys((id, date, unit, topic) => add(id, date, unit, topic, `最希望解决的事：${sentences[topic]}`, 'survey_answer'), random(11));

  await writeWarehouse(join(dir.warehouse, versionFile(version)), {
    unit: units,
    headcount: units.filter((u) => u.level === 1).flatMap((u, i) => Array.from({ length: 14 }, (_, m) => ({ unit_id: u.unit_id, month: `${m < 4 ? 2025 : 2026}-${String((m + 8) % 12 + 1).padStart(2, '0')}-01`, headcount: 800 + 400 * i }))),
    document: documents, petition: petitions, demand: demands, restricted_text: [{ document_id: 'X-restricted', title: null, text: special.restricted, outcome: null, reply: null }],
    matter: documents.map((d) => ({ matter_id: d.matter_id, unit_id: d.unit_id, topic: 'pay' as const, first_date: d.received_date, last_date: d.received_date, documents: 1, letters: 1, persons: 1, people: d.people, repeats: 0, is_open: petitions.some((p) => p.document_id === d.document_id && p.concluded_date === null) })),
    topic: topicRows(), survey, question, answer,
    series: series(documents, new Map(demands.map((d) => [d.document_id, d.topic]))),
    expectation: expectations(documents, new Map(demands.map((d) => [d.document_id, d.topic])), asOf),
    hotspot: [
      { hotspot_id: 'H1', kind: 'series', title: '三矿薪酬类文字明显增多', unit_id: 'B3', topic: 'pay', subtopic: null, measure: 'documents', from_date: '2026-10-05', to_date: '2026-10-25', observed: inSurge.length, expected: 3.2, upper: 8.1, score: 6.4, terms: ['绩效', '工资', '研究'], exemplar: null, detector: 'test' },
      { hotspot_id: 'H2', kind: 'critical', title: '紧急：安全', unit_id: 'B3', topic: 'governance', subtopic: null, measure: 'documents', from_date: '2026-10-12', to_date: '2026-10-12', observed: 1, expected: 0, upper: 0, score: 3, terms: [], exemplar: null, detector: 'test' },
    ],
    hotspot_member: [...inSurge.map((d) => ({ hotspot_id: 'H1', document_id: d.document_id })), { hotspot_id: 'H2', document_id: 'X-restricted' }],
    run: [{ version, as_of: asOf, provisional_from: '2026-10-19', alarm_from: 3, month_start_day: 1, tells_acceptance: true, model: 'test', taxonomy: '2026.1', dictionary: '1', pipeline: '0.1.0', documents: documents.length, rejects: 0 }],
  });
  writeFileSync(dir.pointer, JSON.stringify({ version, file: versionFile(version) }));
  return dir;
}

/** Two waves of one survey: in October 2025, and in October 2026 with open answers. The meal is rated by all of 一矿 and by three of 二矿 alone. */
function surveys(write: (id: string, date: string, unit: string, topic: TopicCode) => void, next: () => number): { survey: Row<'survey'>[]; question: Row<'question'>[]; answer: Row<'answer'>[] } {
  const answer: Row<'answer'>[] = [];
  const waves = [{ id: 'S25', year: 2025, sheets: { B1: 11, B2: 9, B3: 12 }, pay: 1 }, { id: 'S26', year: 2026, sheets: { B1: 12, B2: 10, B3: 14, G: 6 }, pay: 3 }];
  const around = (low: number) => low + Math.floor(next() * 3);
  for (const { id, year, sheets, pay } of waves) {
    let no = 0;
    for (const [unit_id, n] of Object.entries(sheets)) {
      for (let i = 0; i < n; i++) {
        const respondent_no = ++no, say = (question_no: number, option: string, value: number | null, document_id: string | null = null) => answer.push({ survey_id: id, respondent_no, question_no, option, value, unit_id, document_id });
        say(1, next() < 0.5 ? '青年' : '中年', null);
        say(2, '', around(3));
        say(3, '工资收入', around(pay));
        say(3, '安全管理', around(2));
        if (unit_id === 'B1' || (unit_id === 'B2' && i < 3)) say(3, '班中餐', around(1));
        say(4, '', Math.floor(next() * 11));
        if (year < 2026 || i > 7) continue;
        const document_id = `${id}-${respondent_no}`;
        write(document_id, '2026-10-20', unit_id, (['pay', 'pay', 'welfare', 'safety'] as const)[i % 4]!);
        say(5, '', null, document_id);
      }
    }
  }
  const question = waves.flatMap(({ id }): Row<'question'>[] => ([
    [1, '您的年龄段', 'single', ['青年', '中年']], [2, '您对目前工作的总体满意程度(1-5分)', 'scale', []], [3, '请对以下方面的满意程度打分', 'scale', ['工资收入', '安全管理', '班中餐']], [4, '您有多大可能推荐亲友来本单位工作(0-10分)', 'nps', []], [5, '您最希望单位解决的一件事', 'open', []],
  ] as const).map(([question_no, title, type, options]) => ({ survey_id: id, question_no, title, type, is_group: question_no === 1, options: [...options] })));
  return { answer, question, survey: waves.map(({ id, year, sheets }) => ({ survey_id: id, title: `${year}年度职工满意度问卷调查`, first_date: `${year}-10-12`, last_date: `${year}-10-23`, respondents: Object.values(sheets).reduce((sum, n) => sum + n, 0), source_id: 'S' })) };
}

/** Weekly counts of each unit itself. */
function series(documents: readonly Row<'document'>[], topicOf: ReadonlyMap<string, TopicCode>): Row<'series'>[] {
  const rows = new Map<string, Row<'series'>>();
  for (const d of documents) {
    const topic = topicOf.get(d.document_id), week = mondayOf(d.received_date);
    if (topic === undefined || d.kind === 'survey_answer') continue;
    const key = `${week} ${d.unit_id} ${topic}`, row = rows.get(key) ?? { week, unit_id: d.unit_id, topic, subtopic: null, documents: 0, matters: 0, people: 0, negatives: 0, intensity_sum: 0 };
    rows.set(key, { ...row, documents: row.documents + 1, matters: row.matters + 1, people: row.people + d.people, negatives: row.negatives + Number(d.polarity === 'negative'), intensity_sum: row.intensity_sum + d.intensity });
  }
  return [...rows.values()];
}

/** Weekly counts of each unit's subtree beside a flat expectation; as in life, none of units below the second level. */
function expectations(documents: readonly Row<'document'>[], topicOf: ReadonlyMap<string, TopicCode>, asOf: string): Row<'expectation'>[] {
  const rows: Row<'expectation'>[] = [];
  for (let week = '2025-09-01'; week <= asOf; week = day(week, 7)) {
    const inWeek = documents.filter((d) => d.received_date >= week && d.received_date < day(week, 7));
    for (const unit of units.filter((u) => u.level < 2)) {
      for (const topic of topicCodes) {
        const observed = inWeek.filter((d) => topicOf.get(d.document_id) === topic && (unit.level === 0 || units.find((u) => u.unit_id === d.unit_id)?.branch_id === unit.unit_id)).length;
        const expected = unit.level === 0 ? 1.3 : 0.25;
        rows.push({ week, unit_id: unit.unit_id, topic, observed, expected, upper: expected * 3 + 1, score: observed / (expected * 3 + 1) });
      }
    }
  }
  return rows;
}
