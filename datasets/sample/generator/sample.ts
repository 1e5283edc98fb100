// In: nothing. Out: every file of the sample, and the truth about its stories.
// Invariant: the same code gives the same cells; all of it is fiction.
import { Composer } from './compose.ts';
import { damage } from './damage.ts';
import { ledgers, petitionsOf } from './layouts.ts';
import { petitions, type Petition } from './petitions.ts';
import type { SampleFile, Sheet, Value } from './sheets.ts';
import { stories, type Story } from './stories.ts';
import { surveyRows, surveyTitle, waves } from './surveys.ts';
import { headcounts, unitRows } from './units.ts';
import { notesOf, postsOf, type Note, type Post } from './voices.ts';

/** What truth.json says of a story; `posts` and `registration_numbers` are those in the files. */
export type Truth = Omit<Story, 'file'> & { registration_numbers: string[]; posts: string[]; notes: number };

export interface Sample { files: SampleFile[]; truth: Truth[]; petitions: Petition[]; posts: Post[]; notes: Note[]; broken: string[] }

const sheet = (name: string, header: string[], rows: Value[][]): Sheet => ({ name, rows: [header, ...rows] });

/** The whole sample; about ten seconds of work. */
export function sample(): Sample {
  const composer = new Composer();
  const all = petitions(composer);
  const posts = postsOf(composer);
  const notes = notesOf(composer);
  const surveys = waves.map((wave): SampleFile => ({
    name: `${surveyTitle(wave.year)}.${wave.layout === 'joined' ? 'xlsx' : 'csv'}`, encoding: wave.layout === 'joined' ? 'xlsx' : 'utf8-bom', sheets: [{ name: 'Sheet1', rows: surveyRows(wave, composer) }],
  }));
  const whole = new Set(all.filter(({ story, template }) => story !== null || template !== null).map(({ number }) => number));
  const broken: string[] = [];
  const ledgerFiles = ledgers.map((ledger): SampleFile => ({
    name: ledger.file, encoding: ledger.encoding,
    sheets: ledger.sheets(petitionsOf(ledger, all)).map((one) => { const damaged = damage(one, whole); broken.push(...damaged.broken); return damaged.sheet; }),
  }));
  return { files: [...structure(), ...ledgerFiles, ...voices(posts, notes), ...surveys], truth: truth(all, posts, notes), petitions: all, posts, notes, broken };
}

function structure(): SampleFile[] {
  const people = headcounts().map(({ unit, month, headcount }) => [unit, `${month.replace('-', '年').replace(/年0/, '年')}月`, headcount]);
  return [
    { name: '单位树.xlsx', encoding: 'xlsx', sheets: [sheet('单位', ['编码', '单位名称', '上级编码', '类型', '简称'], unitRows())] },
    { name: '在岗人数.xlsx', encoding: 'xlsx', sheets: [sheet('在岗人数', ['单位', '月份', '在岗人数'], people)] },
  ];
}

function voices(posts: readonly Post[], notes: readonly Note[]): SampleFile[] {
  const header = ['ID', '发布时间', '昵称', '单位', '标题', '帖子内容', '点赞数', '评论数'];
  const row = (post: Post): Value[] => [post.id, post.at, post.user, post.unit, post.title, post.text, post.likes, post.comments];
  const noteHeader = ['序号', '谈话时间', '单位', '区队', '谈话形式', '谈话对象', '谈话人', '谈话内容'];
  const years = [...new Set(notes.map(({ at }) => at.slice(0, 4)))].sort();
  return [
    { name: '员工心声2023-2024年.csv', encoding: 'utf8-bom', sheets: [sheet('帖子', header, posts.filter(({ at }) => at < '2025').map(row))] },
    { name: '员工心声2025-2026年.xlsx', encoding: 'xlsx', sheets: [sheet('帖子', header, posts.filter(({ at }) => at >= '2025').map(row))] },
    { name: '谈心谈话与座谈记录.xlsx', encoding: 'xlsx', sheets: years.map((year) => sheet(`${year}年`, noteHeader, notes.filter(({ at }) => at.startsWith(year)).map((note, i) => [i + 1, note.at, note.unit, note.team || null, note.form, note.subject, note.by, note.text]))) },
  ];
}

function truth(all: readonly Petition[], posts: readonly Post[], notes: readonly Note[]): Truth[] {
  return stories.map(({ file: _, ...story }) => ({
    ...story, registration_numbers: all.filter((one) => one.story === story.id).map(({ number }) => number),
    posts: posts.filter((one) => one.story === story.id).map(({ id }) => id), notes: notes.filter((one) => one.story === story.id).length,
  }));
}
