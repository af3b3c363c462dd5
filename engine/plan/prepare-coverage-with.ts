// Coverage prepared with what a long-lived caller has at hand: threads that share the work, and an earlier preparation whose
// footprints are taken over where the ground is the same. The result is the one `prepareCoverage` gives, byte for byte.
import { computeFootprints } from '../coverage/compute-footprints.ts';
import { type CoverageThread, computeFootprintsWith } from '../coverage/coverage-crew.ts';
import type { CoverageModel } from '../coverage/coverage-model.ts';
import type { Footprints } from '../coverage/footprints.ts';
import type { StationPlace } from '../coverage/station-place.ts';
import type { OnProgress, PlanInput } from '../model/plan.ts';
import { checkFootprintMemory } from './check-memory.ts';
import { type PreparedCoverage, prepareGround, withFootprints, withInput } from './prepare-coverage.ts';
import { findReuse, joinFootprints, keepLevels, type Reuse } from './reuse-footprints.ts';
import { sameGround } from './same-ground.ts';

/** A city block of candidates is done before threads are up; more than this many are worth a crew. */
export const CREW_FROM_SITES = 1000;

export interface PrepareHelp {
  /** Called once and only when the work is worth it; an empty crew computes here. The caller ends the threads. */
  readonly startCrew?: () => readonly CoverageThread[];
  /** Hands over what an earlier call gave and forgets it, so that another ground never needs room for both. */
  readonly takeKept?: () => PreparedCoverage | null;
  /** Memory the plan may take; without it nothing is estimated. */
  readonly memoryMb?: number;
}

/** Throws what `prepareCoverage` throws and COVERAGE_TOO_LARGE; rejects also when a thread is lost. */
export async function prepareCoverageWith(
  help: PrepareHelp,
  input: PlanInput,
  onProgress?: OnProgress,
): Promise<PreparedCoverage> {
  const again = await prepareAgain(help, input, onProgress);
  if (again) return again;
  // Threads start up while the ground is prepared here.
  const crew = input.sites.length >= CREW_FROM_SITES ? (help.startCrew?.() ?? []) : [];
  const { memoryMb = Infinity } = help;
  const ground = prepareGround(input, onProgress, { shared: crew.length > 0, memoryMb });
  const told = (done: number, total: number) => onProgress?.({ step: 'coverage', done, total });
  return withFootprints(ground, await footprintsBy(crew, ground.model, ground.places, told), 0);
}

/** On the ground that is kept; null when there is none or another. */
async function prepareAgain(
  { takeKept, startCrew, memoryMb = Infinity }: PrepareHelp,
  input: PlanInput,
  onProgress: OnProgress | undefined,
): Promise<PreparedCoverage | null> {
  const kept = takeKept?.() ?? null;
  if (kept === null || !sameGround(kept.input, input)) return null;
  const ground = withInput(kept, input);
  onProgress?.({ step: 'grid', done: 1, total: 1 });
  checkFootprintMemory(ground.grid, ground.surface, ground.places, memoryMb);
  const reuse = findReuse(kept, ground);
  const footprints = await reuseFootprints(kept, reuse, ground.places, startCrew, onProgress);
  keepLevels(kept, reuse, ground.siteLevels);
  return withFootprints(ground, footprints, ground.sites.length - reuse.fresh.length);
}

async function reuseFootprints(
  kept: PreparedCoverage,
  reuse: Reuse,
  places: readonly StationPlace[],
  startCrew: PrepareHelp['startCrew'],
  onProgress: OnProgress | undefined,
): Promise<Footprints> {
  const { model } = kept;
  const fresh = reuse.fresh.map((site) => places[site]!);
  const total = fresh.length + reuse.gone.length;
  const told = (before: number) => (done: number) =>
    onProgress?.({ step: 'coverage', done: before + done, total });
  const crew = total >= CREW_FROM_SITES ? (startCrew?.() ?? []) : [];
  const added = await footprintsBy(crew, model, fresh, told(0));
  const gone = await footprintsBy(crew, model, reuse.gone, told(fresh.length));
  return joinFootprints(kept.footprints, reuse, added, gone);
}

/** An empty crew computes here. */
export function footprintsBy(
  crew: readonly CoverageThread[],
  model: CoverageModel,
  places: readonly StationPlace[],
  told: (done: number, total: number) => void,
): Footprints | Promise<Footprints> {
  return crew.length > 0
    ? computeFootprintsWith(crew, model, places, told)
    : computeFootprints(model, places, told);
}
