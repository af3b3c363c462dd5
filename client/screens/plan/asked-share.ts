// The share a plan was asked for: of ground that one site serves, or of ground that enough sites serve where capacity was asked for.
import type { PlanSummaryJson } from '../../../server/contract/plans.ts';

type Shares = Pick<PlanSummaryJson, 'coveredShare' | 'bestShare' | 'existingShare'>;

export function askedShare({ servers, ...one }: Shares & Pick<PlanSummaryJson, 'servers'>): Shares {
  const { coveredShare, bestShare, existingShare } = servers ?? one;
  return { coveredShare, bestShare, existingShare };
}
