// States of a request to take a file with more coordinates than a day allows.

/** 待批 asked · 同意 allowed, for some days and once · 不同意 refused · 已用 taken, or its time ran out. */
export const exportRequestStates = ['待批', '同意', '不同意', '已用'] as const;
export type ExportRequestState = (typeof exportRequestStates)[number];
