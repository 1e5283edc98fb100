// In: a JSON object of a text, with or without labels of an office's own scheme. Out: the text, its words if it came cut, and its labels.
// Invariant: every refusal says in Chinese what the line lacks; nothing of the text is in it.
import { z } from 'zod';
import type { OwnText } from './terms.ts';
import type { LabelledText } from './train-taxonomy.ts';

const code = z.union([z.string(), z.number(), z.boolean()]).transform((v) => String(v).normalize('NFC').trim());
const textFields = {
  id: z.union([z.string(), z.number()]).optional(), title: z.string().nullish(),
  text: z.string('的 text 不是文字').nullish(), words: z.union([z.string(), z.array(z.string())]).nullish(),
};
interface TextFields { id?: string | number | undefined; title?: string | null | undefined; text?: string | null | undefined; words?: string | string[] | null | undefined }

function ownText({ title, text, words }: TextFields, context: z.RefinementCtx): OwnText {
  if (typeof text !== 'string' && (words === undefined || words === null)) context.addIssue({ code: 'custom', message: '没有 text（原文）或 words（已切好的词，以空格隔开）；请补上其中一个' });
  if (typeof text === 'string') return { text: title ? `${title}\n${text}` : text, words: null };
  const line = Array.isArray(words) ? words.join(' ') : words ?? '';
  return { text: line, words: line.split(/\s+/).filter(Boolean) };
}

/** A text to be labelled: `{id?, title?, text | words}`. */
export const ownLine = z.looseObject(textFields).transform((line, context) => ({ id: line.id ?? null, ...ownText(line, context) }));
export type OwnLine = z.infer<typeof ownLine>;

/** A text with its labels: `{text | words, label | labels, id?, title?}`. */
export const labelledLine = z.looseObject({ ...textFields, label: code.nullish(), labels: z.array(code).nullish() }).transform((line, context): LabelledText => {
  const own = ownText(line, context);
  if (line.label === undefined && !line.labels) context.addIssue({ code: 'custom', message: '没有 label（一个类别）或 labels（类别的列表）；请补上其中一个' });
  const labels = line.labels ?? (line.label === undefined || line.label === null ? [''] : [line.label]);
  if (labels.includes('')) context.addIssue({ code: 'custom', message: '的类别是空的；请填上类别，或删去这一行' });
  if (own.text.trim() === '') context.addIssue({ code: 'custom', message: '的文字是空的；请补上文字，或删去这一行' });
  return { ...own, labels };
});
