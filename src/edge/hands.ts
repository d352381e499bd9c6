/** What notifiers may touch the world with, bundled. */
import type { Hands } from '../ports.ts';

export function makeHands(parts: { readonly post: Hands['post']; readonly mail: Hands['mail'] }): Hands {
  return { post: parts.post, mail: parts.mail };
}
