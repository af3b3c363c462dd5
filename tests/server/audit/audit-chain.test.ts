// The audit trail: written with its effect or not at all, chained without a gap however many write at once, and any tampering by
// somebody who may do everything in the database is found, a cut tail with the anchor.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadAuditPage, writeAudit } from '../../../server/store/audit.ts';
import { anchorPlace, keepAnchors, readAnchors, writeAnchor } from '../../../server/store/audit-anchors.ts';
import { auditHash } from '../../../server/store/audit-hash.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import { saveSetting } from '../../../server/store/settings.ts';
import type { Queryable, Store } from '../../../server/store/store.ts';
import { verifyAudit } from '../../../server/store/verify-audit.ts';
import { openTestStores } from '../../support/stores.ts';
import {
  aPrincipal,
  context,
  everywhere,
  insertAreaSql,
  makeTwoDistricts,
  OWN,
  places,
  squareOf,
} from '../permission/two-districts.ts';

const stores = await openTestStores();
const folder = mkdtempSync(join(tmpdir(), 'zhanzhi-anchors-'));
afterAll(async () => {
  for (const opened of stores) await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

const lastSeq = async (store: Store): Promise<number> =>
  (await store.query<{ seq: number }>('select seq from audit_head', [])).rows[0]?.seq ?? -1;

/** Records after `seq`, oldest first, short. */
async function recordsAfter(store: Store, seq: number) {
  const { records } = await loadAuditPage(store, { pageSize: 500 });
  return records.filter((record) => record.seq > seq).reverse();
}

/** Does what only somebody who owns the database can: everything, with triggers and policies out of the way. */
function tamper(store: Store, work: (tx: Queryable) => Promise<unknown>): Promise<unknown> {
  return store.transaction(async (tx) => {
    await tx.query("select set_config('session_replication_role', 'replica', true)", []);
    await work(tx);
  });
}

class TakenBack extends Error {}

for (const { store } of stores) {
  const planner = scopedStore(store, aPrincipal('planner'), context);
  const admin = scopedStore(store, aPrincipal('admin', { territory: everywhere }), {
    ...context,
    reason: '复核',
  });
  const district = scopedStore(store, aPrincipal('district'), context);

  describe(`the audit trail on the ${store.kind} store`, () => {
    beforeAll(() => makeTwoDistricts(store));

    test('a change, its record and who made it are one thing', async () => {
      const from = await lastSeq(store);
      await planner.query(insertAreaSql, ['area mine', '新片区', squareOf(places[0]!)]);
      await planner.query("update target_areas set name = '改名片区' where id = 'area mine'", []);
      await admin.query("delete from target_areas where id = 'area mine'", []);
      const records = await recordsAfter(store, from);
      expect(
        records.map(({ seq, action, object, objectId, accountId, role, reason }) => ({
          ...{ seq, action, object, objectId, accountId, role, reason },
        })),
      ).toEqual([
        {
          seq: from + 1,
          action: 'create',
          object: 'area',
          objectId: 'area mine',
          accountId: 'account planner',
          role: 'planner',
          reason: null,
        },
        {
          seq: from + 2,
          action: 'change',
          object: 'area',
          objectId: 'area mine',
          accountId: 'account planner',
          role: 'planner',
          reason: null,
        },
        {
          seq: from + 3,
          action: 'remove',
          object: 'area',
          objectId: 'area mine',
          accountId: 'account admin',
          role: 'admin',
          reason: '复核',
        },
      ]);
      expect(records[0]).toMatchObject({
        accountName: 'planner 先生',
        address: context.address,
        requestId: context.requestId,
        before: null,
        after: {
          name: '新片区',
          district_codes: [OWN],
          geom: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        },
      });
      expect(records[1]).toMatchObject({ before: { name: '新片区' }, after: { name: '改名片区' } });
      expect((await verifyAudit(store, [])).findings).toEqual([]);
    });

    test('what is taken back leaves no record and no gap', async () => {
      const from = await lastSeq(store);
      const undone = planner.transaction(async (tx) => {
        await tx.query(insertAreaSql, ['area undone', '片区', squareOf(places[0]!)]);
        await writeAudit(tx, { action: 'export', object: 'site', objectId: null });
        throw new TakenBack();
      });
      await expect(undone).rejects.toBeInstanceOf(TakenBack);
      expect(await lastSeq(store)).toBe(from);
      await planner.transaction(async (tx) => {
        await writeAudit(tx, {
          action: 'export',
          object: 'site',
          objectId: null,
          after: { rows: 3, filter: { q: '灯' } },
        });
      });
      const [record] = await recordsAfter(store, from);
      expect(record).toMatchObject({
        seq: from + 1,
        action: 'export',
        after: { rows: 3, filter: { q: '灯' } },
      });
    });

    test('a record that cannot be written takes its change back', async () => {
      const from = await lastSeq(store);
      const failing = planner.transaction(async (tx) => {
        await tx.query(insertAreaSql, ['area unseen', '片区', squareOf(places[0]!)]);
        await writeAudit(tx, { action: '', object: 'site', objectId: null });
      });
      await expect(failing).rejects.toMatchObject({ code: 'STORE_CONSTRAINT' });
      expect(await lastSeq(store)).toBe(from);
      expect((await store.query("select 1 from target_areas where id = 'area unseen'", [])).rowCount).toBe(0);
    });

    test('many judgements at once are one record, and progress of a plan is none', async () => {
      const from = await lastSeq(store);
      await district.query(
        `insert into reviews (plan_id, site_id, decision, reason_text, reviewer)
         select 'plan own', 'site own', '同意', '可行', 'x' from generate_series(1, 85)`,
        [],
      );
      await store.query("update plans set progress = '{}', lease = lease + 1 where id = 'plan own'", []);
      const records = await recordsAfter(store, from);
      expect(records).toHaveLength(1);
      expect(records[0]).toMatchObject({
        ...{ action: 'review', object: 'plan', objectId: 'plan own', accountId: 'account district' },
        after: { decision: '同意', reasonText: '可行', reviewer: 'district 先生' },
      });
      expect(records[0]?.after).toMatchObject({ siteIds: Array.from({ length: 85 }, () => 'site own') });
    });

    test('accounts and tokens are recorded without what is secret', async () => {
      const from = await lastSeq(store);
      await store.query(
        `insert into accounts (id, login, name, role, password_hash) values ('a1', 'a1', '甲', 'planner', 'HASH-SECRET')`,
        [],
      );
      await store.query(
        "update accounts set password_hash = 'HASH-OTHER', role = 'town' where id = 'a1'",
        [],
      );
      await store.query(
        `insert into tokens (id, digest, account_id, name, scope, expires_at)
         values ('t1', decode(repeat('ab', 32), 'hex'), 'a1', '令牌', '{plan:read}', now() + interval '1 day')`,
        [],
      );
      await store.query("update tokens set last_used_at = now() where id = 't1'", []);
      await store.query("update tokens set revoked_at = now() where id = 't1'", []);
      const records = await recordsAfter(store, from);
      expect(records.map(({ action, object }) => `${action} ${object}`)).toEqual([
        'create account',
        'change account',
        'create token',
        'change token',
      ]);
      expect(records[1]).toMatchObject({
        before: { role: 'planner' },
        after: { role: 'town' },
        accountName: 'system',
      });
      // a hash of the chain may hold abab by chance
      expect(JSON.stringify(records)).not.toMatch(/HASH|(ab){8}/);
    });

    test('the hash is the same here and in the database, whatever the texts hold', async () => {
      const texts = ['1', null, '', '站址 🗼', 'a:b', '3:abc', '-', '{"k": "v"}', 'x'.repeat(500), '\u0001'];
      const { rows } = await store.query<{ hash: string }>('select audit_hash($1::text[]) as hash', [texts]);
      expect(rows[0]?.hash).toBe(auditHash(texts));
      // the length before each text keeps neighbours apart
      expect(
        new Set([
          auditHash(['ab', 'c']),
          auditHash(['a', 'bc']),
          auditHash(['abc']),
          auditHash([null]),
          auditHash(['-']),
        ]).size,
      ).toBe(5);
    });

    test('SHA-256 of the empty list is that of FIPS 180-4 for no bytes', () => {
      expect(auditHash([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    });

    test('nobody changes or removes a record by the ordinary way, the system neither', async () => {
      for (const sql of [
        "update audit_records set action = 'x'",
        'delete from audit_records',
        'truncate audit_records',
        'delete from audit_records where false',
      ]) {
        await expect(store.query(sql)).rejects.toMatchObject({ code: 'STORE_FORBIDDEN' });
      }
    });

    test('the trail is found by object, person, action and time', async () => {
      const all = await loadAuditPage(store, { pageSize: 500 });
      const count = async (query: Parameters<typeof loadAuditPage>[1]) =>
        (await loadAuditPage(store, query)).total;
      expect(await count({ object: 'area', objectId: 'area mine' })).toBe(3);
      expect(await count({ account: 'account admin' })).toBe(1);
      expect(await count({ action: 'export' })).toBe(1);
      expect(await count({ to: '2000-01-01' })).toBe(0);
      expect(await count({ from: '2000-01-01' })).toBe(all.total);
      expect((await loadAuditPage(store, { pageSize: 2, page: 2 })).records.map(({ seq }) => seq)).toEqual(
        all.records.slice(2, 4).map(({ seq }) => seq),
      );
    });

    test('two hundred tamperings by somebody who may do everything are found, each of them', async () => {
      for (let i = 0; i < 60; i += 1) await saveSetting(store, `key ${i % 7}`, { i });
      const last = await lastSeq(store);
      const place = anchorPlace({ databaseUrl: null, dataDir: join(folder, store.kind) });
      expect(await writeAnchor(store, place)).toBe(last);
      const { anchors } = await readAnchors(place);
      expect((await verifyAudit(store, anchors)).findings).toEqual([]);
      const missed: string[] = [];
      for (let i = 0; i < 200; i += 1) {
        const { name, work } = tamperings[i % tamperings.length]!;
        const seq = 2 + ((i * 37) % (last - 4));
        const tampered = tamper(store, async (tx) => {
          await work(tx, seq, last);
          const { findings } = await verifyAudit(asStore(store, tx), anchors);
          if (findings.length === 0) missed.push(`${name} at ${seq}`);
          throw new TakenBack();
        });
        await expect(tampered).rejects.toBeInstanceOf(TakenBack);
      }
      expect(missed).toEqual([]);
      expect((await verifyAudit(store, anchors)).findings).toEqual([]);
    }, 300_000);

    test('the anchor file is kept while the service runs, and a line cut short does no harm', async () => {
      const place = anchorPlace({
        databaseUrl: 'postgres://u:SECRET@db.example/zhanzhi',
        dataDir: join(folder, `kept ${store.kind}`),
      });
      const said: string[] = [];
      const kept = keepAnchors(store, place, (line) => said.push(line));
      await kept.end();
      await kept.end();
      const { appendFileSync, readFileSync } = await import('node:fs');
      appendFileSync(place.file, '{"database":"nat');
      await saveSetting(store, 'one more', 1);
      await writeAnchor(store, place);
      const { anchors, unreadable } = await readAnchors(place);
      expect({ seqs: anchors.length, unreadable, said }).toEqual({ seqs: 2, unreadable: 1, said: [] });
      expect(readFileSync(place.file, 'utf8')).not.toContain('SECRET');
      expect((await readAnchors({ ...place, database: 'embedded' })).anchors).toEqual([]);
    });

    if (store.kind === 'native') {
      test('forty writers at once leave no gap and wait for nobody in a circle', async () => {
        const from = await lastSeq(store);
        const work = Array.from({ length: 40 }, async (_, writer) => {
          for (let i = 0; i < 10; i += 1) {
            // half of them lock first and note then, half the other way: a chain locked at once would stop them both
            await planner.transaction(async (tx) => {
              const lock = () => tx.query('select pg_advisory_xact_lock(1)', []);
              const note = (object: string) =>
                writeAudit(tx, { action: 'export', object, objectId: `${writer}/${i}` });
              await (writer % 2 === 0 ? lock() : note('site'));
              await (writer % 2 === 0 ? note('site') : lock());
              await note('plan');
            });
          }
        });
        await Promise.all(work);
        expect(await lastSeq(store)).toBe(from + 800);
        const { findings, records } = await verifyAudit(store, []);
        expect({ findings, records }).toEqual({ findings: [], records: from + 800 });
      }, 120_000);
    }
  });
}

const newHashSql = `audit_hash(array[seq::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), account_id,
  account_name, role, address, request_id, action, object, object_id, before::text, after::text, reason, previous_hash])`;

/** Writes the chain anew from a record on, as somebody would who knows how it is made. */
async function rehash(tx: Queryable, seq: number, last: number): Promise<void> {
  for (let at = seq; at <= last; at += 1) {
    await tx.query(
      `update audit_records set previous_hash = (select hash from audit_records where seq = $1::bigint - 1) where seq = $1::bigint`,
      [at],
    );
    await tx.query(`update audit_records set hash = ${newHashSql} where seq = $1::bigint`, [at]);
  }
  await tx.query(
    'update audit_head set seq = r.seq, hash = r.hash from (select seq, hash from audit_records order by seq desc limit 1) as r',
  );
}

/** Moves every record after `seq` by one number. */
async function move(tx: Queryable, seq: number, by: number): Promise<void> {
  await tx.query('update audit_records set seq = seq + 1000000 where seq > $1::bigint', [seq]);
  await tx.query('update audit_records set seq = seq - 1000000 + $1::bigint where seq > 1000000', [by]);
}

const edit = (column: string, value: string) => ({
  name: `edits ${column}`,
  work: (tx: Queryable, seq: number) =>
    tx.query(`update audit_records set ${column} = ${value} where seq = $1::bigint`, [seq]),
});

const tamperings: readonly {
  name: string;
  work: (tx: Queryable, seq: number, last: number) => Promise<unknown>;
}[] = [
  edit('account_id', "'somebody'"),
  edit('account_name', "account_name || 'x'"),
  edit('role', "'city'"),
  edit('at', "at + interval '1 microsecond'"),
  edit('address', "'10.9.9.9'"),
  edit('request_id', "'another'"),
  edit('action', "action || 'x'"),
  edit('object_id', "'other'"),
  edit('before', '\'{"a":1}\''),
  edit('after', '\'{"i":-1}\''),
  edit('reason', "'changed'"),
  edit('hash', "repeat('a', 64)"),
  edit('previous_hash', "repeat('b', 64)"),
  {
    name: 'removes one',
    work: (tx, seq) => tx.query('delete from audit_records where seq = $1::bigint', [seq]),
  },
  {
    name: 'removes one and closes the gap',
    work: async (tx, seq, last) => {
      await tx.query('delete from audit_records where seq = $1::bigint', [seq]);
      await move(tx, seq, -1);
      await rehash(tx, seq, last - 1);
    },
  },
  {
    name: 'inserts one between two and moves the rest',
    work: async (tx, seq, last) => {
      await move(tx, seq, 1);
      await tx.query(
        `insert into audit_records select seq + 1, at, account_id, account_name, role, address, request_id, action, object,
           'made up', before, after, reason, previous_hash, hash from audit_records where seq = $1::bigint`,
        [seq],
      );
      await rehash(tx, seq, last + 1);
    },
  },
  {
    name: 'inserts one at the end',
    work: (tx, seq, last) =>
      tx.query(
        `insert into audit_records select ($2::bigint + 1), at, account_id, account_name, role, address, request_id, action, object,
           object_id, before, after, reason, previous_hash, hash from audit_records where seq = $1::bigint`,
        [seq, last],
      ),
  },
  {
    name: 'swaps two',
    work: async (tx, seq) => {
      const { rows } = await tx.query<Record<string, unknown>>(
        'select action, object_id, after::text as after from audit_records where seq in ($1::bigint, $1::bigint + 1) order by seq',
        [seq],
      );
      const set = `update audit_records set action = $2, object_id = $3, after = $4::json, account_name = account_name || ' '
                    where seq = $1::bigint`;
      await tx.query(set, [seq, rows[1]?.action, rows[1]?.object_id, rows[1]?.after]);
      await tx.query(set, [seq + 1, rows[0]?.action, rows[0]?.object_id, rows[0]?.after]);
    },
  },
  {
    name: 'cuts the tail',
    work: (tx, seq) => tx.query('delete from audit_records where seq > $1::bigint', [seq]),
  },
  {
    name: 'cuts the tail and mends the head',
    work: async (tx, seq) => {
      await tx.query('delete from audit_records where seq > $1::bigint', [seq]);
      await tx.query(
        'update audit_head set seq = r.seq, hash = r.hash from audit_records r where r.seq = $1::bigint',
        [seq],
      );
    },
  },
  {
    name: 'edits one and writes the chain anew',
    work: async (tx, seq, last) => {
      await tx.query("update audit_records set account_name = 'somebody else' where seq = $1::bigint", [seq]);
      await rehash(tx, seq, last);
    },
  },
  {
    name: 'empties everything',
    work: async (tx) => {
      await tx.query('delete from audit_records');
      await tx.query("update audit_head set seq = 0, hash = repeat('0', 64)");
    },
  },
  { name: 'removes the head', work: (tx) => tx.query('delete from audit_head') },
  {
    name: 'notes a change that is never chained',
    work: async (tx) => {
      await tx.query("insert into audit_pending (account_name, action, object) values ('x', 'x', 'x')");
    },
  },
];

/** The verifier on what a transaction sees. */
const asStore = (store: Store, tx: Queryable): Store => ({
  kind: store.kind,
  query: (sql, values, options) => tx.query(sql, values, options),
  transaction: (work) => work(tx),
  health: () => store.health(),
  close: () => Promise.resolve(),
});
