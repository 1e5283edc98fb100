// In: the system's preference and the reader's choice. Out: the theme's name and its tokens.
// Invariant: the choice is kept in this browser only; without one the system decides.
import { flushSync } from 'svelte';
import { themes, type ThemeName, type Tokens } from './tokens.ts';

const key = 'zhiwei-theme';
const system = matchMedia('(prefers-color-scheme: dark)');
let systemDark = $state(system.matches);
let chosen = $state<ThemeName | null>(null);
let printing = $state(false);
system.addEventListener('change', (event) => { systemDark = event.matches; });

export const themeName = (): ThemeName => chosen ?? (systemDark ? 'dark' : 'light');
/** Tokens for what is drawn by script; paper is light whatever the screen is. */
export const tokens = (): Tokens => themes[printing ? 'light' : themeName()];

addEventListener('beforeprint', () => flushSync(() => { printing = true; }));
addEventListener('afterprint', () => { printing = false; });

/** Applies the choice kept from an earlier visit. */
export function restoreTheme(): void {
  const kept = localStorage.getItem(key);
  if (kept === 'light' || kept === 'dark') apply(kept);
}

export function switchTheme(): void {
  const next = themeName() === 'dark' ? 'light' : 'dark';
  localStorage.setItem(key, next);
  apply(next);
}

function apply(name: ThemeName): void {
  chosen = name;
  document.documentElement.dataset['theme'] = name;
}
