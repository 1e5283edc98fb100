// In: the slides as the library writes them, and the last day of the data. Out: the same without chance, with stand-in typefaces.
// Invariant: nothing that is seen on a slide is touched; the same slides give the same bytes.
import JSZip from 'jszip';
import { fixZipTimes } from '../docx/fixed-bytes.ts';
import { face } from './slide-style.ts';

/** Charts are numbered over all that the process ever made; here anew in each file. */
function renumbering(names: readonly string[]): (text: string) => string {
  const numbers = [...new Set(names.flatMap((n) => /^ppt\/charts\/chart(\d+)\.xml$/.exec(n)?.[1] ?? []))].sort((a, b) => Number(a) - Number(b));
  return (text) => text.replace(/(\/chart|Microsoft_Excel_Worksheet)(\d+)(\.xml|\.xlsx)/g, (all, lead: string, no: string, end: string) => (numbers.includes(no) ? `${lead}${numbers.indexOf(no) + 1}${end}` : all));
}

/** `as`: the day that the file says it was made on. */
export async function tidy(content: Buffer, as: string): Promise<Buffer> {
  const was = await JSZip.loadAsync(content), made = new JSZip();
  // The library writes the charts' workbooks side by side, and the first to be done comes first.
  const entries = Object.values(was.files).filter((f) => !f.dir).sort((a, b) => (a.name < b.name ? -1 : 1)), renumber = renumbering(entries.map((f) => f.name));
  for (const entry of entries) {
    const name = renumber(entry.name);
    if (name.endsWith('.xlsx')) made.file(name, await tidy(await entry.async('nodebuffer'), as), { createFolders: false });
    else if (/\.(xml|rels)$/.test(name)) made.file(name, part(name, await entry.async('string'), renumber, as), { createFolders: false });
    else made.file(name, await entry.async('nodebuffer'), { createFolders: false });
  }
  return fixZipTimes(await made.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE', compressionOptions: { level: 6 } }));
}

function part(name: string, xml: string, renumber: (text: string) => string, as: string): string {
  if (name.endsWith('.rels') || name === '[Content_Types].xml') return renumber(xml);
  if (name === 'docProps/core.xml') return xml.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${as}T00:00:00Z`);
  // A point without a value is left out: an empty one is an error to PowerPoint. Names of one level are no levels, whose labels no program thins out.
  if (name.startsWith('ppt/charts/')) return thinned(plainNames(xml)).replace(/<c:pt idx="\d+"><c:v><\/c:v><\/c:pt>/g, '').replace(/<a:latin typeface="([^"]+)"\/>(?!\s*<a:ea)/g, '<a:latin typeface="$1"/><a:ea typeface="$1"/>');
  // A machine without the face takes the theme's face of the script.
  if (name.startsWith('ppt/theme/')) return xml.replace(/<a:ea typeface=""[^>]*\/>/g, `<a:ea typeface="${face}"/>`).replace(/(<a:font script="Hans" typeface=")[^"]*/g, '$1Microsoft YaHei');
  return xml;
}

/** The library puts the step of the labels behind what the format has last. An angle that nobody sees keeps a program that does not know the step from breaking every label into a column. */
const thinned = (xml: string) => xml.replace(/(<c:noMultiLvlLbl val="1"\/>)\s*(<c:tickLblSkip val="\d+"\/>)/g, '$2$1')
  .replace(/<c:catAx>(?:(?!<\/c:catAx>)[\s\S])*<c:tickLblSkip/g, (axis) => axis.replace('<a:bodyPr/>', '<a:bodyPr rot="1" vert="horz"/>'));

const plainNames = (xml: string) => xml.replace(/<c:multiLvlStrRef>[\s\S]*?<\/c:multiLvlStrRef>/g, (all) => (all.split('<c:lvl>').length === 2 ? all.replace(/<\/?c:lvl>/g, '').replaceAll('multiLvlStr', 'str') : all));
