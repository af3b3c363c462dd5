// Workers, readers and commands run as packed JavaScript: made once, made again when a source changes, and never needed to run.
import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

const here = resolve(import.meta.dirname, '..', '..');
const run = promisify(execFile);
let house: string;

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'zhanzhi-packed-'));
  mkdirSync(join(house, 'server', 'deep'), { recursive: true });
  symlinkSync(join(here, 'node_modules'), join(house, 'node_modules'));
  cpSync(join(here, 'server', 'run-packed.mjs'), join(house, 'server', 'run-packed.mjs'));
  write('package.json', '{ "type": "module" }');
  write(
    'server/deep/boot.mjs',
    "import { runPacked } from '../run-packed.mjs';\nawait runPacked('./say.ts', import.meta.url);\n",
  );
  write(
    'server/deep/say.ts',
    [
      "import { words } from './words.ts';",
      "import { place } from './place.mjs';",
      'const who: string = words;',
      'const paths = [import.meta.url, place].map((url) => new URL(url).pathname);',
      "console.log(who, paths[0]!.endsWith('/server/deep/say.ts') && paths[1]!.endsWith('/server/deep/place.mjs'));",
    ].join('\n'),
  );
  write('server/deep/place.mjs', 'export const place = import.meta.url;\n');
  write('server/deep/words.ts', "export const words: string = 'one';\n");
});
afterEach(() => {
  rmSync(house, { recursive: true, force: true });
});

/** Saved some minutes ago, so that packing does not take it for unfinished. */
function write(file: string, text: string, minutesAgo = 10): void {
  writeFileSync(join(house, file), text);
  const at = Date.now() / 1000 - minutesAgo * 60;
  utimesSync(join(house, file), at, at);
}
const say = async (): Promise<string> =>
  (await run(process.execPath, [join(house, 'server/deep/boot.mjs')])).stdout.trim();
const packedFiles = (): string[] => readdirSync(join(house, 'build/packed/server-deep-say-ts')).sort();

test('an entry runs packed, knows where its source stands, and is packed once', async () => {
  expect(await say()).toBe('one true');
  const made = packedFiles();
  expect(made).toContain('packed.json');
  expect(await say()).toBe('one true');
  expect(packedFiles()).toEqual(made);
});

test('a source that changes is packed again, whatever its size', async () => {
  await say();
  write('server/deep/words.ts', "export const words: string = 'two';\n", 5);
  expect(await say()).toBe('two true');
});

test('two that pack at the same time both run', async () => {
  expect(await Promise.all([say(), say(), say()])).toEqual(['one true', 'one true', 'one true']);
});

test('a list that is cut off is made again', async () => {
  await say();
  writeFileSync(join(house, 'build/packed/server-deep-say-ts/packed.json'), '{"root":');
  expect(await say()).toBe('one true');
});

test('where nothing can be written, the sources run as they are', async () => {
  writeFileSync(join(house, 'build'), 'no folder');
  expect(await say()).toBe('one true');
});

test('a fault in a source is told with its file', async () => {
  write('server/deep/words.ts', 'export const words: string = ;\n');
  await expect(say()).rejects.toThrow(/words\.ts/);
});
