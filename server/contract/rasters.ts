// Stored rasters of terrain and clutter as the API speaks of them.
import { type Static, Type } from 'typebox';
import { idSchema, nullable, oneOf, strictObject } from './shared.ts';

export const rasterJsonSchema = strictObject({
  id: idSchema,
  kind: oneOf(['terrain', 'clutter'] as const),
  name: Type.String(),
  sourceFile: Type.String(),
  /** Of the file it came from: `EPSG:32650`. Cells are degrees. */
  crs: Type.String(),
  columns: Type.Integer(),
  rows: Type.Integer(),
  resolutionM: Type.Number(),
  /** Cells of the file without a value. */
  holes: Type.Integer(),
  lowestM: nullable(Type.Number()),
  highestM: nullable(Type.Number()),
  /** West, south, east, north: where the preview lies. */
  box: Type.Array(Type.Number(), { minItems: 4, maxItems: 4 }),
  createdAt: Type.String(),
});
export type RasterJson = Static<typeof rasterJsonSchema>;

export const rasterListSchema = strictObject({ rasters: Type.Array(rasterJsonSchema) });
export type RasterListJson = Static<typeof rasterListSchema>;
