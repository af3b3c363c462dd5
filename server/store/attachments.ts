// Rows of attachments: what is known of a file whose bytes lie beside those of photos (migration 054). Who may add and remove, what stays
// and what counts as evidence is the database's word. Writes name `public`, because the masked view takes none.
import type { AttachmentKind, AttachmentNoun } from '../../engine/index.ts';
import type { AttachmentJson, AttachmentListJson, AttachmentMediaType } from '../contract/attachments.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

export interface AttachmentOwner {
  readonly noun: AttachmentNoun;
  readonly objectId: string;
}

export interface NewAttachment extends AttachmentOwner {
  readonly id: string;
  readonly kind: AttachmentKind;
  readonly digest: string;
  readonly sentDigest: string;
  readonly mediaType: AttachmentMediaType;
  readonly bytes: number;
  /** Of a PDF. */
  readonly pages: number | null;
  /** Of a picture. */
  readonly width: number | null;
  readonly height: number | null;
  readonly fileName: string;
}

/** The oldest first; only one when `id` names it. */
export async function loadAttachments(
  db: Queryable,
  { noun, objectId }: AttachmentOwner,
  id: string | null = null,
): Promise<AttachmentJson[]> {
  const { rows } = await db.query<{ attachment: AttachmentJson }>(
    `select json_build_object('id', a.id, 'noun', a.noun, 'objectId', a.object_id, 'kind', a.kind, 'fileName', a.file_name,
         'mediaType', a.media_type, 'bytes', a.bytes, 'pages', a.pages, 'width', a.width, 'height', a.height,
         'isEvidence', a.is_evidence and a.round = g.round,
         'removable', a.uploaded_by is not distinct from my_account() and a.round = g.round and not g.keeps,
         'uploadedAt', ${isoTimeSql('a.uploaded_at')}, 'uploader', a.uploader) as attachment
       from attachment_ground($1, $2) as g join attachments a on a.noun = $1 and a.object_id = $2
      where $3::text is null or a.id = $3 order by a.uploaded_at, a.id`,
    [noun, objectId, id],
  );
  return rows.map(({ attachment }) => attachment);
}

export async function loadAttachmentList(db: Queryable, owner: AttachmentOwner): Promise<AttachmentListJson> {
  const { rows } = await db.query<{ mayAdd: boolean | null }>(
    'select g.may and g.is_open as "mayAdd" from attachment_ground($1, $2) as g',
    [owner.noun, owner.objectId],
  );
  return { attachments: await loadAttachments(db, owner), mayAdd: rows[0]?.mayAdd ?? false };
}

/** Whether who acts adds attachments there, as long as it is open. */
export async function mayAttach(db: Queryable, { noun, objectId }: AttachmentOwner): Promise<boolean> {
  const { rows } = await db.query<{ may: boolean }>('select may_attach($1, $2) as may', [noun, objectId]);
  return rows[0]?.may ?? false;
}

export interface AttachmentFile {
  readonly digest: string;
  readonly mediaType: AttachmentMediaType;
  readonly bytes: number;
  readonly fileName: string;
}

/** Null: no such attachment of this object, or not for whoever asks. */
export async function loadAttachmentFile(
  db: Queryable,
  { noun, objectId }: AttachmentOwner,
  id: string,
): Promise<AttachmentFile | null> {
  const { rows } = await db.query<AttachmentFile>(
    `select digest, media_type as "mediaType", bytes, file_name as "fileName"
       from attachments where id = $3 and noun = $1 and object_id = $2`,
    [noun, objectId, id],
  );
  return rows[0] ?? null;
}

/** The same bytes on the same object, if they are there. */
export async function findSameAttachment(
  tx: Queryable,
  { noun, objectId }: AttachmentOwner,
  digest: string,
): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    'select id from attachments where noun = $1 and object_id = $2 and digest = $3',
    [noun, objectId, digest],
  );
  return rows[0]?.id ?? null;
}

/** Throws STORE_CONSTRAINT (attachments_closed, attachments_most), STORE_DENIED. */
export async function saveAttachment(tx: Queryable, attachment: NewAttachment): Promise<void> {
  await tx.query(
    `insert into public.attachments (id, noun, object_id, kind, digest, sent_digest, media_type, bytes, pages, width, height, file_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      attachment.id,
      attachment.noun,
      attachment.objectId,
      attachment.kind,
      attachment.digest,
      attachment.sentDigest,
      attachment.mediaType,
      attachment.bytes,
      attachment.pages,
      attachment.width,
      attachment.height,
      attachment.fileName,
    ],
  );
}

/** False when somebody else brought it. Throws STORE_CONSTRAINT (attachments_stay). */
export async function deleteAttachment(tx: Queryable, id: string): Promise<boolean> {
  return (await tx.query('delete from public.attachments where id = $1', [id])).rowCount === 1;
}
