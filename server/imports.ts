// In: uploaded files. Out: what an import of them would do, and the files for the run that does it.
// Invariant: an upload belongs to who sent it, is run once, and is deleted after the run or a day.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DataDir } from '../datasets/data-dir.ts';
import { ZhiweiError } from '../datasets/errors.ts';
import { previewSheetSchema, type ImportReply } from './api.ts';
import { batch } from './batch-command.ts';
import type { Request } from './endpoint.ts';
import type { State } from './state.ts';
import { receiveFiles } from './uploads.ts';

const importRow = z.object({ import_id: z.string(), created_by: z.string(), files: z.string(), job_id: z.nullable(z.string()) });
const day = 86_400_000;
const previewMs = 5 * 60_000;
const mostAtOnce = 3;

export class Imports {
  private receiving = 0;

  constructor(private readonly dir: DataDir, private readonly state: State) {
    mkdirSync(dir.uploads, { recursive: true, mode: 0o700 });
    for (const id of readdirSync(dir.uploads)) {
      if (Date.now() - statSync(join(dir.uploads, id)).mtimeMs > day) this.remove(id);
    }
  }

  private folder = (id: string) => join(this.dir.uploads, id);

  /** Stores the files of a request and tells what would be mapped, accepted and rejected. */
  async receive(req: Request, user: string): Promise<ImportReply & { files: string[] }> {
    if (this.receiving >= mostAtOnce) throw new ZhiweiError('busy', '正在识别别人上传的文件；请稍后再试');
    const id = randomUUID();
    this.receiving++;
    try {
      const files = await receiveFiles(req, join(this.folder(id), 'files'));
      const { sheets } = z.object({ sheets: z.array(previewSheetSchema) }).parse(
        await batch(['import', '--dry-run', '--json', '--data', this.dir.root, '--input', ...this.paths(id, files)], { timeoutMs: previewMs }));
      this.state.prepare('INSERT INTO imports (import_id, created_by, created_at, files) VALUES (?, ?, ?, ?)').run(id, user, new Date().toISOString(), JSON.stringify(files));
      return { import_id: id, files, sheets: sheets.map((s) => ({ ...s, rejects: s.rejects.slice(0, 50) })) };
    } catch (error) {
      this.remove(id);
      throw error;
    } finally {
      this.receiving--;
    }
  }

  /** Marks an upload as being run by `jobId`. Throws `not_found`, or `conflict` where it was run before. */
  claim(id: string, user: string, jobId: string, mapping: unknown): string[] {
    const found = this.state.prepare('SELECT import_id, created_by, files, job_id FROM imports WHERE import_id = ?').get(id);
    const row = found === undefined ? null : importRow.parse(found);
    if (!row || row.created_by !== user) throw new ZhiweiError('not_found', '没有这次上传；请重新上传文件');
    if (row.job_id !== null) throw new ZhiweiError('conflict', '这次上传已经导入过；请查看任务列表', { job_id: row.job_id });
    const files = z.array(z.string()).parse(JSON.parse(row.files));
    if (!files.every((name) => existsSync(join(this.folder(id), 'files', name)))) throw new ZhiweiError('not_found', '上传的文件已过期删除；请重新上传');
    if (mapping !== undefined) writeFileSync(join(this.folder(id), 'mapping.json'), JSON.stringify(mapping), { mode: 0o600 });
    this.state.prepare('UPDATE imports SET job_id = ? WHERE import_id = ?').run(jobId, id);
    return files;
  }

  /** Arguments that run the import. */
  runArguments(id: string, files: readonly string[]): string[] {
    const mapping = join(this.folder(id), 'mapping.json');
    return ['run', '--json', '--progress', 'json', '--data', this.dir.root, ...(existsSync(mapping) ? ['--mapping', mapping] : []), '--input', ...this.paths(id, files)];
  }

  /** Arguments that label and publish anew what was imported before. */
  rerunArguments(): string[] { return ['run', '--json', '--progress', 'json', '--data', this.dir.root]; }

  private paths = (id: string, files: readonly string[]) => files.map((name) => join(this.folder(id), 'files', name));

  remove(id: string): void { rmSync(this.folder(id), { recursive: true, force: true }); }
}
