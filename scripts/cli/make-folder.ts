// The folder a command writes into, made before the work so that nobody waits for a result that cannot be kept. One level at
// a time: the recursive mkdir of Node 20 never ends where the system refuses with "no such file" (as under /proc).
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CommandError } from './options.ts';

/** Throws COMMAND_OUT_FOLDER when it cannot be made or written to. */
export function makeFolder(path: string): void {
  try {
    makeLevels(resolve(path));
    accessSync(path, constants.W_OK);
    if (statSync(path).isDirectory()) return;
  } catch {
    // the sentence below says it for every cause
  }
  throw new CommandError(
    'COMMAND_OUT_FOLDER',
    `--out ${path}: 不能作为输出文件夹 / cannot be used as the output folder`,
    '换一个可写的文件夹 / choose a folder that can be written to',
  );
}

function makeLevels(path: string): void {
  if (existsSync(path)) return;
  makeLevels(dirname(path));
  mkdirSync(path);
}
