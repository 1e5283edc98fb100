// In: a file of JSON lines, or rows to write as one. Out: checked objects, or the file.
// Invariant: a line that cannot be read stops the command, naming file and line; a file is written whole or not at all.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';
import { ZhiweiError } from '../../datasets/errors.ts';

/** Objects of a file, blank lines aside; a message of the schema's own is told as it is. */
export function readLines<T>(file: string, schema: z.ZodType<T>, option = '--input'): T[] {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ZhiweiError('bad_request', `${option}：读不到 ${file}`, undefined, { cause });
  }
  return content.replace(/^\ufeff/, '').split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (cause) {
      throw new ZhiweiError('bad_file', `${file} 第 ${i + 1} 行不是 JSON；每行应是一个对象`, undefined, { cause });
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return [parsed.data];
    const own = parsed.error.issues.find((issue) => issue.code === 'custom');
    throw new ZhiweiError('bad_file', `${file} 第 ${i + 1} 行${own ? own.message : `缺少字段或类型不对：${parsed.error.issues.map((issue) => issue.path.join('.')).join('、')}`}`);
  });
}

export function writeLines(file: string, rows: unknown[]): void {
  writeFileSync(`${file}.next`, rows.map((r) => `${JSON.stringify(r)}\n`).join(''));
  renameSync(`${file}.next`, file);
}
