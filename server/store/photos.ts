// Rows of photos: what is known of a picture whose bytes lie in a file named by its digest (migration 041). The row comes after the
// file, and the file goes after the last row; a lock on the digest keeps the two in order.
import type { PhotoKind } from '../../engine/index.ts';
import type { PhotoJson, PhotoMediaType } from '../contract/photos.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

export interface NewPhoto {
  readonly id: string;
  readonly caseId: string;
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

const photoSql = `p.id, p.case_id as "caseId", p.kind, p.file_name as "fileName", p.media_type as "mediaType", p.bytes, p.width,
  p.height, ${isoTimeSql('p.taken_at')} as "takenAt", case when p.geom is not null then json_build_array(p.lon, p.lat) end as position,
  round(p.distance_m) as "distanceM", p.warnings,
  (exists (select from surveys v where v.case_id = p.case_id and p.id = any (v.photo_ids)) or (p.kind = '开通证据' and exists
    (select from cases c where c.id = p.case_id and c.state in ('开通', '验收', '迁改', '退网')))) as used,
  p.uploaded_by is not distinct from my_account() as mine, ${isoTimeSql('p.uploaded_at')} as "uploadedAt", p.uploader`;

const photosSql = (where: string): string =>
  `select to_json(listed) as photo from (select ${photoSql} from photos p where ${where} order by p.kind, p.uploaded_at, p.id) as listed`;

export async function loadPhotosOfCase(db: Queryable, caseId: string): Promise<PhotoJson[]> {
  const { rows } = await db.query<{ photo: PhotoJson }>(photosSql('p.case_id = $1'), [caseId]);
  return rows.map(({ photo }) => photo);
}

export async function loadPhoto(db: Queryable, id: string): Promise<PhotoJson | null> {
  const { rows } = await db.query<{ photo: PhotoJson }>(photosSql('p.id = $1'), [id]);
  return rows[0]?.photo ?? null;
}

export interface PhotoFile {
  readonly digest: string;
  readonly mediaType: PhotoMediaType;
  readonly fileName: string;
  readonly bytes: number;
}

/** Null: no such photo, or not for whoever asks. */
export async function loadPhotoFile(db: Queryable, id: string): Promise<PhotoFile | null> {
  const { rows } = await db.query<PhotoFile>(
    'select digest, media_type as "mediaType", file_name as "fileName", bytes from photos where id = $1',
    [id],
  );
  return rows[0] ?? null;
}

/** Waits for whoever writes or removes the same bytes, until the transaction ends. */
export async function lockPhotoBytes(tx: Queryable, digest: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(4490143, hashtext($1))', [digest]);
}

/** The same picture of the same kind in the same case, if it is there. */
export async function findSamePhoto(
  tx: Queryable,
  caseId: string,
  kind: string,
  digest: string,
): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    'select id from photos where case_id = $1 and kind = $2 and digest = $3',
    [caseId, kind, digest],
  );
  return rows[0]?.id ?? null;
}

export async function savePhoto(tx: Queryable, photo: NewPhoto): Promise<void> {
  const [lon = null, lat = null] = photo.position ?? [];
  await tx.query(
    `insert into photos (id, case_id, kind, digest, sent_digest, media_type, bytes, width, height, file_name, taken_at, geom)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::timestamptz,
       case when $12::float8 is not null then ST_SetSRID(ST_MakePoint($12::float8, $13::float8), 4490) end)`,
    [
      photo.id,
      photo.caseId,
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

/** False when it is somebody else's. Throws STORE_CONFLICT (photos_used). */
export async function deletePhoto(tx: Queryable, id: string): Promise<boolean> {
  return (await tx.query('delete from photos where id = $1', [id])).rowCount === 1;
}

/** For the system: whether any row names these bytes. */
export async function isPhotoWanted(tx: Queryable, digest: string): Promise<boolean> {
  const { rows } = await tx.query<{ wanted: boolean }>('select photo_wanted($1) as wanted', [digest]);
  return rows[0]?.wanted ?? true;
}
