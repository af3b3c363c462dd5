// Migrations on both stores: in order, whole or not at all, and never over a schema of another version.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../../server/store/migrate.ts';
import { openTestStores } from '../support/stores.ts';

const stores = await openTestStores({ migrated: false });
const dir = mkdtempSync(join(tmpdir(), 'zhanzhi-migrations-'));
afterAll(async () => {
  for (const opened of stores) await opened.close();
  rmSync(dir, { recursive: true, force: true });
});

for (const { store } of stores) {
  describe(`migrations on the ${store.kind} store`, () => {
    beforeEach(async () => {
      rmSync(dir, { recursive: true, force: true });
      await store.query('drop table if exists schema_migrations, one, two');
      mkdirSync(dir);
      writeFileSync(join(dir, '001-one.sql'), 'create table one (id integer);');
      writeFileSync(join(dir, '002-two.sql'), 'create table two (id integer); insert into two values (1);');
    });

    test('are applied in order, and only once', async () => {
      expect(await migrate(store, dir)).toEqual(['001-one.sql', '002-two.sql']);
      expect(await migrate(store, dir)).toEqual([]);
      writeFileSync(join(dir, '003-three.sql'), 'insert into two values (2);');
      expect(await migrate(store, dir)).toEqual(['003-three.sql']);
      expect((await store.query('select count(*) as n from two', [])).rows).toEqual([{ n: 2 }]);
    });

    test('a failing one leaves nothing of itself and keeps those before it', async () => {
      writeFileSync(join(dir, '002-two.sql'), 'create table two (id integer); select 1 / 0;');
      await expect(migrate(store, dir)).rejects.toMatchObject({ sqlState: '22012' });
      expect(
        (await store.query("select to_regclass('one') is not null as one, to_regclass('two') as two", []))
          .rows,
      ).toEqual([{ one: true, two: null }]);
      writeFileSync(join(dir, '002-two.sql'), 'create table two (id integer);');
      expect(await migrate(store, dir)).toEqual(['002-two.sql']);
    });

    test('a database of a newer version is refused', async () => {
      await migrate(store, dir);
      rmSync(join(dir, '002-two.sql'));
      await expect(migrate(store, dir)).rejects.toMatchObject({
        code: 'STORE_SCHEMA_NEWER',
        message: expect.stringContaining('002-two.sql'),
      });
    });

    test('an applied file that was changed afterwards is refused', async () => {
      await migrate(store, dir);
      writeFileSync(join(dir, '001-one.sql'), 'create table one (id bigint);');
      await expect(migrate(store, dir)).rejects.toMatchObject({ code: 'STORE_SCHEMA_CHANGED' });
    });

    test('two at the same time do not disturb each other', async () => {
      const [first, second] = await Promise.all([migrate(store, dir), migrate(store, dir)]);
      expect([...(first ?? []), ...(second ?? [])].sort()).toEqual(['001-one.sql', '002-two.sql']);
    });
  });
}
