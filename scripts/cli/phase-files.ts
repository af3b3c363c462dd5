// The phases of a plan beside its certificate: `phases.json`, and `phase-prices.bin` packed with gzip.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { encodePhases, type PhasedSelection, type SelectionProblem } from '../../engine/index.ts';
import { CommandError } from './options.ts';
import { readJson } from './proof-files.ts';

const PHASES = 'phases.json';
const PRICES = 'phase-prices.bin';

/** Replaces the phases of an earlier plan in this folder; `phased` null only removes them. */
export function writePhases(folder: string, problem: SelectionProblem, phased: PhasedSelection | null): void {
  if (phased === null) {
    for (const name of [PHASES, PRICES]) rmSync(join(folder, name), { force: true });
    return;
  }
  const { file, prices } = encodePhases(problem, phased);
  writeFileSync(join(folder, PHASES), `${JSON.stringify(file)}\n`);
  writeFileSync(join(folder, PRICES), gzipSync(prices));
}

/** Throws CommandError COMMAND_FILE_MISSING or COMMAND_FILE_REFUSED. */
export function readPhasesFile(folder: string): { readonly file: unknown; readonly prices: Uint8Array } {
  const file = readJson(join(folder, PHASES));
  const path = join(folder, PRICES);
  try {
    return { file, prices: gunzipSync(readFileSync(path)) };
  } catch {
    throw new CommandError(
      'COMMAND_FILE_REFUSED',
      `${path}: 文件缺失或已损坏 / the file is missing or damaged`,
      '重新写出方案 / write the plan again',
    );
  }
}
