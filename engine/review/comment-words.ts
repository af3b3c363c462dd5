// Words of comments (征求意见): what becomes of a comment on a resource or on a plan.

/** 采纳 taken up · 部分采纳 in part · 不采纳 not · 说明 only explained. Those in the middle need a reason. */
export const commentOutcomes = ['采纳', '部分采纳', '不采纳', '说明'] as const;
export type CommentOutcome = (typeof commentOutcomes)[number];

export const commentNeedsReason = (outcome: CommentOutcome): boolean => outcome !== '采纳';
