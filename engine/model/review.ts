// A review is a person's recorded judgement on one row of a plan.
export const reviewDecisions = ['同意', '退回', '不同意'] as const;
export type ReviewDecision = (typeof reviewDecisions)[number];

export const reviewReasonCodes = [
  '产权单位不同意',
  '居民投诉风险',
  '景观或文保限制',
  '拟拆除或拟并杆',
  '电力引入困难',
  '管线引入困难',
  '材料不全',
  '其他',
] as const;
export type ReviewReasonCode = (typeof reviewReasonCodes)[number];

export interface Review {
  readonly siteId: string;
  readonly decision: ReviewDecision;
  readonly reasonCode: ReviewReasonCode | null;
  readonly reasonText: string;
  readonly reviewer: string;
  /** ISO time of the database. */
  readonly at: string;
}
