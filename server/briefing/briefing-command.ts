// In: the data directory and what is asked for. Out: the briefing's file, as bytes, and on disk where an output is named.
// Invariant: the file is whole or absent.
import { renameSync, writeFileSync } from 'node:fs';
import type { DataDir } from '../../datasets/data-dir.ts';
import { ZhiweiError } from '../../datasets/errors.ts';
import { Warehouse } from '../warehouse.ts';
import { buildBriefing, type BriefingRequest } from './build-briefing.ts';
import { renderDocx } from './docx/render-docx.ts';

/** The command line's `briefing`; `bad_request` for a format other than docx. */
export async function briefingCommand(dir: DataDir, request: BriefingRequest & { format?: string; output?: string }): Promise<Buffer> {
  const { format = 'docx', output } = request;
  if (format !== 'docx') throw new ZhiweiError('bad_request', `月报还不能输出为“${format.slice(0, 20)}”，请用 --format docx`);
  const warehouse = await Warehouse.open(dir);
  try {
    const content = await renderDocx(await warehouse.use((reader) => buildBriefing(reader, request)));
    if (output !== undefined) {
      writeFileSync(`${output}.partial`, content);
      renameSync(`${output}.partial`, output);
    }
    return content;
  } finally {
    warehouse.close();
  }
}
