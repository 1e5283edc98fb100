// In: all rows of a survey export 问卷. Out: the survey, its questions and answers, and a document for each open answer.
// Invariant: no respondent's identity leaves: IP, name and phone columns are dropped, numbers are given by hash order.
import type { IncomingDocument, Ingested } from '../../records.ts';
import type { SheetRow } from '../../readers/sheet.ts';
import { optionalText } from '../clean-text.ts';
import type { UsedFor } from '../map-columns.ts';
import { maxText } from '../read-document.ts';
import { dateOf, dateProblem, labelOf, shortHash, type Problem, type SheetContext } from '../sheet-context.ts';
import { findQuestions, tally, type Question } from '../survey-questions.ts';
import { answerText, generalise, optionText, scaleScore, splitOptions } from '../survey-values.ts';

type Survey = Pick<Ingested, 'survey' | 'questions' | 'answers' | 'documents'> & { problems: Map<number, Problem[]>; used: Map<number, UsedFor> };
interface Respondent { row: SheetRow; at: string; day: string; number: number; unit: string | null }
type Answer = Ingested['answers'][number];

/** Groups rarer than this in a question with many of them are merged into 其他. */
const rare = 5;
const manyGroups = 20;

/** Reads a whole survey; a row without a date or without any answer is a problem. */
export function readSurvey(context: SheetContext, rows: readonly SheetRow[]): Survey {
  const used = new Set([context.columns.get('received')?.index, context.columns.get('registered')?.index].filter((index) => index !== undefined));
  const questions = findQuestions(context.all, rows, used);
  const problems = new Map<number, Problem[]>();
  const respondents = findRespondents(context, rows, questions, problems);
  const answers: Answer[] = [];
  const documents: IncomingDocument[] = [];
  const survey_id = context.source_id;
  const groups = new Map(questions.filter(({ is_group }) => is_group).map((question) => [question, groupOf(question, respondents)]));
  for (const respondent of respondents) {
    for (const [i, question] of questions.entries()) {
      const about = { survey_id, respondent_no: respondent.number, question_no: i + 1, unit: respondent.unit };
      if (question.type === 'open') {
        const document = openAnswer(context, respondent, i + 1, question);
        if (!document) continue;
        documents.push(document);
        answers.push({ ...about, option: '', value: null, document_id: document.document_id });
      } else for (const { option, value } of choices(question, respondent, groups.get(question))) answers.push({ ...about, option, value, document_id: null });
    }
  }
  const days = respondents.map(({ day }) => day).sort();
  const survey = { survey_id, title: titleOf(context), first_date: days[0] ?? '', last_date: days.at(-1) ?? '', respondents: respondents.length, source_id: context.source_id };
  return {
    survey: respondents.length > 0 ? survey : null, documents, answers, problems,
    used: new Map(questions.flatMap(({ parts, is_unit }) => parts.map(({ index }) => [index, is_unit ? 'unit' : 'question'] as const))),
    questions: questions.map((question, i) => ({
      survey_id, question_no: i + 1, title: question.title, type: question.type, is_group: question.is_group,
      options: question.is_group ? tally(respondents.flatMap((respondent) => choices(question, respondent, groups.get(question)).map(({ option }) => option))) : question.options,
    })),
  };
}

