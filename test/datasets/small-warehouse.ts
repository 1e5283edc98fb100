// In: nothing. Out: a small warehouse whose figures can be counted by hand on one page.
// Invariant: every row below is meant to be read; keep it under thirty petitions.
import type { Row } from '../../datasets/schema.ts';
import { topicRows } from '../../datasets/taxonomy.ts';
import type { WarehouseRows } from '../../pipelines/warehouse.ts';

const unit = (unit_id: string, parent_id: string | null, kind: string, path: string): Row<'unit'> =>
  ({ unit_id, parent_id, name: unit_id, kind, path, level: path.split('/').length - 1, branch_id: path.split('/')[1] ?? unit_id, aliases: [] });

const units = [
  unit('集团', null, '集团', '集团'), unit('东山', '集团', '矿井', '集团/东山'), unit('西岭', '集团', '矿井', '集团/西岭'),
  unit('综采一队', '东山', '区队', '集团/东山/综采一队'),
];

interface Line {
  id: string; unit: string; day: string; topics?: Row<'demand'>['topic'][]; people?: number; channel?: Row<'document'>['channel']; polarity?: Row<'document'>['polarity']; intensity?: number;
  purpose?: Row<'petition'>['purpose']; accepted?: string; concluded?: string; extended?: number; satisfaction?: Row<'petition'>['satisfaction']; repeat?: boolean; matter?: string; critical?: boolean;
}
const later = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** October 2026 has six petitions, September four, October 2025 three; the data reach to 2026-10-31. */
export const lines: Line[] = [
  { id: 'o1', unit: '东山', day: '2026-10-02', topics: ['pay'], polarity: 'negative', intensity: 2, accepted: '2026-10-10', concluded: '2026-10-20', satisfaction: 'satisfied' },
  { id: 'o2', unit: '东山', day: '2026-10-05', topics: ['pay', 'governance'], polarity: 'negative', intensity: 3, accepted: '2026-10-25', repeat: true, matter: 'o1' },
  { id: 'o3', unit: '综采一队', day: '2026-10-06', topics: ['safety'], polarity: 'negative', intensity: 3, channel: '集体访', people: 12, accepted: '2026-10-07', critical: true },
  { id: 'o4', unit: '西岭', day: '2026-10-08', topics: ['health'], polarity: 'neutral', intensity: 0 },
  { id: 'o5', unit: '西岭', day: '2026-10-25', topics: ['welfare'], polarity: 'positive', intensity: 0, accepted: '2026-10-26', concluded: '2026-10-30', satisfaction: 'dissatisfied' },
  { id: 'o6', unit: '西岭', day: '2026-10-30', topics: ['pay'], polarity: 'negative', intensity: 1, purpose: '检举控告' },
  { id: 's1', unit: '东山', day: '2026-09-03', topics: ['pay'], polarity: 'negative', intensity: 2, accepted: '2026-09-04', concluded: '2026-09-20', satisfaction: 'basic' },
  { id: 's2', unit: '东山', day: '2026-09-09', topics: ['living'], polarity: 'neutral', intensity: 0, accepted: '2026-09-12', concluded: '2026-09-30' },
  { id: 's3', unit: '西岭', day: '2026-09-15', topics: ['safety'], polarity: 'negative', intensity: 1, accepted: '2026-09-20', concluded: '2026-09-25', satisfaction: 'satisfied' },
  { id: 's4', unit: '西岭', day: '2026-09-30', topics: ['other'], polarity: 'neutral', intensity: 0 },
  { id: 'y1', unit: '东山', day: '2025-10-01', topics: ['pay'], polarity: 'negative', intensity: 1, accepted: '2025-10-02', concluded: '2026-01-31', extended: 30 },
  { id: 'y2', unit: '东山', day: '2025-10-12', topics: ['pay'], polarity: 'neutral', intensity: 0, accepted: '2025-10-13', concluded: '2025-12-12' },
  { id: 'y3', unit: '西岭', day: '2025-10-20', topics: ['skills'], polarity: 'neutral', intensity: 0, accepted: '2025-10-22' },
];

const answers = (option: string, values: number[], start: number): Row<'answer'>[] =>
  values.map((value, i) => ({ survey_id: '问卷', respondent_no: start + i, question_no: 1, option: '', value, unit_id: option, document_id: null }));

