/** Where a mailbox of the body's own is: `imaps://host/FOLDER`, without name and password, which are settings. */
import { done, type Outcome, refuse } from '../model/outcome.ts';

export interface MailboxPlace {
  readonly host: string;
  readonly port: number;
  /** False: `imap:`, which begins plain and must turn secure. */
  readonly secure: boolean;
  readonly folder: string;
}

/** Refuses `collect.badAddress`. */
export function mailboxPlace(address: string): Outcome<MailboxPlace> {
  const url = URL.parse(address);
  if (url === null || !/^imaps?:$/.test(url.protocol) || url.hostname === '' || url.username !== '' || url.password !== '')
    return refuse('collect.badAddress');
  const secure = url.protocol === 'imaps:';
  let folder: string;
  try {
    folder = decodeURIComponent(url.pathname.replace(/^\//, ''));
  } catch {
    // A broken escape names no folder.
    return refuse('collect.badAddress');
  }
  if (/[\u0000-\u001f\u007f]/.test(folder)) return refuse('collect.badAddress');
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return done({ host, port: url.port === '' ? (secure ? 993 : 143) : Number(url.port), secure, folder: folder === '' ? 'INBOX' : folder });
}
