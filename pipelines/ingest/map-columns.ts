// In: a header, the first data rows, and mappings that people gave or saved. Out: which column holds which field, and why.
// Invariant: a field has one column, a column one field; every decision is told, the guessed ones as guesses.
import { createHash } from 'node:crypto';
import { ZhiweiError } from '../../datasets/errors.ts';
import type { SourceKind } from '../../datasets/vocabulary.ts';
import type { SheetRow } from '../readers/sheet.ts';
import { fieldNames, fields, guesses, knownHeaders, officeHeading, personalFields, unusedHeaders, type Field } from './fields.ts';
import type { Column } from './find-header.ts';
import { normaliseHeader } from './normalise-header.ts';
import { parseDate } from './parse-date.ts';

/** What `--mapping FILE` holds: field → header, for one sheet or for every one. */
export interface ExplicitMapping { kind?: SourceKind | undefined; sheet?: string | undefined; columns?: Record<string, string> | undefined }
/** Mappings kept in data/mappings.json, by the fingerprint of the headers. */
export type SavedMappings = Record<string, { kind: SourceKind; columns: Record<string, string> }>;
export type How = 'explicit' | 'saved' | 'synonym' | 'guess' | 'unused';
/** What a column that holds no single field serves: a survey's question or unit, one month's headcount. */
export type UsedFor = 'question' | 'unit' | 'headcount';
export interface Decision { column: string; field: Field | UsedFor | null; how: How }
export interface Mapping { decisions: Decision[]; columns: Map<Field, Column>; fingerprint: string }

/** The same for files with the same headers in any order. */
export const fingerprint = (columns: readonly Column[]): string =>
  createHash('sha256').update(columns.map(({ label }) => normaliseHeader(label)).sort().join('\n')).digest('hex').slice(0, 16);

interface Candidate { column: Column; field: Field; how: How; rank: number }

/** Decides every column: explicit first, then saved, then known headers, then guesses. */
export function mapColumns(columns: Column[], sample: SheetRow[], given: Record<string, string> | undefined, saved: SavedMappings = {}): Mapping {
  const print = fingerprint(columns);
  const kept = saved[print];
  const candidates = [
    ...(given ? stated(columns, given, 'explicit', true) : []),
    ...(kept ? stated(columns, kept.columns, 'saved', false) : []),
    ...columns.flatMap((column) => candidate(column, sample)),
  ].filter(({ column, field, how }) => how === 'explicit' || how === 'saved' || field !== 'received' || !isStray(column, columns)).sort((a, b) => order[a.how] - order[b.how] || a.rank - b.rank || a.column.index - b.column.index);
  const chosen = new Map<Field, Column>();
  const how = new Map<Column, { field: Field; how: How }>();
  for (const { column, field, how: reason } of candidates) {
    if (chosen.has(field) || how.has(column)) continue;
    chosen.set(field, column);
    how.set(column, { field, how: reason });
  }
  fillTitle(columns, chosen, how);
  fillTeam(columns, chosen, how);
  guessByContent(columns, sample, chosen, how);
  const decisions = columns.map((column): Decision => ({ column: column.label, ...(how.get(column) ?? { field: null, how: 'unused' }) }));
  return { decisions, columns: chosen, fingerprint: print };
}

const order: Record<How, number> = { explicit: 0, saved: 1, synonym: 2, guess: 3, unused: 4 };

function stated(columns: Column[], given: Record<string, string>, how: How, strict: boolean): Candidate[] {
  const found: Candidate[] = [];
  const missing: string[] = [];
  for (const [name, header] of Object.entries(given)) {
    const field = fieldNames.find((code) => code === name || fields[code].label === name);
    if (!field) throw new ZhiweiError('bad_request', `列映射中没有“${name}”这个字段；可用：${fieldNames.map((code) => `${code}（${fields[code].label}）`).join('、')}`);
    const column = columns.find(({ label }) => label === header) ?? columns.find(({ label, leaf }) => normaliseHeader(label) === normaliseHeader(header) || normaliseHeader(leaf) === normaliseHeader(header));
    if (column) found.push({ column, field, how, rank: 0 });
    else missing.push(header);
  }
  if (strict && missing.length > 0 && found.length > 0) {
    throw new ZhiweiError('bad_request', `列映射提到的列“${missing.join('”“')}”不在表中；表中有：${columns.map(({ label }) => label).join('、')}`);
  }
  return found;
}

