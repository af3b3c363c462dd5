// Rows of photos: what is known of a picture whose bytes lie in a file named by its digest (migrations 041 and 047). The row comes
// after the file, and the file goes after the last row; a lock on the digest keeps the two in order.
import type { PhotoKind } from '../../engine/index.ts';
import type { PhotoJson, PhotoMediaType, ResourcePhotoJson } from '../contract/photos.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

/** What a photo is of. */
export type PhotoOwner = 'case' | 'resource';

const tables: Readonly<Record<PhotoOwner, { readonly name: string; readonly ownerColumn: string }>> = {
  case: { name: 'photos', ownerColumn: 'case_id' },
  resource: { name: 'resource_photos', ownerColumn: 'resource_id' },
};

export interface NewPhoto {
  readonly id: string;
  /** Of the case or the resource. */
  readonly ownerId: string;
  readonly kind: PhotoKind;
  readonly digest: string;
  readonly sentDigest: string;
  readonly mediaType: PhotoMediaType;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly fileName: string;
  readonly takenAt: string | null;
  /** [lon, lat] as the camera says. */
  readonly position: readonly [number, number] | null;
}

const sharedSql = `p.id, p.kind, p.file_name as "fileName", p.media_type as "mediaType", p.bytes, p.width, p.height,
  ${isoTimeSql('p.taken_at')} as "takenAt", case when p.geom is not null then json_build_array(p.lon, p.lat) end as position,
  round(p.distance_m) as "distanceM", p.warnings, p.uploaded_by is not distinct from my_account() as mine,
  ${isoTimeSql('p.uploaded_at')} as "uploadedAt", p.uploader`;

const photosSql = (where: string): string =>
  `select to_json(listed) as photo from (select ${sharedSql}, p.case_id as "caseId",
    (exists (select from surveys v where v.case_id = p.case_id and p.id = any (v.photo_ids)) or (p.kind = '开通证据' and exists
      (select from cases c where c.id = p.case_id and c.state in ('开通', '验收', '迁改', '退网')))) as used
     from photos p where ${where} order by p.kind, p.uploaded_at, p.id) as listed`;

export async function loadPhotosOfCase(db: Queryable, caseId: string): Promise<PhotoJson[]> {
  const { rows } = await db.query<{ photo: PhotoJson }>(photosSql('p.case_id = $1'), [caseId]);
  return rows.map(({ photo }) => photo);
}

export async function loadPhoto(db: Queryable, id: string): Promise<PhotoJson | null> {
  const { rows } = await db.query<{ photo: PhotoJson }>(photosSql('p.id = $1'), [id]);
  return rows[0]?.photo ?? null;
}

/** All of a resource, or one of them; by kind, the oldest first. */
export async function loadPhotosOfResource(
  db: Queryable,
  resourceId: string,
  id: string | null = null,
): Promise<ResourcePhotoJson[]> {
  const { rows } = await db.query<{ photo: ResourcePhotoJson }>(
    `select to_json(listed) as photo from (select ${sharedSql}, p.resource_id as "resourceId" from resource_photos p
      where p.resource_id = $1 and ($2::text is null or p.id = $2) order by p.kind, p.uploaded_at, p.id) as listed`,
    [resourceId, id],
  );
  return rows.map(({ photo }) => photo);
}

export interface PhotoFile {
  /** Of the case or the resource. */
  readonly ownerId: string;
  readonly digest: string;
  readonly mediaType: PhotoMediaType;
  readonly bytes: number;
}

/** Null: no such photo, or not for whoever asks. */
export async function loadPhotoFile(db: Queryable, of: PhotoOwner, id: string): Promise<PhotoFile | null> {
  const { name, ownerColumn } = tables[of];
  const { rows } = await db.query<PhotoFile>(
    `select ${ownerColumn} as "ownerId", digest, media_type as "mediaType", bytes from ${name} where id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** Waits for whoever writes or removes the same bytes, until the transaction ends. */
export async function lockPhotoBytes(tx: Queryable, digest: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(4490143, hashtext($1))', [digest]);
}

/** The same picture of the same kind in the same case or resource, if it is there. */
export async function findSamePhoto(
  tx: Queryable,
  of: PhotoOwner,
  { ownerId, kind, digest }: Pick<NewPhoto, 'ownerId' | 'kind' | 'digest'>,
): Promise<string | null> {
  const { name, ownerColumn } = tables[of];
  const { rows } = await tx.query<{ id: string }>(
    `select id from ${name} where ${ownerColumn} = $1 and kind = $2 and digest = $3`,
    [ownerId, kind, digest],
  );
  return rows[0]?.id ?? null;
}

export async function savePhoto(tx: Queryable, of: PhotoOwner, photo: NewPhoto): Promise<void> {
  const { name, ownerColumn } = tables[of];
  const [lon = null, lat = null] = photo.position ?? [];
  await tx.query(
    `insert into ${name} (id, ${ownerColumn}, kind, digest, sent_digest, media_type, bytes, width, height, file_name, taken_at, geom)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::timestamptz,
       case when $12::float8 is not null then ST_SetSRID(ST_MakePoint($12::float8, $13::float8), 4490) end)`,
    [
      photo.id,
      photo.ownerId,
      photo.kind,
      photo.digest,
      photo.sentDigest,
      photo.mediaType,
      photo.bytes,
      photo.width,
      photo.height,
      photo.fileName,
      photo.takenAt,
      lon,
      lat,
    ],
  );
}

/** False when whoever asks may not. Throws STORE_CONFLICT (photos_used). */
export async function deletePhoto(tx: Queryable, of: PhotoOwner, id: string): Promise<boolean> {
  return (await tx.query(`delete from ${tables[of].name} where id = $1`, [id])).rowCount === 1;
}

/** For the system: whether any row names these bytes. */
export async function isPhotoWanted(tx: Queryable, digest: string): Promise<boolean> {
  const { rows } = await tx.query<{ wanted: boolean }>('select photo_wanted($1) as wanted', [digest]);
  return rows[0]?.wanted ?? true;
}
