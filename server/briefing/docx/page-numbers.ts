// In: the body of a Word file as it is about to be written, its 目录 filled in. Out: the page that each heading of the 目录 stands on.
// Invariant: a number is printed only where the pages are laid out as Word lays them out; from where they are not, it is left blank, for F9 to fill in.
import { estimatePageNumbersWith } from 'docx/layout';
import type { IXmlableObject, PageNumberEstimator } from 'docx';

/** No width table has the faces of official documents, but each of their characters is an em wide, and the styles say how high every line is. */
const harmless = 'a font not in the width tables';
const layOut = estimatePageNumbersWith({ guess: true });

export const headingPages: PageNumberEstimator = (body, context) => {
  numberBookmarks(body);
  const { bookmarks, guesses = [] } = layOut(untilLastHeading(body), context);
  const sure = Math.min(...guesses.filter((g) => g.reason !== harmless).map((g) => g.page));
  return { bookmarks: new Map([...bookmarks].filter(([, page]) => Number(page) < sure)) };
};

type Xml = Record<string, unknown>;
const isXml = (node: unknown): node is Xml => typeof node === 'object' && node !== null;
const holds = (node: unknown, name: string): boolean => isXml(node) && (name in node || Object.values(node).some((value) => holds(value, name)));

/** The last heading begins a page of its own: what follows it is long, and moves none. */
function untilLastHeading(body: IXmlableObject): IXmlableObject {
  const all = body['w:body'] as unknown[], last = all.findLastIndex((child) => holds(child, 'w:bookmarkStart'));
  return { 'w:body': all.filter((child, i) => i <= last || (isXml(child) && 'w:sectPr' in child)) };
}

/** The library counts bookmarks over all that the process ever made; here anew in each file. */
function numberBookmarks(body: Xml): void {
  const numbers = new Map<string, number>();
  const anew = (no: string) => { const known = numbers.get(no) ?? numbers.size + 1; numbers.set(no, known); return String(known); };
  const rename = (text: unknown) => (typeof text === 'string' ? text.replace(/\b_Toc(\d+)/, (_, no: string) => `_Toc${anew(no)}`) : text);
  const walk = (name: string, content: unknown): void => {
    if (!isXml(content)) return;
    for (const [key, value] of Object.entries(content)) {
      if (name === 'w:instrText') content[key] = rename(value);
      if (key === 'w:anchor' || (key === 'w:name' && name === 'w:bookmarkStart')) content[key] = rename(value);
      if (key === 'w:id' && /^w:bookmark(Start|End)$/.test(name)) content[key] = anew(String(value));
      // Attributes and items of a list belong to the element that they stand in.
      walk(key === '_attr' || Array.isArray(content) ? name : key, value);
    }
  };
  walk('', body);
}
