/** A span as it is typed in a plan. */
const MINUTE = 60_000;

/** `1:30`, hours and minutes; empty for no such clock. */
export function spanField(span: number | null | undefined): string {
  if (span === null || span === undefined) return '';
  const minutes = Math.round(span / MINUTE);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** undefined where it cannot be read. */
export function fieldSpan(text: string): number | null | undefined {
  const trimmed = text.trim().replace('：', ':');
  if (trimmed === '') return null;
  const match = /^(\d+)(?::([0-5]?\d))?$/u.exec(trimmed);
  if (match === null) return undefined;
  return (Number(match[1]) * 60 + Number(match[2] ?? 0)) * MINUTE;
}
