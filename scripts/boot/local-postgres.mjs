// A PostgreSQL of our own for one test run: fresh cluster in a temporary folder, free port, gone afterwards. Trust
// authentication on loopback only; no fsync, because nothing in it has to survive.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Starts it. Answers `{ url, stop }`; throws with the tool's last words when it does not come up. */
export async function startLocalPostgres(bin) {
  const folder = mkdtempSync(join(tmpdir(), 'zhanzhi-postgres-'));
  const data = join(folder, 'data');
  const port = await freePort();
  chmodSync(folder, 0o755);
  const asRoot = process.getuid?.() === 0;
  if (asRoot) run('chown', ['postgres', folder]);
  const asServer = (command, args) =>
    asRoot ? run('runuser', ['-u', 'postgres', '--', command, ...args], folder) : run(command, args, folder);
  const stop = () => {
    try {
      asServer(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', '-w', 'stop']);
    } catch {
      // It was not running any more: the folder goes all the same.
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    asServer(join(bin, 'initdb'), [
      '-D',
      data,
      '-U',
      'zhanzhi',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--no-sync',
      '--locale=C',
    ]);
    const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c full_page_writes=off -c shared_buffers=128MB -c max_connections=60`;
    asServer(join(bin, 'pg_ctl'), [
      '-D',
      data,
      '-l',
      join(folder, 'log'),
      '-o',
      options,
      '-w',
      '-t',
      '60',
      'start',
    ]);
  } catch (error) {
    stop();
    throw error;
  }
  return { url: `postgres://zhanzhi@127.0.0.1:${port}/postgres`, stop };
}

/** A port that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function run(command, args, cwd) {
  // Standard error only: pg_ctl points the server at its log file, so the pipe closes when pg_ctl ends.
  const done = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (done.status === 0) return;
  throw new Error(
    `${command} ${args[0] ?? ''}: ${done.stderr?.trim() || done.error?.message || `status ${done.status}`}`,
  );
}
