// Files with many coordinates: what is beyond the limit of a day is asked for, and allowed by the district, the city or an administrator.
import { type Static, Type } from 'typebox';
import { exportRequestStates } from '../../engine/index.ts';
import { roles } from '../permission/permission-table.ts';
import { errorReplySchema, idSchema, nullable, oneOf, strictObject } from './shared.ts';

const LONGEST_REASON = 500;

export const exportRequestJsonSchema = strictObject({
  id: idSchema,
  /** Path and query of the file, its parameters in order. */
  address: Type.String(),
  /** Rows with a place: so many, or fewer, are allowed. */
  rows: Type.Integer(),
  reason: Type.String(),
  state: oneOf(exportRequestStates),
  name: Type.String(),
  role: oneOf(roles),
  organisation: Type.String(),
  askedAt: Type.String(),
  decidedName: nullable(Type.String()),
  decidedAt: nullable(Type.String()),
  decisionText: Type.String(),
  /** Of one that is allowed: until when the file can be taken, once. */
  validUntil: nullable(Type.String()),
  usedAt: nullable(Type.String()),
  mine: Type.Boolean(),
  /** Who asks may decide it. */
  decidable: Type.Boolean(),
  /** Mine, allowed, not used and in time. */
  usable: Type.Boolean(),
  /** Goes back as If-Match. */
  version: Type.Integer(),
});
export type ExportRequestJson = Static<typeof exportRequestJsonSchema>;

/** GET /api/export-requests : the newest first. */
export const exportRequestQuerySchema = strictObject({
  state: Type.Optional(oneOf(exportRequestStates)),
  /** Of who asks, of others to decide, or of who asks and ready to be taken. */
  show: Type.Optional(oneOf(['mine', 'decidable', 'usable'] as const)),
  /** Name, organisation, reason or address contains. */
  q: Type.Optional(Type.String({ maxLength: 100 })),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});
export type ExportRequestQueryJson = Static<typeof exportRequestQuerySchema>;

export const exportRequestPageSchema = strictObject({
  requests: Type.Array(exportRequestJsonSchema),
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
});
export type ExportRequestPageJson = Static<typeof exportRequestPageSchema>;

/** POST /api/export-requests, with Idempotency-Key: for an address that was refused within a day, with as many rows as it had then. */
export const newExportRequestSchema = strictObject({
  address: Type.String({ minLength: 6, maxLength: 4000, pattern: '^/api/' }),
  reason: Type.String({ minLength: 1, maxLength: LONGEST_REASON, pattern: '\\S' }),
});
export type NewExportRequestJson = Static<typeof newExportRequestSchema>;

/** POST /api/export-requests/:id/decisions, with Idempotency-Key and If-Match; a refusal needs a text. */
export const exportDecisionSchema = strictObject({
  agree: Type.Boolean(),
  text: Type.Optional(Type.String({ maxLength: LONGEST_REASON })),
});
export type ExportDecisionJson = Static<typeof exportDecisionSchema>;

/** 412: the refusal and the request as it is now. */
export const staleExportRequestSchema = strictObject({
  ...errorReplySchema.properties,
  exportRequest: exportRequestJsonSchema,
});
