// In: a file of labelled texts: JSON lines, or a table (xlsx, csv) with a column of texts and one of labels. Out: the texts with their labels.
// Invariant: a row that cannot be used stops the command, naming file and row, never quoting it.
import { basename } from 'node:path';
import { ZhiweiError } from '../../datasets/errors.ts';
import { openFile } from '../readers/open.ts';
import { labelledLine } from '../taxonomies/labelled-line.ts';
import type { LabelledText } from '../taxonomies/train-taxonomy.ts';
import { readLines } from './json-lines.ts';

const columns = {
  id: ['id', '编号', '登记编号'], title: ['title', '标题'], text: ['text', 'review', '正文', '内容', '文字', '信访内容'], words: ['words', '词'],
  label: ['label', '类别', '分类', '标签'], labels: ['labels', '多类别'],
} as const;
type Field = keyof typeof columns;
const fields = Object.keys(columns) as Field[];

export async function readLabels(file: string, option: string): Promise<LabelledText[]> {
  if (/\.(jsonl|ndjson)$/i.test(file)) return readLines(file, labelledLine, option);
  const sheet = (await openFile(file))[0];
  const texts: LabelledText[] = [];
  let places: Partial<Record<Field, number>> | null = null;
  for await (const { row, cells } of sheet?.rows() ?? []) {
    if (places === null) {
      const names = cells.map((c) => String(c ?? '').trim().toLowerCase());
      places = Object.fromEntries(fields.flatMap((f) => { const at = names.findIndex((n) => columns[f].some((c) => c === n)); return at < 0 ? [] : [[f, at]]; }));
      if ((places.text ?? places.words) === undefined) throw missing(file, 'text（或“内容”“正文”）');
      if ((places.label ?? places.labels) === undefined) throw missing(file, 'label（或“类别”“标签”）');
      continue;
    }
    const cell = (f: Field) => { const at = places?.[f]; const v = at === undefined ? null : cells[at]; return v === null || v === undefined ? '' : String(v); };
    const line = {
      ...(cell('title') && { title: cell('title') }), ...(places.text === undefined ? { words: cell('words') } : { text: cell('text') }),
      ...(places.labels === undefined ? { label: cell('label') } : { labels: cell('labels').split(/[;；、|┋]/).filter((c) => c.trim() !== '') }),
    };
    const parsed = labelledLine.safeParse(line);
    if (!parsed.success) throw new ZhiweiError('bad_file', `${basename(file)} 第 ${row} 行${parsed.error.issues[0]?.message ?? ''}`);
    texts.push(parsed.data);
  }
  return texts;
}

const missing = (file: string, column: string) => new ZhiweiError('bad_file', `${basename(file)} 的第一行里没有列 ${column}；第一行应是列名`);
