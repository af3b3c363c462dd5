// The demand library as the API speaks of it: places operators want served, the resources that could serve them, and demands that
// say the same thing twice.
import { type Static, Type } from 'typebox';
import {
  constraintFlags,
  demandForms,
  demandReasons,
  demandScenarios,
  demandStates,
  fibreStates,
  freeStatuses,
  libraryTypes,
  matchRuleIds,
  powerModes,
  resourceStates,
} from '../../engine/index.ts';
import { bboxQuery, mapQuerySchema } from './desk-map.ts';
import { datums } from './imports.ts';
import { placeSchema } from './resources.ts';
import { errorReplySchema, idSchema, lonLatSchema, nullable, oneOf, strictObject } from './shared.ts';

const MOST_MATCHED_AT_ONCE = 1000;
const MOST_MERGED = 20;

const text = (longest: number) => Type.String({ maxLength: longest });
const filledText = (longest: number) => Type.String({ minLength: 1, maxLength: longest, pattern: '\\S' });
const unknownText = (longest: number) => nullable(filledText(longest));
const dateText = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });

/** What people fill in; null is unknown. Metres; azimuths clockwise from north. */
const fields = {
  /** The sender's own number; one for each operator. */
  code: filledText(200),
  name: text(200),
  batch: text(100),
  operator: filledText(200),
  scenario: nullable(oneOf(demandScenarios)),
  /** Holds only where no district outline is: otherwise the place says it. */
  districtCode: text(20),
  townCode: text(20),
  searchRadiusM: Type.Number({ minimum: 10, maximum: 20_000 }),
  band: unknownText(50),
  form: nullable(oneOf(demandForms)),
  wantHeightM: nullable(Type.Number({ exclusiveMinimum: 0, maximum: 1000 })),
  azimuthsDeg: nullable(
    Type.Array(Type.Number({ minimum: 0, exclusiveMaximum: 360 }), { minItems: 1, maxItems: 12 }),
  ),
  reason: nullable(oneOf(demandReasons)),
  tags: Type.Array(filledText(50), { maxItems: 20 }),
  /** 1 first, 5 last. */
  priority: Type.Integer({ minimum: 1, maximum: 5 }),
  wantDate: nullable(dateText),
  shareable: nullable(Type.Boolean()),
  keyArea: unknownText(200),
  note: text(500),
};

export const demandJsonSchema = strictObject({
  id: idSchema,
  ...fields,
  state: oneOf(demandStates),
  position: lonLatSchema,
  /** As it was given, in `datum`. */
  originalPosition: lonLatSchema,
  datum: oneOf(datums),
  /** Operators whose demands were merged into this one. */
  jointOperators: Type.Array(Type.String()),
  /** The chosen resource. */
  resourceId: nullable(idSchema),
  /** null: none is chosen, or it is not within reach. */
  resourceCode: nullable(Type.String()),
  matchedAt: nullable(Type.String()),
  mergedInto: nullable(idSchema),
  origin: oneOf(['entered', 'import'] as const),
  sourceFile: nullable(Type.String()),
  sourceRow: nullable(Type.Integer()),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  /** Goes back as If-Match with every change. */
  version: Type.Integer(),
});
export type DemandJson = Static<typeof demandJsonSchema>;

const listOf = (words: readonly string[]) =>
  Type.String({ maxLength: 400, pattern: `^(${words.join('|')})(,(${words.join('|')}))*$` });

const filters = {
  ...bboxQuery,
  /** Code, name, batch or operator contains. */
  q: Type.Optional(text(100)),
  /** One or several, with commas. */
  state: Type.Optional(listOf(demandStates)),
  operator: Type.Optional(text(200)),
  batch: Type.Optional(text(100)),
  scenario: Type.Optional(listOf(demandScenarios)),
  reason: Type.Optional(listOf(demandReasons)),
  form: Type.Optional(oneOf(demandForms)),
  priority: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
  districtCode: Type.Optional(text(20)),
  townCode: Type.Optional(text(20)),
  /** Wanted by this day. */
  wantedBy: Type.Optional(dateText),
  /** true: only those near a demand of another operator. */
  duplicate: Type.Optional(oneOf(['true'] as const)),
  importId: Type.Optional(idSchema),
};
const order = {
  sort: Type.Optional(oneOf(['code', 'state', 'priority', 'wantDate', 'updatedAt'] as const)),
  order: Type.Optional(oneOf(['asc', 'desc'] as const)),
};

