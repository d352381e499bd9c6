/** Settings from the environment, checked once; all mistakes are told together, each with what to do. */
export interface Config {
  readonly port: number;
  /** Folder that holds everything this installation keeps. */
  readonly dataFolder: string;
}

export type Checked = { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly mistakes: readonly string[] };

/** `HEED_PORT` (default 8080) and `HEED_DATA` (default `data`). */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Checked {
  const mistakes: string[] = [];
  const portText = environment.HEED_PORT ?? '8080';
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : Number.NaN;
  if (!(port >= 1 && port <= 65535))
    mistakes.push(`HEED_PORT must be a number from 1 to 65535, not "${portText}". / 端口须为 1 到 65535 的数字。`);
  const dataFolder = environment.HEED_DATA ?? 'data';
  if (dataFolder.trim() === '') mistakes.push('HEED_DATA is empty: name a folder or leave it unset. / 数据目录为空，请填写或不设。');
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, config: { port, dataFolder } };
}
