// In: the project's dictionary and the user's own. Out: the one door to nodejieba.
// Invariant: the library sees only dictionaries that were checked and rewritten here (UTF-8, LF, no BOM): a bad one would abort the process.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nodejieba from 'nodejieba';
import { ZhiweiError } from '../datasets/errors.ts';

export interface Token { word: string; tag: string }

export interface Jieba {
  /** Words with tags; `tag` uses the dictionary's part-of-speech tags and our own sense tags. */
  tag(text: string): Token[];
  /** Words alone; `guess` lets the hidden Markov model join characters that no dictionary holds. */
  cut(text: string, guess?: boolean): string[];
  /** Words of the two own dictionaries, with their tags. */
  own: ReadonlyMap<string, string>;
}

interface Entry { word: string; weight: number; tag: string }

const largest = 2_000_000;
const wordShape = /^[\p{Script=Han}\p{L}\p{N}·+\-—]{1,32}$/u;

/** What each file held when it was last read: a batch asks for its dictionaries part by part. */
const remembered = new Map<string, { bytes: Buffer; entries: readonly Entry[] }>();

/** Entries of a dictionary file `词 词频 标签` (frequency and tag may be left out); throws `bad_file` with the line that is wrong. */
export function readDictionary(file: string, label: string): readonly Entry[] {
  if (!existsSync(file)) throw new ZhiweiError('bad_file', `${label}不存在：${file}。请检查路径，或去掉这一项设置。`);
  const bytes = readFileSync(file);
  const before = remembered.get(file);
  if (before?.bytes.equals(bytes)) return before.entries;
  if (bytes.length > largest) throw new ZhiweiError('bad_file', `${label}超过 2 MB，请拆分或删去不用的词。`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ZhiweiError('bad_file', `${label}不是 UTF-8 编码。请在记事本中“另存为”，编码选 UTF-8。`, undefined, { cause });
  }
  const entries: Entry[] = [];
  text.split(/\r\n|\r|\n/).forEach((raw, i) => {
    const line = raw.normalize('NFKC').trim();
    if (line === '' || line.startsWith('#')) return;
    const [word = '', ...rest] = line.split(/\s+/);
    const wrong = (why: string) => new ZhiweiError('bad_file', `${label}第 ${i + 1} 行${why}。每行应为“词 词频 标签”，例如“综采队 2000 岗位”。`);
    if (!wordShape.test(word)) throw wrong('的词含有空格、标点或超过 32 字');
    if (rest.length > 2) throw wrong('多于三列');
    const [frequency, tag] = rest.length === 1 && !/^\d+$/.test(rest[0] ?? '') ? [undefined, rest[0]] : rest;
    if (frequency !== undefined && !/^\d{1,9}$/.test(frequency)) throw wrong('的词频不是整数');
    if (tag !== undefined && !/^[\p{L}\p{N}_]{1,16}$/u.test(tag)) throw wrong('的标签含有标点');
    entries.push({ word, weight: Math.max(1, Number(frequency ?? 2000)), tag: tag ?? '自定义' });
  });
  remembered.set(file, { bytes, entries });
  return entries;
}

const none: readonly Entry[] = [];
let loaded: { key: string; from: readonly (readonly Entry[])[]; jieba: Jieba } | null = null;

/** Loads nodejieba with both dictionaries; the library is one per process, so a change of dictionary reloads it. */
export function openJieba(dictionaries: { own: string; user: string | null }): Jieba {
  const user = dictionaries.user !== null && existsSync(dictionaries.user) ? readDictionary(dictionaries.user, '用户词典') : none;
  const own = readDictionary(dictionaries.own, '内置词典');
  if (loaded?.from[0] === own && loaded.from[1] === user) return loaded.jieba;
  const entries = new Map([...own, ...user].map((e) => [e.word, e]));
  const content = [...entries.values()].map((e) => `${e.word} ${e.weight} ${e.tag}`).join('\n');
  if (loaded?.key === content) return loaded.jieba;
  const folder = mkdtempSync(join(tmpdir(), 'zhiwei-dictionary-'));
  try {
    const file = join(folder, 'user.utf8');
    writeFileSync(file, `${content}\n`);
    nodejieba.load({ userDict: file });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const jieba: Jieba = {
    tag: (text) => nodejieba.tag(text),
    cut: (text, guess = false) => nodejieba.cut(text, guess),
    own: new Map([...entries.values()].map((e) => [e.word, e.tag])),
  };
  loaded = { key: content, from: [own, user], jieba };
  return jieba;
}
