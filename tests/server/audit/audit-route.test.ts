// The audit trail over the interface: for whom the permission table names, page by page, refused to everybody else; and a hundred
// thousand records, written here as the database would, are recomputed in one go.
import fastify from 'fastify';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditPageJson } from '../../../server/contract/audit.ts';
import { type Role, roles, scopeOf } from '../../../server/permission/permission-table.ts';
import type { App } from '../../../server/plugins/app-types.ts';
import { demandAccess } from '../../../server/plugins/demand-access.ts';
import { registerErrorReplies } from '../../../server/plugins/error-replies.ts';
import { registerValidation } from '../../../server/plugins/validation.ts';
import { auditRoutes } from '../../../server/routes/audit.ts';
import { writeAudit } from '../../../server/store/audit.ts';
import { auditHash } from '../../../server/store/audit-hash.ts';
import { loadDatabaseRights } from '../../../server/store/database-rights.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
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

describe('the records as files and pages', () => {
  const ask = (query: string, role: Role = 'city') =>
    app.inject({ method: 'GET', url: `/api/audit${query}`, headers: { 'x-role': role } });
  const note = (reason: string, object = 'setting', objectId = 'title') =>
    scopedStore(store, aPrincipal('planner'), { address: '10.1.1.1', requestId: 'r', reason }).transaction(
      (tx) =>
        writeAudit(tx, {
          action: 'change',
          object,
          objectId,
          before: { value: '甲' },
          after: { value: '=乙' },
        }),
    );

  test('are found by role, part of a name and part of a reason, from either end', async () => {
    await note('=1+1 例行维护');
    await note('另一件事');
    const seqs = async (query: string) =>
      (await ask(query)).json<AuditPageJson>().records.map(({ reason }) => reason);
    expect(await seqs('?role=planner&object=setting')).toEqual(['另一件事', '=1+1 例行维护']);
    expect(await seqs('?role=planner&object=setting&order=asc')).toEqual(['=1+1 例行维护', '另一件事']);
    expect(await seqs('?q=%E4%BE%8B%E8%A1%8C')).toEqual(['=1+1 例行维护']);
    expect(await seqs('?person=PLANNER&object=setting&pageSize=1&page=2')).toEqual(['=1+1 例行维护']);
    expect(await seqs('?person=nobody')).toEqual([]);
  });

  test('a record comes with the thing it is about, while that is there', async () => {
    await note('', 'area', 'area own');
    await note('', 'plan', 'gone');
    const [gone, area] = (await ask('?action=change')).json<AuditPageJson>().records;
    const one = async (seq: number) => (await ask(`/${seq}`)).json();
    expect(await one(area!.seq)).toMatchObject({
      record: { object: 'area', hash: area!.hash },
      thing: { pageId: 'area own', siteId: null, position: [expect.any(Number), expect.any(Number)] },
    });
    expect(await one(gone!.seq)).toMatchObject({ record: { objectId: 'gone' }, thing: null });
    expect((await ask('/999999')).json()).toMatchObject({ code: 'AUDIT_UNKNOWN' });
    expect((await ask('/next')).statusCode).toBe(400);
    expect((await ask(`/${area!.seq}`, 'planner')).statusCode).toBe(403);
  });

  test('a file holds what the filters show, nothing of it runs in a spreadsheet, and its taking is the next record', async () => {
    const { total } = (await ask('?object=setting')).json<AuditPageJson>();
    const csv = (await ask('/export.csv?object=setting')).payload;
    const lines = csv.trimEnd().split('\r\n');
    expect(lines).toHaveLength(total + 1);
    expect(lines[0]).toMatch(/^\uFEFF序号,时间,人员/);
    expect(csv).toContain("'=1+1 例行维护");
    const xlsx = await ask('/export.xlsx?object=setting');
    const files = unzipSync(xlsx.rawPayload);
    const sheet = strFromU8(files['xl/worksheets/sheet1.xml']!);
    expect([sheet.match(/<row /g)?.length, sheet.includes('<f>')]).toEqual([total + 1, false]);
    expect(strFromU8(files['xl/sharedStrings.xml']!)).toContain('=1+1 例行维护');
    const { records } = (await ask('?object=audit')).json<AuditPageJson>();
    expect(records.map(({ action, after }) => [action, after])).toEqual([
      ['export', { format: 'xlsx', rows: total, filters: { object: 'setting' } }],
      ['export', { format: 'csv', rows: total, filters: { object: 'setting' } }],
    ]);
    expect((await ask('/export.csv', 'district')).statusCode).toBe(403);
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

test('a hundred thousand records are paged to the last one, and taken as CSV but not as a workbook', async () => {
  const ask = (query: string) =>
    app.inject({ method: 'GET', url: `/api/audit${query}`, headers: { 'x-role': 'city' } });
  const page = async (query: string) => (await ask(query)).json<AuditPageJson>();
  const { total } = await page('?pageSize=1');
  const seqs = ({ records }: AuditPageJson) => records.map(({ seq }) => seq);
  expect(seqs(await page('?pageSize=1000&page=100'))).toEqual(
    Array.from({ length: 1000 }, (_, at) => total - 99_000 - at),
  );
  expect(seqs(await page('?pageSize=10&order=asc'))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const last = await page(`?object=site&pageSize=1000&page=100`);
  expect([last.records.length, last.total]).toEqual([1000, 100_000]);
  expect((await ask('/export.xlsx?object=site')).json()).toMatchObject({ code: 'AUDIT_EXPORT_SIZE' });
  const csv = (await ask('/export.csv?object=site')).payload;
  expect(csv.match(/\r\n/g)).toHaveLength(100_001);
  // what was refused is not on record, what was given is
  const taken = await page('?object=audit&action=export&pageSize=1');
  expect(taken).toMatchObject({
    total: 3,
    records: [{ seq: total + 1, after: { format: 'csv', rows: 100_000 } }],
  });
}, 300_000);
