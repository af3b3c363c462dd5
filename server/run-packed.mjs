// Runs the TypeScript entry of a thread, a child process or a command as packed JavaScript. Loading the engine's six hundred files one
// by one through a loader takes over a second of processor time in every thread; packed, a tenth of that. A list beside the packed files
// names what they were made of with size and time; they are made again when anything of it changed.
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '..', '..');
/** Stands for all packages: npm writes it at each install. */
const INSTALLED = 'node_modules/.package-lock.json';
const LIST = 'packed.json';
/** What was packed before may still be in use by somebody who loads the rest of it later. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** `entry` as an import of the file `from` would name it: `runPacked('./plan-worker.ts', import.meta.url)`. */
export async function runPacked(entry, from) {
  const source = fileURLToPath(new URL(entry, from));
  const folder = join(root, 'build', 'packed', relative(root, source).replaceAll(/[^\w-]+/g, '-'));
  const packed = freshIn(folder) ?? (await pack(source, folder));
  if (packed) {
    process.setSourceMapsEnabled(true);
    return import(pathToFileURL(packed).href);
  }
  // a folder nobody may write to, or a source with a fault: the loader says what is wrong
  const { tsImport } = await import('tsx/esm/api');
  return tsImport(entry, from);
}

/** The first file to load, or null when there is none that is still true. */
function freshIn(folder) {
  try {
    const made = JSON.parse(readFileSync(join(folder, LIST), 'utf8'));
    const isTrue = made.root === root && made.inputs.every(([file, stamp]) => stampOf(file) === stamp);
    return isTrue ? join(folder, made.entry) : null;
  } catch {
    return null;
  }
}

const stampOf = (file) => {
  const { size, mtimeMs } = statSync(join(root, file));
  return `${size} ${mtimeMs}`;
};

/** Names hold a digest of what is in the file, so whoever packs at the same time writes the same. Null: it could not be done. */
async function pack(source, folder) {
  const from = Date.now();
  try {
    const { build } = await import('esbuild');
    const { outputFiles, metafile } = await build({
      absWorkingDir: root,
      entryPoints: [source],
      outdir: folder,
      entryNames: '[name]-[hash]',
      chunkNames: '[name]-[hash]',
      outExtension: { '.js': '.mjs' },
      sourcemap: 'linked',
      sourcesContent: false,
      bundle: true,
      splitting: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'silent',
      plugins: [packagesOutside, ownAddresses],
    });
    const ours = Object.keys(metafile.inputs).filter((file) => !file.startsWith('node_modules/'));
    // what was saved while it was packed may be in or not: made again next time
    const inputs = [...ours, INSTALLED, relative(root, fileURLToPath(import.meta.url))].map((file) => [
      file,
      statSync(join(root, file)).mtimeMs < from ? stampOf(file) : '',
    ]);
    const [entry] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint !== undefined);
    mkdirSync(folder, { recursive: true });
    for (const { path, text } of outputFiles) writeWhole(path, text);
    writeWhole(join(folder, LIST), JSON.stringify({ root, entry: basename(entry), inputs }));
    clear(folder, new Set([LIST, ...outputFiles.map(({ path }) => basename(path))]));
    return join(folder, basename(entry));
  } catch {
    return null;
  }
}

function writeWhole(path, text) {
  const unfinished = `${path}.${randomUUID()}`;
  try {
    writeFileSync(unfinished, text);
    renameSync(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function clear(folder, kept) {
  const before = Date.now() - KEPT_MS;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!kept.has(name) && statSync(path).mtimeMs < before) rmSync(path, { force: true });
  }
}

/** Packages stay where they are, but for the steady mathematics: a hundred small files of every worker. */
const packagesOutside = {
  name: 'packages-outside',
  setup(packing) {
    packing.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@stdlib/') ? null : { path, external: true },
    );
  },
};

/** A file that asks where it stands hears the place of its source, from where workers, data and migrations are found. */
const ownAddresses = {
  name: 'own-addresses',
  setup(packing) {
    packing.onLoad({ filter: /\.(ts|mjs)$/ }, async ({ path }) => {
      if (path.includes('node_modules')) return null;
      const text = await readFile(path, 'utf8');
      const own = { url: pathToFileURL(path).href, dirname: dirname(path), filename: path };
      // in quotation marks it is only spoken of
      const contents = text.replaceAll(/(?<!['"])import\.meta\.(url|dirname|filename)\b/g, (_, word) =>
        JSON.stringify(own[word]),
      );
      return { contents, loader: path.endsWith('.ts') ? 'ts' : 'js' };
    });
  },
};
