// Reads the house as text: every file a clone holds, and the import statements of the sources. For tests about the
// house itself.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const houseDir = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

const NOT_OURS = new Set(['node_modules', '.git', 'build', 'local', 'coverage-report']);
const SOURCE = /\.(ts|tsx|mjs)$/;
const TEXT =
  /(\.(ts|tsx|mjs|js|json|md|html|css|svg|sql|csv|geojson|yml|yaml|txt|example|npmrc)|LICENSE|NOTICE|run)$/;

export interface SourceFile {
  /** From the house, with forward slashes: `engine/grid/make-demand-grid.ts`. */
  readonly path: string;
  readonly text: string;
}

export interface ImportOf {
  readonly file: string;
  /** A path inside the house for relative imports, otherwise the package as written. */
  readonly target: string;
  readonly isRelative: boolean;
  readonly typeOnly: boolean;
}

/** Sources under the given folders, sorted. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    filesUnder(join(houseDir, folder))
      .filter((path) => SOURCE.test(path))
      .map(readSource),
  );
}

/** All text files a clone holds. */
export function textFiles(): SourceFile[] {
  return filesUnder(houseDir)
    .filter((path) => TEXT.test(path))
    .map(readSource);
}

const STATEMENT = /^\s*(?:import|export)\s+(type\s+)?(?:[^'"`;()]*?\s+from\s+)?['"]([^'"]+)['"]/gm;
const CALL = /\b(?:import|tsImport)\(\s*['"]([^'"]+)['"]/g;

/** Static and dynamic imports and re-exports of a file. */
export function importsOf({ path, text }: SourceFile): ImportOf[] {
  const found: ImportOf[] = [];
  const add = (specifier: string, typeOnly: boolean): void => {
    const clean = specifier.replace(/\?.*$/, '');
    const isRelative = clean.startsWith('.');
    const target = isRelative
      ? normalize(join(dirname(path), clean))
          .split(sep)
          .join('/')
      : clean;
    found.push({ file: path, target, isRelative, typeOnly });
  };
  for (const match of text.matchAll(STATEMENT)) add(match[2]!, match[1] !== undefined);
  for (const match of text.matchAll(CALL)) add(match[1]!, false);
  return found;
}

/** The text without comments, so that a word in a remark is not taken for code. */
export function codeOf(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

function readSource(path: string): SourceFile {
  return { path: relative(houseDir, path).split(sep).join('/'), text: readFileSync(path, 'utf8') };
}

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) return [path];
      return NOT_OURS.has(entry.name) ? [] : filesUnder(path);
    });
}
