// The phases of a plan beside its certificate: `phases.json`, and `phase-prices.bin` packed with gzip. Read packed or not.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { PlanProof } from '../../engine/index.ts';
import { readJson, readPrices } from './proof-files.ts';

const PHASES = 'phases.json';
const PRICES = 'phase-prices.bin';

/** Replaces the phases of an earlier plan in this folder; null only removes them. */
export function writePhases(folder: string, phases: PlanProof['phases']): void {
  if (phases === null) {
    for (const name of [PHASES, PRICES]) rmSync(join(folder, name), { force: true });
    return;
  }
  writeFileSync(join(folder, PHASES), `${JSON.stringify(phases.file)}\n`);
  writeFileSync(join(folder, PRICES), gzipSync(phases.prices));
}

/** Throws CommandError COMMAND_FILE_MISSING or COMMAND_FILE_REFUSED. */
export function readPhasesFile(folder: string): { readonly file: unknown; readonly prices: Uint8Array } {
  return { file: readJson(join(folder, PHASES)), prices: readPrices(join(folder, PRICES)) };
}
