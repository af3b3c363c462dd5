// Photos of a case. Their bytes come from an address of their own, without the metadata of the camera.
import { type Static, Type } from 'typebox';
import { photoKinds } from '../../engine/index.ts';
import { idSchema, lonLatSchema, nullable, oneOf, strictObject } from './shared.ts';

export const photoMediaTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type PhotoMediaType = (typeof photoMediaTypes)[number];

/** far: over 500 m from the site · no-position, no-time: its metadata does not say · future: its clock is wrong. */
export const photoWarnings = ['far', 'no-position', 'no-time', 'future'] as const;
export type PhotoWarning = (typeof photoWarnings)[number];

export const photoJsonSchema = strictObject({
  id: idSchema,
  caseId: idSchema,
  kind: oneOf(photoKinds),
  fileName: Type.String(),
  mediaType: oneOf(photoMediaTypes),
  bytes: Type.Integer(),
  /** Pixels as stored, before its orientation is applied. */
  width: Type.Integer(),
  height: Type.Integer(),
  takenAt: nullable(Type.String()),
  /** Where the camera says it was taken. */
  position: nullable(lonLatSchema),
  /** From the site; null when unknown, or for roles that see places roughly. */
  distanceM: nullable(Type.Number()),
  warnings: Type.Array(oneOf(photoWarnings)),
  /** Named in the survey, or evidence of what is on the air: it stays. */
  used: Type.Boolean(),
  /** This person brought it. */
  mine: Type.Boolean(),
  uploadedAt: Type.String(),
  uploader: Type.String(),
});
export type PhotoJson = Static<typeof photoJsonSchema>;

/** POST /api/photos?caseId=…&kind=… : one file as multipart/form-data. The same photo again answers the one that is there. */
export const photoQuerySchema = strictObject({ caseId: idSchema, kind: oneOf(photoKinds) });

/** GET /api/cases/:id/photos : in the order of their kinds. */
export const photoListSchema = strictObject({ photos: Type.Array(photoJsonSchema) });
export type PhotoListJson = Static<typeof photoListSchema>;