export const demandExportQuerySchema = strictObject({ ...filters, ...order });
export type DemandExportQueryJson = Static<typeof demandExportQuerySchema>;
export const demandMapQuerySchema = mapQuerySchema(filters);
export const demandQuerySchema = strictObject({
  ...filters,
  ...order,
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 200_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});
export type DemandQueryJson = Static<typeof demandQuerySchema>;

export const demandPageSchema = strictObject({
  demands: Type.Array(demandJsonSchema),
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
});
export type DemandPageJson = Static<typeof demandPageSchema>;

/** GET /api/demands/counts : how many stand in each state, under the same filters without `state`. */
export const demandCountsSchema = strictObject({
  states: Type.Array(strictObject({ state: oneOf(demandStates), count: Type.Integer() })),
  total: Type.Integer(),
});
export type DemandCountsJson = Static<typeof demandCountsSchema>;

const { code, operator, searchRadiusM: _radius, ...rest } = fields;
export const newDemandSchema = strictObject({
  ...Type.Partial(Type.Object({ ...rest, code })).properties,
  operator,
  /** Left out: the usual one of the scenario. */
  searchRadiusM: Type.Optional(fields.searchRadiusM),
  place: Type.Omit(placeSchema, ['quality'], { additionalProperties: false }),
});
export type NewDemandJson = Static<typeof newDemandSchema>;

/** What is left out stays. */
export const demandChangesSchema = strictObject({
  ...Type.Partial(Type.Object(fields)).properties,
  place: Type.Optional(Type.Omit(placeSchema, ['quality'], { additionalProperties: false })),
});
export type DemandChangesJson = Static<typeof demandChangesSchema>;
/** What lies in columns of its own name. */
export type DemandFieldsJson = Omit<DemandChangesJson, 'place'>;

/** 412: the refusal and the demand as it is now. */
export const staleDemandSchema = strictObject({
  ...errorReplySchema.properties,
  demand: demandJsonSchema,
});
export type StaleDemandJson = Static<typeof staleDemandSchema>;

const reason = Type.Optional(text(500));
export const demandMoveSchema = strictObject({ to: oneOf(['新建', '已取消'] as const), reason });
export type DemandMoveJson = Static<typeof demandMoveSchema>;

/** POST /api/demands/:id/match : this resource is the one. */
export const takeMatchSchema = strictObject({ resourceId: idSchema, reason });
export type TakeMatchJson = Static<typeof takeMatchSchema>;

const matchReasonSchema = strictObject({
  rule: oneOf(matchRuleIds),
  /** 0 … 1 */
  part: Type.Number(),
  /** Part × weight of the rule. */
  points: Type.Number(),
  /** What was found; null: unknown. */
  value: nullable(Type.Union([Type.Number(), Type.String()])),
  /** What the demand asks; null: nothing. */
  wanted: nullable(Type.Union([Type.Number(), Type.String()])),
  blocks: Type.Boolean(),
});

export const matchJsonSchema = strictObject({
  resourceId: idSchema,
  rank: Type.Integer(),
  distanceM: Type.Number(),
  /** 0 … 100 */
  score: Type.Number(),
  reasons: Type.Array(matchReasonSchema),
  /** Rules that keep it from being taken; such candidates come last. */
  blockedBy: Type.Array(oneOf(matchRuleIds)),
  code: Type.String(),
  name: Type.String(),
  position: lonLatSchema,
  resourceType: nullable(oneOf(libraryTypes.map((type) => type.code))),
  owner: Type.String(),
  state: oneOf(resourceStates),
  totalHeightM: nullable(Type.Number()),
  mountHeightsM: nullable(Type.Array(Type.Number())),
  freeStatus: nullable(oneOf(freeStatuses)),
  powerMode: nullable(oneOf(powerModes)),
  powerDistanceM: nullable(Type.Number()),
  fibre: nullable(oneOf(fibreStates)),
  constraintFlags: Type.Array(oneOf(constraintFlags)),
  slotsFree: nullable(Type.Integer()),
  siteId: nullable(idSchema),
});
export type MatchJson = Static<typeof matchJsonSchema>;

