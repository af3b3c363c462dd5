// Whom to call about a resource: kept apart from it, read only with a permission of its own, and every reading is noted.
import { randomUUID } from 'node:crypto';
import type { ContactsJson } from '../contract/resources.ts';
import { writeAudit } from './audit.ts';
import { listVersion } from './list-version.ts';
import { jsonText, type Queryable } from './store.ts';

type Contact = ContactsJson['contacts'][number];

export interface ContactList {
  readonly contacts: Contact[];
  readonly version: number;
}

/** Any number, the same for everybody: changes of one list come one after the other. */
const LOCK_NUMBER = 53;

/** Call it in a transaction: the reading is noted in the same one. */
export async function readContacts(tx: Queryable, resourceId: string): Promise<ContactList> {
  const list = await listOf(tx, resourceId);
  await writeAudit(tx, {
    action: 'read',
    object: 'resource-contact',
    objectId: resourceId,
    after: { count: list.contacts.length },
  });
  return list;
}

/** Replaces all of them. Null when they are not those of that version any more, else as they are now: what the person sent themselves. */
export async function saveContacts(
  tx: Queryable,
  resourceId: string,
  version: number,
  contacts: readonly Contact[],
): Promise<ContactList | null> {
  await tx.query('select pg_advisory_xact_lock($1::int, hashtext($2))', [LOCK_NUMBER, resourceId]);
  if ((await listOf(tx, resourceId)).version !== version) return null;
  await replaceContacts(tx, [{ resourceId, contacts }]);
  return listOf(tx, resourceId);
}

/** For those who are not shown it, or wrote it. */
async function listOf(tx: Queryable, resourceId: string): Promise<ContactList> {
  const { rows } = await tx.query<Contact>(
    'select name, phone, duty, note from resource_contacts where resource_id = $1 order by place, id',
    [resourceId],
  );
  return { contacts: rows, version: listVersion(rows) };
}

/** Those of an import, by the code of the resource. */
export async function saveContactsByCode(
  tx: Queryable,
  listed: readonly { readonly code: string; readonly contacts: readonly Contact[] }[],
): Promise<void> {
  if (listed.length === 0) return;
  const { rows } = await tx.query<{ id: string; code: string }>(
    'select id, code from resources where code = any ($1::text[])',
    [listed.map(({ code }) => code)],
  );
  const idOf = new Map(rows.map(({ id, code }) => [code, id]));
  await replaceContacts(
    tx,
    listed.flatMap(({ code, contacts }) => {
      const resourceId = idOf.get(code);
      return resourceId === undefined ? [] : [{ resourceId, contacts }];
    }),
  );
}

async function replaceContacts(
  tx: Queryable,
  listed: readonly { readonly resourceId: string; readonly contacts: readonly Contact[] }[],
): Promise<void> {
  await tx.query('delete from resource_contacts where resource_id = any ($1::text[])', [
    listed.map(({ resourceId }) => resourceId),
  ]);
  const rows = listed.flatMap(({ resourceId, contacts }) =>
    contacts.map((contact, place) => ({ id: `contact-${randomUUID()}`, resourceId, place, ...contact })),
  );
  await tx.query(
    `insert into resource_contacts (id, resource_id, name, phone, duty, note, place)
     select id, "resourceId", name, phone, duty, note, place from json_to_recordset($1::json)
         as r (id text, "resourceId" text, name text, phone text, duty text, note text, place integer)`,
    [jsonText(rows)],
  );
}
