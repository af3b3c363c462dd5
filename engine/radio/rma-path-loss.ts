// Suburb, village, highway: 3GPP TR 38.901 table 7.4.1-1, RMa. Range: 10 m to 10 km (NLOS 5 km), antenna 10 to 150 m,
// receiver 1 to 10 m, up to 30 GHz. Breakpoint with plain heights, unlike UMa and UMi.
import { log10, pow } from '../geo/steady-math.ts';
import { LEAST_DISTANCE_M, type Link, slantDistanceM } from './sight-state.ts';

export interface RuralLink extends Link {
  /** Mean building height, 5 to 50 m; the standard's default is 5. */
  readonly buildingHeightM: number;
  /** Street width, 5 to 50 m; the standard's default is 20. */
  readonly streetWidthM: number;
}

/** Median path loss in dB. */
export function rmaPathLossDb(link: RuralLink): number {
  const { baseHeightM, userHeightM, frequencyGhz, buildingHeightM, streetWidthM } = link;
  const distance2dM = Math.max(link.distance2dM, LEAST_DISTANCE_M);
  const distance3dM = slantDistanceM(distance2dM, baseHeightM, userHeightM);
  const breakpointM = rmaBreakpointM(baseHeightM, userHeightM, frequencyGhz);
  const sight =
    distance2dM <= breakpointM
      ? nearLossDb(distance3dM, buildingHeightM, frequencyGhz)
      : nearLossDb(breakpointM, buildingHeightM, frequencyGhz) + 40 * log10(distance3dM / breakpointM);
  if (link.state === 'LOS') return sight;
  const heightRatio = buildingHeightM / baseHeightM;
  const userLog = log10(11.75 * userHeightM);
  const hidden =
    161.04 -
    7.1 * log10(streetWidthM) +
    7.5 * log10(buildingHeightM) -
    (24.37 - 3.7 * heightRatio * heightRatio) * log10(baseHeightM) +
    (43.42 - 3.1 * log10(baseHeightM)) * (log10(distance3dM) - 3) +
    20 * log10(frequencyGhz) -
    (3.2 * userLog * userLog - 4.97);
  return Math.max(sight, hidden);
}

/** Where the LOS slope steepens, metres. */
export function rmaBreakpointM(baseHeightM: number, userHeightM: number, frequencyGhz: number): number {
  return (2 * Math.PI * baseHeightM * userHeightM * frequencyGhz * 1e9) / 3.0e8;
}

function nearLossDb(distanceM: number, buildingHeightM: number, frequencyGhz: number): number {
  const roughness = pow(buildingHeightM, 1.72);
  return (
    20 * log10((40 * Math.PI * distanceM * frequencyGhz) / 3) +
    Math.min(0.03 * roughness, 10) * log10(distanceM) -
    Math.min(0.044 * roughness, 14.77) +
    0.002 * log10(buildingHeightM) * distanceM
  );
}
