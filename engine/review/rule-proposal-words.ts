// States of a proposal for another rule value.

/** 待定 waits for the administrator · 采纳 accepted, and the rule has the value or takes it on its day · 不采纳 refused · 撤回 taken back. */
export const ruleProposalStates = ['待定', '采纳', '不采纳', '撤回'] as const;
export type RuleProposalState = (typeof ruleProposalStates)[number];
