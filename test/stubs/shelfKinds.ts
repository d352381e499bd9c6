/** The collectors there are, by kind. A folder scan cannot see a file that is missing, so they are listed, and a new one is looked at by somebody. */
export const COLLECTOR_KINDS: readonly string[] = [
  'discourse',
  'fediverse',
  'feed',
  'field',
  'forum',
  'hotlist',
  'jsonApi',
  'lines',
  'mailbox',
  'open311',
  'page',
  'sitemap',
  'spreadsheet',
  'warc',
];
