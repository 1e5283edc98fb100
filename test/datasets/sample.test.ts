// The sample: made again, it equals the committed files; its truth is in them; it reads as people write.
import { readFileSync, readdirSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import { sample, type Sample } from '../../datasets/sample/generator/sample.ts';
import { bytes, type Sheet, type Value } from '../../datasets/sample/generator/sheets.ts';
import { grams } from '../../datasets/sample/generator/similarity.ts';
import { storyTexts } from '../../datasets/sample/generator/stories.ts';
import type { Petition } from '../../datasets/sample/generator/petitions.ts';

const folder = new URL('../../datasets/sample/', import.meta.url);
const committed = (name: string) => readFileSync(new URL(encodeURIComponent(name), folder));
const plain = (value: unknown): Value => (value === undefined || value === null || value === '' ? null : value as Value);

/** Cells as committed, a merged cell counted once at its first place, empty rows and cells at the end left out. */
async function sheetsOf(file: Buffer): Promise<{ name: string; rows: Value[][] }[]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(file as never);
  return workbook.worksheets.map((sheet) => ({ name: sheet.name, rows: Array.from({ length: sheet.rowCount }, (_, r) => trimmed(Array.from({ length: sheet.columnCount }, (_, c) => {
    const cell = sheet.getCell(r + 1, c + 1);
    return cell.isMerged && cell.master !== cell ? null : plain(cell.value);
  }))) }));
}

function trimmed(row: readonly Value[]): Value[] {
  const last = row.findLastIndex((cell) => plain(cell) !== null);
  return row.slice(0, last + 1).map(plain);
}

const asCells = ({ name, rows }: Sheet) => ({ name, rows: rows.map(trimmed) });

let made: Sample;
beforeAll(() => { made = sample(); });

