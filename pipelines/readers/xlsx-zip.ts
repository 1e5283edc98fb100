// In: the path of an xlsx file. Out: its parts, as streams of text.
// Invariant: declared sizes are checked before anything is inflated, and yauzl holds each part to its declared size.
import { basename } from 'node:path';
import yauzl from 'yauzl';
import { ZhiweiError } from '../../datasets/errors.ts';

const maxPart = 2 ** 31;
const maxTotal = 4 * 2 ** 30;
const maxEntries = 20_000;
/** Real sheets shrink 5–40 times; only emptiness or malice shrinks more than this. */
const maxRatio = 400;
const suspicious = 64 << 20;

export interface Package { name: string; has: (part: string) => boolean; text: (part: string) => AsyncGenerator<string>; close: () => void }

/** Opens the container; the caller closes it. Throws `bad_file` for a broken one or a zip bomb. */
export async function openPackage(path: string): Promise<Package> {
  const name = basename(path);
  const refuse = (why: string, cause?: unknown) => new ZhiweiError('bad_file', `文件“${name}”${why}`, undefined, { cause });
  const broken = (cause: unknown) => refuse('已损坏，无法解开；请用 Excel 打开并另存，或重新导出', cause);
  const zip = await new Promise<yauzl.ZipFile>((done, fail) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, opened) => { if (error) fail(broken(error)); else done(opened); });
  });
  const entries = new Map<string, yauzl.Entry>();
  let total = 0;
  try {
    await new Promise<void>((done, fail) => {
      zip.on('error', (error: unknown) => { fail(broken(error)); });
      zip.on('end', () => { done(); });
      zip.on('entry', (entry: yauzl.Entry) => {
        total += entry.uncompressedSize;
        const bomb = entry.uncompressedSize > suspicious && entry.uncompressedSize > entry.compressedSize * maxRatio;
        if (bomb || entry.uncompressedSize > maxPart || total > maxTotal || entries.size >= maxEntries) {
          fail(refuse('解开后大得不合常理，已拒绝；请删去空白行列后另存，或拆成几个文件再导入'));
          return;
        }
        entries.set(entry.fileName.replace(/^\//, '').toLowerCase(), entry);
        zip.readEntry();
      });
      zip.readEntry();
    });
  } catch (error) { zip.close(); throw error; }

  async function* text(part: string): AsyncGenerator<string> {
    const entry = entries.get(part.toLowerCase());
    if (!entry) return;
    const stream = await new Promise<NodeJS.ReadableStream>((done, fail) => {
      zip.openReadStream(entry, (error, opened) => { if (error) fail(broken(error)); else done(opened); });
    });
    const decoder = new TextDecoder(); // xlsx parts are UTF-8 in practice, and the standard allows little else
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) yield decoder.decode(chunk, { stream: true });
    } catch (error) { throw broken(error); }
    yield decoder.decode();
  }
  return { name, has: (part) => entries.has(part.toLowerCase()), text, close: () => { zip.close(); } };
}
