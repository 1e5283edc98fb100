// In: nothing. Out: the row types that pass between stages, before they are tables.
// Invariant: only Incoming* may hold an identity; nothing after deidentify.ts does.
import type { AgeBand, PostGroup } from '../datasets/post-groups.ts';
import type { Row } from '../datasets/schema.ts';
import type { IdentifierType } from '../datasets/vocabulary.ts';

/** A row that could not be used, as in the `reject` table. */
export type Reject = Row<'reject'>;

/** Who wrote: used inside deidentify.ts alone, to make keyed hashes. */
export interface Identity { name?: string; phone?: string; id_card?: string; staff_no?: string; user?: string }

/** Registered facts of a petition as the ledger gives them; what the ledger leaves out stays undefined. */
export interface IncomingPetition {
  registration_no: string | null;
  purpose: Row<'petition'>['purpose'];
  is_escalated: boolean;
  /** What the ledger itself says: repeat, first, or nothing. */
  stated_repeat: boolean | null;
  responsible_unit: string | null;
  registered_date: string;
  accepted_date: string | null;
  concluded_date: string | null;
  extended_days: number;
  outcome: string | null;
  reply: string | null;
  satisfaction: Row<'petition'>['satisfaction'];
  post: PostGroup | null;
  age_band: AgeBand | null;
}

/** One text as it came in, identities and all. Lives in memory only. */
export interface IncomingDocument {
  document_id: string;
  kind: Row<'document'>['kind'];
  /** Unit as written in the file; resolved against the unit tree later. */
  unit: string | null;
  channel: Row<'document'>['channel'];
  received_at: string;
  occurred_date: string | null;
  title: string | null;
  text: string;
  people: number;
  likes: number;
  identity: Identity;
  petition: IncomingPetition | null;
  source_id: string;
  source_row: number;
}

/** What one imported file sheet yields. */
export interface Ingested {
  source: Row<'source'>;
  documents: IncomingDocument[];
  units: Row<'unit'>[];
  /** Unit as written, resolved later. */
  headcounts: { unit: string; month: string; headcount: number }[];
  survey: Row<'survey'> | null;
  questions: Row<'question'>[];
  /** `unit` as written, resolved later into `unit_id`. */
  answers: (Omit<Row<'answer'>, 'unit_id'> & { unit: string | null })[];
  rejects: Reject[];
}

/** A removed identifier: offsets in UTF-16 units of the text before removal. */
export interface Span { start: number; end: number; type: IdentifierType }

/** Private to the pipeline: keyed hashes by which a returning person is recognised. Never published. */
export interface PersonKeys { document_id: string; received_date: string; keys: string[] }

/** The facts of a document that stay from run to run: text is de-identified, labels are not yet made. */
export interface FactDocument {
  document_id: string;
  kind: Row<'document'>['kind'];
  unit_id: string;
  channel: Row<'document'>['channel'];
  received_at: string;
  received_date: string;
  occurred_date: string | null;
  title: string | null;
  text: string;
  people: number;
  likes: number;
  restricted: boolean;
  source_id: string;
  source_row: number;
}

/** The facts of a petition that stay from run to run. */
export type FactPetition = Omit<Row<'petition'>, 'is_repeat' | 'is_first'>;

/** Everything that is kept between runs: the input of every stage after ingest. */
export interface Facts {
  units: Row<'unit'>[];
  headcounts: Row<'headcount'>[];
  documents: FactDocument[];
  petitions: FactPetition[];
  petition_groups: Row<'petition_group'>[];
  surveys: Row<'survey'>[];
  questions: Row<'question'>[];
  answers: Row<'answer'>[];
  sources: Row<'source'>[];
  rejects: Reject[];
  persons: PersonKeys[];
}

/** deduplicate.ts: which matter and which template each document belongs to. */
export interface Grouping { document_id: string; matter_id: string; template_id: string | null; is_repeat: boolean }

/** segment.ts: the terms of a document with counts, most frequent first. */
export interface Segmented { document_id: string; terms: { term: string; tag: string; count: number }[] }

/** classify.ts: labels of one text, as the command line and the API give them. */
export interface Labels {
  /** `subtopic` is the second-level code, as `pay.arrears`, or null where it is unclear. */
  topics: { code: Row<'demand'>['topic']; subtopic: string | null; probability: number; evidence: [start: number, end: number] }[];
  polarity: Row<'document'>['polarity'];
  intensity: number;
  intent: Row<'document'>['intent'];
  critical: { flag: boolean; reason: string | null };
  /** Who is asked, what, for how long, how much, how many; null where none of it is told. */
  frame: DemandFrame | null;
}

/** What a text tells of its demand: words as they stand in the text, and their values. */
export type DemandFrame = Omit<Row<'demand_frame'>, 'document_id'>;

/** How a stage tells its progress: rows done out of all. */
export type Progress = (done: number, total: number) => void;
