// Review batches (批次) as the API speaks of them: the formal act on top of the reviews of a plan. Rows are decided by somebody else
// than who submitted them, can be undone until the batch is closed, and go back as { id, version } with every act on them.
import { type Static, type TSchema, Type } from 'typebox';
import {
  batchDecisions,
  batchOpinions,
  batchStates,
  buildModes,
  constraintFlags,
  powerModes,
  resourceStates,
  reviewedFields,
  reviewReasonCodes,
  rowCheckIds,
  rowCheckResults,
  structureChecks,
} from '../../engine/index.ts';
import { errorReplySchema, idSchema, lonLatSchema, nullable, oneOf, strictObject } from './shared.ts';

/** A batch seen in practice has 85 rows; each takes some milliseconds to submit, to decide and to close. */
export const MOST_BATCH_ROWS = 1_000;

const text = (longest: number) => Type.String({ maxLength: longest });
const filledText = (longest: number) => Type.String({ minLength: 1, maxLength: longest, pattern: '\\S' });
const operatorsSchema = Type.Array(filledText(100), { maxItems: 8, uniqueItems: true });
const structures = ['pole', 'roof', 'tower'] as const;

// Batches -------------------------------------------------------------------------------------------------------------

const decisionCountsSchema = strictObject({
  rows: Type.Integer(),
  /** No decision of the present round. */
  undecided: Type.Integer(),
  同意: Type.Integer(),
  退回补正: Type.Integer(),
  不同意: Type.Integer(),
  转问题: Type.Integer(),
  /** No opinion of the town yet. */
  withoutTown: Type.Integer(),
  /** Departments are asked that have not answered. */
  countersigning: Type.Integer(),
  /** At least one check says fail, at least one says warn and none fail. */
  failing: Type.Integer(),
  warning: Type.Integer(),
});
export type DecisionCountsJson = Static<typeof decisionCountsSchema>;

export const batchJsonSchema = strictObject({
  id: idSchema,
  /** District, year and serial, such as 310000-2026-003; null until it is submitted. */
  number: nullable(Type.String()),
  title: Type.String(),
  state: oneOf(batchStates),
  districtCode: Type.String(),
  districtName: Type.String(),
  /** The plan its rows came from. */
  planId: nullable(idSchema),
  forOperators: Type.Array(Type.String()),
  /** To whom the decision letter goes. */
  addressee: Type.String(),
  /** Office that decides: head and end of the letter. */
  office: Type.String(),
  /** Organisations that get a copy of the letter. */
  copyTo: Type.Array(Type.String()),
  note: Type.String(),
  organisation: Type.String(),
  createdAt: Type.String(),
  createdByName: Type.String(),
  submittedAt: nullable(Type.String()),
  submittedByName: nullable(Type.String()),
  closedAt: nullable(Type.String()),
  closedByName: nullable(Type.String()),
  /** The earliest of its undecided rows; null when none waits. */
  dueAt: nullable(Type.String()),
  counts: decisionCountsSchema,
  /** Who asks has made or submitted it, and so decides nothing in it. */
  submittedByMe: Type.Boolean(),
  /** To whom it was handed over; null: to nobody in particular. Others may decide all the same. */
  handlerName: nullable(Type.String()),
  handledByMe: Type.Boolean(),
  /** The last act of who asks that can still be undone. */
  undoable: nullable(
    strictObject({
      actId: idSchema,
      decision: oneOf(batchDecisions),
      rows: Type.Integer(),
      at: Type.String(),
    }),
  ),
  updatedAt: Type.String(),
  /** Goes back as If-Match. */
  version: Type.Integer(),
});
export type BatchJson = Static<typeof batchJsonSchema>;

/** What a batch may wait for; late: a decision that is overdue; countersign: a department whose time is over. */
export const batchWaits = [
  'decision',
  'late',
  'town-opinion',
  'resubmission',
  'closing',
  'countersign',
] as const;

const batchFilters = {
  /** Number, title or organisation contains. */
  q: Type.Optional(text(100)),
  /** One or several, with commas. */
  state: Type.Optional(
    Type.String({ maxLength: 60, pattern: `^(${batchStates.join('|')})(,(${batchStates.join('|')}))*$` }),
  ),
  districtCode: Type.Optional(text(20)),
  planId: Type.Optional(idSchema),
  /** Submitted or made by who asks. */
  mine: Type.Optional(oneOf(['true', 'false'] as const)),
  /** Of mine to act on: undecided rows, overdue ones, rows of my towns without opinion, my returned rows, everything decided. */
  waiting: Type.Optional(oneOf(batchWaits)),
  /** Handed over to who asks. */
  handler: Type.Optional(oneOf(['me'] as const)),
  year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2200 })),
};
const paging = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
};
const direction = Type.Optional(oneOf(['asc', 'desc'] as const));

