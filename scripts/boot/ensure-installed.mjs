// Installs what is missing, and nothing when everything stands: the lock file is compared with the list npm keeps of
// what it put into node_modules, so a pulled change of the lock is noticed without asking the network.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkNodeVersion, root } from './house.mjs';

/** `withTests: false` leaves out what only tests and linters need, so a pruned production folder starts as it is. */
export function ensureInstalled({ withTests }) {
  checkNodeVersion();
  const reason = whatIsMissing(withTests);
  if (reason === null) return;
  const dev = withTests ? ['--include=dev'] : [];
  const hasLock = existsSync(join(root, 'package-lock.json'));
  if (hasLock && runNpm(['ci', ...dev], reason)) return;
  // A lock that this npm does not take is no reason to stop: its versions are still wanted, and it is left as it is.
  if (runNpm(['install', ...(hasLock ? ['--no-save'] : []), ...dev], reason)) return;
  console.error(
    'npm could not install the packages. Check the network or the registry setting, then run it again.',
  );
  process.exit(1);
}

function runNpm(args, reason) {
  console.error(`installing packages (${reason}): npm ${args.join(' ')}`);
  const { status } = spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return status === 0;
}

/** A few words on what is missing or stale, or `null` when everything stands. */
export function whatIsMissing(withTests) {
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'));
  if (installed === null) return 'nothing is installed yet';
  const wanted = readLock(join(root, 'package-lock.json'));
  if (wanted === null) return null;
  return firstMissing(wanted, installed, withTests);
}

/** Name and version of the first package of the lock that is not installed as wanted, or `null`. */
export function firstMissing(wanted, installed, withTests) {
  for (const [path, entry] of Object.entries(wanted)) {
    // Optional packages belong to other platforms as often as not.
    if (path === '' || entry.link || entry.optional || entry.devOptional || (entry.dev && !withTests))
      continue;
    if (installed[path]?.version !== entry.version) {
      return `${path.replace(/^.*node_modules\//, '')} ${entry.version}`;
    }
  }
  return null;
}

function readLock(path) {
  if (!existsSync(path)) return null;
  return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
}
