// What only a real PostgreSQL has to prove: connections that break, a server that is not there, rights that are missing.
import { expect, test } from 'vitest';
import { openStore } from '../../server/store/open-store.ts';
import { createTestDatabase, openNativeTestStore } from '../support/stores.ts';

test('the store works again after all its connections were ended', async () => {
  const opened = await openNativeTestStore({ migrated: false });
  if (!opened) return;
  const { store } = opened;
  try {
    await store.query('create table kept (id integer)');
    const ended = store.transaction(async (tx) => {
      await tx.query('insert into kept values (1)');
      await tx.query('select pg_terminate_backend(pg_backend_pid())', []);
      await tx.query('insert into kept values (2)');
    });
    await expect(ended).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
    const others = await openStore({ databaseUrl: opened.databaseUrl, dataDir: '' });
    await others.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      [],
    );
    await others.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await store.query('select count(*) as n from kept', [])).rows).toEqual([{ n: 0 }]);
    expect(await store.health()).toMatchObject({ ok: true });
  } finally {
    await opened.close();
  }
});

test('a server that is not there is unreachable, and the message holds neither address nor password', async () => {
  const opening = openStore({
    databaseUrl: 'postgres://somebody:geheim-4711@127.0.0.1:9/nothing',
    dataDir: '',
  });
  const error: Error = await opening.then(
    () => new Error('it opened'),
    (reason: Error) => reason,
  );
  expect(error).toMatchObject({ code: 'STORE_UNREACHABLE' });
  expect(error.message).not.toMatch(/geheim|127\.0\.0\.1|somebody/);
});

test('a database without PostGIS, and without the right to create it, says so', async () => {
  const database = await createTestDatabase();
  if (!database) return;
  const role = `zhanzhi_plain_${new URL(database.url).pathname.slice(-12)}`;
  const admin = await openStore({ databaseUrl: database.url, dataDir: '' });
  try {
    await admin.query(`drop extension postgis; create role ${role} login password 'plain'`);
    const url = new URL(database.url);
    url.username = role;
    url.password = 'plain';
    await expect(openStore({ databaseUrl: url.href, dataDir: '' })).rejects.toMatchObject({
      code: 'STORE_POSTGIS_MISSING',
    });
  } finally {
    await admin.query(`drop role ${role}`);
    await admin.close();
    await database.drop();
  }
});

test('a backend that ignores its deadline is reported with its number and not waited for', async () => {
  const lines: string[] = [];
  const opened = await openNativeTestStore({ migrated: false, report: (line) => lines.push(line) });
  if (!opened) return;
  const { store } = opened;
  try {
    // The statement switches the server's own timeout off, so only the store's deadline is left.
    const from = performance.now();
    const stubborn = store.transaction((tx) =>
      tx.query('set local statement_timeout = 0; select pg_sleep(20)', undefined, { deadlineMs: 500 }),
    );
    await expect(stubborn).rejects.toMatchObject({
      code: 'STORE_DEADLINE',
      message: expect.stringMatching(/backend \d+/),
    });
    expect(performance.now() - from).toBeLessThan(5_000);
    expect(lines).toEqual([expect.stringMatching(/backend \d+ ignored its deadline/)]);
    expect((await store.query('select 1 as one', [])).rows).toEqual([{ one: 1 }]);
  } finally {
    await opened.close();
  }
});

test('when readers keep their connections busy, they are turned away instead of waiting for ever, and acts go on', async () => {
  const opened = await openNativeTestStore({ migrated: false });
  if (!opened) return;
  const { store } = opened;
  try {
    const busy = Array.from({ length: 8 }, () => store.query('select pg_sleep(7)', []));
    const turnedAway = expect(store.query('select 1')).rejects.toMatchObject({ code: 'STORE_BUSY' });
    expect((await store.query('select 2 as two', [], { isAct: true })).rows).toEqual([{ two: 2 }]);
    expect(await store.health()).toMatchObject({ ok: true });
    await turnedAway;
    await Promise.all(busy);
    expect((await store.query('select 1 as one', [])).rows).toEqual([{ one: 1 }]);
  } finally {
    await opened.close();
  }
});
