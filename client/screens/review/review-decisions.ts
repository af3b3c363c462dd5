// What may be decided on the rows of a plan, as plain functions: rows, counts, filters, the next row, and the request that
// records a decision. The server checks the same rule again (engine/review).
import type { NewReviewJson, PlanItemJson, ReviewJson } from '../../../server/contract/plans.ts';

export type Decision = ReviewJson['decision'];
export type ReasonCode = NonNullable<ReviewJson['reasonCode']>;
export type DecisionFilter = Decision | 'none' | 'all';

// The engine's lists, repeated as values: the client takes only types from the contract and no engine code into this page.
export const decisions = ['同意', '退回', '不同意'] as const satisfies readonly Decision[];
export const reasonCodes = [
  '产权单位不同意',
  '居民投诉风险',
  '景观或文保限制',
  '拟拆除或拟并杆',
  '电力引入困难',
  '管线引入困难',
  '材料不全',
  '其他',
] as const satisfies readonly ReasonCode[];
