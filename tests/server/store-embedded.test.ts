// What only the embedded store has to prove: one process on a folder, kills, and the template of the first start.
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { takeDataLock } from '../../server/store/data-lock.ts';
import { templateFile } from '../../server/store/data-template.ts';
import type { EmbeddedStore } from '../../server/store/embedded-store.ts';
import { openStore } from '../../server/store/open-store.ts';
import { readTar, writeTar } from '../../server/store/tar.ts';
import { openEmbeddedTestStore } from '../support/stores.ts';

// Each opening takes three seconds of processor time; a busy machine may need ten times that.
vi.setConfig({ testTimeout: 240_000 });

const lines: string[] = [];
const opened = await openEmbeddedTestStore({ migrated: false, report: (line) => lines.push(line) });
const { dataDir } = opened;
const store = opened.store as EmbeddedStore;
const folder = mkdtempSync(join(tmpdir(), 'zhanzhi-lock-'));
afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

const require = createRequire(import.meta.url);
const holdFile = fileURLToPath(new URL('../support/hold-store.ts', import.meta.url));

/** Another process that has the store of a folder open. */
async function holdStore(dir: string, what: 'open' | 'transaction' | 'endless'): Promise<ChildProcess> {
  const execArgv = ['--import', pathToFileURL(require.resolve('tsx')).href];
  const child = fork(holdFile, [dir, what], { execArgv, stdio: 'ignore' });
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`the holder ended with ${code}`)));
  });
  return child;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z');
  } catch {
    return false;
  }
}

const databasePidOf = (dir: string): number =>
  (JSON.parse(readFileSync(join(dir, 'store.lock'), 'utf8')) as { database: { pid: number } }).database.pid;

test('a template for the installed packages exists and is small enough for the repository', () => {
  expect(existsSync(templateFile()), `${templateFile()} is missing: npm run template`).toBe(true);
  expect(statSync(templateFile()).size).toBeLessThan(4 * 1024 * 1024);
});

test('the first start used the template', () => {
  expect(lines.filter((line) => line.includes('template'))).toEqual([]);
});

test('the coordinate systems of the product survived the packing', async () => {
  const { rows } = await store.query(
    `select count(*) filter (where srid in (4326, 3857, 4490)) as world,
            count(*) filter (where srid between 4534 and 4554) as zones,
            count(*) filter (where srid between 32601 and 32660 or srid between 32701 and 32760) as utm
       from spatial_ref_sys`,
    [],
  );
  expect(rows).toEqual([{ world: 3, zones: 21, utm: 120 }]);
});

test('a second store on the same folder is refused within a second, naming the process', async () => {
  const from = performance.now();
  const second = openStore({ databaseUrl: null, dataDir });
  await expect(second).rejects.toMatchObject({
    code: 'STORE_LOCKED',
    message: expect.stringContaining(`process ${process.pid}`),
  });
  expect(performance.now() - from).toBeLessThan(1_000);
});

test('killing the database in the middle of a transaction leaves all or nothing', async () => {
  await store.query('create table killed (id integer primary key)');
  for (let round = 0; round < 3; round += 1) {
    const work = store.transaction(async (tx) => {
      await tx.query('insert into killed select generate_series($1::int4, $1 + 4999)', [round * 10_000]);
      const pid = await store.processId();
      if (pid) process.kill(pid, 'SIGKILL');
      await tx.query('insert into killed select generate_series($1::int4, $1 + 4999)', [
        round * 10_000 + 5_000,
      ]);
    });
    await expect(work).rejects.toMatchObject({ code: 'STORE_GONE' });
    expect((await store.query('select count(*) as n from killed', [])).rows).toEqual([{ n: round * 1_000 }]);
    await store.query('insert into killed select generate_series($1::int4, $1 + 999)', [round * 10_000]);
  }
});

test('calls waiting behind an endless statement are answered after the store is back', async () => {
  const endless = store.query('do $$ begin loop end loop; end $$', undefined, { deadlineMs: 500 });
  const waiting = store.query('select 2 as two', []);
  await expect(endless).rejects.toMatchObject({ code: 'STORE_DEADLINE' });
  expect((await waiting).rows).toEqual([{ two: 2 }]);
  expect(lines.some((line) => line.includes('being reopened'))).toBe(true);
});

test('a caller is turned away when the store stays busy', async () => {
  const { Turns } = await import('../../server/store/turns.ts');
  const turns = new Turns();
  const end = await turns.take(1_000);
  await expect(turns.take(50)).rejects.toMatchObject({ code: 'STORE_BUSY' });
  const next = turns.take(1_000);
  end();
  (await next)();
  await turns.take(1_000);
});

