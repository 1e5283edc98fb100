// In: raw option values. Out: checked values that every command shares.
// Invariant: a wrong value is told by option name, with what was expected.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Option, type Command } from 'commander';
import { dataDir, type DataDir } from '../../datasets/data-dir.ts';
import { ZhiweiError } from '../../datasets/errors.ts';

/** Adds `--data DIR`, which every command has. */
export function withData(command: Command): Command {
  return command.addOption(new Option('--data <DIR>', '数据目录').env('ZHIWEI_DATA').default('./data'));
}

export function openData(options: { data: string }): DataDir {
  return dataDir(options.data);
}

const readable = ['.xlsx', '.csv', '.tsv', '.jsonl'];

/** Files named directly, and those below the folders named, in order of their paths. */
export function inputFiles(paths: string[]): string[] {
  return paths.flatMap((path) => {
    if (!existsSync(path)) throw new ZhiweiError('bad_request', `--input：找不到 ${path}`);
    if (!statSync(path).isDirectory()) return [path];
    const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort()
      .filter((f) => readable.includes(extname(f).toLowerCase()) && !/(^|[/\\])(~\$|\.)/.test(f)).map((f) => join(path, f));
    if (files.length === 0) throw new ZhiweiError('bad_request', `--input：文件夹 ${path} 里没有可导入的文件（${readable.join('、')}）`);
    return files;
  });
}

/** Prints a result as the last thing on standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Rows as aligned columns; wide characters count two. */
export function printTable(columns: string[], rows: unknown[][]): void {
  const cells = [columns, ...rows.map((r) => r.map((v) => (v === null || v === undefined ? '' : String(v))))];
  const widths = columns.map((_, i) => Math.max(...cells.map((r) => width(r[i] ?? ''))));
  for (const row of cells) process.stdout.write(`${row.map((v, i) => v + ' '.repeat(widths[i]! - width(v))).join('  ').trimEnd()}\n`);
}

const width = (text: string) => [...text].reduce((n, c) => n + (/[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(c) ? 2 : 1), 0);
