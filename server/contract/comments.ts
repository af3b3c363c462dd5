// Comments (征求意见) on resources and plans as the API speaks of them: said once, answered by whoever plans or decides there.
import { type Static, Type } from 'typebox';
import { commentOutcomes } from '../../engine/index.ts';
import { roles } from '../permission/permission-table.ts';
import { errorReplySchema, idSchema, nullable, oneOf, strictObject } from './shared.ts';

const LONGEST = 2000;
const filledText = Type.String({ minLength: 1, maxLength: LONGEST, pattern: '\\S' });

export const commentNouns = ['resource', 'plan'] as const;

export const commentJsonSchema = strictObject({
  id: idSchema,
  noun: oneOf(commentNouns),
  objectId: idSchema,
  objectName: Type.String(),
  /** Of a plan: the site it is about; null: the plan as a whole. */
  siteId: nullable(idSchema),
  siteName: nullable(Type.String()),
  body: Type.String(),
  at: Type.String(),
  byName: Type.String(),
  role: oneOf(roles),
  organisation: Type.String(),
  mine: Type.Boolean(),
  answer: nullable(
    strictObject({
      outcome: oneOf(commentOutcomes),
      text: Type.String(),
      byName: Type.String(),
      at: Type.String(),
    }),
  ),
  /** Who asks may answer it. */
  answerable: Type.Boolean(),
  /** Goes back as If-Match. */
  version: Type.Integer(),
});
export type CommentJson = Static<typeof commentJsonSchema>;

const filters = {
  noun: Type.Optional(oneOf(commentNouns)),
  /** With `noun`. */
  objectId: Type.Optional(idSchema),
  siteId: Type.Optional(idSchema),
  /** Text, answer, author or organisation contains. */
  q: Type.Optional(Type.String({ maxLength: 100 })),
  answered: Type.Optional(oneOf(['true', 'false'] as const)),
  /** Said by who asks. */
  mine: Type.Optional(oneOf(['true'] as const)),
  /** That who asks may answer. */
  answerable: Type.Optional(oneOf(['true'] as const)),
};
const order = {
  sort: Type.Optional(oneOf(['at', 'answeredAt', 'byName'] as const)),
  order: Type.Optional(oneOf(['asc', 'desc'] as const)),
};

/** GET /api/comments : newest first unless told. */
export const commentQuerySchema = strictObject({
  ...filters,
  ...order,
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});
export type CommentQueryJson = Static<typeof commentQuerySchema>;
export const commentExportQuerySchema = strictObject({ ...filters, ...order });
export type CommentExportQueryJson = Static<typeof commentExportQuerySchema>;

export const commentPageSchema = strictObject({
  comments: Type.Array(commentJsonSchema),
  total: Type.Integer(),
  /** Of these, still without an answer. */
  open: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
});
export type CommentPageJson = Static<typeof commentPageSchema>;

/** POST /api/resources/:id/comments, with Idempotency-Key. */
export const newResourceCommentSchema = strictObject({ body: filledText });
/** POST /api/plans/:id/comments, with Idempotency-Key: of the plan or one of the sites it chooses. */
export const newPlanCommentSchema = strictObject({ body: filledText, siteId: Type.Optional(idSchema) });
export type NewPlanCommentJson = Static<typeof newPlanCommentSchema>;

/** POST /api/comments/:id/answers, with If-Match. All outcomes but 采纳 need a text. The later answer holds. */
export const commentAnswerSchema = strictObject({
  outcome: oneOf(commentOutcomes),
  text: Type.Optional(Type.String({ maxLength: LONGEST })),
});
export type CommentAnswerJson = Static<typeof commentAnswerSchema>;

/** 412: the refusal and the comment as it is now. */
export const staleCommentSchema = strictObject({
  ...errorReplySchema.properties,
  comment: commentJsonSchema,
});
