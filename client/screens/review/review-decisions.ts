// What may be decided on the rows of a plan, as plain functions: the latest judgement, counts, filter, the next row, and
// whether a decision is complete. The server checks the same rule again (engine/review).
import type { ReviewDecision, ReviewReasonCode } from '../../../engine/index.ts';
import type { NewReviewJson, PlanItemJson, ReviewJson } from '../../../server/contract/plans.ts';

export type Decision = ReviewDecision;
export type DecisionFilter = Decision | 'none' | 'all';

/** All rows that are judged; the API gives at the most this many at once. */
export const newSitesQuery = { status: 'new', page: 1, pageSize: 10_000 } as const;

/** A decision made here that the server has not answered yet. */
export type PendingReviews = ReadonlyMap<string, ReviewJson>;

/** New sites in the plan's order, with decisions on their way laid over the stored ones. */
export function reviewRows(items: readonly PlanItemJson[], pending: PendingReviews): PlanItemJson[] {
  return items
    .filter((item) => item.status === 'new')
    .map((item) => {
      const review = pending.get(item.site.id);
      return review === undefined ? item : { ...item, review };
    })
    .sort((a, b) => a.rank - b.rank);
}

export type DecisionCounts = Readonly<Record<DecisionFilter, number>>;

export function countDecisions(rows: readonly PlanItemJson[]): DecisionCounts {
  const counts = { all: rows.length, none: 0, 同意: 0, 退回: 0, 不同意: 0 };
  for (const row of rows) counts[row.review?.decision ?? 'none'] += 1;
  return counts;
}

export function filterRows(rows: readonly PlanItemJson[], filter: DecisionFilter): PlanItemJson[] {
  if (filter === 'all') return [...rows];
  return rows.filter((row) => (row.review?.decision ?? 'none') === filter);
}

/**
 * The row `step` further down (or up). From a row that is no longer in the list (a filter took it away) it goes to the row
 * that now stands where it stood, so deciding under a filter walks through the list.
 */
export function rowAt(
  rows: readonly PlanItemJson[],
  current: { readonly siteId: string | null; readonly index: number },
  step: number,
): { readonly siteId: string; readonly index: number } | null {
  if (rows.length === 0) return null;
  const at = rows.findIndex((row) => row.site.id === current.siteId);
  const wanted = at >= 0 ? at + step : current.siteId === null ? 0 : current.index + Math.min(step, 0);
  const index = Math.min(Math.max(wanted, 0), rows.length - 1);
  return { siteId: rows[index]!.site.id, index };
}

export interface DecisionDraft {
  readonly siteIds: readonly string[];
  readonly decision: Decision;
  readonly reasonCode: ReviewReasonCode | null;
  readonly reasonText: string;
  readonly reviewer: string;
}

/** What is still missing before the decision may be recorded; keys under `review.missing`. */
export function missingInDraft(draft: DecisionDraft): ('rows' | 'reviewer' | 'reasonCode' | 'reasonText')[] {
  const needsReason = draft.decision !== '同意';
  return [
    ...(draft.siteIds.length === 0 ? (['rows'] as const) : []),
    ...(draft.reviewer.trim() === '' ? (['reviewer'] as const) : []),
    ...(needsReason && draft.reasonCode === null ? (['reasonCode'] as const) : []),
    ...(needsReason && draft.reasonText.trim() === '' ? (['reasonText'] as const) : []),
  ];
}

/** The request for the server. Call only when nothing is missing. */
export function reviewRequest(draft: DecisionDraft): NewReviewJson {
  const isAgreed = draft.decision === '同意';
  return {
    siteIds: [...draft.siteIds],
    decision: draft.decision,
    reasonCode: isAgreed ? null : draft.reasonCode,
    reasonText: isAgreed ? '' : draft.reasonText.trim(),
    reviewer: draft.reviewer.trim(),
  };
}

/** What the rows show until the server has answered. `at` is this machine's clock; the server's own time replaces it. */
export function pendingReviews(planId: string, request: NewReviewJson, at: string): Map<string, ReviewJson> {
  return new Map(
    request.siteIds.map((siteId) => [
      siteId,
      {
        planId,
        siteId,
        decision: request.decision,
        reasonCode: request.reasonCode ?? null,
        reasonText: request.reasonText ?? '',
        reviewer: request.reviewer,
        at,
      },
    ]),
  );
}

export interface BulkPreview {
  readonly rows: number;
  readonly costCny: number;
  /** Of them decided otherwise before: their judgement is replaced. */
  readonly overturned: number;
  /** Of them with this very decision already. */
  readonly unchanged: number;
}

/** What a decision on several rows at once would do. */
export function previewBulk(
  rows: readonly PlanItemJson[],
  siteIds: readonly string[],
  decision: Decision,
): BulkPreview {
  const wanted = new Set(siteIds);
  const chosen = rows.filter((row) => wanted.has(row.site.id));
  return {
    rows: chosen.length,
    costCny: chosen.reduce((sum, row) => sum + row.costCny, 0),
    overturned: chosen.filter((row) => row.review !== null && row.review.decision !== decision).length,
    unchanged: chosen.filter((row) => row.review?.decision === decision).length,
  };
}
