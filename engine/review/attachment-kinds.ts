// Attachments (附件): evidence files of problems, cases, relocations and resources, and what kinds of papers the desks of the field put on
// file (domain reference, 4.5 and 8.1). Who may add and remove them, and which ones stay, the database decides (migration 054).

export const attachmentNouns = ['problem', 'case', 'relocation', 'resource'] as const;
export type AttachmentNoun = (typeof attachmentNouns)[number];

/** Agreement, approval, filing, official letter, photo of the place, acceptance, anything else. */
export const attachmentKinds = ['协议', '审批', '备案', '函件', '现场照片', '验收', '其他'] as const;
export type AttachmentKind = (typeof attachmentKinds)[number];

/** Files of one problem, case, relocation or resource. */
export const MOST_ATTACHMENTS = 30;
