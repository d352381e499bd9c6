/** Light, dark, or as the system says. */
import { recall, remember } from './keep.ts';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export function keptTheme(): Theme {
  const kept = recall('theme');
  return THEMES.find((theme) => theme === kept) ?? 'auto';
}

export function shownTheme(theme: Theme): 'light' | 'dark' {
  if (theme !== 'auto') return theme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function applyTheme(theme: Theme): void {
  document.documentElement.setAttribute('data-mantine-color-scheme', shownTheme(theme));
}

export function keepTheme(theme: Theme): void {
  remember('theme', theme);
  applyTheme(theme);
}
