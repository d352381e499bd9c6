/** Settings from the environment and one file, checked once; all mistakes are told together, each with what to do. */

export interface Config {
  readonly port: number;
  /** Address the server listens on. */
  readonly host: string;
  /** Folder that holds everything this installation keeps. */
  readonly dataFolder: string;
  /** Where people reach this Heed, without a slash at the end. */
  readonly publicAddress: string;
  /** Sources and channels on this machine may be reached; only for the demo, tests and trials. */
  readonly allowLoopback: boolean;
  /** `host:port` pairs of the inside that an administrator opened. */
  readonly internal: readonly string[];
  /** Name and contact page in the User-Agent. */
  readonly userAgent: string;
  readonly logLevel: 'silent' | 'error' | 'info';
}

export type Checked = { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly mistakes: readonly string[] };

export type Environment = Readonly<Record<string, string | undefined>>;

const KNOWN = [
  'HEED_PORT',
  'HEED_HOST',
  'HEED_DATA',
  'HEED_PUBLIC_ADDRESS',
  'HEED_ALLOW_LOOPBACK',
  'HEED_INTERNAL',
  'HEED_LOG',
  'HEED_SETTINGS',
  'HEED_DATABASE_URL',
];

/** The lines of a settings file: `NAME=value`, `#` begins a comment. What stands in the environment wins. */
export function settingsOf(text: string): Environment {
  const pairs = text.split(/\r?\n/).flatMap((line): [string, string][] => {
    const match = /^\s*([A-Z_]+)\s*=\s*(.*?)\s*$/.exec(line.replace(/^\s*#.*$/, ''));
    return match === null ? [] : [[match[1]!, match[2]!.replace(/^"(.*)"$/, '$1')]];
  });
  return Object.fromEntries(pairs);
}

function addressOf(raw: string): string | null {
  const url = URL.parse(raw);
  return url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') ? null : raw.replace(/\/+$/, '');
}

/** Every setting has a default; what is given must be right. Unknown `HEED_` names are mistakes, so that a typing error is not silence. */
export function readConfig(environment: Environment): Checked {
  const mistakes: string[] = [];
  const portText = environment.HEED_PORT ?? '8080';
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : Number.NaN;
  if (!(port >= 0 && port <= 65535))
    mistakes.push(`HEED_PORT must be a number from 0 to 65535, not "${portText}". / 端口须为 0 到 65535 的数字。`);
  const dataFolder = environment.HEED_DATA ?? 'data';
  if (dataFolder.trim() === '') mistakes.push('HEED_DATA is empty: name a folder or leave it unset. / 数据目录为空，请填写或不设。');
  const host = environment.HEED_HOST ?? '127.0.0.1';
  const given = environment.HEED_PUBLIC_ADDRESS ?? `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${Number.isNaN(port) ? 0 : port}`;
  const publicAddress = addressOf(given);
  if (publicAddress === null)
    mistakes.push(`HEED_PUBLIC_ADDRESS must be an http(s) address, not "${given}". / 公开地址须以 http:// 或 https:// 开头。`);
  const loopback = environment.HEED_ALLOW_LOOPBACK ?? 'no';
  if (!['yes', 'no'].includes(loopback)) mistakes.push(`HEED_ALLOW_LOOPBACK must be yes or no, not "${loopback}". / 须为 yes 或 no。`);
  const logLevel = environment.HEED_LOG ?? 'info';
  if (!['silent', 'error', 'info'].includes(logLevel))
    mistakes.push(`HEED_LOG must be silent, error or info, not "${logLevel}". / 日志级别须为 silent、error 或 info。`);
  if (environment.HEED_DATABASE_URL !== undefined)
    mistakes.push(
      'HEED_DATABASE_URL: this release keeps its data in one folder (HEED_DATA); take the setting out. / 本版仅支持本地数据目录。',
    );
  const internal = (environment.HEED_INTERNAL ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  for (const each of internal)
    if (!/^[^\s:/]+:\d{1,5}$/.test(each)) mistakes.push(`HEED_INTERNAL: "${each}" is not host:port. / 须写作 主机:端口。`);
  for (const name of Object.keys(environment))
    if (name.startsWith('HEED_') && !KNOWN.includes(name)) mistakes.push(`${name} is not a setting of Heed. / 没有名为 ${name} 的设置。`);
  if (mistakes.length > 0 || publicAddress === null) return { ok: false, mistakes };
  return {
    ok: true,
    config: {
      port,
      host,
      dataFolder,
      publicAddress,
      allowLoopback: loopback === 'yes',
      internal,
      userAgent: `Heed/0.1 (+${publicAddress}/about)`,
      logLevel: logLevel as Config['logLevel'],
    },
  };
}
