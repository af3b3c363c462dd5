// npm run doctor: one line for each thing the house needs, with the next move where one is red. Changes nothing.
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { whatIsMissing } from './boot/ensure-installed.mjs';
import { findChromium, findCommand, findPostgres } from './boot/find-tools.mjs';
import { checkNodeVersion, root } from './boot/house.mjs';
import { loadDotEnv } from './boot/load-env.mjs';

const GIGABYTE = 1024 ** 3;
let red = 0;

checkNodeVersion();
loadDotEnv();
say(true, `Node ${process.versions.node}`);
checkMemory();
const missing = whatIsMissing(true);
say(missing === null, missing === null ? 'packages installed' : `packages: ${missing}`, 'npm ci');
const dataDir = resolve(root, process.env.ZHANZHI_DATA ?? 'data/local');
checkDataFolder();
await checkDatabase();
await checkPort(Number(process.env.PORT ?? 8080));
checkTestTools();
process.exit(red === 0 ? 0 : 1);

function checkMemory() {
  const gigabytes = totalmem() / GIGABYTE;
  say(
    gigabytes >= 1.9,
    `memory ${gigabytes.toFixed(1)} GB`,
    'the embedded database needs about 1 GB: use a machine with 2 GB or set DATABASE_URL',
  );
}

function checkDataFolder() {
  if (process.env.DATABASE_URL) return;
  const there = existsSync(dataDir);
  const { bavail, bsize } = statfsSync(there ? dataDir : root);
  const free = (bavail * bsize) / GIGABYTE;
  say(
    free > 1,
    `data folder ${there ? 'exists' : 'will be made'}, ${free.toFixed(1)} GB free`,
    'free some disk space or set ZHANZHI_DATA',
  );
  const lock = join(dataDir, 'store.lock');
  if (!existsSync(lock)) return say(true, 'data folder is not in use');
  const { pid } = JSON.parse(readFileSync(lock, 'utf8'));
  say(
    true,
    isAlive(pid)
      ? `data folder is in use by process ${pid}`
      : 'data folder has an old lock: the next start takes it over',
  );
}

async function checkDatabase() {
  if (!process.env.DATABASE_URL) return say(missing === null, 'database: embedded PostGIS', 'npm ci');
  if (missing !== null)
    return say(false, 'database: cannot be asked before the packages are installed', 'npm ci');
  const { register } = await import('tsx/esm/api');
  const unregister = register();
  const { askDatabase } = await import(pathToFileURL(join(root, 'scripts/cli/ask-database.ts')).href);
  const { ok, what, hint, notes } = await askDatabase(process.env.DATABASE_URL);
  await unregister();
  say(ok, what, hint);
  for (const [note, statement] of notes) console.log(`–    ${note}  → ${statement}`);
}

async function checkPort(port) {
  const free = await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, process.env.HOST ?? '127.0.0.1', () => server.close(() => resolve(true)));
  });
  say(
    free,
    `port ${port} ${free ? 'is free' : 'is taken'}`,
    'stop the other program, or choose another: PORT=8090 npm start',
  );
}

/** For tests only: a missing one is a note, not a fault. */
function checkTestTools() {
  const note = (there, name, hint) =>
    console.log(`${there ? 'ok  ' : '–   '} ${name}${there ? '' : `  → for npm test: ${hint}`}`);
  note(
    process.env.TEST_DATABASE_URL || findPostgres().bin,
    'PostgreSQL with PostGIS for tests',
    'apt install postgresql postgresql-postgis',
  );
  note(findChromium(), 'Chromium for tests', 'apt install chromium, or set CHROMIUM_PATH');
  note(findCommand('gdalinfo'), 'GDAL for tests', 'apt install gdal-bin');
  note(process.env.ZHANZHI_REAL_DATA, 'real data for tests', 'set ZHANZHI_REAL_DATA to its folder');
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function say(ok, what, hint = '') {
  if (!ok) red += 1;
  console.log(`${ok ? 'ok  ' : 'RED '} ${what}${ok ? '' : `  → ${hint}`}`);
}
