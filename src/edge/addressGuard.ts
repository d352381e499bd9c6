/**
 * Which addresses the outbound client may reach. An address is judged twice: the host as the WHATWG parser understood it
 * (so that 0x7f.1, ①②⑦.0.0.1 and 2130706433 are all seen as 127.0.0.1), and each numeric address the name resolves to. What is
 * connected is one of the judged numbers, never the name again, so a name that changes its answer gains nothing.
 */
import { BlockList, isIP } from 'node:net';
import { done, type Outcome, refuse } from '../model/outcome.ts';

/** Special-purpose IPv4 ranges (IANA registry), and one metadata address that stands in a public range. */
const SPECIAL_4: readonly [network: string, bits: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Inside 2000::/3, the only global unicast block; everything outside it is refused, which covers NAT64, mapped and local ranges. */
const SPECIAL_6: readonly [network: string, bits: number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const PRIVATE_4: readonly [network: string, bits: number][] = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
];

function listOf(four: readonly [string, number][], six: readonly [string, number][]): BlockList {
  const list = new BlockList();
  for (const [network, bits] of four) list.addSubnet(network, bits, 'ipv4');
  for (const [network, bits] of six) list.addSubnet(network, bits, 'ipv6');
  return list;
}

const special = listOf(SPECIAL_4, SPECIAL_6);
const globalUnicast = listOf([], [['2000::', 3]]);
const privateUse = listOf(PRIVATE_4, [['fc00::', 7]]);
const loopback = listOf([['127.0.0.0', 8]], []);

/** True for a numeric address that anyone on the internet could reach. Anything that is not a numeric address is not public. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  if (family === 6) return globalUnicast.check(address, 'ipv6') && !special.check(address, 'ipv6');
  return false;
}

/** 127.0.0.0/8 and ::1, and no other spelling of them. */
export function isLoopbackAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return loopback.check(address, 'ipv4');
  return family === 6 && address === '::1';
}

/** RFC 1918 and fc00::/7: the addresses an office's own network uses. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  return privateUse.check(address, family === 4 ? 'ipv4' : 'ipv6') && !address.toLowerCase().startsWith('::ffff:');
}

export interface GuardRules {
  /** 127.0.0.0/8 and ::1 are allowed too, on any port. For tests and the demo. */
  readonly allowLoopback: boolean;
  /** Nothing but loopback is allowed. */
  readonly onlyLoopback: boolean;
  /** Ports besides 80 and 443. */
  readonly ports: readonly number[];
  /** Exact `host:port` of internal sources an admin allowed; they may lie in private-use ranges, never elsewhere. */
  readonly internal: readonly string[];
}

/** Host as a resolver and a socket want it: no brackets, no trailing dot. */
export function bareHost(url: URL): string {
  const host = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
  return host.endsWith('.') ? host.slice(0, -1) : host;
}

export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** Names that never mean a public host: one label, or a suffix kept for local use (RFC 6761, 6762, 8375, and cloud metadata). */
function isLocalName(host: string): boolean {
  return !host.includes('.') || /\.(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa|localdomain)$/.test(host);
}

/** May this numeric address be connected to for this host and port? */
export function mayConnect(address: string, url: URL, rules: GuardRules): boolean {
  const port = portOf(url);
  if (isLoopbackAddress(address)) return rules.allowLoopback || rules.onlyLoopback;
  if (rules.onlyLoopback) return false;
  if (rules.internal.includes(`${bareHost(url)}:${port}`) && isPrivateAddress(address)) return true;
  if (port !== 80 && port !== 443 && !rules.ports.includes(port)) return false;
  return isPublicAddress(address);
}

/**
 * Parses an address once and judges what the parser made of it. `collect.badAddress`: not an http(s) address or one with a name
 * and password; `collect.addressForbidden`: everything inside, with one text for all reasons, so that the answer tells nothing.
 */
export function judgeAddress(address: string, rules: GuardRules): Outcome<URL> {
  if (!URL.canParse(address)) return refuse('collect.badAddress');
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refuse('collect.badAddress');
  if (url.username !== '' || url.password !== '' || url.hostname === '') return refuse('collect.badAddress');
  url.hash = '';
  const host = bareHost(url);
  const port = portOf(url);
  if (isIP(host) !== 0) return mayConnect(host, url, rules) ? done(url) : refuse('collect.addressForbidden');
  if (host === 'localhost') return rules.allowLoopback || rules.onlyLoopback ? done(url) : refuse('collect.addressForbidden');
  if (rules.onlyLoopback) return refuse('collect.addressForbidden');
  if (rules.internal.includes(`${host}:${port}`)) return done(url);
  if (isLocalName(host) || (port !== 80 && port !== 443 && !rules.ports.includes(port))) return refuse('collect.addressForbidden');
  return done(url);
}
