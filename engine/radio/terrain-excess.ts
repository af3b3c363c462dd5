// What hills add to a formula fitted on flat ground (project rule, propagation reference section 6.5): Bullington over the
// bare terrain less Bullington over flat ground with the same antenna heights above their own ground, never below 0.
// The subtraction takes out the grazing loss that UMa, UMi and RMa already hold. Terrain only: a surface with buildings
// or trees would count clutter twice. Flat ground depends on the distance alone: tabulate it per ring.
import { bullingtonAlong } from './bullington-loss.ts';

/** One radio link over a profile with a constant step. */
export interface TerrainLink {
  /** Antennas above their own ground, metres. */
  readonly txHeightM: number;
  readonly rxHeightM: number;
  readonly frequencyGhz: number;
  readonly effectiveEarthRadiusKm: number;
}

/**
 * Excess loss in dB of the path over `groundM[0]` (under the transmitter) to `groundM[count - 1]` (under the receiver),
 * bare ground above mean sea level, `stepM` apart. `flatDb`, where given, is `flatGroundLossDb` of the same length.
 */
export function terrainExcessDb(
  groundM: Float64Array,
  count: number,
  stepM: number,
  link: TerrainLink,
  flatDb: number = flatGroundLossDb(count, stepM, link),
): number {
  const terrainDb = bullingtonAlong(
    groundM,
    count,
    stepM,
    groundM[0]! + link.txHeightM,
    groundM[count - 1]! + link.rxHeightM,
    link.frequencyGhz,
    link.effectiveEarthRadiusKm,
  );
  return Math.max(0, terrainDb - flatDb);
}

/** Bullington loss in dB over flat ground on the round earth. Keeps one block of zeros as long as the longest path. */
export function flatGroundLossDb(count: number, stepM: number, link: TerrainLink): number {
  if (flatGroundM.length < count) flatGroundM = new Float64Array(count);
  return bullingtonAlong(
    flatGroundM,
    count,
    stepM,
    link.txHeightM,
    link.rxHeightM,
    link.frequencyGhz,
    link.effectiveEarthRadiusKm,
  );
}

let flatGroundM = new Float64Array(0);
