// What a re-plan leaves out: the sites whose latest judgement is 不同意. 退回 asks for work on the papers, not for another site.
import type { Review } from '../model/review.ts';

/** The review that holds for each site: the latest by time, the later in the list at equal times. */
export function latestReviews(reviews: readonly Review[]): Map<string, Review> {
  const latest = new Map<string, Review>();
  for (const review of reviews) {
    const known = latest.get(review.siteId);
    if (known === undefined || Date.parse(review.at) >= Date.parse(known.at))
      latest.set(review.siteId, review);
  }
  return latest;
}

/** Ids in string order. */
export function refusedSiteIds(reviews: readonly Review[]): string[] {
  return [...latestReviews(reviews).values()]
    .filter((review) => review.decision === '不同意')
    .map((review) => review.siteId)
    .sort();
}
