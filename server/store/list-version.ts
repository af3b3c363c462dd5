// A version for a list that is replaced as a whole and has no row of its own to count on: the list's own digest. Equal lists have equal
// versions, so nobody is refused for what somebody else changed and changed back.
import { createHash } from 'node:crypto';
import { jsonText } from './store.ts';

/** Below 2²⁸, so that it travels like the count of any row: two lists share one by a chance of one in 268 million. */
export function listVersion(rows: readonly unknown[]): number {
  return createHash('sha256').update(jsonText(rows)).digest().readUInt32BE(0) >>> 4;
}
