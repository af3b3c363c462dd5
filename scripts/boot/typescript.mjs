// Runs a TypeScript file in this very process, so signals, standard input and the exit code need no forwarding.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './house.mjs';

/** Imports `file` (relative to the house) through tsx. Call it after the packages are installed. */
export async function runTypescript(file) {
  const { register } = await import('tsx/esm/api');
  register();
  await import(pathToFileURL(resolve(root, file)).href);
}
