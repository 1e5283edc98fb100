// In: a Word file. Out: the lines of text on each page, as LibreOffice lays them out.
// Invariant: an office profile of its own, removed with everything else made here.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [soffice, pdftotext] = ['/usr/bin/soffice', '/usr/bin/pdftotext'];
/** Whether both programs are here; without them the tests that lay out are skipped, and say so. */
export const officeIsHere = existsSync(soffice) && existsSync(pdftotext);
if (!officeIsHere) process.stderr.write(`test/server/briefing: skipped what is laid out, no ${soffice} or no ${pdftotext}\n`);

/** Blank lines and the blanks between Chinese and digits are left out. */
export function laidOut(docx: Buffer): string[][] {
  const home = mkdtempSync(join(tmpdir(), 'zhiwei-laid-out-')), file = join(home, 'a.docx');
  try {
    writeFileSync(file, docx);
    execFileSync(soffice, [`-env:UserInstallation=file://${join(home, 'profile')}`, '--headless', '--convert-to', 'pdf', '--outdir', home, file], { stdio: 'pipe' });
    const text = execFileSync(pdftotext, ['-layout', join(home, 'a.pdf'), '-'], { encoding: 'utf8' });
    return text.split('\f').slice(0, -1).map((page) => page.split('\n').map((line) => line.replace(/\s/g, '')).filter(Boolean));
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
