// An untrusted antenna file read in the reader process, ready to be stored.
import { PlanningError } from '../../engine/index.ts';
import { ProductError } from '../errors.ts';
import type { NewAntenna } from '../store/antennas.ts';
import { stableId } from './kinds/kind-context.ts';
import type { AntennaOptions, AntennaOutcome } from './parse-antenna.ts';
import { type ReaderLimits, readInChild } from './parse-in-child.ts';

/**
 * The same file read in the same unit has the same id. Throws IMPORT_ENCODING, COVERAGE_ANTENNA_*, IMPORT_TIMEOUT,
 * IMPORT_READER_FAILED.
 */
export async function parseAntennaInChild(
  bytes: Uint8Array,
  fileName: string,
  options: AntennaOptions,
  limits: ReaderLimits,
  signal?: AbortSignal,
): Promise<NewAntenna> {
  const [line = ''] = await readInChild(bytes, options, limits, signal);
  const outcome = JSON.parse(line) as AntennaOutcome; // our own child's one line
  if (outcome.kind === 'encoding') throw new ProductError('IMPORT_ENCODING');
  if (outcome.kind === 'refused') throw new PlanningError(outcome.code, outcome.found);
  const id = stableId('antenna', Buffer.from(bytes).toString('base64'), options.gainUnit);
  const { antenna } = outcome;
  return { ...antenna, id, name: antenna.name || fileName, sourceFile: fileName };
}
