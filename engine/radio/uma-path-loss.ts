// Urban macro, antenna above the roofs: 3GPP TR 38.901 table 7.4.1-1, UMa. Range: 10 m to 5 km, receiver 1.5 to 22.5 m,
// 0.5 to 100 GHz. NLOS already holds buildings and street clutter: add neither knife edges nor clutter loss to it.
import { log10 } from '../geo/steady-math.ts';
import { effectiveBreakpointM, LEAST_DISTANCE_M, type Link, slantDistanceM } from './sight-state.ts';

/** Median path loss in dB. */
export function umaPathLossDb(link: Link): number {
  const { baseHeightM, userHeightM, frequencyGhz } = link;
  const distance2dM = Math.max(link.distance2dM, LEAST_DISTANCE_M);
  const distance3dM = slantDistanceM(distance2dM, baseHeightM, userHeightM);
  const frequencyDb = 20 * log10(frequencyGhz);
  const breakpointM = effectiveBreakpointM(baseHeightM, userHeightM, frequencyGhz);
  const sight =
    distance2dM <= breakpointM
      ? 28 + 22 * log10(distance3dM) + frequencyDb
      : 28 +
        40 * log10(distance3dM) +
        frequencyDb -
        9 * log10(breakpointM * breakpointM + (baseHeightM - userHeightM) * (baseHeightM - userHeightM));
  if (link.state === 'LOS') return sight;
  const hidden = 13.54 + 39.08 * log10(distance3dM) + frequencyDb - 0.6 * (userHeightM - 1.5);
  return Math.max(sight, hidden);
}
