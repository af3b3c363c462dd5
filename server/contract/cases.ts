// Cases as the API speaks of them: one operator's station on one site, from the wish to acceptance, and the survey of the site.
import { type Static, Type } from 'typebox';
import {
  caseStates,
  fibreStates,
  photoKinds,
  powerModes,
  siteStatuses,
  structureChecks,
} from '../../engine/index.ts';
import { historyRecordFields } from './audit.ts';
import { countedCasesSchema } from './counted-figures.ts';
import { bboxQuery, mapQuerySchema } from './desk-map.ts';
import {
  errorReplySchema,
  idSchema,
  lonLatSchema,
  nullable,
  oneOf,
  seenRowsSchema,
  strictObject,
} from './shared.ts';

const MOST_AT_ONCE = 1000;

const text = (longest: number) => Type.String({ maxLength: longest });
const filledText = (longest: number) => Type.String({ minLength: 1, maxLength: longest, pattern: '\\S' });
const measure = (largest: number) => nullable(Type.Number({ minimum: 0, maximum: largest }));
/** yyyy-mm-dd; null: not yet. */
const dateSchema = nullable(Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' }));
const sentenceSchema = strictObject({ zh: Type.String(), en: Type.String() });

/** What people fill in on the way, before or together with the move that needs it. */
const givenFields = {
  siteId: nullable(idSchema),
  planId: nullable(idSchema),
  /** The talk with the owner (谈点): agreed on that day, on that paper. */
  agreedOn: dateSchema,
  agreement: text(200),
  /** 报建备案 */
  filingNumber: text(100),
  filedOn: dateSchema,
  startedOn: dateSchema,
  completedOn: dateSchema,
  onAirOn: dateSchema,
  /** What shows that it radiates: the number of a test report or an alarm-free record. A photo of the kind 开通证据 does as well. */
  onAirEvidence: text(500),
  acceptedOn: dateSchema,
  remark: text(500),
};

const caseFields = {
  id: idSchema,
  number: Type.String(),
  ...givenFields,
  siteCode: nullable(Type.String()),
  siteName: nullable(Type.String()),
  siteStatus: nullable(oneOf(siteStatuses)),
  position: nullable(lonLatSchema),
  resourceId: nullable(idSchema),
  planName: nullable(Type.String()),
  demandId: nullable(idSchema),
  operator: Type.String(),
  /** '' until a tower company has claimed it. */
  company: Type.String(),
  districtCode: Type.String(),
  townCode: Type.String(),
  state: oneOf(caseStates),
  stateSince: Type.String(),
  /** Where it was held up or called to review. */
  stateBefore: nullable(oneOf(caseStates)),
  /** Taken into the annual plan, last. */
  listedAt: nullable(Type.String()),
  deliveryConfirmedAt: nullable(Type.String()),
  /** A claim runs for this operator. */
  claimed: Type.Boolean(),
  whitelisted: Type.Boolean(),
  surveyed: Type.Boolean(),
  /** Kinds of the photos named in the survey. */
  surveyPhotoKinds: Type.Array(oneOf(photoKinds)),
  evidencePhotos: Type.Integer(),
  /** A live relocation case wants the site away. */
  relocating: Type.Boolean(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  /** Goes back as If-Match with every change. */
  version: Type.Integer(),
};
export const caseJsonSchema = strictObject(caseFields);
export type CaseJson = Static<typeof caseJsonSchema>;

/** A way on that this person may go, now or once what is missing is there. */
const caseChoiceSchema = strictObject({
  to: oneOf(caseStates),
  reasonNeeded: Type.Boolean(),
  /** Fields to ask for together with the move. */
  fields: Type.Array(Type.String()),
  /** Needs that are not met and that no field of the move can meet; [] when the move would be made. */
  missing: Type.Array(strictObject({ need: Type.String(), words: sentenceSchema })),
});
export type CaseChoiceJson = Static<typeof caseChoiceSchema>;

/** One case: with what this person may do to it. */
export const caseDetailSchema = strictObject({
  ...caseFields,
  choices: Type.Array(caseChoiceSchema),
  /** The operator of the station confirms here that it was handed over. */
  mayConfirmDelivery: Type.Boolean(),
  /** The survey form is open for this person. */
  maySurvey: Type.Boolean(),
  /** This person may add photos. */
  mayAddPhotos: Type.Boolean(),
});
export type CaseDetailJson = Static<typeof caseDetailSchema>;

const listOf = (words: readonly string[]) =>
  Type.String({ maxLength: 400, pattern: `^(${words.join('|')})(,(${words.join('|')}))*$` });

const filters = {
  ...bboxQuery,
  /** Number, code or name of the site, operator or company contains. */
  q: Type.Optional(text(100)),
  /** One or several, with commas. */
  state: Type.Optional(listOf(caseStates)),
  operator: Type.Optional(text(200)),
  company: Type.Optional(text(200)),
  districtCode: Type.Optional(text(20)),
  townCode: Type.Optional(text(20)),
  siteId: Type.Optional(idSchema),
  resourceId: Type.Optional(idSchema),
  planId: Type.Optional(idSchema),
  demandId: Type.Optional(idSchema),
  /** In its state for at least so many days. */
  stalledDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  deliveryConfirmed: Type.Optional(oneOf(['true', 'false'] as const)),
  /** Those that a figure of GET /api/progress counts in the district and town asked for: stage, part, first and last day, unit, form. */
  counted: Type.Optional(countedCasesSchema),
};
const order = {
  sort: Type.Optional(
    oneOf(['number', 'siteName', 'operator', 'company', 'state', 'stateSince', 'updatedAt'] as const),
  ),
  order: Type.Optional(oneOf(['asc', 'desc'] as const)),
};

export const caseExportQuerySchema = strictObject({ ...filters, ...order });
export type CaseExportQueryJson = Static<typeof caseExportQuerySchema>;
export const caseMapQuerySchema = mapQuerySchema(filters);
export const caseQuerySchema = strictObject({
  ...filters,
  ...order,
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 200_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});
export type CaseQueryJson = Static<typeof caseQuerySchema>;

export const casePageSchema = strictObject({
  cases: Type.Array(caseJsonSchema),
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
});
export type CasePageJson = Static<typeof casePageSchema>;

/** GET /api/cases/counts : how many stand in each state, under the same filters without `state`. */
export const caseCountsSchema = strictObject({
  states: Type.Array(strictObject({ state: oneOf(caseStates), count: Type.Integer() })),
  total: Type.Integer(),
});
export type CaseCountsJson = Static<typeof caseCountsSchema>;

/** POST /api/cases (once): the live case of this site and operator, or a new one. */
export const newCaseSchema = strictObject({
  /** Left out: only wanted, by the demand. */
  siteId: Type.Optional(idSchema),
  planId: Type.Optional(idSchema),
  demandId: Type.Optional(idSchema),
  operator: text(200),
});
export type NewCaseJson = Static<typeof newCaseSchema>;

/** POST /api/cases/from-plan (once): cases for the new sites of a plan. */
export const casesFromPlanSchema = strictObject({
  planId: idSchema,
  /** Left out: all new sites of the plan within reach. */
  siteIds: Type.Optional(Type.Array(idSchema, { minItems: 1, maxItems: MOST_AT_ONCE, uniqueItems: true })),
  /** Left out: of a plan for several operators, one case for each who moves in. Named: only rows where that one moves in. */
  operator: Type.Optional(filledText(200)),
  dryRun: Type.Boolean(),
});
export type CasesFromPlanJson = Static<typeof casesFromPlanSchema>;
export const casesFromPlanResultSchema = strictObject({
  dryRun: Type.Boolean(),
  opened: Type.Integer(),
  /** Had a live case of that operator already. */
  held: Type.Integer(),
});
export type CasesFromPlanResultJson = Static<typeof casesFromPlanResultSchema>;

/** PATCH /api/cases/:id ; what is left out stays. */
export const caseChangesSchema = Type.Partial(strictObject(givenFields), { additionalProperties: false });
export type CaseChangesJson = Static<typeof caseChangesSchema>;

const reason = Type.Optional(text(500));
/** POST /api/cases/:id/moves (once, If-Match) */
export const caseMoveSchema = strictObject({
  to: oneOf(caseStates),
  reason,
  fields: Type.Optional(caseChangesSchema),
});
export type CaseMoveJson = Static<typeof caseMoveSchema>;

/** 412: the refusal and the case as it is now. */
export const staleCaseSchema = strictObject({ ...errorReplySchema.properties, case: caseDetailSchema });
export type StaleCaseJson = Static<typeof staleCaseSchema>;

/** POST /api/cases/moves (once): of rows as they were looked at; one that was changed since is refused. */
export const bulkCaseMoveSchema = strictObject({
  rows: seenRowsSchema(MOST_AT_ONCE),
  to: oneOf(caseStates),
  reason,
  fields: Type.Optional(caseChangesSchema),
  /** True: only say what would happen. */
  dryRun: Type.Boolean(),
  /** True: move those that may be moved. Otherwise nothing is moved when one is refused. */
  skipRefused: Type.Optional(Type.Boolean()),
});
export type BulkCaseMoveJson = Static<typeof bulkCaseMoveSchema>;
export const bulkCaseMoveResultSchema = strictObject({
  dryRun: Type.Boolean(),
  /** Moved, or to be moved. */
  moved: Type.Integer(),
  refused: Type.Array(
    strictObject({
      id: idSchema,
      /** null: nothing of that id is within reach. */
      number: nullable(Type.String()),
      siteName: nullable(Type.String()),
      state: nullable(oneOf(caseStates)),
      refusal: Type.String(),
      message: sentenceSchema,
      hint: sentenceSchema,
    }),
  ),
});
export type BulkCaseMoveResultJson = Static<typeof bulkCaseMoveResultSchema>;

/** GET …/timeline : newest first. */
export const timelineSchema = strictObject({
  records: Type.Array(
    strictObject({
      ...historyRecordFields,
      /** case, survey, photo, relocation or relocation-site */
      object: Type.String(),
      objectId: nullable(Type.String()),
    }),
  ),
});
export type TimelineJson = Static<typeof timelineSchema>;

/** Of the survey form; null is unknown. Lengths in metres. */
const surveyFields = {
  /** As measured there, CGCS2000. */
  position: nullable(Type.Array(Type.Number({ minimum: -180, maximum: 180 }), { minItems: 2, maxItems: 2 })),
  accuracyM: measure(10_000),
  mountHeightM: nullable(Type.Number({ exclusiveMinimum: 0, maximum: 1000 })),
  structureCheck: oneOf(structureChecks),
  powerMode: nullable(oneOf(powerModes)),
  powerDistanceM: measure(1e5),
  powerKva: measure(1e5),
  fibre: nullable(oneOf(fibreStates)),
  ductDistanceM: measure(1e5),
  room: text(200),
  surveyedOn: dateSchema,
  surveyor: text(100),
  remark: text(1000),
  /** Of photos of this case. */
  photoIds: Type.Array(idSchema, { maxItems: 100, uniqueItems: true }),
};
/** PUT /api/cases/:id/survey, with the version of the survey as If-Match. */
export const surveyChangesSchema = strictObject(surveyFields);
export type SurveyChangesJson = Static<typeof surveyChangesSchema>;
export const surveyJsonSchema = strictObject({
  ...surveyFields,
  caseId: idSchema,
  /** null: nobody has written it yet. */
  updatedAt: nullable(Type.String()),
  /** 0 before the first time. */
  version: Type.Integer(),
  /** What is missing before the case may be filed: fields, and kinds of photos. */
  missingFields: Type.Array(Type.String()),
  missingPhotoKinds: Type.Array(oneOf(photoKinds)),
});
export type SurveyJson = Static<typeof surveyJsonSchema>;
export const staleSurveySchema = strictObject({ ...errorReplySchema.properties, survey: surveyJsonSchema });
export type StaleSurveyJson = Static<typeof staleSurveySchema>;
