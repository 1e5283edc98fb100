import { describe, expect, it } from 'vitest';
import { dark, light, paletteCss, type Tokens } from '../../web/tokens.ts';

/** Relative luminance and contrast as in WCAG 2.2. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [r = 0, g = 0, bl = 0] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl;
  };
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

describe.each([['light', light], ['dark', dark]] as [string, Tokens][])('web/tokens %s', (_, t) => {
  it.each(['ink', 'ink2', 'ink3', 'data', 'alert', 'better', 'worse'] as const)('%s can be read on paper and on a sheet', (name) => {
    expect(contrast(t[name], t.paper)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(t[name], t.sheet)).toBeGreaterThanOrEqual(4.5);
  });

  it('gives ten topics ten colours, none of them the alert', () => {
    const colours = Object.values(t.topics);
    expect(new Set([...colours, t.alert]).size).toBe(11);
  });
});

describe('web/tokens', () => {
  it('writes every colour into the style sheet', () => {
    for (const colour of [...Object.values(light.topics), ...dark.diverging]) expect(paletteCss()).toContain(colour);
  });
});
