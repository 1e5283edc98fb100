// In: a briefing's content model and a format. Out: the file, as bytes.
// Invariant: one line per format; every format draws the same content; what a format needs is loaded when it is asked for.
import type { Briefing } from './content.ts';
import { ZhiweiError } from '../../datasets/errors.ts';

/** What may be chosen about a file. */
export interface RenderOptions {
  /** Print the queries behind the figures too, where the format does not hold them anyway. */
  readonly notes?: boolean | undefined;
  /** SHA-256 of a final briefing's content: told in the file, the same in each format. */
  readonly seal?: string | undefined;
}

/** How a file tells it. */
export const sealWords = (seal: string) => `定稿内容的 SHA-256：${seal}（各格式相同）`;

const renderers = {
  docx: async (briefing, options) => (await import('./docx/render-docx.ts')).renderDocx(briefing, options),
  pdf: async (briefing, options) => (await import('./pdf/render-pdf.ts')).renderPdf(briefing, options),
  pptx: async (briefing, options) => (await import('./pptx/render-pptx.ts')).renderPptx(briefing, options),
  xlsx: async (briefing, options) => (await import('./xlsx/render-xlsx.ts')).renderXlsx(briefing, options),
} as const satisfies Record<string, (briefing: Briefing, options: RenderOptions) => Promise<Buffer>>;
export type BriefingFormat = keyof typeof renderers;
export const briefingFormats = Object.keys(renderers) as BriefingFormat[];

/** Throws `bad_request` for a format that there is none of. */
export function formatOf(name: string): BriefingFormat {
  const found = briefingFormats.find((f) => f === name);
  if (!found) throw new ZhiweiError('bad_request', `没有“${name.slice(0, 20)}”这种格式，请用${briefingFormats.join('、')}`);
  return found;
}

export const renderBriefing = (briefing: Briefing, format: BriefingFormat, options: RenderOptions = {}): Promise<Buffer> => renderers[format](briefing, options);
