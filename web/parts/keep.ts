/** What one browser remembers for itself: language, theme, shortcuts. Reading and writing may be forbidden by the browser. */

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`heed.${name}`);
  } catch {
    // Storage is switched off: the default holds.
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`heed.${name}`, value);
  } catch {
    // Storage is switched off or full: the choice lasts until the page is left.
    return;
  }
}
