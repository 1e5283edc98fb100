// In: the parts of a Word template. Out: each paragraph that has words, and what is wrong with the fields in it, with its place.
// Invariant: pure; words of a text box are paragraphs of their own; a field is read whole however Word has cut it into runs.
import { templateFields, wholeFields, type TemplateField } from './fields.ts';

export interface Place { readonly where: string; readonly text: string; readonly isBody: boolean }

const partNames: readonly (readonly [RegExp, string])[] = [[/^word\/document\.xml$/, ''], [/^word\/header\d*\.xml$/, '页眉'], [/^word\/footer\d*\.xml$/, '页脚'], [/^word\/(foot|end)notes\.xml$/, '脚注']];
const unescape = (text: string) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, '&');

/** Paragraphs with words, in reading order; those of the text itself are counted. */
export function placesOf(parts: ReadonlyMap<string, string>): Place[] {
  return partNames.flatMap(([pattern, name]) => [...parts].filter(([part]) => pattern.test(part)).sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, xml]) =>
    paragraphs(xml).map((text, i): Place => ({ where: name || `第${i + 1}段`, text, isBody: name === '' }))));
}

function paragraphs(xml: string): string[] {
  const done: { text: string }[] = [], open: { text: string }[] = [];
  for (const [, tag, text] of xml.matchAll(/(<w:p(?:\s[^>]*[^/])?>|<\/w:p>)|<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>/g)) {
    if (text !== undefined) { const last = open.at(-1); if (last) last.text += unescape(text); }
    else if (tag === '</w:p>') open.pop();
    else { const begun = { text: '' }; open.push(begun); done.push(begun); }
  }
  return done.map((p) => p.text.trim()).filter((t) => t !== '');
}

const field = /\{\{([^{}]*)\}\}/g;
const isKnown = (name: string): name is TemplateField => Object.hasOwn(templateFields, name);
const quoted = ({ where, text }: Place) => `${where}“${text.length > 24 ? `${text.slice(0, 24)}…` : text}”`;
const known = Object.keys(templateFields).map((k) => `{{${k}}}`).join('、');

/** The fields that there are. */
export const fieldsIn = (places: readonly Place[]) => [...new Set(places.flatMap(({ text }) => [...text.matchAll(field)].map((m) => m[1] ?? '')))];

/** What is wrong with the fields, each said with its name and place, in reading order. */
export function fieldTroubles(places: readonly Place[]): string[] {
  return places.flatMap((place): string[] => {
    const names = [...place.text.matchAll(field)].map((m) => m[1] ?? ''), rest = place.text.replace(field, ''), at = quoted(place);
    const unknown = names.filter((n) => !isKnown(n)).map((n) => `${at}里有不认识的字段 {{${n.slice(0, 20)}}}；可用的是 ${known}`);
    const misplaced = wholeFields.filter((w) => names.includes(w)).flatMap((w) => (!place.isBody ? [`${at}里的 {{${w}}} 只能放在正文里，不能放在${place.where}`] : rest.trim() !== '' || names.length > 1 ? [`${at}里的 {{${w}}} 须单独成段，前后不能有别的字`] : []));
    const unclosed = /\{\{|\}\}/.test(rest) ? [`${at}里有没写完整的字段；字段前后各两个花括号，如 {{标题}}`] : /[｛｝]/.test(rest) ? [`${at}里的花括号是全角的；请改成半角，如 {{标题}}`]
      : [...rest.matchAll(/\{\s*([^{}\s]+)\s*\}/g)].flatMap((m) => (isKnown(m[1] ?? '') ? [`${at}里的 ${m[0]} 少了花括号；请写成 {{${m[1]}}}`] : []));
    return [...unknown, ...misplaced, ...unclosed];
  });
}
