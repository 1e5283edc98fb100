// In: nothing. Out: the types that the parts of detect share.
// Invariant: a restricted document counts everywhere, but its text is never quoted and gives no terms.
import type { Row } from '../../datasets/schema.ts';
import type { Segmented } from '../records.ts';

/** A labelled document as detection sees it. */
export interface DetectDocument {
  document_id: string;
  unit_id: string;
  received_date: string;
  topics: string[];
  /** Second-level codes, at most one of each topic. */
  subtopics: string[];
  polarity: Row<'document'>['polarity'];
  critical: boolean;
  critical_reason: string | null;
  restricted: boolean;
  people: number;
  likes: number;
  matter_id: string;
  /** Told by several people in the same words. */
  template_id?: string | null;
  title?: string | null;
  text: string;
  kind: Row<'document'>['kind'];
}

export interface DetectInput {
  series: Row<'series'>[];
  documents: DetectDocument[];
  terms: Segmented[];
  units: Row<'unit'>[];
  headcounts: Row<'headcount'>[];
  /** Day the data reach to. */
  asOf: string;
  /** Monday of the first week whose registrations are still coming in. */
  provisionalFrom: string;
  /** False alarms a month that leaders accept, over all units. */
  budget?: number;
  /** Days from receipt to registration of the last year's documents, ascending; the newest weeks are incomplete by them. */
  lagDays?: readonly number[];
}

/** A hotspot with the documents that make it; of documents and a first-level topic where it says nothing else. */
export interface Found { hotspot: Omit<Row<'hotspot'>, 'measure' | 'subtopic'> & { measure?: Row<'hotspot'>['measure']; subtopic?: string | null }; members: DetectDocument[] }

export type TopicCode = Row<'series'>['topic'];

/** Days since 1970 of an ISO day. */
export const dayNumber = (day: string): number => Math.floor(Date.parse(day) / 86_400_000);
/** ISO day of a day number. */
export const isoDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
/** Orders texts by code unit, so that results do not depend on a locale. */
export const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
