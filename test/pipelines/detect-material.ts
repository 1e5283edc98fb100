// In: short descriptions of letters. Out: documents, terms, series and units of a small made-up group.
// Invariant: seeded; day 0 is 2024-11-01, ordinary letters come at a steady pace under all topics.
import type { Row } from '../../datasets/schema.ts';
import { topicCodes } from '../../datasets/taxonomy.ts';
import type { DetectDocument } from '../../pipelines/detect/material.ts';
import type { Segmented } from '../../pipelines/records.ts';
import { weeklySeries } from '../../pipelines/weekly-series.ts';

export interface Letter { unit: string; topics: string[]; subtopics?: string[]; day: number; text: string; words: string[]; critical?: boolean; restricted?: boolean; matter?: string; template?: string | null; people?: number; polarity?: DetectDocument['polarity']; reason?: string }

const unit = (unit_id: string, name: string, level: number): Row<'unit'> => ({ unit_id, parent_id: level ? 'g' : null, name, kind: level ? '矿井' : '集团', path: level ? `g/${unit_id}` : 'g', level, branch_id: unit_id, aliases: [] });
export const units = [unit('g', '华岳能源集团', 0), unit('xl', '西岭煤矿', 1), unit('dh', '东河煤矿', 1), unit('bs', '白石煤矿', 1), unit('ny', '南岩煤矿', 1)];
const words = ['食堂', '班车', '体检', '工资', '培训', '宿舍', '瓦斯', '顶板', '合同', '物业', '噪声', '考核', '职称', '澡堂', '绩效', '年休假', '供暖', '公积金', '粉尘', '答复', '名单', '老人', '解释', '少发', '生产'];

/** Ordinary letters of two years: about three a week at each of four mines. */
export function plain(): Letter[] {
  let state = 31;
  const random = () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32; };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] ?? (list[0] as T);
  return Array.from({ length: 1250 }, (): Letter => {
    const own = [pick(words), pick(words), pick(words)];
    return { unit: pick(['xl', 'dh', 'bs', 'ny']), topics: [pick(topicCodes)], day: Math.floor(random() * 730), text: `反映${own.join('和')}方面的问题，望研究解决。`, words: [...new Set(own)] };
  });
}

export const letters = (all: Letter[]): DetectDocument[] => all.map((l, i) => ({
  document_id: `d${String(i).padStart(5, '0')}`, unit_id: l.unit, received_date: new Date(Date.UTC(2024, 10, 1 + l.day)).toISOString().slice(0, 10),
  topics: l.topics, subtopics: l.subtopics ?? [], polarity: l.polarity ?? 'negative', critical: l.critical ?? false, critical_reason: l.reason ?? null, restricted: l.restricted ?? false,
  people: l.people ?? 1, likes: 0, template_id: l.template ?? null, matter_id: l.matter ?? `d${String(i).padStart(5, '0')}`, text: l.text, kind: 'petition', words: l.words,
}));

/** The words each letter was made of, as segmentation would give them. */
export const segmented = (documents: DetectDocument[]): Segmented[] => documents.map((d) => ({
  document_id: d.document_id, terms: ('words' in d && Array.isArray(d.words) ? d.words.map(String) : []).map((term) => ({ term, tag: 'n', count: 1 })),
}));

/** The series of the letters. */
export const aggregateWeeks = (documents: DetectDocument[]): Row<'series'>[] => weeklySeries(documents);
