// Opening directories (资源开放目录): what a district has opened, frozen, numbered and dated. Never with contacts.
import { type Static, Type } from 'typebox';
import { freeStatuses, libraryTypes } from '../../engine/index.ts';
import { bboxQuery, mapQuerySchema } from './desk-map.ts';
import { idSchema, lonLatSchema, nullable, oneOf, strictObject } from './shared.ts';

const daySchema = Type.String({ pattern: '^20\\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
const order = Type.Optional(oneOf(['asc', 'desc'] as const));

export const directoryJsonSchema = strictObject({
  id: idSchema,
  /** District, year and number in the year: 310901-2026-03. */
  number: Type.String(),
  districtCode: Type.String(),
  publishedAt: Type.String(),
  publisher: Type.String(),
  note: Type.String(),
  rows: Type.Integer(),
});
export type DirectoryJson = Static<typeof directoryJsonSchema>;

/** GET /api/directories : newest first unless told. `from` and `to` are days in China, both within. */
export const directoryQuerySchema = strictObject({
  /** Number, publisher or note contains. */
  q: Type.Optional(Type.String({ maxLength: 100 })),
  districtCode: Type.Optional(Type.String({ maxLength: 20 })),
  from: Type.Optional(daySchema),
  to: Type.Optional(daySchema),
  sort: Type.Optional(oneOf(['publishedAt', 'number', 'publisher'] as const)),
  order,
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});
export type DirectoryQueryJson = Static<typeof directoryQuerySchema>;

export const directoryPageSchema = strictObject({
  directories: Type.Array(directoryJsonSchema),
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
});
export type DirectoryPageJson = Static<typeof directoryPageSchema>;

/** One row as it was opened. */
export const directoryRowSchema = strictObject({
  resourceId: idSchema,
  position: lonLatSchema,
  code: Type.String(),
  name: Type.String(),
  address: Type.String(),
  resourceType: nullable(Type.String()),
  districtCode: Type.String(),
  townCode: Type.String(),
  owner: Type.String(),
  ownerType: nullable(Type.String()),
  freeStatus: nullable(Type.String()),
  feeCnyPerYear: nullable(Type.Number()),
  feeBasis: nullable(Type.String()),
  whitelisted: Type.Boolean(),
  totalHeightM: nullable(Type.Number()),
  mountHeightsM: nullable(Type.Array(Type.Number())),
  loadKg: nullable(Type.Number()),
  slots: nullable(Type.Integer()),
  powerMode: nullable(Type.String()),
  fibre: nullable(Type.String()),
  structureCheck: Type.String(),
  appearanceRequirement: nullable(Type.String()),
  constraintFlags: Type.Array(Type.String()),
  validFrom: nullable(Type.String()),
  validTo: nullable(Type.String()),
});
export type DirectoryRowJson = Static<typeof directoryRowSchema>;

/** Fields that differ, with what they were and are. */
const changedFieldsSchema = Type.Array(
  strictObject({ field: Type.String(), before: Type.Unknown(), after: Type.Unknown() }),
);

/** What a row is against the directory before; `removed` ones stand in that one and not in this. Everything is added in a first one. */
const rowChanges = ['added', 'changed', 'unchanged', 'removed'] as const;
export type RowChange = (typeof rowChanges)[number];

export const listedRowSchema = strictObject({
  ...directoryRowSchema.properties,
  change: oneOf(rowChanges),
  /** Of a changed one, by name; a place that moved is `position`. */
  fields: changedFieldsSchema,
  /** Whoever asks may read it in the library as it is now. */
  inLibrary: Type.Boolean(),
});
export type ListedRowJson = Static<typeof listedRowSchema>;

/** Against the one published before for the same district; everything is new in the first one. */
export const directoryDiffSchema = strictObject({
  /** Number of the one before. */
  against: nullable(Type.String()),
  added: Type.Integer(),
  removed: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  /** The first of them, by code. */
  rows: Type.Array(
    strictObject({
      resourceId: idSchema,
      code: Type.String(),
      name: Type.String(),
      change: Type.Union([Type.Literal('added'), Type.Literal('removed'), Type.Literal('changed')]),
      fields: changedFieldsSchema,
    }),
  ),
});
export type DirectoryDiffJson = Static<typeof directoryDiffSchema>;

export const previewQuerySchema = strictObject({
  districtCode: Type.String({ minLength: 1, maxLength: 20 }),
});
/** GET /api/directories/preview : what would be published now. */
export const directoryPreviewSchema = strictObject({
  districtCode: Type.String(),
  rows: Type.Integer(),
  diff: directoryDiffSchema,
});
export type DirectoryPreviewJson = Static<typeof directoryPreviewSchema>;

export const newDirectorySchema = strictObject({
  districtCode: Type.String({ minLength: 1, maxLength: 20 }),
  note: Type.Optional(Type.String({ maxLength: 500 })),
  /** Rows the preview showed: when something was opened or closed since, nothing is published. */
  expectedRows: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type NewDirectoryJson = Static<typeof newDirectorySchema>;

const typeCodes = libraryTypes.map(({ code }) => code).join('|');
const rowFilters = {
  ...bboxQuery,
  /** Code, name, address or owner contains. */
  q: Type.Optional(Type.String({ maxLength: 100 })),
  /** One or several, with commas. */
  resourceType: Type.Optional(Type.String({ maxLength: 400, pattern: `^(${typeCodes})(,(${typeCodes}))*$` })),
  townCode: Type.Optional(Type.String({ maxLength: 20 })),
  owner: Type.Optional(Type.String({ maxLength: 200 })),
  freeStatus: Type.Optional(oneOf(freeStatuses)),
  whitelisted: Type.Optional(oneOf(['true', 'false'] as const)),
  /** Left out: all rows of this directory, which `removed` ones are not. */
  change: Type.Optional(oneOf(rowChanges)),
};
const rowOrder = {
  sort: Type.Optional(
    oneOf(['code', 'name', 'resourceType', 'townCode', 'owner', 'totalHeightM', 'feeCnyPerYear'] as const),
  ),
  order,
};

/** GET /api/directories/:id/export.xlsx : without a filter the whole directory as it was published. */
export const directoryExportQuerySchema = strictObject({ ...rowFilters, ...rowOrder });
export type DirectoryExportQueryJson = Static<typeof directoryExportQuerySchema>;
export const directoryMapQuerySchema = mapQuerySchema(rowFilters);
export const directoryRowsQuerySchema = strictObject({
  ...rowFilters,
  ...rowOrder,
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 200_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});
export type DirectoryRowsQueryJson = Static<typeof directoryRowsQuerySchema>;
export const directoryCountsQuerySchema = strictObject(rowFilters);

/** GET /api/directories/:id : with one page of its rows, by code unless told. */
export const directoryDetailSchema = strictObject({
  directory: directoryJsonSchema,
  /** The one published before for the same district. */
  against: nullable(strictObject({ id: idSchema, number: Type.String() })),
  rows: Type.Array(listedRowSchema),
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
});
export type DirectoryDetailJson = Static<typeof directoryDetailSchema>;

/** GET /api/directories/:id/counts : rows by what they are against the one before, under the same filters without `change`. */
export const directoryCountsSchema = strictObject({
  changes: Type.Array(strictObject({ change: oneOf(rowChanges), count: Type.Integer() })),
  /** Rows of this directory: without those removed. */
  total: Type.Integer(),
  /** Whose they are, whatever the filters: most rows first, at most 500. */
  owners: Type.Array(Type.String()),
});
export type DirectoryCountsJson = Static<typeof directoryCountsSchema>;