function findRespondents(context: SheetContext, rows: readonly SheetRow[], questions: readonly Question[], problems: Map<number, Problem[]>): Respondent[] {
  const unitIndex = questions.find(({ is_unit }) => is_unit)?.parts[0]?.index ?? context.columns.get('unit')?.index ?? -1;
  const dateField = context.columns.has('received') ? 'received' : 'registered';
  const found: Respondent[] = [];
  for (const row of rows) {
    const parsed = dateOf(context, row, dateField);
    const answered = questions.some(({ parts }) => parts.some(({ index }) => answerText(row.cells[index]) !== null));
    if (row.problem) problems.set(row.row, [{ column: '整行', cell: null, reason: row.problem, remedy: '重新导出该文件' }]);
    else if (!('day' in parsed)) problems.set(row.row, [dateProblem(context, row, dateField, parsed.fault)]);
    else if (!answered) problems.set(row.row, [{ column: questions[0]?.title ?? labelOf(context, dateField), cell: null, reason: '整份答卷为空', remedy: '删去该行' }]);
    else found.push({ row, at: parsed.at, day: parsed.day, number: 0, unit: optionalText(row.cells[unitIndex]) });
  }
  const order = [...found].sort((a, b) => (shortHash(context.file_hash, context.sheet, a.row.row) < shortHash(context.file_hash, context.sheet, b.row.row) ? -1 : 1));
  for (const [i, respondent] of order.entries()) respondent.number = i + 1;
  return order;
}

/** How a group question's answers are kept: banded, and rare ones merged where there are many (units excepted). */
function groupOf(question: Question, respondents: readonly Respondent[]): (text: string, day: string) => string {
  const of = (text: string, day: string) => generalise(question.title, text, Number(day.slice(0, 4)));
  if (question.is_unit) return of;
  const counts = new Map<string, number>();
  for (const { row, day } of respondents) {
    const text = answerText(row.cells[question.parts[0]?.index ?? -1]);
    if (text !== null) counts.set(of(text, day), (counts.get(of(text, day)) ?? 0) + 1);
  }
  return counts.size <= manyGroups ? of : (text, day) => ((counts.get(of(text, day)) ?? 0) < rare ? '其他' : of(text, day));
}

function choices(question: Question, { row, day }: Respondent, group: ((text: string, day: string) => string) | undefined): { option: string; value: number | null }[] {
  const given = question.parts.map(({ index, name }) => ({ name, cell: row.cells[index] ?? null, text: answerText(row.cells[index]) })).filter((part): part is typeof part & { text: string } => part.text !== null);
  if (question.type === 'single') return given.map(({ text }) => ({ option: group ? group(text, day) : optionText(text), value: null }));
  if (question.type === 'multiple' && question.joiner !== '') return given.flatMap(({ text }) => splitOptions(text, question.joiner)).map((option) => ({ option, value: null }));
  if (question.type === 'multiple') return given.filter(({ text }) => !['0', 'false', '否'].includes(text)).map(({ name }) => ({ option: name, value: null }));
  return given.flatMap(({ name, cell }) => { const value = scaleScore(cell); return value === null ? [] : [{ option: name, value }]; });
}

const idle = /^(?:无|没有|没|暂无|没有了|没意见|无意见|没有意见|无建议|没有建议|暂时没有|暂无意见|暂无建议|不知道|不清楚|挺好|好|很好|同上|满意|无所谓|[\d\s.,。，、!！?？~～…-]+)[。.!！]*$/;

/** A document for an open answer, none for 无, 没有 and the like. */
function openAnswer(context: SheetContext, { row, at, unit }: Respondent, question_no: number, question: Question): IncomingDocument | null {
  const text = answerText(row.cells[question.parts[0]?.index ?? -1]);
  if (text === null || idle.test(text)) return null;
  return {
    document_id: shortHash('survey_answer', context.file_hash, context.sheet, row.row, question_no), kind: 'survey_answer', unit, channel: '问卷',
    received_at: at, occurred_date: null, title: null, text: text.slice(0, maxText), people: 1, likes: 0, identity: {}, petition: null, source_id: context.source_id, source_row: row.row,
  };
}

function titleOf(context: SheetContext): string {
  const title = context.titles.find((text) => text.length >= 4 && text.length <= 60);
  if (title) return title;
  return /^(?:sheet|表|工作表)\s*\d*$/i.test(context.sheet) ? context.file.replace(/\.[^.]+$/, '').replace(/^\d+_/, '') : context.sheet;
}
