// One suite for both stores: whatever is true of the door is shown on the embedded one and on a real PostgreSQL.
// The seeds of known silent failures are those of the reliability reference, section 4.1.
import { availableParallelism, loadavg } from 'node:os';
import { afterAll, describe, expect, test } from 'vitest';
import { migrate } from '../../server/store/migrate.ts';
import { jsonText, type Store, StoreError } from '../../server/store/store.ts';
import { openTestStores } from '../support/stores.ts';

const stores = await openTestStores();
afterAll(async () => {
  for (const opened of stores) await opened.close();
});

const BOW_TIE = "'POLYGON((0 0,10 10,10 0,0 10,0 0))'::geometry";
const SQUARE = "'POLYGON((5 5,6 5,6 6,5 6,5 5))'::geometry";

/** Point and line as well-known binary, little endian. */
const wkb = (...parts: (readonly ['u8' | 'u32' | 'f64', number])[]): string => {
  const bytes = parts.map(([kind, value]) => {
    const part = Buffer.alloc({ u8: 1, u32: 4, f64: 8 }[kind]);
    if (kind === 'f64') part.writeDoubleLE(value);
    else part.writeUIntLE(value, 0, part.length);
    return part;
  });
  return Buffer.concat(bytes).toString('hex');
};
const f64s = (...values: number[]) => values.map((value) => ['f64', value] as const);
const unclosedRing = wkb(['u8', 1], ['u32', 3], ['u32', 1], ['u32', 4], ...f64s(0, 0, 1, 0, 1, 1, 0, 1));
const infiniteLine = wkb(['u8', 1], ['u32', 2], ['u32', 2], ...f64s(0, 0, Infinity, Infinity));

/** Statements that fail silently on a bare PGlite. Each must give a real row or an error. */
const seeds: readonly (readonly [name: string, sql: string])[] = [
  [
    'the buffer of a point at 1e308',
    "select ST_AsText(ST_Buffer('POINT(1e308 1e308)'::geometry, 1e308)) as answer",
  ],
  [
    'the validity of an unclosed ring',
    `select ST_IsValid(ST_GeomFromWKB(decode('${unclosedRing}', 'hex'))) as answer`,
  ],
  [
    'the union with an infinite vertex',
    `select ST_AsText(ST_Union(ST_GeomFromWKB(decode('${infiniteLine}', 'hex')), ${SQUARE})) as answer`,
  ],
  [
    'jsonb 10 000 levels deep',
    "select length((repeat('[', 10000) || repeat(']', 10000))::jsonb::text) as answer",
  ],
  ['PL/pgSQL recursion 500 deep', 'select conformance_depth(500) as answer'],
  [
    'a pattern with 10 000 nested groups',
    "select 'a' ~ (repeat('(', 10000) || 'a' || repeat(')', 10000)) as answer",
  ],
  ['the union of a bow-tie', `select ST_AsText(ST_Union(${BOW_TIE}, ${SQUARE})) as answer`],
];

/** Times are promised for a machine that is not overloaded; a busy one gets as much more as it is busier. */
const patience = (): number => Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());

async function rejection(work: Promise<unknown>): Promise<StoreError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StoreError);
  return error as StoreError;
}

async function isAlive(store: Store): Promise<boolean> {
  const { rows } = await store.query<{ one: number }>('select 1 as one', []);
  return rows.length === 1 && rows[0]?.one === 1;
}

