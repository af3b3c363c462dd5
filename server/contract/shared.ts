// Pieces every shape is made of. Positions are [lon, lat]; money is whole yuan; shares are 0..1.
import { type Static, type TSchema, Type } from 'typebox';

export const strictObject = <T extends Record<string, TSchema>>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** One of a list of words. `enum` instead of a union of literals: shorter replies, clearer refusals, an exact type. */
export const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });

export const lonLatSchema = Type.Array(Type.Number(), { minItems: 2, maxItems: 2 });

export const multiPolygonSchema = strictObject({
  type: Type.Literal('MultiPolygon'),
  coordinates: Type.Array(Type.Array(Type.Array(lonLatSchema, { minItems: 4 }), { minItems: 1 }), {
    minItems: 1,
  }),
});

/** Drawn areas come as one polygon or several. */
export const areaGeometrySchema = Type.Union([
  strictObject({
    type: Type.Literal('Polygon'),
    coordinates: Type.Array(Type.Array(lonLatSchema, { minItems: 4 }), { minItems: 1 }),
  }),
  multiPolygonSchema,
]);

/** What every refused call answers: code, sentence and hint in both languages, and where to look. */
export const errorReplySchema = strictObject({
  code: Type.String(),
  message: strictObject({ zh: Type.String(), en: Type.String() }),
  hint: strictObject({ zh: Type.String(), en: Type.String() }),
  requestId: Type.String(),
  details: Type.Optional(Type.Array(strictObject({ path: Type.String(), message: Type.String() }))),
});
export type ErrorReplyJson = Static<typeof errorReplySchema>;

/** A name somebody reads: more than blanks. */
export const nameSchema = (longest: number) =>
  Type.String({ minLength: 1, maxLength: longest, pattern: '\\S' });

export const idSchema = Type.String({ minLength: 1, maxLength: 100 });

/** Rows as they were looked at: one that was changed since is refused. Of two with one id the later counts. */
export const seenRowsSchema = (most: number) =>
  Type.Array(strictObject({ id: idSchema, version: Type.Integer({ minimum: 1 }) }), {
    minItems: 1,
    maxItems: most,
  });
export interface SeenRowJson {
  readonly id: string;
  readonly version: number;
}
