// Runs a TypeScript file in this very process, so signals, standard input and the exit code need no forwarding.
import { pathToFileURL } from 'node:url';
import { root } from './house.mjs';

/** Imports `file` (relative to the house), packed. Call it after the packages are installed. */
export async function runTypescript(file) {
  const { runPacked } = await import('../../server/run-packed.mjs');
  await runPacked(file, `${pathToFileURL(root).href}/`);
}
