// Roads as corridors: what a plan may ask a share of by length.
import { type Static, Type } from 'typebox';
import { corridorKinds } from '../../engine/index.ts';
import { oneOf, strictObject } from './shared.ts';

export const roadQuerySchema = strictObject({
  /** Area ids with commas between them. */
  areaIds: Type.String({ minLength: 1, maxLength: 20_300 }),
});

/** GET /api/roads?areaIds=… — the roads inside these areas; classes first, then names, each longest first. */
export const roadListSchema = strictObject({
  roads: Type.Array(
    strictObject({
      /** `name=…` or `class=…`, as a plan asks for it. */
      corridorId: Type.String(),
      by: oneOf(corridorKinds),
      value: Type.String(),
      /** Inside the areas. */
      lengthKm: Type.Number(),
    }),
  ),
});
export type RoadListJson = Static<typeof roadListSchema>;
export type RoadJson = RoadListJson['roads'][number];
