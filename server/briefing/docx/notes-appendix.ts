// In: the notes of a briefing. Out: 附录：数据说明, a table of what each figure counts, and a table of the queries.
// Invariant: with the queries printed and the warehouse of the named version, each figure can be counted again.
import { type FileChild, type Paragraph } from 'docx';
import type { Briefing, Note } from '../content.ts';
import { sealWords, type RenderOptions } from '../formats.ts';
import { dateLabel } from '../period.ts';
import { grid, heading, words } from './blocks.ts';

const number = (note: Note) => note.id.slice(1);

/** `queries`: print them too; they are for those who recount, and fill more pages than the briefing. */
export function notesAppendix({ notes, run }: Pick<Briefing, 'notes' | 'run'>, { notes: queries = false, seal }: RenderOptions): FileChild[] {
  const what = notes.map((note) => [[words('TableText', number(note))], [words('TableText', note.label)], [words('TableText', note.period)], [words('TableNote', note.definitions.join('；'))]]);
  const how = notes.map((note): Paragraph[][] => [[words('TableText', number(note))], [
    ...note.sql.split('\n').map((line) => words('Code', line)),
    ...(note.params.length > 0 ? [words('Code', `参数（依次代入 ?）：${note.params.join('，')}`)] : []),
  ]]);
  return [
    heading('附录　数据说明', true),
    words('BodyText', `文中、表中、图中各数右上角的方括号为注号，见下表。数据版本第${run.version}版，截至${dateLabel(run.as_of)}；诉求与情感由模型（${run.model}）自动判别，诉求分类${run.taxonomy}版。引文均为去标识原文的原句。`),
    ...(seal === undefined ? [] : [words('Remark', sealWords(seal))]),
    words('Caption', `各数的口径（范围：${[...new Set(notes.map((n) => n.filter))].join('；')}）`),
    grid(['注号', '内容', '统计期间', '口径'], what, [8, 24, 24, 54]),
    ...(queries ? [words('Caption', '查询语句'), words('Subcaption', '在系统“查询”中可复算；印发时可略'), grid(['注号', '语句'], how, [8, 102], true)]
      : [words('Remark', '各数的查询语句见同期的 xlsx 文件“查询语句”表，可在系统“查询”中复算。')]),
  ];
}
