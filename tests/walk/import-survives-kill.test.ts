// Kill -9 in the middle of an import leaves all of the file or nothing of it, and what was acknowledged stays.
// The server runs as its own process and is killed at several moments; the next start looks at what is there.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StatusJson } from '../../server/contract/catalogue.ts';
import type { ImportListJson } from '../../server/contract/imports.ts';
import { aTown, type TownFile } from '../support/a-town.ts';
import { houseDir } from '../support/house-files.ts';
import { makeTemporaryFolder } from '../support/run-command.ts';
import { signedInCookie } from '../support/sign-in.ts';
import { createTestDatabase } from '../support/stores.ts';
import { deskAt } from './desk.ts';

const ROWS = 12_000;
const PASSWORD = 'Kill-me-9-times';
const small = aTown({ widthM: 200, heightM: 200 }).sites;
const smallRows = small.text.trim().split('\n').length - 1;

function bigFile(): TownFile {
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const lon = (121.2 + (index % 200) * 0.0004).toFixed(6);
    const lat = (31.3 + Math.floor(index / 200) * 0.0004).toFixed(6);
    return `K-${index},杆${index},${lon},${lat},路灯杆,8`;
  });
  return { fileName: 'big.csv', text: `站址编码,站址名称,经度,纬度,资源类型,挂高\n${rows.join('\n')}\n` };
}

interface Running {
  readonly url: string;
  /** Kills and waits for the end. */
  kill(): Promise<void>;
}

async function startServer(env: Record<string, string>): Promise<Running> {
  const child = spawn(process.execPath, ['--import', 'tsx', join('server', 'main.ts')], {
    cwd: houseDir,
    env: {
      ...process.env,
      PORT: '0',
      ZHANZHI_LOG: 'silent',
      DATABASE_URL: '',
      ZHANZHI_ADMIN_PASSWORD: PASSWORD,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^ready (\S+)$/.exec(line)?.[1];
    if (!url) continue;
    return {
      url,
      kill: () => {
        child.kill('SIGKILL');
        return ended;
      },
    };
  }
  throw new Error('the server ended before it was ready');
}

const stores = [
  { kind: 'embedded', killAfterMs: [1_200, 2_200] },
  { kind: 'native', killAfterMs: [700, 1_100, 1_500] },
] as const;

describe.each(stores)('an import into the $kind store', ({ kind, killAfterMs }) => {
  const folder = makeTemporaryFolder();
  let env: Record<string, string> | null = null;
  let drop = async (): Promise<void> => undefined;

  beforeAll(async () => {
    if (kind === 'embedded') env = { ZHANZHI_DATA: folder.path };
    else {
      const database = await createTestDatabase();
      if (database) env = { DATABASE_URL: database.url };
      drop = database?.drop ?? drop;
    }
  });
  afterAll(async () => {
    await drop();
    folder.remove();
  });

  test('is whole or absent after kill -9, and an acknowledged one is there', async () => {
    if (!env) return;
    let server = await startServer(env);
    // a session is a row: it outlives the server
    const admin = await signedInCookie(server.url, 'admin', PASSWORD);
    const people = { planner: admin, city: admin };
    expect((await deskAt(server.url, people).importFile('sites', small)).body.stored).toBe(smallRows);
    let interrupted = 0;
    for (const afterMs of killAfterMs) {
      const sending = deskAt(server.url, people)
        .importFile('sites', bigFile())
        .then(
          () => true,
          () => false,
        );
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      await server.kill();
      const acknowledged = await sending;
      server = await startServer(env);
      const desk = deskAt(server.url, people);
      const { sites } = (await desk.get<StatusJson>('/api/status')).body.counts;
      const { imports } = (await desk.get<ImportListJson>('/api/imports')).body;
      const isListed = imports.some((one) => one.fileName === 'big.csv');
      expect([smallRows, smallRows + ROWS]).toContain(sites);
      expect(isListed).toBe(sites === smallRows + ROWS);
      if (!acknowledged) interrupted += 1;
      else expect(sites).toBe(smallRows + ROWS);
    }
    // a fault test that met no fault proves nothing
    expect(interrupted).toBeGreaterThan(0);
    const last = await deskAt(server.url, people).importFile('sites', bigFile());
    expect(['stored', 'repeated']).toContain(last.body.outcome);
    expect((await deskAt(server.url, people).get<StatusJson>('/api/status')).body.counts.sites).toBe(
      smallRows + ROWS,
    );
    await server.kill();
  }, 240_000);
});
