// In: the data directory and what is asked for. Out: the briefing's file, as bytes, and on disk where an output is named.
// Invariant: the file is whole or absent.
import { renameSync, writeFileSync } from 'node:fs';
import type { DataDir } from '../../datasets/data-dir.ts';
import { ZhiweiError } from '../../datasets/errors.ts';
import { Warehouse } from '../warehouse.ts';
import { buildBriefing, type BriefingRequest } from './build-briefing.ts';
import { formatOf, renderBriefing } from './formats.ts';

/** The command line's `briefing`; the format follows the output's ending where none is named; `bad_request` for one that there is none of, and for an output that cannot be written. */
export async function briefingCommand(dir: DataDir, request: BriefingRequest & { format?: string; output?: string; notes?: boolean }): Promise<Buffer> {
  const { output, notes } = request;
  const format = formatOf(request.format ?? /\.(\w+)$/.exec(output ?? '')?.[1] ?? 'docx');
  const warehouse = await Warehouse.open(dir);
  try {
    const content = await renderBriefing(await warehouse.use((reader) => buildBriefing(reader, request)), format, { notes });
    if (output !== undefined) write(output, content);
    return content;
  } finally {
    warehouse.close();
  }
}

function write(output: string, content: Buffer): void {
  try {
    writeFileSync(`${output}.partial`, content);
    renameSync(`${output}.partial`, output);
  } catch (cause) {
    throw new ZhiweiError('bad_request', `写不了 ${output}；请看目录是否存在、能否写入，是否已有同名的目录`, undefined, { cause });
  }
}
