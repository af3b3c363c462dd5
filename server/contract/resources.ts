// The resource library as the API speaks of it. Contacts are nowhere in here but behind their own address.
import { type Static, Type } from 'typebox';
import {
  buildModes,
  constraintFlags,
  fibreStates,
  freeStatuses,
  libraryTypes,
  locationQualities,
  powerModes,
  resourceStates,
  structureChecks,
} from '../../engine/index.ts';
import { historyRecordFields } from './audit.ts';
import { bboxQuery, mapQuerySchema } from './desk-map.ts';
import { datums } from './imports.ts';
import {
  errorReplySchema,
  idSchema,
  lonLatSchema,
  nullable,
  oneOf,
  seenRowsSchema,
  strictObject,
} from './shared.ts';

const MOST_AT_ONCE = 10_000;

const text = (longest: number) => Type.String({ maxLength: longest });
const filledText = (longest: number) => Type.String({ minLength: 1, maxLength: longest, pattern: '\\S' });
const unknownText = (longest: number) => nullable(filledText(longest));
const measure = (largest: number) => nullable(Type.Number({ minimum: 0, maximum: largest }));
const dateSchema = nullable(Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' }));
const typeCodes = libraryTypes.map(({ code }) => code);

/** What people fill in; null is unknown. Heights in metres above the ground, money in yuan. */
const fields = {
  code: filledText(200),
  name: text(200),
  address: text(200),
  /** null: nobody said; such a resource makes no site. */
  resourceType: nullable(oneOf(typeCodes)),
  districtCode: text(20),
  townCode: text(20),
  committees: Type.Array(filledText(100), { maxItems: 50 }),
  owner: text(200),
  ownerType: unknownText(50),
  freeStatus: nullable(oneOf(freeStatuses)),
  feeCnyPerYear: measure(1e9),
  feeBasis: unknownText(200),
  totalHeightM: nullable(Type.Number({ exclusiveMinimum: 0, maximum: 1000 })),
  mountHeightsM: nullable(
    Type.Array(Type.Number({ exclusiveMinimum: 0, maximum: 1000 }), { minItems: 1, maxItems: 20 }),
  ),
  loadKg: measure(1e6),
  slots: nullable(Type.Integer({ minimum: 0, maximum: 1000 })),
  powerMode: nullable(oneOf(powerModes)),
  powerDistanceM: measure(1e5),
  powerKva: measure(1e5),
  powerPriceCnyPerKwh: measure(100),
  fibre: nullable(oneOf(fibreStates)),
  ductDistanceM: measure(1e5),
  roomRef: unknownText(200),
  structureCheck: oneOf(structureChecks),
  appearanceRequirement: unknownText(200),
  existingSystems: nullable(Type.Array(filledText(100), { maxItems: 50 })),
  constraintFlags: Type.Array(oneOf(constraintFlags), { maxItems: 11, uniqueItems: true }),
  surveyDate: dateSchema,
  surveyor: unknownText(100),
  validFrom: dateSchema,
  validTo: dateSchema,
  costCny: nullable(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
  buildMode: nullable(oneOf(buildModes)),
};

export const resourceJsonSchema = strictObject({
  id: idSchema,
  ...fields,
  state: oneOf(resourceStates),
  position: nullable(lonLatSchema),
  /** As it was given, in `datum`. */
  originalPosition: nullable(lonLatSchema),
  datum: nullable(oneOf(datums)),
  locationQuality: oneOf(locationQualities),
  ownerConfirmedAt: nullable(Type.String()),
  /** 公共资源白名单 */
  whitelisted: Type.Boolean(),
  /** Of the last directory it stands in. */
  directoryNumber: nullable(Type.String()),
  /** The site a plan may choose; null while it has no place or carries no antenna. */
  siteId: nullable(idSchema),
  origin: oneOf(['entered', 'import', 'site'] as const),
  sourceFile: nullable(Type.String()),
  sourceRow: nullable(Type.Integer()),
  /** How many photos there are of it. */
  photos: Type.Integer(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  /** Goes back as If-Match with every change. */
  version: Type.Integer(),
});
export type ResourceJson = Static<typeof resourceJsonSchema>;

const listOf = (words: readonly string[]) =>
  Type.String({ maxLength: 400, pattern: `^(${words.join('|')})(,(${words.join('|')}))*$` });

const filters = {
  ...bboxQuery,
  /** Code, name, address or owner contains. */
  q: Type.Optional(text(100)),
  /** One or several, with commas. */
  state: Type.Optional(listOf(resourceStates)),
  resourceType: Type.Optional(listOf(typeCodes)),
  districtCode: Type.Optional(text(20)),
  townCode: Type.Optional(text(20)),
  owner: Type.Optional(text(200)),
  freeStatus: Type.Optional(oneOf(freeStatuses)),
  whitelisted: Type.Optional(oneOf(['true', 'false'] as const)),
  /** The owner has consented. */
  confirmed: Type.Optional(oneOf(['true', 'false'] as const)),
  constraintFlag: Type.Optional(oneOf(constraintFlags)),
  structureCheck: Type.Optional(oneOf(structureChecks)),
  powerMode: Type.Optional(oneOf(powerModes)),
  fibre: Type.Optional(oneOf(fibreStates)),
  importId: Type.Optional(idSchema),
};
const order = {
  sort: Type.Optional(
    oneOf(['code', 'name', 'owner', 'resourceType', 'state', 'totalHeightM', 'updatedAt'] as const),
  ),
  order: Type.Optional(oneOf(['asc', 'desc'] as const)),
};

export const resourceExportQuerySchema = strictObject({ ...filters, ...order });
export type ResourceExportQueryJson = Static<typeof resourceExportQuerySchema>;
export const resourceMapQuerySchema = mapQuerySchema(filters);
export const resourceQuerySchema = strictObject({
  ...filters,
  ...order,
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 200_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});
export type ResourceQueryJson = Static<typeof resourceQuerySchema>;

export const resourcePageSchema = strictObject({
  resources: Type.Array(resourceJsonSchema),
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
});
export type ResourcePageJson = Static<typeof resourcePageSchema>;

/** GET /api/resources/counts : how many stand in each state, under the same filters without `state`. */
export const resourceCountsSchema = strictObject({
  states: Type.Array(strictObject({ state: oneOf(resourceStates), count: Type.Integer() })),
  total: Type.Integer(),
});
export type ResourceCountsJson = Static<typeof resourceCountsSchema>;

const placeFields = {
  position: Type.Array(Type.Number({ minimum: -180, maximum: 180 }), { minItems: 2, maxItems: 2 }),
  /** Of the position; CGCS2000 when left out. */
  datum: Type.Optional(oneOf(datums)),
  quality: Type.Optional(oneOf(['实测', '图上', '地址估算'] as const)),
};
export const placeSchema = strictObject(placeFields);
export type PlaceJson = Static<typeof placeSchema>;

export const newResourceSchema = strictObject({
  ...Type.Partial(Type.Object(fields)).properties,
  /** Left out: it waits in the locate queue. */
  place: Type.Optional(placeSchema),
});
export type NewResourceJson = Static<typeof newResourceSchema>;

/** What is left out stays. */
export const resourceChangesSchema = Type.Partial(strictObject(fields), { additionalProperties: false });
export type ResourceChangesJson = Static<typeof resourceChangesSchema>;

/** 412: the refusal and the resource as it is now. */
export const staleResourceSchema = strictObject({
  ...errorReplySchema.properties,
  resource: resourceJsonSchema,
});
export type StaleResourceJson = Static<typeof staleResourceSchema>;

const reason = Type.Optional(text(500));
export const resourceMoveSchema = strictObject({ to: oneOf(resourceStates), reason });
export type ResourceMoveJson = Static<typeof resourceMoveSchema>;
export const whitelistSchema = strictObject({ whitelisted: Type.Boolean(), reason });
export const confirmationSchema = strictObject({ reason });

export const bulkMoveSchema = strictObject({
  rows: seenRowsSchema(MOST_AT_ONCE),
  to: oneOf(resourceStates),
  reason,
  /** True: only say what would happen. */
  dryRun: Type.Boolean(),
  /** True: move those that may be moved. Otherwise nothing is moved when one is refused. */
  skipRefused: Type.Optional(Type.Boolean()),
});
export type BulkMoveJson = Static<typeof bulkMoveSchema>;
/** POST /api/resources/confirmations : the owner consents to many at once; the answer is that of moves. */
export const bulkConfirmSchema = strictObject({
  rows: bulkMoveSchema.properties.rows,
  reason,
  dryRun: Type.Boolean(),
  skipRefused: Type.Optional(Type.Boolean()),
});
export type BulkConfirmJson = Static<typeof bulkConfirmSchema>;

const sentenceSchema = strictObject({ zh: Type.String(), en: Type.String() });
export const bulkMoveResultSchema = strictObject({
  dryRun: Type.Boolean(),
  /** Moved, or to be moved. */
  moved: Type.Integer(),
  refused: Type.Array(
    strictObject({
      id: idSchema,
      /** null: nothing of that id is within reach. */
      code: nullable(Type.String()),
      name: nullable(Type.String()),
      state: nullable(oneOf(resourceStates)),
      refusal: Type.String(),
      message: sentenceSchema,
      hint: sentenceSchema,
    }),
  ),
});
export type BulkMoveResultJson = Static<typeof bulkMoveResultSchema>;

/** POST /api/resources/take-over : sites that are candidates become resources that wait for their owners. */
export const takeOverSchema = strictObject({
  /** Left out: all candidates within reach. */
  siteIds: Type.Optional(Type.Array(idSchema, { minItems: 1, maxItems: MOST_AT_ONCE, uniqueItems: true })),
  districtCode: Type.Optional(text(20)),
  dryRun: Type.Boolean(),
});
export type TakeOverJson = Static<typeof takeOverSchema>;
export const takeOverResultSchema = strictObject({
  dryRun: Type.Boolean(),
  taken: Type.Integer(),
  /** Already in the library. */
  held: Type.Integer(),
  /** Neither candidates nor proposed, or not within reach. */
  unfit: Type.Integer(),
});
export type TakeOverResultJson = Static<typeof takeOverResultSchema>;

export const resourceHistorySchema = strictObject({
  records: Type.Array(
    strictObject({
      ...historyRecordFields,
      /** resource, or one of its photos and attachments: resource-photo, resource-attachment. */
      object: Type.String(),
    }),
  ),
});
export type ResourceHistoryJson = Static<typeof resourceHistorySchema>;

const contactFields = {
  name: filledText(100),
  phone: text(50),
  /** What this person is there: property manager, electrician, … */
  duty: text(100),
  note: text(200),
};
/** PUT /api/resources/:id/contacts : all of them. */
export const contactsSchema = strictObject({
  contacts: Type.Array(strictObject(contactFields), { maxItems: 20 }),
});
export type ContactsJson = Static<typeof contactsSchema>;
export const contactListSchema = strictObject({
  ...contactsSchema.properties,
  /** Of the list as a whole; goes back as If-Match. */
  version: Type.Integer(),
});
export type ContactListJson = Static<typeof contactListSchema>;

/** 412: the refusal and the contacts as they are now. */
export const staleContactsSchema = Type.Object(
  { ...errorReplySchema.properties, list: contactListSchema },
  { additionalProperties: false },
);
