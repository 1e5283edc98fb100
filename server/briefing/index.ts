// In: nothing. Out: what the rest of the server uses of briefings 月报、季报.
// Invariant: one content model; each format is a renderer of it.
export { buildBriefing, type BriefingRequest } from './build-briefing.ts';
export { briefingCommand } from './briefing-command.ts';
export type { Briefing } from './content.ts';
export { renderDocx } from './docx/render-docx.ts';
export { briefingFormats, formatOf, renderBriefing, type BriefingFormat } from './formats.ts';
