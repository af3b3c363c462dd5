// Recomputes the chain of audit records from the first to the last and compares it with the head and with what was written
// outside the database. Cost: one pass; five thousand records at a time are in memory.
import type { AuditAnchor } from './audit-anchors.ts';
import { auditHash, FIRST_HASH } from './audit-hash.ts';
import type { Store } from './store.ts';

/**
 * edited: the texts do not give the hash · missing: numbers are left out · order: it does not continue the record before ·
 * tail: the head names another last record · anchor: an anchor says otherwise · pending: a change was noted and never chained.
 */
export interface AuditFinding {
  readonly what: 'edited' | 'missing' | 'order' | 'tail' | 'anchor' | 'pending';
  /** The record it shows at. */
  readonly seq: number;
  readonly said: string;
}

export interface AuditVerdict {
  readonly records: number;
  /** The last record, 0 and FIRST_HASH for none. */
  readonly head: { readonly seq: number; readonly hash: string };
  readonly anchors: number;
  /** At the most FINDINGS_LISTED; `more` counts the rest. */
  readonly findings: readonly AuditFinding[];
  readonly more: number;
}

const CHUNK_RECORDS = 5_000;
const FINDINGS_LISTED = 100;
const DEADLINE_MS = 120_000;

type Listed = readonly [seq: number, texts: (string | null)[], hash: string];

export async function verifyAudit(store: Store, anchors: readonly AuditAnchor[]): Promise<AuditVerdict> {
  const findings: AuditFinding[] = [];
  let more = 0;
  const find = (what: AuditFinding['what'], seq: number, said: string): void => {
    if (findings.length < FINDINGS_LISTED) findings.push({ what, seq, said });
    else more += 1;
  };
  const { head, last, pending } = await loadHead(store);
  const unseen = new Map<number, AuditAnchor[]>();
  for (const anchor of anchors) unseen.set(anchor.seq, [...(unseen.get(anchor.seq) ?? []), anchor]);
  let records = 0;
  let before = { seq: 0, hash: FIRST_HASH };
  for (;;) {
    const chunk = await loadChunk(store, before.seq, last);
    for (const [seq, texts, hash] of chunk) {
      if (seq !== before.seq + 1)
        find('missing', seq, `records ${before.seq + 1} to ${seq - 1} are not there`);
      if (texts.at(-1) !== before.hash) find('order', seq, 'it does not continue the record before it');
      if (auditHash(texts) !== hash) find('edited', seq, 'its content does not give its hash');
      for (const anchor of unseen.get(seq) ?? []) {
        if (anchor.hash !== hash) find('anchor', seq, `the anchor of ${anchor.at} holds another hash`);
      }
      unseen.delete(seq);
      before = { seq, hash };
      records += 1;
    }
    if (chunk.length < CHUNK_RECORDS) break;
  }
  if (before.seq !== head.seq || before.hash !== head.hash)
    find('tail', before.seq, `the head names record ${head.seq}`);
  for (const [seq, [anchor]] of unseen)
    find('anchor', seq, `the anchor of ${anchor?.at} knows it, and it is not there`);
  if (pending > 0) find('pending', before.seq, `${pending} changes were noted and not chained`);
  return { records, head: before, anchors: anchors.length, findings, more };
}

async function loadHead(
  store: Store,
): Promise<{ head: AuditVerdict['head']; last: number; pending: number }> {
  const { rows } = await store.query<{ seq: number; hash: string; last: number; pending: number }>(
    `select coalesce((select seq from audit_head), -1) as seq, coalesce((select hash from audit_head), '') as hash,
            coalesce((select max(seq) from audit_records), 0) as last, (select count(*) from audit_pending) as pending`,
    [],
  );
  const { seq = -1, hash = '', last = 0, pending = 0 } = rows[0] ?? {};
  return { head: { seq, hash }, last, pending };
}

/** Records written while this runs come after `last` and are left for the next time. */
async function loadChunk(store: Store, after: number, last: number): Promise<readonly Listed[]> {
  const { rows } = await store.query<{ listed: [number, (string | null)[], string][] }>(
    `select coalesce(json_agg(json_build_array(c.seq, c.texts, c.hash) order by c.seq), '[]') as listed
       from (select seq, hash, array[seq::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), account_id,
                    account_name, role, address, request_id, action, object, object_id, before::text, after::text, reason,
                    previous_hash] as texts
               from audit_records where seq > $1::bigint and seq <= $2::bigint order by seq limit ${CHUNK_RECORDS}) as c`,
    [after, last],
    { deadlineMs: DEADLINE_MS },
  );
  return rows[0]?.listed ?? [];
}