export const batchCountsQuerySchema = strictObject(batchFilters);
const batchOrder = {
  sort: Type.Optional(oneOf(['number', 'title', 'state', 'submittedAt', 'updatedAt'] as const)),
  order: direction,
};
export const batchListExportQuerySchema = strictObject({ ...batchFilters, ...batchOrder });
export type BatchListExportQueryJson = Static<typeof batchListExportQuerySchema>;
export const batchQuerySchema = strictObject({ ...batchFilters, ...batchOrder, ...paging });
export type BatchQueryJson = Static<typeof batchQuerySchema>;

const pageOf = <T extends Record<string, TSchema>>(lists: T) =>
  strictObject({ ...lists, total: Type.Integer(), page: Type.Integer(), pageSize: Type.Integer() });

export const batchPageSchema = pageOf({ batches: Type.Array(batchJsonSchema) });
export type BatchPageJson = Static<typeof batchPageSchema>;

/** GET /api/batches/counts : the same filters without `state`. */
export const batchCountsSchema = strictObject({
  states: Type.Array(strictObject({ state: oneOf(batchStates), count: Type.Integer() })),
  total: Type.Integer(),
});
export type BatchCountsJson = Static<typeof batchCountsSchema>;

// Rows ----------------------------------------------------------------------------------------------------------------

export const rowCheckSchema = strictObject({
  id: oneOf(rowCheckIds),
  result: oneOf(rowCheckResults),
  /** Key of the sentence, see client/format/messages. */
  because: Type.String(),
  facts: Type.Record(
    Type.String(),
    Type.Union([Type.String(), Type.Number(), Type.Array(Type.String()), Type.Null()]),
  ),
});
export type RowCheckJson = Static<typeof rowCheckSchema>;

const opinionSchema = strictObject({
  opinion: oneOf(batchOpinions),
  text: Type.String(),
  byName: Type.String(),
  at: Type.String(),
});
const changeSchema = strictObject({
  field: oneOf(reviewedFields),
  before: Type.Unknown(),
  after: Type.Unknown(),
});

/** What is proposed, as the library and the plan had it when the row was made or came back. */
const proposalFields = {
  siteId: idSchema,
  resourceId: nullable(idSchema),
  code: Type.String(),
  name: Type.String(),
  address: Type.String(),
  position: lonLatSchema,
  resourceType: nullable(Type.String()),
  structure: oneOf(structures),
  districtCode: Type.String(),
  townCode: Type.String(),
  townName: Type.String(),
  owner: Type.String(),
  /** null: the site is not in the library. */
  consent: nullable(oneOf(['confirmed', 'whitelisted', 'missing'] as const)),
  resourceState: nullable(oneOf(resourceStates)),
  heightM: Type.Number(),
  buildMode: oneOf(buildModes),
  costCny: Type.Integer(),
  forOperators: operatorsSchema,
  /** Equipment, for the screening of exposure; null: nobody said. */
  profileId: nullable(Type.String()),
  powerMode: nullable(oneOf(powerModes)),
  structureCheck: nullable(oneOf(structureChecks)),
  constraintFlags: Type.Array(oneOf(constraintFlags)),
  /** What the submitter says of it (申报说明). */
  note: Type.String(),
  checks: Type.Array(rowCheckSchema),
};

export const batchRowSchema = strictObject({
  id: idSchema,
  batchId: idSchema,
  /** 1-based, in the order of the annex. */
  place: Type.Integer(),
  planId: nullable(idSchema),
  ...proposalFields,
  checkedAt: Type.String(),
  townOpinion: nullable(opinionSchema),
  departmentOpinions: Type.Array(strictObject({ department: Type.String(), ...opinionSchema.properties })),
  /** Departments asked for their opinion (加签) that have not given it. */
  countersigns: Type.Array(
    strictObject({
      department: Type.String(),
      /** Who asked. */
      byName: Type.String(),
      at: Type.String(),
      dueAt: Type.String(),
      note: Type.String(),
    }),
  ),
  /** null: undecided in this round. */
  decision: nullable(oneOf(batchDecisions)),
  reasonCode: nullable(oneOf(reviewReasonCodes)),
  reasonText: Type.String(),
  decidedByName: nullable(Type.String()),
  decidedAt: nullable(Type.String()),
  /** 1 when it is submitted, one more each time it comes back, in the same batch or in one after that. */
  round: Type.Integer(),
  /** Of a row that came back: all a reviewer has to look at. Empty in round 1. */
  changes: Type.Array(changeSchema),
  townDueAt: nullable(Type.String()),
  dueAt: nullable(Type.String()),
  updatedAt: Type.String(),
  version: Type.Integer(),
});
export type BatchRowJson = Static<typeof batchRowSchema>;

