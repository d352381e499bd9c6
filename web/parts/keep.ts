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

/** Calls `take` when another tab of this browser keeps something else under `key`; gives what ends it. */
export function onKept(key: string, take: (value: string | null) => void): () => void {
  const listen = (event: StorageEvent): void => {
    if (event.key === `heed.${key}`) take(event.newValue);
  };
  window.addEventListener('storage', listen);
  return () => window.removeEventListener('storage', listen);
}