for (const { store } of stores) {
  describe(`the ${store.kind} store`, { timeout: 180_000 }, () => {
    test('is healthy and says what it is', async () => {
      const { ok, detail } = await store.health();
      expect({ ok, detail }).toEqual({ ok: true, detail: expect.stringContaining('PostgreSQL') });
    });

    test('runs migrations once: a second time there is nothing to do', async () => {
      expect(await migrate(store)).toEqual([]);
    });

    test.each(seeds)('never stays silent: %s', async (_, sql) => {
      await store.query(`create or replace function conformance_depth(n integer) returns integer language plpgsql as
        $$ begin if n = 0 then return 0; end if; return 1 + conformance_depth(n - 1); end $$`);
      const outcome = await store.query<{ answer: unknown }>(sql, []).then(
        ({ rows }) => rows,
        (error: unknown) => error,
      );
      if (!(outcome instanceof StoreError)) expect(outcome).toEqual([{ answer: expect.anything() }]);
      expect(await isAlive(store)).toBe(true);
    });

    test('refuses to hand data to a program, or runs it as the database owner may', async () => {
      const outcome = await store.query("copy (select 1) to program 'cat > /dev/null'").then(
        ({ command }) => command,
        (error: StoreError) => error.code,
      );
      expect(outcome).toMatch(store.kind === 'embedded' ? /^STORE_/ : /^(COPY|STORE_FORBIDDEN)$/);
      expect(await isAlive(store)).toBe(true);
    });

    test('a failing geometry in the middle of an insert leaves no row', async () => {
      await store.query('create table bow_tie (id integer, geom geometry)');
      const insert = `insert into bow_tie select g.id, ST_Union(g.geom, ${SQUARE})
        from (values (1, ${SQUARE}), (2, ${SQUARE}), (3, ${BOW_TIE})) as g (id, geom)`;
      expect((await rejection(store.query(insert))).code).toBe('STORE_GEOMETRY');
      expect((await store.query('select count(*) as n from bow_tie', [])).rows).toEqual([{ n: 0 }]);
      const inTransaction = store.transaction(async (tx) => {
        await tx.query('insert into bow_tie (id) values (4)');
        await tx.query(insert);
      });
      expect((await rejection(inTransaction)).code).toBe('STORE_GEOMETRY');
      expect((await store.query('select count(*) as n from bow_tie', [])).rows).toEqual([{ n: 0 }]);
    });

    test('a handler in PL/pgSQL sees a GEOS exception', async () => {
      const sql = `do $$ begin perform ST_Union(${BOW_TIE}, ${SQUARE}); exception when others then
        create table if not exists handled (note text); insert into handled values (sqlerrm); end $$`;
      await store.query(sql);
      const { rows } = await store.query<{ note: string }>('select note from handled', []);
      expect(rows[0]?.note).toMatch(/TopologyException/);
    });

    test('2 000 SQL errors do not wear it out', async () => {
      for (let i = 0; i < 2_000; i += 1)
        await store.query('select 1 / $1::integer', [0]).catch(() => undefined);
      expect(await isAlive(store)).toBe(true);
      expect((await rejection(store.query('select 1 / 0'))).sqlState).toBe('22012');
    });

    test('answers with the same values as every other store', async () => {
      const { rows, rowCount, command } = await store.query(
        `select $1::int8 as big, $2::numeric as number, $3::date as day, $4::timestamptz as time, $5::bytea as bytes,
                $6::jsonb as object, $7::jsonb as list, $8::text[] as texts, $9::int4[] as numbers, array[7, 8]::int8[] as bigs,
                interval '1 day 2 hours' as span, true as yes, 1.5::float4 as half, $10::text as nothing,
                1e-300::float8 as tiny, 'NaN'::float8 as none, array['2026-01-02'::date] as days,
                ST_SetSRID(ST_Point(121, 31), 4490) as place, '2026-01-02 03:04:05'::timestamp as clock, count(*) as n`,
        [
          9_007_199_254_740_991n,
          1.25,
          '2026-01-02',
          new Date('2026-01-02T03:04:05.678Z'),
          Buffer.from([0, 1, 255]),
          { a: [1, null], 中: '文"\\' },
          jsonText([1, 'b']),
          ['a"b\\c', '{,}', null, '', '站址'],
          [1, -2],
          null,
        ],
      );
      expect({ rowCount, command }).toEqual({ rowCount: 1, command: 'SELECT' });
      expect(rows).toEqual([
        {
          big: 9_007_199_254_740_991,
          number: 1.25,
          day: '2026-01-02',
          time: '2026-01-02T03:04:05.678Z',
          bytes: Buffer.from([0, 1, 255]),
          object: { a: [1, null], 中: '文"\\' },
          list: [1, 'b'],
          texts: ['a"b\\c', '{,}', null, '', '站址'],
          numbers: [1, -2],
          bigs: [7, 8],
          span: '1 day 02:00:00',
          yes: true,
          half: 1.5,
          nothing: null,
          tiny: 1e-300,
          none: Number.NaN,
          days: ['2026-01-02'],
          place: '01010000208A1100000000000000405E400000000000003F40',
          clock: '2026-01-02 03:04:05',
          n: 1,
        },
      ]);
    });

    test('counts the rows a statement changed, and a script answers with its last result', async () => {
      await store.query('create table counted (id integer primary key)');
      const inserted = await store.query('insert into counted select * from unnest($1::int4[])', [[1, 2, 3]]);
      expect([inserted.command, inserted.rowCount, inserted.rows]).toEqual(['INSERT', 3, []]);
      expect((await store.query('delete from counted where id = $1', [9])).rowCount).toBe(0);
      expect((await store.query('select 1 as a; select 2 as b')).rows).toEqual([{ b: 2 }]);
    });

    test('100 000 numbers travel as one array', async () => {
      const numbers = Array.from({ length: 100_000 }, (_, i) => i);
      const { rows } = await store.query('select sum(n) as total from unnest($1::int8[]) as n', [numbers]);
      expect(rows).toEqual([{ total: 4_999_950_000 }]);
    });

    test('four megabytes of bytes come back as they went', async () => {
      const bytes = Buffer.alloc(4_000_000, 'wave\0');
      const { rows } = await store.query<{ bytes: Buffer }>('select $1::bytea as bytes', [bytes]);
      expect(rows[0]?.bytes.equals(bytes)).toBe(true);
    });

    test('tells errors by code, state and constraint', async () => {
      await store.query('create table strict (id integer primary key, kind text check (kind in ($$a$$)))');
      await store.query('insert into strict values (1, $$a$$)');
      const twice = await rejection(store.query('insert into strict values ($1, $2)', [1, 'a']));
      expect([twice.code, twice.sqlState, twice.constraint]).toEqual([
        'STORE_CONFLICT',
        '23505',
        'strict_pkey',
      ]);
      const kind = await rejection(store.query('insert into strict values ($1, $2)', [2, 'b']));
      expect([kind.code, kind.constraint]).toEqual(['STORE_CONSTRAINT', 'strict_kind_check']);
      expect((await rejection(store.query('select $1::int4', ['x']))).code).toBe('STORE_VALUE');
      expect((await rejection(store.query('select $1::jsonb', [[1, 2]]))).code).toBe('STORE_VALUE');
      expect((await rejection(store.query('select nonsense'))).code).toBe('STORE_SQL');
      expect((await rejection(store.query('select $1::text', ['a\0b']))).code).toBe('STORE_VALUE');
    });

    test('a transaction commits all or nothing', async () => {
      await store.query('create table steps (id integer primary key)');
      const stopped = store.transaction(async (tx) => {
        await tx.query('insert into steps values (1)');
        throw new Error('changed my mind');
      });
      await expect(stopped).rejects.toThrow('changed my mind');
      expect((await store.query('select count(*) as n from steps', [])).rows).toEqual([{ n: 0 }]);
      const answer = await store.transaction(async (tx) => {
        await Promise.all([2, 3, 4].map((id) => tx.query('insert into steps values ($1)', [id])));
        return 'done';
      });
      expect(answer).toBe('done');
      expect((await store.query('select count(*) as n from steps', [])).rows).toEqual([{ n: 3 }]);
    });

    test('a transaction whose error was swallowed is not reported as committed', async () => {
      await store.query('create table swallowed (id integer primary key)');
      const work = store.transaction(async (tx) => {
        await tx.query('insert into swallowed values (1)');
        await tx.query('select 1 / 0').catch(() => undefined);
      });
      expect((await rejection(work)).code).toBe('STORE_SQL');
      expect((await store.query('select count(*) as n from swallowed', [])).rows).toEqual([{ n: 0 }]);
    });

    test('the outer store inside its own transaction is refused at once', async () => {
      const query = store.transaction(async () => store.query('select 1'));
      expect((await rejection(query)).code).toBe('STORE_NESTED');
      const nested = store.transaction(async () => store.transaction(async () => 1));
      expect((await rejection(nested)).code).toBe('STORE_NESTED');
      expect(await isAlive(store)).toBe(true);
    });

    test('a statement after the end of its transaction is refused', async () => {
      const leaked = await store.transaction(async (tx) => ({ tx }));
      expect((await rejection(leaked.tx.query('select 1'))).code).toBe('STORE_CLOSED');
    });

    test('concurrent transactions and queries all finish', async () => {
      await store.query('create table crowd (id integer)');
      const works = Array.from({ length: 20 }, (_, i) =>
        i % 2
          ? store.query('insert into crowd values ($1)', [i])
          : store.transaction((tx) => tx.query('insert into crowd values ($1)', [i])),
      );
      await Promise.all(works);
      expect((await store.query('select count(*) as n from crowd', [])).rows).toEqual([{ n: 20 }]);
    });

    test('a transaction that pauses too long is rolled back and lets the others in', async () => {
      await store.query('create table paused (id integer)');
      const work = store.transaction(
        async (tx) => {
          await tx.query('insert into paused values (1)');
          await new Promise((resolve) => setTimeout(resolve, 3_000));
        },
        { deadlineMs: 300 },
      );
      expect((await rejection(work)).code).toBe('STORE_DEADLINE');
      expect((await store.query('select count(*) as n from paused', [])).rows).toEqual([{ n: 0 }]);
    });

    test('an endless statement ends at its deadline and the store is back within 15 seconds', async () => {
      const from = performance.now();
      const endless = store.query('do $$ begin loop end loop; end $$', undefined, { deadlineMs: 1_000 });
      expect((await rejection(endless)).code).toBe('STORE_DEADLINE');
      expect(performance.now() - from).toBeLessThan(5_000 * patience());
      expect(await isAlive(store)).toBe(true);
      expect(performance.now() - from).toBeLessThan(16_000 * patience());
    });

    test('an endless statement inside a transaction takes the whole transaction with it', async () => {
      await store.query('create table endless (id integer)');
      const work = store.transaction(async (tx) => {
        await tx.query('insert into endless values (1)');
        await tx.query('do $$ begin loop end loop; end $$', undefined, { deadlineMs: 500 });
      });
      expect((await rejection(work)).code).toBe('STORE_DEADLINE');
      expect((await store.query('select count(*) as n from endless', [])).rows).toEqual([{ n: 0 }]);
    });

    test('a longer deadline for one statement holds for that statement only', async () => {
      const sleep = (seconds: number, deadlineMs: number) =>
        store.query('select pg_sleep($1)', [seconds], { deadlineMs });
      await sleep(0.6, 5_000);
      expect((await rejection(sleep(5, 300))).code).toBe('STORE_DEADLINE');
      await sleep(0.1, 5_000);
    });
  });
}

test('a closed store refuses, and closing twice is harmless', async () => {
  const { openStore } = await import('../../server/store/open-store.ts');
  for (const { store, databaseUrl, dataDir } of stores) {
    await store.close();
    await store.close();
    expect((await rejection(store.query('select 1'))).code).toBe('STORE_CLOSED');
    expect(await store.health()).toEqual({ ok: false, detail: 'closed' });
    const again = await openStore({ databaseUrl, dataDir, report: () => undefined });
    expect((await again.query('select count(*) as n from crowd', [])).rows).toEqual([{ n: 20 }]);
    await again.close();
  }
}, 180_000);
