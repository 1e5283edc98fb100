// In: a sheet's columns, their fields, and the words of its name and titles. Out: what kind of file it is, or null.
// Invariant: headers decide; names only break a tie.
import type { SourceKind } from '../../datasets/vocabulary.ts';
import { knownHeaders, levelHeader, type Field } from './fields.ts';
import type { Column } from './find-header.ts';
import { normaliseHeader, questionNumber } from './normalise-header.ts';
import { parseMonth } from './parse-date.ts';

const petitionFields: readonly Field[] = ['registration_no', 'responsible_unit', 'registered', 'accepted', 'concluded', 'purpose', 'repeat', 'escalated', 'satisfaction', 'extended_days', 'reply', 'outcome', 'channel', 'people'];
const platform = /^(?:提交答卷时间|所用时间|来自ip|来源详情|答题时长|答题时间|开始答题时间|结束答题时间|提交时间|答卷编号|总分)$/;

/** Kind of the sheet; `hints` are its file name, sheet name and title lines. */
export function recogniseKind(columns: readonly Column[], mapped: ReadonlyMap<Field, Column>, hints: string): SourceKind | null {
  const has = (...names: Field[]) => names.some((name) => mapped.has(name));
  const headers = columns.map(({ leaf }) => normaliseHeader(leaf));
  const questions = columns.filter(({ label }) => questionNumber(label) !== null && !knownHeaders.has(normaliseHeader(label))).length;
  const platformColumns = headers.filter((header) => platform.test(header)).length;
  if (questions >= 2 && (platformColumns >= 1 || questions >= columns.length / 2) && !has('registration_no')) return 'survey';
  if (platformColumns >= 2 && columns.length >= 4) return 'survey';
  const months = columns.filter(({ label }) => /月/.test(label) && parseMonth(label, { year: 2000, today: '9999-12-31' }) !== null).length;
  const namesUnit = has('unit', 'unit_name', 'unit_code', 'title');
  const dated = has('received', 'registered', 'occurred', 'month');
  if (!dated && !has('text', 'headcount', 'people', 'parent') && headers.filter((header) => levelHeader.test(header)).length >= 2) return 'unit';
  if (!dated && !has('text', 'headcount', 'people') && months === 0 && has('unit', 'unit_name') && has('unit_kind', 'aliases')) return 'unit';
  if (!has('text')) {
    if (namesUnit && (has('headcount') || ((has('people') || months >= 2) && /在岗|在册|人数|用工/.test(hints) && !/信访|来访|件数|投诉|诉求/.test(hints))) && !has('parent')) return 'headcount';
    if (namesUnit && (has('parent') || (has('unit_code') && has('unit_kind')))) return 'unit';
    if (/问卷|答卷|调查|测评/.test(hints) && columns.length >= 4 && !has('title')) return 'survey';
    if (!has('title')) return null;
  }
  if (!has('received', 'registered', 'occurred', 'accepted')) return has('text') && /信访|来访|台账/.test(hints) ? 'petition' : null;
  const petition = petitionFields.filter((field) => mapped.has(field)).length;
  const says = (words: RegExp) => headers.some((header) => words.test(header));
  if (petition < 3 && says(/谈话|谈心|座谈|访谈/)) return 'note';
  if (petition < 3 && says(/发帖|帖子|评论|昵称|网名/)) return 'post';
  if (has('registration_no') || petition >= 3) return 'petition';
  if (has('likes') || says(/发布时间/)) return 'post';
  if (says(/信访|来访|来信|上访|接访|来电|留言/)) return 'petition';
  if (/谈心|谈话|座谈|访谈/.test(hints)) return 'note';
  if (/员工心声|论坛|帖|舆情|网络|评论/.test(hints) && petition <= 1) return 'post';
  return 'petition';
}