export const smallWarehouse: WarehouseRows = {
  unit: units, topic: topicRows(),
  headcount: [
    { unit_id: '东山', month: '2026-10-01', headcount: 2000 }, { unit_id: '综采一队', month: '2026-10-01', headcount: 200 }, { unit_id: '西岭', month: '2026-10-01', headcount: 1000 },
    { unit_id: '东山', month: '2026-09-01', headcount: 2200 }, { unit_id: '西岭', month: '2026-09-01', headcount: 1000 },
  ],
  document: lines.map((l, i): Row<'document'> => ({
    document_id: l.id, kind: 'petition', unit_id: l.unit, channel: l.channel ?? '来信', received_at: `${l.day} 09:00:00`, received_date: l.day, occurred_date: null, title: null,
    text: l.purpose === '检举控告' ? null : '文字', length: 2, people: l.people ?? 1, likes: 0, restricted: l.purpose === '检举控告', polarity: l.polarity ?? 'neutral', intensity: l.intensity ?? 0, intent: '求决',
    critical: l.critical ?? false, critical_reason: null, matter_id: l.matter ?? l.id, template_id: null, source_id: 's', source_row: i + 2,
  })),
  petition: lines.map((l): Row<'petition'> => ({
    document_id: l.id, registration_no: l.id, purpose: l.purpose ?? '申诉求决', is_joint: (l.people ?? 1) >= 5, is_escalated: false, is_repeat: l.repeat ?? false, is_first: !l.repeat, stated_repeat: null,
    responsible_unit_id: l.unit, registered_date: l.day, accepted_date: l.accepted ?? null, accept_due_date: later(l.day, 15), concluded_date: l.concluded ?? null,
    conclude_due_date: later(l.accepted ?? l.day, 60 + (l.extended ?? 0)), extended_days: l.extended ?? 0, outcome: null, reply: null, satisfaction: l.satisfaction ?? null,
  })),
  demand: lines.flatMap((l) => (l.topics ?? []).map((topic) => ({ document_id: l.id, topic, subtopic: topic === 'pay' ? 'pay.arrears' : null, probability: 0.9, evidence_start: 0, evidence_end: 2 }))),
  // Who wrote: two posts in 2026, one in 2025, two age bands.
  group_demand: ([
    ['2026-01-01', 'post', '采煤掘进', 'pay', 4, 8], ['2026-01-01', 'post', '其他', 'pay', 1, 5], ['2025-01-01', 'post', '采煤掘进', 'pay', 2, 8],
    ['2026-01-01', 'age_band', '30岁以下', 'pay', 3, 6], ['2026-01-01', 'age_band', '40–49岁', 'pay', 2, 5], ['2026-01-01', 'age_band', '40–49岁', 'safety', 0, 5],
  ] as const).map(([year, grouping, group_name, topic, petitions, of_petitions]) => ({ year, grouping, group_name, topic, petitions, of_petitions })),
  petition_group: [{ document_id: 'o1', post: '采煤掘进', age_band: '30岁以下' }],
  survey: [{ survey_id: '问卷', title: '问卷', first_date: '2026-10-01', last_date: '2026-10-10', respondents: 17, source_id: 's' }],
  question: [
    { survey_id: '问卷', question_no: 1, title: '愿意推荐吗', type: 'nps', is_group: false, options: [] },
    { survey_id: '问卷', question_no: 2, title: '您的年龄段', type: 'single', is_group: true, options: ['青年', '中年'] },
    { survey_id: '问卷', question_no: 3, title: '各项满意程度', type: 'scale', is_group: false, options: ['食堂', '澡堂'] },
  ],
  // 东山 6 people, 西岭 4 (under five), 综采一队 7: 西岭 is withheld, and the next smallest, 东山, with it.
  // Of 综采一队 two are young; seven scored the canteen, two of them the bath-house too.
  answer: [
    ...answers('东山', [10, 9, 8, 7, 3, 2], 1), ...answers('西岭', [9, 9, 2, 1], 7), ...answers('综采一队', [10, 10, 10, 9, 8, 6, 0], 11),
    ...answers('综采一队', [0, 0, 0, 0, 0, 0, 0], 11).map((a, i) => ({ ...a, question_no: 2, option: i < 2 ? '青年' : '中年', value: null })),
    ...answers('综采一队', [3, 3, 3, 3, 3, 3, 3], 11).map((a) => ({ ...a, question_no: 3, option: '食堂' })),
    ...answers('综采一队', [1, 2], 11).map((a) => ({ ...a, question_no: 3, option: '澡堂' })),
  ],
  run: [{ version: 1, as_of: '2026-10-31', provisional_from: '2026-10-26', alarm_from: 3, month_start_day: 1, tells_acceptance: true, model: 'm', taxonomy: 't', dictionary: 'd', pipeline: 'p', documents: lines.length, rejects: 0 }],
};
