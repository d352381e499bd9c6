/**
 * Which addresses may become sources. A person cannot be followed by adding their page or feed, and a closed group is no open
 * source; an organisation's own channel may, with proof and a second person's approval.
 */
import { done, type Outcome, refuse } from '../model/outcome.ts';
import type { Source } from '../model/source.ts';
import { accountOf } from './accountAddress.ts';

/** Places one must join or be let into. */
const CLOSED_HOSTS =
  /(?:^|\.)(?:chat\.whatsapp\.com|wa\.me|discord\.gg|qm\.qq\.com|jq\.qq\.com|qun\.qq\.com|line\.me|signal\.group|groupme\.com|kook\.top|slack\.com|t\.zsxq\.com|wx\.zsxq\.com|zsxq\.com)$/;
const CLOSED_PATHS = /^\/(?:joinchat\/|\+[\w-]|g\/|groups?\/(?!explore|search)[^/]+(?:\/|$)|invite\/|channels\/\d|qun\/|circle\/)/i;
const CLOSED_GROUP_HOSTS =
  /(?:^|\.)(?:facebook\.com|fb\.com|t\.me|telegram\.me|discord\.com|discordapp\.com|weixin\.qq\.com|vk\.com|nextdoor\.[a-z.]+|linkedin\.com|douban\.com)$/;

/** Whole hosts that are one person's, by what they call themselves. */
const PERSONAL_HOST = /^(?:(?:my|about|hi|its)-?me|me|blog-of|diary|personal)\./i;
const PERSONAL_STEPS = /\/(?:my-?(?:blog|diary|life)|personal-?blog|blog-of-[^/]+)(?:\/|$)/i;
/** Feeds that a blog or forum engine makes per author, whatever the host. */
const AUTHOR_FEED =
  /\/(?:feeds?|rss)\/(?:author|user|member|people)s?\/[^/]+|\/(?:author|user)s?\/[^/]+\/(?:feed|rss|atom)|\/export\/rss\/(?:user|author)/i;
const SPACE_PAGE =
  /[?&](?:mod=space|do=profile|action=profile|view=user)\b|\/(?:space|home)-(?:uid|username)-|\/showuser\b|\/member\.php\b|\/memberlist\.php\?.*mode=viewprofile/i;

function isPersonal(url: URL): boolean {
  if (accountOf(url) !== null) return true;
  const rest = `${url.pathname}${url.search}`;
  return PERSONAL_HOST.test(url.hostname) || PERSONAL_STEPS.test(url.pathname) || AUTHOR_FEED.test(rest) || SPACE_PAGE.test(rest);
}

function isClosed(url: URL): boolean {
  return CLOSED_HOSTS.test(url.hostname) || (CLOSED_GROUP_HOSTS.test(url.hostname) && CLOSED_PATHS.test(url.pathname));
}

/** Proof, approver and name are all there, and the approver is not the one who added it. */
function isDeclared(source: Pick<Source, 'organisation' | 'addedBy'>): boolean {
  const { organisation, addedBy } = source;
  return (
    organisation !== undefined &&
    [organisation.name, organisation.proof, organisation.approvedBy].every((part) => part.trim() !== '') &&
    organisation.approvedBy !== addedBy
  );
}

/** Refuses `collect.badAddress`, `collect.closedGroup` (always) and `collect.personalSource` (unless declared). Sources without an address (imports, the desk) pass. */
export function admitSource(source: Pick<Source, 'address' | 'organisation' | 'addedBy'>): Outcome<true> {
  if (source.address === '') return done(true);
  if (!URL.canParse(source.address)) return refuse('collect.badAddress');
  const url = new URL(source.address);
  if (!/^https?:$/.test(url.protocol)) return refuse('collect.badAddress');
  if (isClosed(url)) return refuse('collect.closedGroup');
  return isPersonal(url) && !isDeclared(source) ? refuse('collect.personalSource') : done(true);
}

/** Share of one pseudonym among a source's last 30 documents from which the source pauses. */
const TAKEN_OVER = 0.5;
const LAST_DOCUMENTS = 30;
const LEAST_DOCUMENTS = 10;

/** `pseudonyms` of the newest documents, in any order; null where none is known. A source one voice fills is a person's channel by another name. */
export function isTakenOver(pseudonyms: readonly (string | null)[]): boolean {
  const last = pseudonyms.slice(-LAST_DOCUMENTS);
  if (last.length < LEAST_DOCUMENTS) return false;
  const counts = new Map<string, number>();
  for (const pseudonym of last) if (pseudonym !== null) counts.set(pseudonym, (counts.get(pseudonym) ?? 0) + 1);
  return Math.max(0, ...counts.values()) >= last.length * TAKEN_OVER;
}
