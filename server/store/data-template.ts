// A ready-made database folder (PostGIS created, no tables of ours), so that a first start takes seconds instead of
// half a minute. It fits exactly one pair of package versions: they are part of its name.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompress, constants } from 'node:zlib';
import { readTar } from './tar.ts';

const require = createRequire(import.meta.url);
const templateDir = fileURLToPath(new URL('../../data/template/', import.meta.url));

/** Where the template for the installed packages is, or would be. */
export function templateFile(): string {
  return join(
    templateDir,
    `pgdata-pglite-${versionOf('@electric-sql/pglite')}-postgis-${versionOf('@electric-sql/pglite-postgis')}.tar.br`,
  );
}

/** Fills a new database folder from the template: all of it, or nothing. False when there is no template. */
export async function unpackTemplate(databaseDir: string): Promise<boolean> {
  const file = templateFile();
  if (!existsSync(file)) return false;
  const archive = await promisify(brotliDecompress)(await readFile(file), {
    params: { [constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]: 1 },
  });
  const unfinished = `${databaseDir}.unpacking`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  for (const { path, bytes } of readTar(archive)) {
    const target = join(unfinished, path);
    if (bytes) await writeFile(target, bytes, { mode: 0o600 });
    else await mkdir(target, { recursive: true, mode: 0o700 });
  }
  await rename(unfinished, databaseDir);
  return true;
}

function versionOf(packageName: string): string {
  // The entry is dist/index.js (or .cjs); the packages do not export their package.json.
  const manifest = join(dirname(require.resolve(packageName)), '..', 'package.json');
  return (require(manifest) as { version: string }).version;
}
