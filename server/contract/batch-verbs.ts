// What is done with a batch beside deciding, as the API speaks of it: 催办 (urging), 加签 (asking departments), 转交 (handing over), names
// for 抄送 (copies), and its history.
import { type Static, Type } from 'typebox';
import { urgeTargets } from '../../engine/index.ts';
import { roles } from '../permission/permission-table.ts';
import { seenRowsSchema } from './batches.ts';
import { idSchema, nullable, oneOf, strictObject } from './shared.ts';

const text = (longest: number) => Type.String({ maxLength: longest });
const filledText = (longest: number) => Type.String({ minLength: 1, maxLength: longest, pattern: '\\S' });
const MOST_TOWNS = 100;
/** ISO with its zone. */
const momentSchema = Type.String({
  pattern:
    '^20\\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$',
});

/** Somebody who owes something on an open batch. */
const waitingUnitSchema = strictObject({
  to: oneOf(urgeTargets),
  /** Code of the town, name of the department; empty for the submitter and the district. */
  unit: Type.String(),
  /** Name of the town or department, of the submitter, of the district. */
  name: Type.String(),
  /** Rows that wait there. */
  waiting: Type.Integer(),
  /** When it was urged last, and by whom; null: never. */
  urgedAt: nullable(Type.String()),
  urgedBy: nullable(Type.String()),
  /** Not before then again; null: it may be urged now. */
  againAt: nullable(Type.String()),
});
export type WaitingUnitJson = Static<typeof waitingUnitSchema>;

/** GET /api/batches/:id/urges : whom who asks may urge. */
export const waitingUnitsSchema = strictObject({ units: Type.Array(waitingUnitSchema) });
export type WaitingUnitsJson = Static<typeof waitingUnitsSchema>;

/** POST /api/batches/:id/urges, with Idempotency-Key. Of several towns or departments those that were urged lately are left out. */
export const urgeSchema = strictObject({
  to: oneOf(urgeTargets),
  /** Left out: all towns that owe opinions. */
  townCodes: Type.Optional(Type.Array(text(20), { minItems: 1, maxItems: MOST_TOWNS, uniqueItems: true })),
  text: Type.Optional(text(500)),
});
export type UrgeJson = Static<typeof urgeSchema>;

export const urgeResultSchema = strictObject({
  actId: idSchema,
  reached: Type.Array(waitingUnitSchema),
  leftOut: Type.Array(waitingUnitSchema),
});
export type UrgeResultJson = Static<typeof urgeResultSchema>;

/** POST /api/batches/:id/countersigns, with Idempotency-Key. Again: the later one holds. */
export const countersignSchema = strictObject({
  rows: seenRowsSchema,
  department: filledText(50),
  /** Left out: working days by the rule batch.countersign_working_days. */
  dueAt: Type.Optional(momentSchema),
  note: Type.Optional(text(500)),
});
export type CountersignJson = Static<typeof countersignSchema>;

/** POST /api/batches/:id/countersigns/withdraw, with Idempotency-Key: the department need not answer any more. */
export const countersignWithdrawSchema = strictObject({ rows: seenRowsSchema, department: filledText(50) });
export type CountersignWithdrawJson = Static<typeof countersignWithdrawSchema>;

/** GET /api/batches/:id/reviewers : to whom it can be handed over; never who made or submitted it. */
export const reviewersSchema = strictObject({
  reviewers: Type.Array(strictObject({ id: idSchema, name: Type.String(), role: oneOf(roles) })),
});
export type ReviewersJson = Static<typeof reviewersSchema>;

/** POST /api/batches/:id/handovers, with Idempotency-Key. Answers the batch. */
export const handoverSchema = strictObject({ accountId: idSchema, note: Type.Optional(text(500)) });
export type HandoverJson = Static<typeof handoverSchema>;

/** GET /api/batches/:id/organisations : names to choose copies from; empty for who does not write the head. */
export const organisationsSchema = strictObject({ organisations: Type.Array(Type.String()) });
export type OrganisationsJson = Static<typeof organisationsSchema>;
