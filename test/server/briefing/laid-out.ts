// In: a Word file. Out: the lines of text on each page, and where they stand, as LibreOffice lays them out.
// Invariant: an office profile of its own, removed with everything else made here.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [soffice, pdftotext] = ['/usr/bin/soffice', '/usr/bin/pdftotext'];
/** Whether both programs are here; without them the tests that lay out are skipped, and say so. */
export const officeIsHere = existsSync(soffice) && existsSync(pdftotext);
if (!officeIsHere) process.stderr.write(`test/server/briefing: skipped what is laid out, no ${soffice} or no ${pdftotext}\n`);

/** Text of a page, and the edges that its words keep within, in millimetres from the paper's left and top; digits and dashes, as of the page number, do not count. */
export interface Page { readonly lines: readonly string[]; readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }

/** Blank lines and the blanks between Chinese and digits are left out. */
export function laidOut(docx: Buffer): Page[] {
  const home = mkdtempSync(join(tmpdir(), 'zhiwei-laid-out-')), file = join(home, 'a.docx');
  try {
    writeFileSync(file, docx);
    execFileSync(soffice, [`-env:UserInstallation=file://${join(home, 'profile')}`, '--headless', '--convert-to', 'pdf', '--outdir', home, file], { stdio: 'pipe' });
    const read = (how: string) => execFileSync(pdftotext, [how, join(home, 'a.pdf'), '-'], { encoding: 'utf8', maxBuffer: 1e8 });
    const places = read('-bbox').split('<page ').slice(1).map((page) => [...page.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">[^<]*[^—\d<][^<]*</g)].map((m) => m.slice(1).map((points) => (Number(points) * 25.4) / 72) as [number, number, number, number]));
    return read('-layout').split('\f').slice(0, -1).map((page, i) => {
      const words = places[i] ?? [];
      return { lines: page.split('\n').map((line) => line.replace(/\s/g, '')).filter(Boolean), left: Math.min(...words.map((w) => w[0])), top: Math.min(...words.map((w) => w[1])), right: Math.max(...words.map((w) => w[2])), bottom: Math.max(...words.map((w) => w[3])) };
    });
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
