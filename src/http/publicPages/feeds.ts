/** Answers as Atom (RFC 4287) and JSON Feed 1.1. An entry keeps its id over versions; `updated` moves with a correction. */
import type { SignedStatement } from '../../model/case.ts';
import { escaped } from './markup.ts';
import type { Published } from './published.ts';

export interface FeedKit {
  readonly address: string;
  readonly title: string;
  readonly language: 'zh' | 'en';
  readonly published: readonly Published[];
  /** Used when nothing was published yet. */
  readonly startedAt: number;
  readonly mark: string | null;
}

function rfc3339(instant: number): string {
  return new Date(instant).toISOString();
}

function lasting(kit: FeedKit, one: SignedStatement): string {
  return `${kit.address}/answers/${encodeURIComponent(one.statementId)}`;
}

const NAMES = {
  zh: {
    known: '已经查明',
    unknown: '尚不清楚',
    doing: '正在做的',
    next: '下次通报',
    signed: '签发',
    issue: '事件编号',
    corrected: '更正',
    machine: '初稿由机器辅助起草',
  },
  en: {
    known: 'What we know',
    unknown: 'What we do not know yet',
    doing: 'What we are doing',
    next: 'Next update',
    signed: 'Signed by',
    issue: 'Issue',
    corrected: 'Correction',
    machine: 'First drafted with a machine',
  },
} as const;

/** Everything R-18 asks for, as plain text. */
function contentOf(signed: SignedStatement): string {
  const { statement } = signed;
  const names = NAMES[statement.language];
  const next = statement.nextUpdateAt === null ? statement.nextUpdate : rfc3339(statement.nextUpdateAt);
  return [
    statement.empathy,
    `${names.known}: ${statement.known}`,
    `${names.unknown}: ${statement.unknown}`,
    `${names.doing}: ${statement.doing}`,
    ...signed.corrections.map((one) => `${names.corrected}: ${one.fact} (“${one.claim}”)`),
    `${names.next}: ${next}`,
    `${names.signed}: ${signed.signerName} (${signed.signerTitle[statement.language]}), ${signed.officeName[statement.language]}`,
    `${names.issue}: ${signed.issueId}`,
    ...(statement.machineDrafted ? [names.machine] : []),
    statement.contact,
  ]
    .filter((line) => line.trim() !== '')
    .join('\n\n');
}

function marked(kit: FeedKit, title: string): string {
  return kit.mark === null ? title : `[${kit.mark}] ${title}`;
}

export function updatedAt(kit: FeedKit): number {
  return kit.published[0]?.newest.publishedAt ?? kit.startedAt;
}

export function atomFeed(kit: FeedKit): string {
  const entries = kit.published.map(({ newest, versions }) => {
    const id = lasting(kit, newest);
    const { language } = newest.statement;
    return `<entry xml:lang="${language === 'zh' ? 'zh-Hans' : 'en'}"><id>${escaped(id)}</id><title>${escaped(marked(kit, newest.statement.title))}</title><link rel="alternate" type="text/html" href="${escaped(id)}"/><published>${rfc3339(versions[0]!.publishedAt)}</published><updated>${rfc3339(newest.publishedAt)}</updated><author><name>${escaped(newest.officeName[language])}</name></author><content type="text">${escaped(contentOf(newest))}</content></entry>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>${escaped(`${kit.address}/answers`)}</id><title>${escaped(marked(kit, kit.title))}</title><updated>${rfc3339(updatedAt(kit))}</updated><author><name>${escaped(kit.title)}</name></author><link rel="self" type="application/atom+xml" href="${escaped(`${kit.address}/answers.atom`)}"/><link rel="alternate" type="text/html" href="${escaped(`${kit.address}/answers`)}"/><generator>Heed</generator>
${entries.join('\n')}
</feed>
`;
}

export function jsonFeed(kit: FeedKit): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: marked(kit, kit.title),
    home_page_url: `${kit.address}/answers`,
    feed_url: `${kit.address}/answers.json`,
    language: kit.language === 'zh' ? 'zh-Hans' : 'en',
    items: kit.published.map(({ newest, versions }) => ({
      id: lasting(kit, newest),
      url: lasting(kit, newest),
      title: marked(kit, newest.statement.title),
      content_text: contentOf(newest),
      date_published: rfc3339(versions[0]!.publishedAt),
      date_modified: rfc3339(newest.publishedAt),
      language: newest.statement.language === 'zh' ? 'zh-Hans' : 'en',
      _heed: {
        issue: newest.issueId,
        version: newest.version,
        office: newest.officeName,
        signer: newest.signerName,
        role: newest.signerTitle,
        corrections: newest.corrections.map(({ claim, verdict, fact }) => ({ claim, verdict, fact })),
        machineDrafted: newest.statement.machineDrafted,
        signature: newest.signature,
        keyId: newest.keyId,
        signedText: `${kit.address}/answers/${encodeURIComponent(newest.id)}?form=signed`,
      },
    })),
  });
}