/** One row with everything that was ever decided on it, oldest first; undone decisions stay in sight. */
export const batchRowDetailSchema = strictObject({
  row: batchRowSchema,
  history: Type.Array(
    strictObject({
      id: idSchema,
      actId: idSchema,
      round: Type.Integer(),
      decision: oneOf(batchDecisions),
      reasonCode: nullable(oneOf(reviewReasonCodes)),
      reasonText: Type.String(),
      byName: Type.String(),
      at: Type.String(),
      undoneAt: nullable(Type.String()),
      undoneByName: nullable(Type.String()),
    }),
  ),
});
export type BatchRowDetailJson = Static<typeof batchRowDetailSchema>;

const decisionFilters = ['未定', ...batchDecisions] as const;
export const batchRowQuerySchema = strictObject({
  /** Code, name, address or owner contains. */
  q: Type.Optional(text(100)),
  /** One or several, with commas. */
  decision: Type.Optional(
    Type.String({
      maxLength: 60,
      pattern: `^(${decisionFilters.join('|')})(,(${decisionFilters.join('|')}))*$`,
    }),
  ),
  check: Type.Optional(oneOf(rowCheckIds)),
  /** Of the check named, of any check when none is named. */
  result: Type.Optional(oneOf(rowCheckResults)),
  townCode: Type.Optional(text(20)),
  townOpinion: Type.Optional(oneOf(['缺', ...batchOpinions] as const)),
  /** true: only rows that came back. */
  returned: Type.Optional(oneOf(['true', 'false'] as const)),
  /** true: only rows with a department that is asked and has not answered. */
  countersigning: Type.Optional(oneOf(['true', 'false'] as const)),
  sort: Type.Optional(oneOf(['place', 'code', 'name', 'townCode', 'decision', 'decidedAt'] as const)),
  order: direction,
  ...paging,
});
export type BatchRowQueryJson = Static<typeof batchRowQuerySchema>;

export const batchRowPageSchema = pageOf({ rows: Type.Array(batchRowSchema), counts: decisionCountsSchema });
export type BatchRowPageJson = Static<typeof batchRowPageSchema>;

// Putting one together ------------------------------------------------------------------------------------------------

/** Exactly one of the three, or a plan and some of its sites; with a plan its new sites in the district. */
const sourceFields = {
  planId: Type.Optional(idSchema),
  siteIds: Type.Optional(Type.Array(idSchema, { minItems: 1, maxItems: MOST_BATCH_ROWS, uniqueItems: true })),
  resourceIds: Type.Optional(
    Type.Array(idSchema, { minItems: 1, maxItems: MOST_BATCH_ROWS, uniqueItems: true }),
  ),
  /** One batch per district: left out, the preview counts every district and shows the first with rows. */
  districtCode: Type.Optional(text(20)),
  forOperators: Type.Optional(operatorsSchema),
  /** Left out: that of the plan. */
  profileId: Type.Optional(nullable(text(50))),
};

export const batchPreviewRequestSchema = strictObject(sourceFields);
export type BatchPreviewRequestJson = Static<typeof batchPreviewRequestSchema>;

/** Why one does not come along: it waits in another open batch, was agreed to already, or has no place and so makes no site. */
const leftOutSchema = strictObject({
  /** Of the site, or of the resource that makes none. */
  id: idSchema,
  code: Type.String(),
  name: Type.String(),
  why: oneOf(['in-open-batch', 'agreed', 'no-site'] as const),
  batchNumber: nullable(Type.String()),
});
export const batchPreviewSchema = strictObject({
  districts: Type.Array(
    strictObject({ districtCode: Type.String(), districtName: Type.String(), rows: Type.Integer() }),
  ),
  districtCode: nullable(Type.String()),
  rows: Type.Array(strictObject(proposalFields)),
  leftOut: Type.Array(leftOutSchema),
});
export type BatchPreviewJson = Static<typeof batchPreviewSchema>;

const copyToSchema = Type.Array(filledText(100), { maxItems: 20, uniqueItems: true });
const headFields = {
  title: filledText(200),
  addressee: text(200),
  office: text(200),
  copyTo: copyToSchema,
  note: text(2000),
};
/** POST /api/batches, with Idempotency-Key: a draft, or submitted at once. */
export const newBatchSchema = strictObject({
  ...sourceFields,
  districtCode: filledText(20),
  title: headFields.title,
  addressee: Type.Optional(headFields.addressee),
  office: Type.Optional(headFields.office),
  copyTo: Type.Optional(headFields.copyTo),
  note: Type.Optional(headFields.note),
  /** Rows of the source that do not come along. */
  exceptSiteIds: Type.Optional(Type.Array(idSchema, { maxItems: MOST_BATCH_ROWS })),
  submit: Type.Boolean(),
});
export type NewBatchJson = Static<typeof newBatchSchema>;

