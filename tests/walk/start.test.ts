// `npm start` on an empty folder, the way a new user meets it: sample, plan, ready; a second start on the same folder is
// refused; Ctrl-C ends it cleanly.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { houseDir } from '../support/house-files.ts';
import { makeTemporaryFolder, runProgram } from '../support/run-command.ts';
import { demoCookie } from '../support/sign-in.ts';

const folder = makeTemporaryFolder();
const env = { ...process.env, ZHANZHI_DATA: folder.path, PORT: '0', DATABASE_URL: '', ZHANZHI_ENV: '' };
const startScript = join(houseDir, 'scripts', 'start.mjs');
let running: ChildProcess | null = null;

afterAll(() => {
  running?.kill('SIGKILL');
  folder.remove();
});

test('an empty folder becomes a planned sample district and a service; the folder is taken; Ctrl-C gives it back', {
  timeout: 300_000,
}, async () => {
  const started = startService();
  running = started.child;
  const url = await started.ready;
  const said = started.output();
  expect(said).toMatch(/sample district loaded: \d+ sites/);
  expect(said).toMatch(/candidates \d+, existing \d+, bins \d+/);
  expect(said).toMatch(/sites chosen \d+, cost \d+ CNY/);
  expect(said).toContain('Zhanzhi-demo-1');
  expect(said).toMatch(/covered 9[5-9]\.\d % of 95\.0 % wanted \(reached\)/);

  const status = (await (
    await fetch(`${url}/api/status`, { headers: { cookie: await demoCookie(url, 'planner') } })
  ).json()) as {
    sample: boolean;
    counts: { plans: number };
  };
  expect(status).toMatchObject({ sample: true, counts: { plans: 1 } });
  expect(await (await fetch(url)).text()).toContain('<html lang="zh-CN">');

  const second = await runProgram(process.execPath, [startScript], env);
  expect(second.status).toBe(1);
  expect(second.stderr).toContain('STORE_LOCKED');

  started.child.kill('SIGINT');
  expect(await started.ended).toBe(0);
  expect(existsSync(join(folder.path, 'store.lock'))).toBe(false);
});

function startService(): {
  child: ChildProcess;
  ready: Promise<string>;
  ended: Promise<number | null>;
  output: () => string;
} {
  const child = spawn(process.execPath, [startScript], {
    cwd: houseDir,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  const ready = new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = /^ready (http:\S+)$/m.exec(output)?.[1];
      if (url) resolve(url);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    ended.then((status) => reject(new Error(`npm start ended with ${status}:\n${output}`)));
  });
  return { child, ready, ended, output: () => output };
}
