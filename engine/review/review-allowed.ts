// Which judgement may be recorded: sending back (退回) and disagreeing (不同意) need a reason code, every judgement a name.
// People may change their minds, so any decision may follow any other; the latest one wins.
import { type Review, reviewDecisions, reviewReasonCodes } from '../model/review.ts';

export type NewReview = Pick<Review, 'decision' | 'reasonCode' | 'reasonText' | 'reviewer'>;

export type ReviewVerdict =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: 'REVIEW_REASON_MISSING' | 'REVIEW_NOT_ALLOWED';
      readonly reason: string;
    };

/** `previous` is the judgement that holds now, or null. A judgement dated before it is refused: it would not hold. */
export function reviewAllowed(
  previous: Review | null,
  next: NewReview & { readonly at?: string },
): ReviewVerdict {
  if (!reviewDecisions.includes(next.decision)) return notAllowed(`unknown decision ${next.decision}`);
  if (next.reviewer.trim() === '') return notAllowed('no reviewer');
  if (next.reasonCode !== null && !reviewReasonCodes.includes(next.reasonCode))
    return notAllowed(`unknown reason ${next.reasonCode}`);
  if (next.decision !== '同意' && next.reasonCode === null)
    return { ok: false, code: 'REVIEW_REASON_MISSING', reason: `${next.decision} without a reason code` };
  if (previous !== null && next.at !== undefined && Date.parse(next.at) < Date.parse(previous.at))
    return notAllowed('a later judgement is recorded');
  return { ok: true };
}

function notAllowed(reason: string): ReviewVerdict {
  return { ok: false, code: 'REVIEW_NOT_ALLOWED', reason };
}
