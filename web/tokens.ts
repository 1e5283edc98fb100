// In: nothing. Out: every colour of the product, for light and dark; the style sheet and the charts read this one list.
// Invariant: cinnabar (`alert`) marks alerts alone; a topic 诉求 keeps its colour on every page.
import type { TopicCode } from '../datasets/taxonomy.ts';

/** Colours of one theme. */
export interface Tokens {
  readonly paper: string; readonly sheet: string; readonly wash: string;
  readonly ink: string; readonly ink2: string; readonly ink3: string;
  readonly line: string; readonly line2: string;
  /** Blue ink: data, links, the chosen thing. */
  readonly data: string; readonly data2: string; readonly band: string; readonly onData: string;
  readonly alert: string; readonly alertWash: string;
  /** Less, as, more than expected: seven steps from teal over grey to amber. */
  readonly diverging: readonly [string, string, string, string, string, string, string];
  /** Better and worse, as text on paper. */
  readonly better: string; readonly worse: string;
  readonly topics: Readonly<Record<TopicCode, string>>;
  readonly font: string;
}

/** System Chinese faces; nothing is downloaded. */
export const font = "'PingFang SC', 'HarmonyOS Sans SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', system-ui, sans-serif";

/** Warm paper, near-black ink. */
export const light: Tokens = {
  paper: '#f8f5ee', sheet: '#fdfbf6', wash: '#efeadf',
  ink: '#1c1b18', ink2: '#55514a', ink3: '#736d63',
  line: '#ddd6c7', line2: '#a9a192',
  data: '#1d4a75', data2: '#8ea6bd', band: '#dfe4e6', onData: '#fdfbf6',
  alert: '#b3301c', alertWash: '#f5e2da',
  diverging: ['#1c6f6b', '#5c9f99', '#aecbc5', '#e6e1d6', '#ecc98f', '#d3973f', '#a4660a'],
  better: '#1a6763', worse: '#8d5605',
  topics: {
    safety: '#332288', pay: '#b8942b', health: '#c25c70', skills: '#3d9e8e', welfare: '#117733',
    employment: '#5aa9d6', living: '#a0479a', environment: '#8a8a2a', governance: '#822050', other: '#8d887e',
  },
  font,
};

/** True dark: black-brown ground, ink turned to chalk. */
export const dark: Tokens = {
  paper: '#141311', sheet: '#1b1a17', wash: '#262420',
  ink: '#ece7dc', ink2: '#b6b0a3', ink3: '#938d81',
  line: '#34312b', line2: '#67625a',
  data: '#8db6de', data2: '#4f6f8e', band: '#2a2f33', onData: '#12161b',
  alert: '#ee7a61', alertWash: '#3a1f18',
  diverging: ['#5cc4ba', '#3c8c86', '#2b5854', '#37342e', '#6a4f22', '#b07d2c', '#ecb04c'],
  better: '#6cc7be', worse: '#e0a951',
  topics: {
    safety: '#8f86e8', pay: '#d9b74f', health: '#e0899a', skills: '#57c2b0', welfare: '#53b473',
    employment: '#7cc3ec', living: '#cb7fc6', environment: '#b7b655', governance: '#d1719e', other: '#a39d92',
  },
  font,
};

export const themes = { light, dark } as const;
export type ThemeName = keyof typeof themes;

/** The custom properties of one theme, `--ink: #…;`, for the style sheet. */
function properties({ diverging, topics, ...flat }: Tokens): string {
  const kebab = (name: string) => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
  return [
    ...Object.entries(flat).map(([name, value]) => `--${kebab(name)}: ${value};`),
    ...diverging.map((value, i) => `--diverging-${i}: ${value};`),
    ...Object.entries(topics).map(([topic, value]) => `--topic-${topic}: ${value};`),
  ].join(' ');
}

/** The colour part of the style sheet: follows the system unless `data-theme` on the root says otherwise; prints light. */
export function paletteCss(): string {
  return [
    `:root { color-scheme: light; ${properties(light)} }`,
    `@media (prefers-color-scheme: dark) { :root:not([data-theme='light']) { color-scheme: dark; ${properties(dark)} } }`,
    `:root[data-theme='dark'] { color-scheme: dark; ${properties(dark)} }`,
    `@media print { :root, :root[data-theme='dark'], :root:not([data-theme='light']) { color-scheme: light; ${properties(light)} } }`,
  ].join('\n');
}
