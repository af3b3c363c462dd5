// Builds the client when its sources changed since the last build. The stamp is a hash over names and contents, not
// over times: a fresh clone and a restored backup get the same answer.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './house.mjs';

const SOURCES = ['client', 'engine', 'server/contract', 'package-lock.json'];
const STAMP = join(root, 'build', 'client.stamp');

/** What was done. A failed build leaves the last good one where it was, without a stamp. */
export function buildClientWhenStale() {
  const stamp = sourceStamp();
  const indexPage = join(root, 'build', 'client', 'index.html');
  if (existsSync(indexPage) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return 'fresh';
  console.error('building the client');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const done = spawnSync(process.execPath, [vite, 'build', 'client', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (done.status !== 0) return 'failed';
  mkdirSync(join(root, 'build'), { recursive: true });
  writeFileSync(STAMP, stamp);
  return 'built';
}

function sourceStamp() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesUnder(join(root, source))) {
      hash.update(`${relative(root, file)}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!path.endsWith('.json')) {
    return readdirSync(path, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort();
  }
  return [path];
}