function candidate(column: Column, sample: SheetRow[]): Candidate[] {
  const [leaf, whole] = [normaliseHeader(column.leaf), normaliseHeader(column.group + column.leaf)];
  const make = (field: Field, how: How, rank: number): Candidate[] => {
    if (isSerial(field, leaf, column, sample) || (personalFields.some((own) => own === field) && officeHeading.test(column.group))) return [];
    return [dates.has(field) && !holdsDates(column, sample) ? { column, field, how: 'guess', rank: rank + 500 } : { column, field, how, rank }];
  };
  const exact = knownHeaders.get(whole);
  if (exact) return make(exact.field, 'synonym', exact.rank);
  const generic = column.group !== '' && /^(?:日期|时间|单位|部门|情况|结果|编号|内容|意见|人数|评价|类别|性质|方式|形式)$/.test(leaf);
  const known = knownHeaders.get(leaf);
  if (known && !generic) return make(known.field, 'synonym', known.rank);
  if (unusedHeaders.test(leaf)) return [];
  const at = guesses.findIndex(([pattern]) => pattern.test(generic ? whole : leaf));
  const guess = guesses[at];
  if (guess) return make(guess[1], 'guess', at);
  return known ? make(known.field, 'guess', 90) : [];
}

const dates: ReadonlySet<Field> = new Set<Field>(['received', 'registered', 'occurred', 'accepted', 'concluded']);

/** 来访时间 beside 来访日期 may hold the hour alone: a column of no dates comes last. */
function holdsDates({ index }: Column, sample: SheetRow[]): boolean {
  const cells = sample.map((row) => row.cells[index] ?? null).filter((cell) => cell !== null);
  return cells.length === 0 || cells.some((cell) => 'day' in parseDate(cell, { year: 2000, today: '9999-12-31' }));
}

/** A bare 编号 that counts 1, 2, 3 … is a 序号 by another name. */
function isSerial(field: Field, name: string, { index }: Column, sample: SheetRow[]): boolean {
  if (field !== 'registration_no' || !['编号', '件号', '流水号', '登记号'].includes(name)) return false;
  const values = sample.map(({ cells }) => Number(cells[index] ?? NaN)).filter((value) => !Number.isNaN(value));
  return values.length > 0 && values.every((value, i) => Number.isInteger(value) && value < 100_000 && (i === 0 ? value <= 1 : value - (values[i - 1] ?? 0) <= 1));
}

/** A bare 日期 right of a dated column belongs to some step of the handling. */
const isStray = (column: Column, columns: readonly Column[]): boolean => column.group === '' && /^(?:日期|时间)$/.test(normaliseHeader(column.leaf))
  && columns.some((other) => other.index < column.index && ['received', 'registered'].includes(knownHeaders.get(normaliseHeader(other.leaf))?.field ?? ''));

/** 部门 right of 单位 is the team below it. */
function fillTeam(columns: Column[], chosen: Map<Field, Column>, how: Map<Column, { field: Field; how: How }>): void {
  const unit = chosen.get('unit');
  if (chosen.has('team') || !unit || /部门|科室/.test(unit.leaf)) return;
  const spare = columns.find((column) => !how.has(column) && column.group === unit.group && /^(?:所在|所属)?(?:基层)?(?:部门|科室|区队|车间)$/.test(normaliseHeader(column.leaf)));
  if (!spare) return;
  chosen.set('team', spare);
  how.set(spare, { field: 'team', how: 'guess' });
}

/** A second column of text (摘要 beside 内容) serves as the title where there is none. */
function fillTitle(columns: Column[], chosen: Map<Field, Column>, how: Map<Column, { field: Field; how: How }>): void {
  if (chosen.has('title') || !chosen.has('text')) return;
  const spare = columns.find((column) => !how.has(column) && /摘要|事由|简述/.test(column.leaf));
  if (!spare) return;
  chosen.set('title', spare);
  how.set(spare, { field: 'title', how: 'guess' });
}

/** Where only one of date and text is known by name, a spare column whose values are all dates, or all long, is taken for the other. */
function guessByContent(columns: Column[], sample: SheetRow[], chosen: Map<Field, Column>, how: Map<Column, { field: Field; how: How }>): void {
  const dated = ['received', 'registered', 'occurred'].some((field) => chosen.has(field as Field));
  const worded = chosen.has('text') || chosen.has('title');
  if (dated === worded) return;
  const spare = columns.filter((column) => !how.has(column) && !unusedHeaders.test(normaliseHeader(column.leaf)))
    .map((column) => ({ column, cells: sample.map(({ cells }) => cells[column.index] ?? null).filter((cell) => cell !== null) })).filter(({ cells }) => cells.length > 0);
  const take = (field: Field, column: Column) => { chosen.set(field, column); how.set(column, { field, how: 'guess' }); };
  if (dated) {
    const mean = (cells: readonly unknown[]) => cells.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 0), 0) / cells.length;
    const longest = spare.filter(({ cells }) => mean(cells) >= 12).sort((a, b) => mean(b.cells) - mean(a.cells))[0];
    if (longest) take('text', longest.column);
  } else {
    const date = spare.find(({ cells }) => cells.filter((cell) => 'day' in parseDate(cell, { year: null, today: '9999-12-31' })).length >= cells.length * 0.8);
    if (date) take('received', date.column);
  }
}
