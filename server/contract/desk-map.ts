// The map of a desk: what its lists, counts and exports take to stay within a window, and the marks that stand for all rows of the
// current filters. One shape for all nouns; positions are those whoever asks may see, rounded ones for masked roles.
import { type Static, type TSchema, Type } from 'typebox';
import { idSchema, nullable, strictObject } from './shared.ts';

const bboxSchema = Type.String({ maxLength: 120 });

/** For lists, counts and exports: west,south,east,north in degrees. Rows without a place are in no window. */
export const bboxQuery = { bbox: Type.Optional(bboxSchema) };

/** GET …/map takes the filters of the list, the window it draws and how near it looks (tiles of 256 pixels). */
export const mapQuerySchema = <T extends Record<string, TSchema>>(filters: T) =>
  strictObject({ ...filters, bbox: bboxSchema, zoom: Type.Integer({ minimum: 3, maximum: 20 }) });

const deskMarkSchema = strictObject({
  /** Centre of the places it stands for, in degrees; the place itself from zoom 17 on. */
  lon: Type.Number(),
  lat: Type.Number(),
  /** Rows, each once, even one with several places here. */
  count: Type.Integer({ minimum: 1 }),
  /** In their order, all of up to 20. Of more rows none up to zoom 16 (look nearer), and the first 20 from zoom 17 on. */
  ids: Type.Array(idSchema, { maxItems: 20 }),
  /** The one state they all have. */
  state: nullable(Type.String()),
  /** Code or number, of a single row only. */
  label: nullable(Type.String()),
  /** Of relocations: what all places here are to their cases. Null for other nouns, and where both meet. */
  part: nullable(
    Type.Unsafe<'affected' | 'replacement'>({ type: 'string', enum: ['affected', 'replacement'] }),
  ),
});

export const deskMapSchema = strictObject({
  /** At most 3 000, largest first. Up to zoom 16 one for each square of 48 pixels, then one for each place. */
  marks: Type.Array(deskMarkSchema, { maxItems: 3000 }),
  /** True: there were more; the smallest are not told. */
  cut: Type.Boolean(),
  /** Rows under the filters, whatever the window: with a place, and without. */
  located: Type.Integer(),
  unlocated: Type.Integer(),
});
export type DeskMapJson = Static<typeof deskMapSchema>;
