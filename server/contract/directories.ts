// Opening directories (资源开放目录): what a district has opened, frozen, numbered and dated. Never with contacts.
import { type Static, Type } from 'typebox';
import { idSchema, lonLatSchema, nullable, strictObject } from './shared.ts';

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

export const directoryQuerySchema = strictObject({
  districtCode: Type.Optional(Type.String({ maxLength: 20 })),
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
      /** Fields that differ, with what they were and are. */
      fields: Type.Array(
        strictObject({ field: Type.String(), before: Type.Unknown(), after: Type.Unknown() }),
      ),
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

export const directoryRowsQuerySchema = strictObject({
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 200_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});

/** GET /api/directories/:id : with one page of its rows, by code, and the difference to the one before. */
export const directoryDetailSchema = strictObject({
  directory: directoryJsonSchema,
  diff: directoryDiffSchema,
  rows: Type.Array(directoryRowSchema),
  page: Type.Integer(),
  pageSize: Type.Integer(),
});
export type DirectoryDetailJson = Static<typeof directoryDetailSchema>;
