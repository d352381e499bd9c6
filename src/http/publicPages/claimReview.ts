/** Corrections as schema.org ClaimReview, so that archives and search engines can read them. */
import type { SignedStatement, Verdict } from '../../model/case.ts';
import { sayIn } from '../../text/say.ts';

/** 1 false to 5 true; what cannot be known is not rated. */
const RATING: Partial<Readonly<Record<Verdict, number>>> = { false: 1, partly: 3, true: 5 };

/** Null when the statement corrects nothing that can be rated. */
export function claimReviews(signed: SignedStatement, address: string): object | null {
  const say = sayIn(signed.statement.language);
  const reviews = signed.corrections.flatMap((one) => {
    const ratingValue = RATING[one.verdict];
    if (ratingValue === undefined) return [];
    return [
      {
        '@type': 'ClaimReview',
        url: address,
        datePublished: new Date(signed.publishedAt).toISOString(),
        author: { '@type': 'Organization', name: signed.officeName[signed.statement.language] },
        claimReviewed: one.claim,
        reviewBody: one.fact,
        itemReviewed: { '@type': 'Claim', text: one.claim },
        reviewRating: { '@type': 'Rating', ratingValue, bestRating: 5, worstRating: 1, alternateName: say(`verdict.${one.verdict}`) },
      },
    ];
  });
  if (reviews.length === 0) return null;
  return { '@context': 'https://schema.org', '@graph': reviews };
}
