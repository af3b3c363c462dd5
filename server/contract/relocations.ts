// Relocation cases (先建后拆) as the API speaks of them: sites that go, sites that replace them, and the gate between.
import { type Static, Type } from 'typebox';
import { caseStates, relocationCauses, relocationStates, siteStatuses } from '../../engine/index.ts';
import { bboxQuery, mapQuerySchema } from './desk-map.ts';
import { errorReplySchema, idSchema, lonLatSchema, nullable, oneOf, strictObject } from './shared.ts';

const MOST_SITES = 200;

const text = (longest: number) => Type.String({ maxLength: longest });
const filledText = (longest: number) => Type.String({ minLength: 1, maxLength: longest, pattern: '\\S' });
const dateSchema = nullable(Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' }));
const sentenceSchema = strictObject({ zh: Type.String(), en: Type.String() });
const siteIds = Type.Array(idSchema, { maxItems: MOST_SITES, uniqueItems: true });

/** What people fill in; money in yuan. */
const givenFields = {
  cause: oneOf(relocationCauses),
  /** The works that want the place: a road, a demolition. */
  project: filledText(200),
  compensationCny: nullable(Type.Integer({ minimum: 0, maximum: 10_000_000_000 })),
  compensationNote: text(500),
  /** By when the place is wanted. */
  dueOn: dateSchema,
  removedOn: dateSchema,
  milestones: Type.Array(strictObject({ name: filledText(100), dueOn: dateSchema, doneOn: dateSchema }), {
    maxItems: 50,
  }),
  remark: text(1000),
};

export const relocationGateSchema = strictObject({
  affected: Type.Integer(),
  replacements: Type.Integer(),
  onAir: Type.Integer(),
  /** On the air, and transmission confirmed: what counts. */
  ready: Type.Integer(),
  overridden: Type.Boolean(),
  open: Type.Boolean(),
});
export type RelocationGateJson = Static<typeof relocationGateSchema>;

const siteFields = {
  siteId: idSchema,
  code: Type.String(),
  name: Type.String(),
  status: oneOf(siteStatuses),
  position: lonLatSchema,
  /** Live cases there. */
  cases: Type.Array(
    strictObject({ id: idSchema, number: Type.String(), operator: Type.String(), state: oneOf(caseStates) }),
  ),
};
const replacementSchema = strictObject({
  ...siteFields,
  onAir: Type.Boolean(),
  transmissionOk: Type.Boolean(),
  transmissionNote: Type.String(),
  transmissionAt: nullable(Type.String()),
  transmissionBy: nullable(Type.String()),
});

const relocationFields = {
  id: idSchema,
  number: Type.String(),
  ...givenFields,
  districtCode: Type.String(),
  townCode: Type.String(),
  /** Of the sites whoever asks sees: those that go, then those that replace them. */
  positions: Type.Array(lonLatSchema),
  /** The organisation of the owner that asked; '' when a tower company did. */
  owner: Type.String(),
  state: oneOf(relocationStates),
  stateSince: Type.String(),
  gate: relocationGateSchema,
  override: nullable(strictObject({ reason: Type.String(), by: Type.String(), at: Type.String() })),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  /** Goes back as If-Match with every change. */
  version: Type.Integer(),
};
export const relocationJsonSchema = strictObject(relocationFields);
export type RelocationJson = Static<typeof relocationJsonSchema>;

const choiceSchema = strictObject({
  to: oneOf(relocationStates),
  reasonNeeded: Type.Boolean(),
  /** Needs that are not met; [] when the move would be made. */
  missing: Type.Array(strictObject({ need: Type.String(), words: sentenceSchema })),
});

/** One case: with its sites and what this person may do. */
export const relocationDetailSchema = strictObject({
  ...relocationFields,
  affectedSites: Type.Array(strictObject(siteFields)),
  replacementSites: Type.Array(replacementSchema),
  choices: Type.Array(choiceSchema),
  mayChange: Type.Boolean(),
  mayConfirmTransmission: Type.Boolean(),
  mayOverride: Type.Boolean(),
});
export type RelocationDetailJson = Static<typeof relocationDetailSchema>;

const listOf = (words: readonly string[]) =>
  Type.String({ maxLength: 200, pattern: `^(${words.join('|')})(,(${words.join('|')}))*$` });

const filters = {
  ...bboxQuery,
  /** Number or project contains. */
  q: Type.Optional(text(100)),
  state: Type.Optional(listOf(relocationStates)),
  cause: Type.Optional(oneOf(relocationCauses)),
  districtCode: Type.Optional(text(20)),
  townCode: Type.Optional(text(20)),
  /** Affected or replacement. */
  siteId: Type.Optional(idSchema),
  gateOpen: Type.Optional(oneOf(['true', 'false'] as const)),
  overridden: Type.Optional(oneOf(['true', 'false'] as const)),
  /** The place is wanted within so many days, or already. */
  dueWithinDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  /** mine: a replacement where a station of my organisation is on the air waits for its word on transmission. */
  transmission: Type.Optional(oneOf(['mine'] as const)),
};
const orderFields = {
  sort: Type.Optional(oneOf(['number', 'project', 'state', 'stateSince', 'dueOn', 'updatedAt'] as const)),
  order: Type.Optional(oneOf(['asc', 'desc'] as const)),
};
export const relocationExportQuerySchema = strictObject({ ...filters, ...orderFields });
export type RelocationExportQueryJson = Static<typeof relocationExportQuerySchema>;

export const relocationQuerySchema = strictObject({
  ...filters,
  ...orderFields,
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 200_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});
export type RelocationQueryJson = Static<typeof relocationQuerySchema>;
export const relocationCountQuerySchema = strictObject(filters);
export type RelocationCountQueryJson = Static<typeof relocationCountQuerySchema>;
export const relocationMapQuerySchema = mapQuerySchema(filters);

export const relocationPageSchema = strictObject({
  relocations: Type.Array(relocationJsonSchema),
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
});
export type RelocationPageJson = Static<typeof relocationPageSchema>;

export const relocationCountsSchema = strictObject({
  states: Type.Array(strictObject({ state: oneOf(relocationStates), count: Type.Integer() })),
  total: Type.Integer(),
});
export type RelocationCountsJson = Static<typeof relocationCountsSchema>;

/** POST /api/relocations (once) */
export const newRelocationSchema = strictObject({
  cause: givenFields.cause,
  project: givenFields.project,
  ...Type.Partial(
    Type.Object({
      compensationCny: givenFields.compensationCny,
      compensationNote: givenFields.compensationNote,
      dueOn: givenFields.dueOn,
      milestones: givenFields.milestones,
      remark: givenFields.remark,
    }),
  ).properties,
  affectedSiteIds: Type.Array(idSchema, { minItems: 1, maxItems: MOST_SITES, uniqueItems: true }),
  replacementSiteIds: Type.Optional(siteIds),
});
export type NewRelocationJson = Static<typeof newRelocationSchema>;

/** PATCH /api/relocations/:id (If-Match); what is left out stays. A list of sites replaces the one there. */
export const relocationChangesSchema = Type.Partial(
  strictObject({ ...givenFields, affectedSiteIds: siteIds, replacementSiteIds: siteIds }),
  { additionalProperties: false },
);
export type RelocationChangesJson = Static<typeof relocationChangesSchema>;

export const relocationMoveSchema = strictObject({
  to: oneOf(relocationStates),
  reason: Type.Optional(text(500)),
  /** The day the last mast went, with 已拆除. */
  removedOn: Type.Optional(dateSchema),
});
export type RelocationMoveJson = Static<typeof relocationMoveSchema>;

/** PUT /api/relocations/:id/transmission (once, If-Match) : the operator says whether a replacement has transmission. */
export const transmissionSchema = strictObject({
  siteId: idSchema,
  ok: Type.Boolean(),
  note: Type.Optional(text(300)),
});
export type TransmissionJson = Static<typeof transmissionSchema>;

/** POST /api/relocations/:id/override (once, If-Match) : a district lets it pass the gate. */
export const overrideSchema = strictObject({ reason: filledText(500) });
export type OverrideJson = Static<typeof overrideSchema>;

/** GET /api/relocations/overrides : for the next report, by the day of the override. */
export const overrideQuerySchema = strictObject({
  from: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  to: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  districtCode: Type.Optional(text(20)),
});
export const overrideListSchema = strictObject({ relocations: Type.Array(relocationJsonSchema) });
export type OverrideListJson = Static<typeof overrideListSchema>;

/** 412: the refusal and the relocation as it is now. */
export const staleRelocationSchema = strictObject({
  ...errorReplySchema.properties,
  relocation: relocationDetailSchema,
});
export type StaleRelocationJson = Static<typeof staleRelocationSchema>;
