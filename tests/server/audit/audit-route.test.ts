// The audit trail over the interface: for whom the permission table names, page by page, refused to everybody else; and a hundred
// thousand records, written here as the database would, are recomputed in one go.
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Role, roles, scopeOf } from '../../../server/permission/permission-table.ts';
import type { App } from '../../../server/plugins/app-types.ts';
import { demandAccess } from '../../../server/plugins/demand-access.ts';
import { registerErrorReplies } from '../../../server/plugins/error-replies.ts';
import { registerValidation } from '../../../server/plugins/validation.ts';
import { auditRoutes } from '../../../server/routes/audit.ts';
import { auditHash } from '../../../server/store/audit-hash.ts';
import { loadDatabaseRights } from '../../../server/store/database-rights.ts';
import { jsonText } from '../../../server/store/store.ts';
import { verifyAudit } from '../../../server/store/verify-audit.ts';
import { openEmbeddedTestStore } from '../../support/stores.ts';
import { aPrincipal, makeTwoDistricts } from '../permission/two-districts.ts';

const { store, close } = await openEmbeddedTestStore({ deadlineMs: 120_000 });
const app: App = fastify({ genReqId: () => 'request' }) as unknown as App;
afterAll(async () => {
  await app.close();
  await close();
});

describe('the audit route', () => {
  beforeAll(async () => {
    await makeTwoDistricts(store);
    registerErrorReplies(app);
    registerValidation(app);
    app.decorateRequest('principal', null);
    app.decorateRequest('signedIn', null);
    app.addHook('onRequest', async (request) => {
      const role = request.headers['x-role'] as Role | undefined;
      const principal = role ? aPrincipal(role) : null;
      request.principal = principal;
      request.signedIn = principal && ({ principal } as typeof request.signedIn);
      demandAccess('audit:read', principal);
    });
    auditRoutes(app, { store });
    await app.ready();
  });

  const get = (role: Role | null, query = '') =>
    app.inject({ method: 'GET', url: `/api/audit${query}`, headers: role ? { 'x-role': role } : {} });

  test.each(roles)('answers a %s as the permission table says', async (role) => {
    const { statusCode } = await get(role);
    expect(statusCode).toBe(scopeOf('audit:read', role) ? 200 : 403);
  });

  test('answers nobody who is not signed in', async () => {
    expect((await get(null)).json()).toMatchObject({ code: 'SESSION_NEEDED' });
  });

  test('finds a row\u2019s timeline, and refuses what is no time', async () => {
    const { records, total } = (await get('admin', '?object=area&objectId=area%20own')).json();
    expect({ total, first: records[0] }).toMatchObject({
      total: 1,
      first: {
        action: 'create',
        object: 'area',
        objectId: 'area own',
        accountName: 'system',
        accountId: null,
      },
    });
    expect((await get('admin', '?from=yesterday')).statusCode).toBe(400);
    expect((await get('admin', '?from=2026-01-01T00:00:00%2B08:00')).statusCode).toBe(200);
    expect((await get('admin', '?secret=1')).statusCode).toBe(400);
  });
});

test('the embedded database has all that row security likes to have', async () => {
  expect(await loadDatabaseRights(store)).toEqual({ leakproofBoxes: true, guardedSettings: true });
});

test('a hundred thousand records are recomputed, and the one that was edited is named', async () => {
  const { rows: head } = await store.query<{ seq: number; hash: string }>(
    'select seq, hash from audit_head',
    [],
  );
  let { seq, hash } = head[0]!;
  const at = '2026-01-02T03:04:05.678901Z';
  await store.transaction(async (tx) => {
    for (let chunk = 0; chunk < 20; chunk += 1) {
      const records = Array.from({ length: 5_000 }, () => {
        const previous = hash;
        seq += 1;
        const after = `{"rows": ${seq}, "filter": {"status": "candidate"}}`;
        const texts = [
          `${seq}`,
          at,
          'a',
          '甲',
          'planner',
          '10.0.0.1',
          `r${seq}`,
          'export',
          'site',
          null,
          null,
          after,
          '例行',
        ];
        hash = auditHash([...texts, previous]);
        return { seq, after, request_id: `r${seq}`, previous_hash: previous, hash };
      });
      await tx.query(
        `insert into audit_records (seq, at, account_id, account_name, role, address, request_id, action, object, after, reason,
             previous_hash, hash)
           select seq, $2::timestamptz, 'a', '甲', 'planner', '10.0.0.1', request_id, 'export', 'site', after::json, '例行',
             previous_hash, hash
             from json_to_recordset($1::json) as r (seq bigint, after text, request_id text, previous_hash text, hash text)`,
        [jsonText(records), at],
      );
    }
    await tx.query('update audit_head set seq = $1::bigint, hash = $2', [seq, hash]);
  });
  const verdict = await verifyAudit(store, []);
  expect(verdict).toMatchObject({ findings: [], head: { seq, hash } });
  expect(verdict.records).toBeGreaterThanOrEqual(100_000);
  await store.transaction(async (tx) => {
    await tx.query("select set_config('session_replication_role', 'replica', true)", []);
    await tx.query("update audit_records set account_name = '乙' where seq = 70000", []);
  });
  expect((await verifyAudit(store, [])).findings).toMatchObject([{ what: 'edited', seq: 70_000 }]);
}, 300_000);
