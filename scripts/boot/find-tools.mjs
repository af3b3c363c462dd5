// What this machine offers beyond Node: Chromium, the GDAL tools, a PostgreSQL with PostGIS. Looked for where Debian
// and common setups put them; nothing is installed here.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Full path of a command on PATH, or null. */
export function findCommand(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    if (isExecutable(path)) return path;
  }
  return null;
}

export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return isExecutable(named) ? named : null;
  return findCommand('chromium') ?? findCommand('chromium-browser') ?? findCommand('google-chrome');
}

/** Folder with `initdb` and `pg_ctl` of the newest PostgreSQL that has PostGIS, or a sentence why there is none. */
export function findPostgres() {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
  for (const version of newestFirst) {
    const bin = join('/usr/lib/postgresql', version, 'bin');
    const control = join('/usr/share/postgresql', version, 'extension', 'postgis.control');
    if (isExecutable(join(bin, 'initdb')) && existsSync(control)) return { bin, why: '' };
  }
  const why =
    newestFirst.length > 0 ? 'PostgreSQL is here, its PostGIS is not' : 'no PostgreSQL on this machine';
  return { bin: null, why };
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
