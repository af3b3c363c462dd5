// Photos of a case or a resource. Their bytes come from an address of their own, without the metadata of the camera.
import { type Static, Type } from 'typebox';
import { photoKinds, resourcePhotoKinds } from '../../engine/index.ts';
import { idSchema, lonLatSchema, nullable, oneOf, strictObject } from './shared.ts';

export const photoMediaTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type PhotoMediaType = (typeof photoMediaTypes)[number];

/** far: over 500 m from the site · no-position, no-time: its metadata does not say · future: its clock is wrong. */
export const photoWarnings = ['far', 'no-position', 'no-time', 'future'] as const;
export type PhotoWarning = (typeof photoWarnings)[number];

const fields = {
  id: idSchema,
  fileName: Type.String(),
  mediaType: oneOf(photoMediaTypes),
  bytes: Type.Integer(),
  /** Pixels as stored, before its orientation is applied. */
  width: Type.Integer(),
  height: Type.Integer(),
  takenAt: nullable(Type.String()),
  /** Where the camera says it was taken; of a resource null for roles that see places roughly. */
  position: nullable(lonLatSchema),
  /** From the site; null when unknown, or for roles that see places roughly. */
  distanceM: nullable(Type.Number()),
  warnings: Type.Array(oneOf(photoWarnings)),
  /** This person brought it. */
  mine: Type.Boolean(),
  uploadedAt: Type.String(),
  uploader: Type.String(),
};

export const photoJsonSchema = strictObject({
  ...fields,
  caseId: idSchema,
  kind: oneOf(photoKinds),
  /** Named in the survey, or evidence of what is on the air: it stays. */
  used: Type.Boolean(),
});
export type PhotoJson = Static<typeof photoJsonSchema>;

/** POST /api/photos?caseId=…&kind=… : one file as multipart/form-data. The same photo again answers the one that is there. */
export const photoQuerySchema = strictObject({ caseId: idSchema, kind: oneOf(photoKinds) });

/** GET /api/cases/:id/photos : in the order of their kinds. */
export const photoListSchema = strictObject({ photos: Type.Array(photoJsonSchema) });
export type PhotoListJson = Static<typeof photoListSchema>;

export const resourcePhotoJsonSchema = strictObject({
  ...fields,
  resourceId: idSchema,
  kind: oneOf(resourcePhotoKinds),
});
export type ResourcePhotoJson = Static<typeof resourcePhotoJsonSchema>;

/**
 * POST /api/resources/:id/photos?kind=… : one file as multipart/form-data, with Idempotency-Key. The same photo again answers the one
 * that is there.
 */
export const resourcePhotoQuerySchema = strictObject({ kind: oneOf(resourcePhotoKinds) });

/** GET /api/resources/:id/photos : in the order of their kinds. */
export const resourcePhotoListSchema = strictObject({ photos: Type.Array(resourcePhotoJsonSchema) });
export type ResourcePhotoListJson = Static<typeof resourcePhotoListSchema>;
