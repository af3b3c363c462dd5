// The audit trail: who did what, from where, and what it was before. Records are only ever read here.
import { type Static, Type } from 'typebox';
import { roles } from '../permission/permission-table.ts';
import { lonLatSchema, nullable, oneOf, strictObject } from './shared.ts';

const wordSchema = Type.String({ minLength: 1, maxLength: 100 });
/** An ISO date, or a moment with its zone. */
const momentSchema = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?(Z|[+-]\\d{2}:\\d{2}))?$',
});

const auditFilters = {
  /** plan, area, account, token, import, antenna, raster, setting, … */
  object: Type.Optional(wordSchema),
  objectId: Type.Optional(wordSchema),
  /** Id of who did it. */
  account: Type.Optional(wordSchema),
  /** Part of the name of who did it, as it was then. */
  person: Type.Optional(Type.String({ maxLength: 100 })),
  role: Type.Optional(oneOf(roles)),
  /** create, change, remove, review, import, export, sign-in, … */
  action: Type.Optional(wordSchema),
  /** Part of the reason. */
  q: Type.Optional(Type.String({ maxLength: 100 })),
  from: Type.Optional(momentSchema),
  /** Not included. */
  to: Type.Optional(momentSchema),
};

/** GET /api/audit/export.xlsx, GET /api/audit/export.csv : newest first. */
export const auditExportQuerySchema = strictObject(auditFilters);
export type AuditExportQueryJson = Static<typeof auditExportQuerySchema>;

/** GET /api/audit */
export const auditQuerySchema = strictObject({
  ...auditFilters,
  /** desc, newest first, when left out. */
  order: Type.Optional(oneOf(['asc', 'desc'] as const)),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
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

/** What a record is about, as it stands now. */
export const auditThingSchema = strictObject({
  name: Type.String(),
  /** Id under which a page shows it: its own, or that of what it belongs to (the batch of a row, the case of a photo). */
  pageId: Type.String(),
  siteId: nullable(Type.String()),
  position: nullable(lonLatSchema),
});
export type AuditThingJson = Static<typeof auditThingSchema>;

/** GET /api/audit/:seq */
export const auditDetailSchema = strictObject({
  record: auditRecordJsonSchema,
  /** null: it has no page, is gone, or lies out of reach. */
  thing: nullable(auditThingSchema),
});
export type AuditDetailJson = Static<typeof auditDetailSchema>;

/** One record of the history of a row, as the desks show it. */
export const historyRecordFields = {
  seq: Type.Integer(),
  at: Type.String(),
  accountName: Type.String(),
  role: nullable(oneOf(roles)),
  action: Type.String(),
  before: Type.Unknown(),
  after: Type.Unknown(),
  reason: nullable(Type.String()),
};

/** GET /api/<desk>/:id/history : newest first. */
export const historySchema = strictObject({ records: Type.Array(strictObject(historyRecordFields)) });
export type HistoryJson = Static<typeof historySchema>;