describe('sample', () => {
  it('gives the committed files again, cell by cell', async () => {
    expect(readdirSync(folder).filter((name) => /\.(?:xlsx|csv)$/.test(name)).sort()).toEqual(made.files.map(({ name }) => name).sort());
    for (const file of made.files) {
      if (file.encoding === 'xlsx') expect(await sheetsOf(committed(file.name)), file.name).toEqual(file.sheets.map(asCells));
      else expect((await bytes(file)).equals(committed(file.name)), file.name).toBe(true);
    }
  });

  it('gives the committed truth again, and every number in it stands in a ledger once', () => {
    expect(JSON.parse(committed('truth.json').toString())).toEqual(JSON.parse(JSON.stringify(made.truth)));
    const cells = made.files.flatMap(({ sheets }) => sheets.flatMap(({ rows }) => rows.flat()));
    const counted = new Map<Value, number>();
    for (const cell of cells) if (typeof cell === 'string' && /^(?:HY20\d\d-\d{5}|XS\d{5})$/.test(cell)) counted.set(cell, (counted.get(cell) ?? 0) + 1);
    for (const { registration_numbers, posts } of made.truth) for (const number of [...registration_numbers, ...posts]) expect(counted.get(number)).toBe(1);
    expect(made.truth.map(({ kind }) => kind)).toEqual(['series', 'series', 'critical', 'series', 'not_news', 'series', 'series', 'emergent']);
  });

  it('has as many rows as its README says, and stays under 6 MB', () => {
    const told = new Map([...committed('README.md').toString().matchAll(/^\| `([^`]+)` \|[^|]*\| ([\d,]+) \|/gm)].map(([, name, rows]) => [name, Number(rows?.replace(',', ''))]));
    const counted = new Map(made.files.map(({ name, sheets }) => [name, sheets.reduce((sum, { rows }) => sum + dataRows(rows), 0)]));
    expect(told).toEqual(counted);
    expect(made.files.reduce((sum, { name }) => sum + committed(name).length, 0)).toBeLessThan(6_000_000);
  });

  it('breaks about one ledger row in two hundred, none of a story', () => {
    const share = made.broken.length / made.petitions.length;
    expect(share).toBeGreaterThan(0.003);
    expect(share).toBeLessThan(0.008);
    const told = new Set(made.truth.flatMap(({ registration_numbers }) => registration_numbers));
    expect(made.broken.filter((number) => told.has(number))).toEqual([]);
  });

  it('holds near copies only where a matter comes back or a template is used', () => {
    const alike = nearCopies(made.petitions, 0.5);
    const unrelated = alike.filter(([a, b]) => a.matter !== b.matter && (a.template === null || a.template !== b.template));
    expect(new Set(unrelated.flat()).size / made.petitions.length).toBeLessThan(0.005);
    for (const template of [0, 1]) {
      const copies = made.petitions.filter((petition) => petition.template === template);
      expect(copies.length).toBe([30, 12][template]);
      expect(new Set(alike.flat().filter((petition) => petition.template === template)).size).toBe(copies.length);
    }
  });

  it('has repeats, joint petitions, restricted ones and handling in the shares that the field knows', () => {
    const share = (of: (petition: Petition) => boolean, among: (petition: Petition) => boolean = () => true) => {
      const all = made.petitions.filter(among);
      return Math.round((100 * all.filter(of).length) / all.length);
    };
    expect(share(({ repeat }) => repeat)).toBe(12);
    expect(share(({ people }) => people >= 5)).toBe(3);
    expect(share(({ restricted }) => restricted)).toBe(5);
    expect(share(({ satisfaction }) => satisfaction !== null, ({ concluded }) => concluded !== null)).toBe(61);
    expect(share(({ satisfaction }) => satisfaction !== '不满意', ({ satisfaction }) => satisfaction !== null)).toBe(85);
  });

  it('tells its stories in sentences of their own', () => {
    const sentences = storyTexts.flatMap(({ text }) => text.match(/[^。！？；]+[。！？；]?/g) ?? []).map((one) => one.trim()).filter((one) => one.length >= 6);
    expect(sentences.filter((one, i) => sentences.indexOf(one) !== i)).toEqual([]);
  });

  it('carries no identifier of the corpus, and no ID number of a real place', () => {
    const identifiers = readFileSync(new URL('../../datasets/corpus/mine-language.jsonl', import.meta.url), 'utf8').trim().split('\n')
      .flatMap((line) => (JSON.parse(line) as { pii: string[] }).pii).filter((one) => one.replace(/\D/g, '').length >= 8);
    const texts = [...made.petitions, ...made.posts, ...made.notes].map(({ text }) => text).join('\n');
    expect(identifiers.filter((one) => texts.includes(one))).toEqual([]);
    expect([...texts.matchAll(/(?<!\d)[1-8]\d{16}[\dX](?!\d)/g)].map(([id]) => id.slice(0, 4)).filter((area) => area !== '1499')).toEqual([]);
  });
});

/** Rows below the header that hold data: not titles, headers, blanks or the total. */
function dataRows(rows: readonly Value[][]): number {
  const header = rows.findIndex((row) => row.filter((cell) => cell !== null).length >= 3 && row.some((cell) => typeof cell === 'string' && /^(?:序号|编码|单位|ID|登记编号|信访件编号|登记号)$/.test(cell)));
  return rows.slice(header + 1).filter((row) => row.some((cell) => cell !== null) && row[0] !== '合计').length;
}

/** Pairs of petitions whose texts are at least that much alike (char-5-gram Jaccard). */
function nearCopies(petitions: readonly Petition[], least: number): [Petition, Petition][] {
  const sets = petitions.map(({ text }) => grams(text));
  const holders = new Map<string, number[]>();
  const pairs: [Petition, Petition][] = [];
  sets.forEach((own, i) => {
    const shared = new Map<number, number>();
    for (const gram of own) {
      const before = holders.get(gram) ?? [];
      for (const j of before) shared.set(j, (shared.get(j) ?? 0) + 1);
      holders.set(gram, [...before, i]);
    }
    for (const [j, count] of shared) {
      const [a, b] = [petitions[j], petitions[i]];
      if (a && b && count / (own.size + (sets[j]?.size ?? 0) - count) >= least) pairs.push([a, b]);
    }
  });
  return pairs;
}