/** PATCH /api/batches/:id of a draft; addressee, office and copies until it is closed. What is left out stays. */
export const batchChangesSchema = Type.Partial(strictObject(headFields), { additionalProperties: false });
export type BatchChangesJson = Static<typeof batchChangesSchema>;

/** POST …/submit, with Idempotency-Key and If-Match. */
export const batchSubmitSchema = strictObject({});
/** POST …/withdraw, with If-Match; the reason is needed once it is submitted. */
export const batchWithdrawSchema = strictObject({ reason: Type.Optional(text(500)) });

/** What a submitter may change of a row; what is left out stays, what the library says is read again. */
const amendableFields = {
  address: text(300),
  heightM: Type.Number({ exclusiveMinimum: 0, maximum: 1000 }),
  buildMode: oneOf(buildModes),
  costCny: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
  forOperators: operatorsSchema,
  profileId: nullable(text(50)),
  note: text(1000),
};
/**
 * PATCH /api/batches/:id/rows/:rowId (a draft) and POST …/rows/:rowId/resubmit (a returned row, with Idempotency-Key), both with
 * If-Match. A row that comes back is undecided again and shows what changed.
 */
export const rowAmendSchema = Type.Partial(strictObject(amendableFields), { additionalProperties: false });
export type RowAmendJson = Static<typeof rowAmendSchema>;

// Acts on rows --------------------------------------------------------------------------------------------------------

/** As they were looked at: any that changed since refuses the whole act with 412 and the fresh rows. */
export const seenRowsSchema = Type.Array(
  strictObject({ id: idSchema, version: Type.Integer({ minimum: 1 }) }),
  {
    minItems: 1,
    maxItems: MOST_BATCH_ROWS,
  },
);

/** POST …/decisions, with Idempotency-Key. Everything but 同意 needs a reason code; 其他 needs a text as well. */
export const decideSchema = strictObject({
  rows: seenRowsSchema,
  decision: oneOf(batchDecisions),
  reasonCode: Type.Optional(nullable(oneOf(reviewReasonCodes))),
  reasonText: Type.Optional(text(1000)),
});
export type DecideJson = Static<typeof decideSchema>;

/** POST …/undo, with Idempotency-Key: the last act of who asks, or the one named. Rows decided again since stay. */
export const undoSchema = strictObject({ actId: Type.Optional(idSchema) });
export type UndoJson = Static<typeof undoSchema>;

/** The rows after the act, and the batch with its counts. */
export const actResultSchema = strictObject({
  actId: idSchema,
  rows: Type.Array(batchRowSchema),
  batch: batchJsonSchema,
});
export type ActResultJson = Static<typeof actResultSchema>;

const opinionFields = {
  rows: seenRowsSchema,
  opinion: oneOf(batchOpinions),
  /** Needed unless it is 同意. */
  text: Type.Optional(text(1000)),
};
/** POST …/town-opinions, with Idempotency-Key: by the town, on its own rows. Again: the later one holds. */
export const townOpinionSchema = strictObject(opinionFields);
export type TownOpinionJson = Static<typeof townOpinionSchema>;
/** POST …/department-opinions, with Idempotency-Key: recorded by the district. */
export const departmentOpinionSchema = strictObject({ ...opinionFields, department: filledText(50) });
export type DepartmentOpinionJson = Static<typeof departmentOpinionSchema>;

/** POST …/close, with Idempotency-Key and If-Match. */
export const closeSchema = strictObject({
  /** True: only say what would happen and what is missing. */
  dryRun: Type.Boolean(),
});
export const closeResultSchema = strictObject({
  dryRun: Type.Boolean(),
  closed: Type.Boolean(),
  /** Rows that have no decision: closing refuses while there is one. */
  undecided: Type.Array(strictObject({ id: idSchema, place: Type.Integer(), code: Type.String() })),
  /** Rows whose town said nothing: told, not refused. */
  withoutTown: Type.Integer(),
  /** Rows with a department that was asked and is silent: told, not refused. */
  countersigning: Type.Integer(),
  batch: batchJsonSchema,
});
export type CloseResultJson = Static<typeof closeResultSchema>;

/** 412: the refusal and what is there now. */
export const staleBatchSchema = strictObject({ ...errorReplySchema.properties, batch: batchJsonSchema });
export type StaleBatchJson = Static<typeof staleBatchSchema>;
export const staleRowsSchema = strictObject({
  ...errorReplySchema.properties,
  rows: Type.Array(batchRowSchema),
});
export type StaleRowsJson = Static<typeof staleRowsSchema>;
