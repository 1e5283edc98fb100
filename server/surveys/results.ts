// In: a survey as far as somebody may see it, and a unit's path. Out: its questions beside those of the wave before.
// Invariant: the one place that says what of a survey may be told of a unit; the page 调查 and the briefing read the same.
import type { Row } from '../../datasets/schema.ts';
import { unitsOf, within } from '../scope.ts';
import type { Survey, SurveyQuestion } from './api.ts';
import { sheetsByUnit, topicsOf, type SurveyReader } from './read.ts';
import { wave, type Sheets } from './tally.ts';
import { waveBefore } from './waves.ts';

export interface Places { units: ReadonlyMap<string, Row<'unit'>>; top: string; inView: (unit: string) => boolean }

/** Units by id, and whether one lies within a path (undefined is everything). */
export async function placesOf(reader: SurveyReader, path: string | undefined): Promise<Places> {
  const units = new Map((await unitsOf(reader)).map((u) => [u.unit_id, u]));
  const top = [...units.values()].find((u) => u.parent_id === null)?.unit_id ?? '';
  return { units, top, inView: (unit: string) => within(units.get(unit)?.path ?? '', path ?? null) };
}

export interface SurveyResults { before: Survey | null; questions: SurveyQuestion[]; sheets: Sheets; places: Places }

/** `all` are the surveys of the same path, see `surveysOf`. */
export async function resultsOf(reader: SurveyReader, survey: Survey, all: readonly Survey[], path: string | undefined): Promise<SurveyResults> {
  const before = waveBefore(survey, all);
  const places = await placesOf(reader, path);
  const [sheets, past, topics] = await Promise.all([sheetsByUnit(reader, survey.survey_id), before && sheetsByUnit(reader, before.survey_id), topicsOf(reader, survey.survey_id, places.inView)]);
  const questions = wave(sheets, past, places.inView, places.top, survey.respondents).map((q) => ({ ...q, topics: q.withheld ? [] : topics(q.question_no) }));
  return { before, questions, sheets, places };
}
