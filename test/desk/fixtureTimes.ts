/** The one moment the fixtures are told at: 10 March 2026, 11:42 in Shanghai. */
export const NOW = Date.parse('2026-03-10T03:42:00Z');
export const MIN = 60_000;
export const HOUR = 60 * MIN;
export const DAY = 24 * HOUR;
export const ago = (minutes: number): number => NOW - minutes * MIN;
export const ahead = (minutes: number): number => NOW + minutes * MIN;
export const both = (zh: string, en: string) => ({ zh, en });
