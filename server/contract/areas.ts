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

/** Kinds of areas that may count more than the rest of a plan's ground. */
export const keyAreaKinds = [
  '重点区域',
  '枢纽',
  '学校',
  '医院',
  '场馆',
  '景区',
  '商圈',
  '园区',
  '工矿区',
  '政务',
  '物流',
  '示范区',
  '试验场',
  '港口',
] as const;

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

export const townListSchema = strictObject({
  towns: Type.Array(strictObject({ code: Type.String(), name: Type.String(), districtCode: Type.String() })),
});
export type TownListJson = Static<typeof townListSchema>;
