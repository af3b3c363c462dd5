// Run after every change of a dependency: adds to package-lock.json the optional packages of other platforms that npm left
// out because the registry it was made with does not hold them. Without their names `npm ci` refuses the lock, also where
// they are never needed. They carry a version and a platform and are only fetched on that platform.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './house.mjs';

const platform =
  /(android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|aix|win32)-(arm64|x64|arm|ia32|ppc64|riscv64|s390x)/;

/** Names of optional packages that the lock asks for and does not list, with version and who asks. */
export function missingOptional(packages) {
  const missing = [];
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (!isListed(packages, path, name)) missing.push({ name, version, askedBy: entry });
    }
  }
  return missing;
}

/** npm looks in the folder of the package that asks, then in each folder above it. */
function isListed(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true;
    if (at === '') return false;
  }
}

function entryOf({ name, version, askedBy }) {
  const [, os, cpu] = platform.exec(name) ?? [];
  const libc = os === 'linux' ? (/musl/.test(name) ? 'musl' : /gnu/.test(name) ? 'glibc' : null) : null;
  return {
    version: version.replace(/^[\^~]/, ''),
    ...(cpu && { cpu: [cpu] }),
    ...(askedBy.dev && { dev: true }),
    ...(libc && { libc: [libc] }),
    license: askedBy.license ?? 'MIT',
    optional: true,
    ...(os && { os: [os] }),
  };
}

if (process.argv[1] === import.meta.filename) {
  const file = join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const missing = missingOptional(lock.packages);
  const { '': self, ...rest } = lock.packages;
  for (const one of missing) rest[`node_modules/${one.name}`] = entryOf(one);
  const sorted = Object.entries(rest).sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = { '': self, ...Object.fromEntries(sorted) };
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`package-lock.json: ${missing.length} optional packages added`);
}
