// The audit trail: who did what, from where, and what it was before. Records are only ever read here.
import { type Static, Type } from 'typebox';
import { roles } from '../permission/permission-table.ts';
import { nullable, oneOf, strictObject } from './shared.ts';

const wordSchema = Type.String({ minLength: 1, maxLength: 100 });
/** An ISO date, or a moment with its zone. */
const momentSchema = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?(Z|[+-]\\d{2}:\\d{2}))?$',
});

/** GET /api/audit */
export const auditQuerySchema = strictObject({
  /** plan, area, account, token, import, antenna, raster, setting, … */
  object: Type.Optional(wordSchema),
  objectId: Type.Optional(wordSchema),
  account: Type.Optional(wordSchema),
  /** create, change, remove, review, import, export, sign-in, … */
  action: Type.Optional(wordSchema),
  from: Type.Optional(momentSchema),
  /** Not included. */
  to: Type.Optional(momentSchema),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
});
export type AuditQueryJson = Static<typeof auditQuerySchema>;

export const auditRecordJsonSchema = strictObject({
  seq: Type.Integer(),
  at: Type.String(),
  /** null: the system itself, or nobody signed in. */
  accountId: nullable(Type.String()),
  accountName: Type.String(),
  role: nullable(oneOf(roles)),
  address: nullable(Type.String()),
  requestId: nullable(Type.String()),
  action: Type.String(),
  object: Type.String(),
  objectId: nullable(Type.String()),
  /** Of a change only what differs; geometry as a digest. */
  before: Type.Unknown(),
  after: Type.Unknown(),
  reason: nullable(Type.String()),
  hash: Type.String(),
});
export type AuditRecordJson = Static<typeof auditRecordJsonSchema>;

export const auditPageSchema = strictObject({
  records: Type.Array(auditRecordJsonSchema),
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
});
export type AuditPageJson = Static<typeof auditPageSchema>;