test('acts and others stand in lines of their own: neither takes the places kept for the other, and a full line is told at once', async () => {
  const { Turns } = await import('../../server/store/turns.ts');
  const turns = new Turns({ atOnce: 3, kept: 1, mostActs: 2, mostOthers: 1 });
  const order: string[] = [];
  const take = (name: string, isAct: boolean) =>
    turns.take(1_000, isAct).then((end) => {
      order.push(name);
      return end;
    });
  const readers = [take('reader 1', false), take('reader 2', false)];
  const late = take('reader 3', false);
  await expect(turns.take(1_000)).rejects.toMatchObject({ code: 'STORE_BUSY' });
  const act = take('act 1', true);
  const waiting = take('act 2', true);
  (await readers[0]!)();
  await waiting;
  expect(order).toEqual(['reader 1', 'reader 2', 'act 1', 'act 2']);
  (await readers[1]!)();
  (await late)();
  (await act)();
  (await waiting)();
});

test('of many who wait, one reader goes after three acts', async () => {
  const { Turns } = await import('../../server/store/turns.ts');
  const turns = new Turns();
  const order: string[] = [];
  const end = await turns.take(1_000, true);
  const all = ['reader', 'reader', 'act', 'act', 'act', 'act'].map(async (who) => {
    const over = await turns.take(1_000, who === 'act');
    order.push(who);
    over();
  });
  end();
  await Promise.all(all);
  expect(order).toEqual(['act', 'act', 'reader', 'act', 'act', 'reader']);
});

test('health answers while a statement runs', async () => {
  const running = store.query('select pg_sleep(1)', []);
  await sleep(100);
  expect(await store.health()).toMatchObject({ ok: true, detail: expect.stringContaining('busy') });
  await running;
});

test('when a process is killed, its database ends too and the folder opens again, with whole transactions only', async () => {
  await store.query('create table held (id integer)');
  await store.close();
  for (const what of ['transaction', 'endless'] as const) {
    const holder = await holdStore(dataDir, what);
    const databasePid = databasePidOf(dataDir);
    await expect(openStore({ databaseUrl: null, dataDir })).rejects.toMatchObject({
      code: 'STORE_LOCKED',
      message: expect.stringContaining(`process ${holder.pid}`),
    });
    holder.kill('SIGKILL');
    const again = await openStore({ databaseUrl: null, dataDir, report: () => undefined });
    expect(isAlive(databasePid)).toBe(false);
    expect((await again.query('select count(*) as n from held', [])).rows).toEqual([{ n: 0 }]);
    await again.close();
  }
  expect(existsSync(join(dataDir, 'store.lock'))).toBe(false);
});

test('the database process ends by itself when its parent is killed', async () => {
  const holder = await holdStore(dataDir, 'endless');
  const databasePid = databasePidOf(dataDir);
  expect(isAlive(databasePid)).toBe(true);
  holder.kill('SIGKILL');
  for (let i = 0; i < 40 && isAlive(databasePid); i += 1) await sleep(100);
  expect(isAlive(databasePid)).toBe(false);
});

test('a lock of a process that is gone, or of another process with its number, is taken over', async () => {
  const file = join(folder, 'store.lock');
  for (const stale of [
    { pid: 2 ** 30, startedAt: '1', database: null },
    { pid: process.pid, startedAt: 'another start', database: { pid: 2 ** 30, startedAt: '1' } },
    'not a lock at all',
  ]) {
    writeFileSync(file, JSON.stringify(stale));
    const lock = await takeDataLock(folder);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid, database: null });
    await expect(takeDataLock(folder)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    lock.release();
    expect(existsSync(file)).toBe(false);
  }
});

test('of many that find a stale lock at once, one gets it', async () => {
  writeFileSync(join(folder, 'store.lock'), JSON.stringify({ pid: 2 ** 30, startedAt: '1', database: null }));
  const attempts = await Promise.allSettled(Array.from({ length: 20 }, () => takeDataLock(folder)));
  const taken = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
  expect(taken).toHaveLength(1);
  taken[0]?.release();
});

test('an archive comes back as it was written, and one that leaves its folder is refused', () => {
  const entries = [
    { path: 'base', bytes: null },
    { path: 'base/1', bytes: Buffer.from('one') },
    { path: 'base/empty', bytes: Buffer.alloc(0) },
    { path: 'base/block', bytes: Buffer.alloc(1024, 7) },
  ];
  expect(readTar(writeTar(entries))).toEqual(entries);
  expect(() => readTar(writeTar([{ path: '../outside', bytes: Buffer.from('x') }]))).toThrow(/unsafe path/);
  expect(() => readTar(writeTar(entries).subarray(0, 1_026))).toThrow(/cut off/);
});
