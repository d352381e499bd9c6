/** What can go wrong on the way out, as codes with a plain sentence for the health page. The sentence never repeats what a host sent. */
import type { Words } from '../model/words.ts';
import type { NotGot } from '../ports.ts';

export const FAULT_WORDS = {
  dns: { zh: '找不到这个网站的地址', en: 'The name of this site could not be resolved' },
  connection: { zh: '连不上这个网站', en: 'The site could not be reached' },
  tls: { zh: '网站的安全证书有问题', en: 'The security certificate of the site is not valid' },
  timeout: { zh: '网站没有在规定时间内答复', en: 'The site did not answer in time' },
  tooSlow: { zh: '网站发送得太慢，已停止读取', en: 'The site sent too slowly; reading was stopped' },
  tooLarge: { zh: '内容超过允许的大小', en: 'The content is larger than allowed' },
  bomb: { zh: '压缩内容膨胀过大，已停止读取', en: 'The packed content swells too much; reading was stopped' },
  broken: { zh: '网站的答复残缺或不合规范', en: 'The answer of the site is cut short or malformed' },
  redirects: { zh: '网站转来转去，次数过多', en: 'The site redirects too many times' },
  robotsUnreachable: {
    zh: '读不到网站的 robots.txt，按规矩暂不读取',
    en: 'The robots.txt of the site cannot be read; until then nothing is read there',
  },
  unexpected304: { zh: '网站说内容没变，但我们没有旧内容', en: 'The site says nothing changed, but nothing was kept from before' },
  tooHeavy: {
    zh: '内容的结构异常庞杂，在限定时间和内存内读不完',
    en: 'The content is built so that it cannot be read within the limits of time and memory',
  },
  full: { zh: '同时进行的读取太多', en: 'Too many requests are running at once' },
} as const satisfies Record<string, Words>;

export type FaultCode = keyof typeof FAULT_WORDS;

export class OutboundFault extends Error {
  readonly code: FaultCode;
  constructor(code: FaultCode, options?: { cause?: unknown }) {
    super(code, options);
    this.code = code;
  }
}

const TLS_CODES = /^(?:ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/;

/** Sorts any error of a socket, parser or unpacker into a code. */
export function faultCode(error: unknown): FaultCode {
  if (error instanceof OutboundFault) return error.code;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (TLS_CODES.test(code)) return 'tls';
  if (code === 'HPE_HEADER_OVERFLOW') return 'tooLarge';
  if (/^(?:HPE_|Z_|ERR_ZLIB|ERR__?ZSTD|ZSTD_|ERR_BROTLI|ERR__ERROR|ERR_STREAM_PREMATURE|ERR_PADDING|ERR_HTTP)/.test(code)) return 'broken';
  return 'connection';
}

export function failed(code: FaultCode): NotGot {
  return { kind: 'failed', because: FAULT_WORDS[code], code };
}

/** A status that is neither success nor redirect nor absence. */
export function failedStatus(status: number): NotGot {
  return {
    kind: 'failed',
    because: { zh: `网站答复了错误状态 ${status}`, en: `The site answered with error status ${status}` },
    code: `http${status}`,
  };
}
