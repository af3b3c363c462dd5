// Proposals for other rule values: made by whoever reviews, decided by the administrator.
import { type Static, Type } from 'typebox';
import { ruleProposalStates } from '../../engine/index.ts';
import { roles } from '../permission/permission-table.ts';
import { daySchema, ruleUnits } from './rules.ts';
import { errorReplySchema, idSchema, nullable, oneOf, strictObject } from './shared.ts';

const ruleNameSchema = Type.String({ minLength: 1, maxLength: 100 });

export const ruleProposalJsonSchema = strictObject({
  id: idSchema,
  /** Name of the rule value. */
  rule: Type.String(),
  unit: oneOf(ruleUnits),
  /** As it was when it was proposed. */
  valueNow: Type.Number(),
  wanted: Type.Number(),
  /** As it is at this moment. */
  current: Type.Number(),
  /** Waiting, and the rule has moved since it was proposed: accepting it names `current`. */
  moved: Type.Boolean(),
  reason: Type.String(),
  /** The day from whose beginning it holds; null: at once. */
  effectiveOn: nullable(Type.String()),
  state: oneOf(ruleProposalStates),
  name: Type.String(),
  role: oneOf(roles),
  organisation: Type.String(),
  askedAt: Type.String(),
  decidedName: nullable(Type.String()),
  decidedAt: nullable(Type.String()),
  decisionText: Type.String(),
  /** When the rule took the value; of an accepted one null: on its day. */
  appliedAt: nullable(Type.String()),
  mine: Type.Boolean(),
  /** Goes back as If-Match. */
  version: Type.Integer(),
});
export type RuleProposalJson = Static<typeof ruleProposalJsonSchema>;

/** GET /api/rule-proposals : the newest first. */
export const ruleProposalQuerySchema = strictObject({
  id: Type.Optional(idSchema),
  state: Type.Optional(oneOf(ruleProposalStates)),
  rule: Type.Optional(ruleNameSchema),
  /** Of who asks. */
  mine: Type.Optional(oneOf(['true'] as const)),
  /** Accepted or refused within so many days. */
  decidedWithinDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});
export type RuleProposalQueryJson = Static<typeof ruleProposalQuerySchema>;

export const ruleProposalPageSchema = strictObject({
  proposals: Type.Array(ruleProposalJsonSchema),
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
});
export type RuleProposalPageJson = Static<typeof ruleProposalPageSchema>;

/** POST /api/rule-proposals, with Idempotency-Key. */
export const newRuleProposalSchema = strictObject({
  rule: ruleNameSchema,
  wanted: Type.Number(),
  reason: Type.String({ minLength: 1, maxLength: 300, pattern: '\\S' }),
  effectiveOn: Type.Optional(daySchema),
});
export type NewRuleProposalJson = Static<typeof newRuleProposalSchema>;

/** POST /api/rule-proposals/:id/moves, with Idempotency-Key and If-Match; a refusal needs a text. */
export const ruleProposalMoveSchema = strictObject({
  to: oneOf(['采纳', '不采纳', '撤回'] as const),
  text: Type.Optional(Type.String({ maxLength: 500 })),
  /** Accepting: the value of the rule one has before one; needed where it has moved since it was proposed. */
  current: Type.Optional(Type.Number()),
});
export type RuleProposalMoveJson = Static<typeof ruleProposalMoveSchema>;

/** 412: the refusal and the proposal as it is now. */
export const staleRuleProposalSchema = strictObject({
  ...errorReplySchema.properties,
  proposal: ruleProposalJsonSchema,
});
