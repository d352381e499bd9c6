/** Names to numbers. c-ares is used, not getaddrinfo: a name server that hangs must not fill the thread pool all file access shares. */
import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';

/** Gives every numeric address of a name, IPv4 first; an empty list when it has none. May reject. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** 4 s and one repetition: a slow name server costs at most the header time limit. */
const resolver = new Resolver({ timeout: 4000, tries: 2 });

export const resolveHost: Resolve = async (host) => {
  if (isIP(host) !== 0) return [host];
  if (host === 'localhost') return ['127.0.0.1'];
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const found = [...(four.status === 'fulfilled' ? four.value : []), ...(six.status === 'fulfilled' ? six.value : [])];
  if (found.length === 0 && four.status === 'rejected') throw new Error('no address', { cause: four.reason });
  return found;
};
