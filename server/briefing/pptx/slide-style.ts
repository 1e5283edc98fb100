// In: nothing. Out: the page of the slides, their typeface, and boxes in inches.
// Invariant: 16:9; one typeface that Windows has, whose stand-ins tidy.ts names in the theme.
import { light } from '../../../web/tokens.ts';

export interface Box { readonly x: number; readonly y: number; readonly w: number; readonly h: number }

export const face = '微软雅黑';
/** Colours of the tokens as PowerPoint writes them. */
export const hex = (colour: string) => colour.replace('#', '').toUpperCase();
export const ink = hex(light.ink), quietInk = hex(light.ink2);

const margin = 0.55;
export const sheet = { width: 13.333, height: 7.5 };
export const textWidth = sheet.width - 2 * margin;
export const boxes = {
  cover: { x: 1.2, y: 2.1, w: sheet.width - 2.4, h: 1.3 },
  kicker: { x: margin, y: 0.38, w: textWidth, h: 0.35 },
  title: { x: margin, y: 0.72, w: textWidth, h: 0.95 },
  /** Under the title: what is plotted. */
  subtitle: { x: margin, y: 1.68, w: textWidth, h: 0.32 },
  picture: { x: margin, y: 2.05, w: 8.1, h: 4.75 },
  beside: { x: 8.95, y: 2.05, w: sheet.width - margin - 8.95, h: 4.75 },
  whole: { x: margin, y: 1.85, w: textWidth, h: 4.95 },
  foot: { x: margin, y: 6.98, w: textWidth - 1, h: 0.3 },
  number: { x: sheet.width - margin - 0.9, y: 6.98, w: 0.9, h: 0.3 },
} satisfies Record<string, Box>;
