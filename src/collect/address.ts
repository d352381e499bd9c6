/**
 * Addresses of texts in two steps: the one that is stored and opened (WHATWG form, no fragment, no tracking parameters), and a key under
 * which spellings of one page fall together (scheme, leading www/m, session ids, order of the query). Both are idempotent.
 */

/** Parameters that say how a reader came, never what is shown. */
const TRACKING =
  /^(?:utm_.*|mtm_.*|pk_.*|hsa_.*|ga_.*|_ga|_gl|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_cid|mc_eid|_hsenc|_hsmi|vero_id|oly_anon_id|oly_enc_id|wickedid|rb_clickid|s_cid|ocid|cmpid|ncid|ftag|icid|smid|cvid|spm|scm|wfr|share_token|share_source|share_medium|share_plat|share_session_id|share_tag|share_from|sharer_[a-z_]+|shareuid|share_id|unique_k|vd_source|from_source|from_spmid|isappinstalled|nsukey|xhsshare|xsec_source|xsec_token|bd_vid|qz_gdt|__twitter_impression|ref_src|ref_url|at_medium|at_campaign|wt_mc|wtmc|trk|trkinfo|_openstat|zanpid|gs_lcp|sxsrf|usqp)$/i;
/** A parameter of many sites that only sometimes tracks: taken off when its value says so. */
const FROM_TRACKING =
  /^(?:timeline|singlemessage|groupmessage|message|weibo|weixin|wechat|qq|qzone|app|rss|feed|share|search|baidu|toutiao)$/i;
const SESSION = /^(?:jsessionid|phpsessid|aspsessionid[a-z]*|sid|sessionid|session_id|cfid|cftoken)$/i;

export function isTracking(name: string, value: string): boolean {
  return TRACKING.test(name) || (/^(?:from|source|src)$/i.test(name) && FROM_TRACKING.test(value));
}

function parse(address: string, base?: string): URL | null {
  // A stray space, tab or control character is a slip of the writer, not part of the address.
  const trimmed = address.replace(/^[\u0000-\u0020\u3000\ufeff]+|[\u0000-\u0020\u3000]+$/g, '');
  if (trimmed === '') return null;
  return URL.canParse(trimmed, base) ? new URL(trimmed, base) : null;
}

/** The raw query kept piece by piece: what is left stays in its order and spelling. */
function withoutParameters(search: string, isOff: (name: string, value: string) => boolean): string {
  if (search.length < 2) return '';
  const kept = search
    .slice(1)
    .split('&')
    .filter((piece) => {
      const cut = piece.indexOf('=');
      const name = cut < 0 ? piece : piece.slice(0, cut);
      return !isOff(name.replace(/^amp;/, ''), cut < 0 ? '' : piece.slice(cut + 1));
    });
  return kept.length === 0 || kept.join('') === '' ? '' : `?${kept.join('&')}`;
}

/** Unreserved characters are written plainly, escapes in capitals, a lone percent sign as %25 (RFC 3986, 6.2.2). */
function plainEscapes(part: string): string {
  if (!part.includes('%')) return part;
  return part.replace(/%([0-9a-f]{2})?/gi, (whole, hex: string | undefined) => {
    if (hex === undefined) return '%25';
    const char = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9\-._~]/.test(char) ? char : whole.toUpperCase();
  });
}

/**
 * The address to store; null for what is no http(s) address. `base` resolves relative ones. The account it may name is not
 * this function's matter (see accountAddress).
 */
export function canonicalAddress(address: string, base?: string): string | null {
  const url = parse(address, base);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  url.hash = '';
  [url.username, url.password] = ['', ''];
  url.pathname = plainEscapes(url.pathname);
  url.search = withoutParameters(plainEscapes(url.search), isTracking);
  // A full stop behind the host is the same host.
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.replace(/\.+$/, '');
  return url.href.length > 2000 ? null : url.href;
}

function foldPath(path: string): string {
  const plain = path
    .replace(/;(?:jsessionid|phpsessid|sid)=[^/;?]*/gi, '')
    .replace(/\/(?:\(s\([a-z0-9]{24}\)\)|\([a-z0-9]{24}\))(?=\/)/gi, '');
  return plain
    .replace(/\/{2,}/g, '/')
    .replace(/\/(?:index|default)\.(?:html?|php|aspx?|jsp|shtml)$/i, '/')
    .replace(/(.)\/$/, '$1');
}

/** Equal for spellings of one page; for comparing only, not to be opened. The address itself when it is not http(s). */
export function copyKey(address: string, base?: string): string {
  const canonical = canonicalAddress(address, base);
  if (canonical === null) return address.trim();
  const url = new URL(canonical);
  const search = withoutParameters(url.search, (name, value) => SESSION.test(name) && value.length >= 8);
  const sorted = search === '' ? '' : `?${search.slice(1).split('&').filter(Boolean).sort().join('&')}`;
  const host = url.host.toLowerCase().replace(/^(?:www\d{0,2}|m|mobile|wap)\.(?=[^.]+\.)/, '');
  return `${host}${foldPath(url.pathname)}${sorted}`;
}
