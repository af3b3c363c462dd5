// The hash of an audit record, computed here and not by the database that may have been tampered with: SHA-256 over all of its
// texts, each with its length in bytes before it, the last one being the hash of the record before. Migration 022 says the same
// in SQL; a test compares the two.
import { createHash } from 'node:crypto';

/** What comes before the first record. */
export const FIRST_HASH = '0'.repeat(64);

/** seq, at, account, name, role, address, request, action, object, id, before, after, reason, previous hash; as text. */
export type AuditTexts = readonly (string | null)[];

/** Lower-case hex. */
export function auditHash(parts: AuditTexts): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part === null ? '-' : `${Buffer.byteLength(part)}:${part}`);
  return hash.digest('hex');
}
