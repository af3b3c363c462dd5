// Sites as the API speaks of them.
import { type Static, Type } from 'typebox';
import {
  buildModes,
  countingForms,
  datums,
  freeStatuses,
  powerModes,
  siteStatuses,
  siteStructures,
} from '../../engine/index.ts';
import { idSchema, lonLatSchema, nullable, oneOf, strictObject } from './shared.ts';

export const siteJsonSchema = strictObject({
  id: idSchema,
  code: Type.String(),
  name: Type.String(),
  resourceType: Type.String(),
  structure: oneOf(siteStructures),
  position: lonLatSchema,
  /** As the sender wrote it, with its datum. */
  originalPosition: lonLatSchema,
  datum: oneOf(datums),
  heightM: Type.Number(),
  status: oneOf(siteStatuses),
  costCny: Type.Integer(),
  owner: Type.String(),
  freeStatus: nullable(oneOf(freeStatuses)),
  powerMode: nullable(oneOf(powerModes)),
  buildMode: oneOf(buildModes),
  districtCode: Type.String(),
  townCode: Type.String(),
  /** Sector directions clockwise from north; null: as the equipment has them. Tilts alike. */
  azimuthsDeg: nullable(Type.Array(Type.Number(), { minItems: 1, maxItems: 12 })),
  electricalTiltDeg: nullable(Type.Number()),
  mechanicalTiltDeg: nullable(Type.Number()),
  /** `import`, `derived` or `sample`. */
  origin: Type.String(),
  sourceFile: nullable(Type.String()),
  sourceRow: nullable(Type.Integer()),
});
export type SiteJson = Static<typeof siteJsonSchema>;

export const siteQuerySchema = strictObject({
  /** west,south,east,north in degrees. */
  bbox: Type.Optional(Type.String({ maxLength: 120 })),
  /** Code, name or owner contains. */
  q: Type.Optional(Type.String({ maxLength: 100 })),
  status: Type.Optional(oneOf(siteStatuses)),
  structure: Type.Optional(oneOf(siteStructures)),
  resourceType: Type.Optional(Type.String({ maxLength: 50 })),
  districtCode: Type.Optional(Type.String({ maxLength: 20 })),
  townCode: Type.Optional(Type.String({ maxLength: 20 })),
  /** Of a report: outdoor macro, indoor, … */
  form: Type.Optional(oneOf(countingForms)),
  /** Standing sites that no case made so. */
  stood: Type.Optional(oneOf(['true'] as const)),
  sort: Type.Optional(oneOf(['code', 'name', 'costCny', 'heightM', 'resourceType'] as const)),
  order: Type.Optional(oneOf(['asc', 'desc'] as const)),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});
export type SiteQueryJson = Static<typeof siteQuerySchema>;

export const sitePageSchema = strictObject({
  sites: Type.Array(siteJsonSchema),
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
});
export type SitePageJson = Static<typeof sitePageSchema>;

/** Derive candidates where a city has no list: POST /api/sites/derive */
export const deriveSitesSchema = strictObject({
  areaIds: Type.Array(idSchema, { minItems: 1, maxItems: 100 }),
  from: Type.Array(oneOf(['roofs', 'poles', 'junctions'] as const), { minItems: 1, maxItems: 3 }),
  poleSpacingM: Type.Optional(Type.Number({ minimum: 10, maximum: 500 })),
  minRoofAreaM2: Type.Optional(Type.Number({ minimum: 0, maximum: 100_000 })),
  minRoofHeightM: Type.Optional(Type.Number({ minimum: 0, maximum: 500 })),
});
export type DeriveSitesJson = Static<typeof deriveSitesSchema>;
export const deriveResultSchema = strictObject({
  created: strictObject({ roofs: Type.Integer(), poles: Type.Integer(), junctions: Type.Integer() }),
  /** Left out because a site of the same origin already stands there. */
  skipped: Type.Integer(),
});
export type DeriveResultJson = Static<typeof deriveResultSchema>;

/** GET /api/search?q= : one box for sites, areas and coordinates. */
export const searchReplySchema = strictObject({
  hits: Type.Array(
    strictObject({
      kind: oneOf(['site', 'area', 'position'] as const),
      id: Type.String(),
      title: Type.String(),
      subtitle: Type.String(),
      position: lonLatSchema,
    }),
  ),
});
export type SearchReplyJson = Static<typeof searchReplySchema>;