export const matchQuerySchema = strictObject({
  /** true: also resources that are not open; they are blocked by MATCH-STATE. */
  all: Type.Optional(oneOf(['true'] as const)),
  /** How many of the best are answered; 50 when left out. */
  most: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});

export const matchListSchema = strictObject({
  demandId: idSchema,
  /** Of the demand as it was matched. */
  version: Type.Integer(),
  matches: Type.Array(matchJsonSchema),
  /** Candidates within the radius, blocked ones too. */
  total: Type.Integer(),
  free: Type.Integer(),
  /** The plan whose gains are compared; null: none is done here, or none that may be read. */
  plan: nullable(strictObject({ id: idSchema, name: Type.String() })),
  rules: Type.Array(strictObject({ id: oneOf(matchRuleIds), weight: Type.Number(), blocks: Type.Boolean() })),
});
export type MatchListJson = Static<typeof matchListSchema>;

/** POST /api/demands/matches : the best candidate of every demand the filters show. */
export const bulkMatchSchema = strictObject({
  filters: strictObject(filters),
  /** True: only say what would be chosen. Otherwise new demands get their best candidate that is not blocked. */
  dryRun: Type.Boolean(),
});
export type BulkMatchJson = Static<typeof bulkMatchSchema>;
export const bulkMatchResultSchema = strictObject({
  dryRun: Type.Boolean(),
  /** Demands looked at; at the most 1 000 in one call. */
  demands: Type.Integer({ maximum: MOST_MATCHED_AT_ONCE }),
  /** Demands that stayed behind because there were more. */
  left: Type.Integer(),
  /** Got a resource, or would. */
  matched: Type.Integer(),
  rows: Type.Array(
    strictObject({
      demandId: idSchema,
      code: Type.String(),
      name: Type.String(),
      operator: Type.String(),
      candidates: Type.Integer(),
      free: Type.Integer(),
      /** The best that may be taken. */
      best: nullable(
        strictObject({
          resourceId: idSchema,
          code: Type.String(),
          name: Type.String(),
          distanceM: Type.Number(),
          score: Type.Number(),
        }),
      ),
    }),
  ),
});
export type BulkMatchResultJson = Static<typeof bulkMatchResultSchema>;

const twinSchema = strictObject({
  id: idSchema,
  code: Type.String(),
  name: Type.String(),
  operator: Type.String(),
  state: oneOf(demandStates),
  position: lonLatSchema,
  version: Type.Integer(),
});
export type DemandTwinJson = Static<typeof twinSchema>;

/** GET /api/demands/duplicates : demands of different operators that lie close to each other, nearest pairs first. */
export const duplicatesSchema = strictObject({
  radiusM: Type.Number(),
  total: Type.Integer(),
  pairs: Type.Array(strictObject({ distanceM: Type.Number(), first: twinSchema, second: twinSchema })),
});
export type DuplicatesJson = Static<typeof duplicatesSchema>;
export const duplicatesQuerySchema = strictObject({
  /** Only pairs of this demand. */
  demandId: Type.Optional(idSchema),
});

/** POST /api/demands/merge : several become one; it keeps all operators on record. */
export const mergeSchema = strictObject({
  keep: strictObject({ id: idSchema, version: Type.Integer() }),
  merge: Type.Array(strictObject({ id: idSchema, version: Type.Integer() }), {
    minItems: 1,
    maxItems: MOST_MERGED,
  }),
  reason,
});
export type MergeJson = Static<typeof mergeSchema>;
