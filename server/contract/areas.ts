// Target areas and districts as the API speaks of them.
import { type Static, Type } from 'typebox';
import {
  areaGeometrySchema,
  idSchema,
  multiPolygonSchema,
  nameSchema,
  nullable,
  strictObject,
} from './shared.ts';

export const areaJsonSchema = strictObject({
  id: idSchema,
  name: Type.String(),
  /** 高密区, 商圈, … or 水域 for ground taken out of every plan. */
  kind: Type.String(),
  geometry: multiPolygonSchema,
  areaKm2: Type.Number(),
  sourceFile: nullable(Type.String()),
  createdAt: Type.String(),
});
export type AreaJson = Static<typeof areaJsonSchema>;

export const newAreaSchema = strictObject({
  name: nameSchema(200),
  kind: Type.String({ minLength: 1, maxLength: 50 }),
  geometry: areaGeometrySchema,
});
export type NewAreaJson = Static<typeof newAreaSchema>;

export const areaListSchema = strictObject({ areas: Type.Array(areaJsonSchema) });
export type AreaListJson = Static<typeof areaListSchema>;

export const districtJsonSchema = strictObject({
  code: Type.String(),
  name: Type.String(),
  geometry: multiPolygonSchema,
  areaKm2: Type.Number(),
});
export type DistrictJson = Static<typeof districtJsonSchema>;
export const districtListSchema = strictObject({ districts: Type.Array(districtJsonSchema) });
export type DistrictListJson = Static<typeof districtListSchema>;
